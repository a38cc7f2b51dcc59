"""Lists that only name people («کمیته‌ای با حضور افراد زیر تشکیل شود: ۱- وزیر کشور ۲- …»): no item decides anything."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from dabir.reading.clauses import Verb, clauses_of
from dabir.reading.items import Item
from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.parties import SPEAKER, begins_at, is_thing
from dabir.reading.wording import rx

_LONGEST = 110  # letters of an entry
_LONGEST_REST = 40  # letters behind the name («به انتخاب آنان», «(حسب مورد)»)
_SOME = rx(r"(?:\d{1,2}|یک|دو|سه|چهار|پنج|شش|هفت) ?(?:نفر|تن)(?!\w)")


def are_members(entries: Sequence[Passage]) -> bool:
    """True where nothing but names stands in a list; one entry in four may be of another form."""
    if len(entries) < 2:
        return False
    return sum(map(_is_member, entries)) * 4 >= len(entries) * 3


def with_members(items: list[Item]) -> list[Item]:
    """The items, those that only name people under the one that introduces them with a colon."""
    found: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        place += 1
        if item.opens:
            run = list(takewhile(lambda one: one.mark is not None, items[place:]))
            if are_members([one.passage for one in run]):
                item = Item(item.mark, item.passage, run)
                place += len(run)
        found.append(item)
    return found


def _is_member(entry: Passage) -> bool:
    folded = entry.folded
    if len(folded) > _LONGEST or ":" in folded:
        return False
    if _SOME.match(folded):
        return True
    if not begins_at(folded, 0) or any(clause.verb is not Verb.NONE for clause in clauses_of(entry)):
        return False
    if SPEAKER.match(folded):
        return True
    end = names_from(entry, 0, len(folded))[1]
    rest = folded[end:].strip(" .،؛()-–—")
    return len(rest) < _LONGEST_REST and not is_thing(rest)
