"""Items that decide nothing alone: people whom a decision names in a list, the points of a letter that it quotes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from dabir.reading.clauses import Verb, clauses_of
from dabir.reading.decisions import decides
from dabir.reading.items import Item
from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.parties import SPEAKER, begins_at, is_thing, may_be_person
from dabir.reading.quoted import LETTER
from dabir.reading.wording import rx

_LONGEST_SOME = 300  # letters of «یک نفر از … به انتخاب …»
_LONGEST = 110  # letters of an entry
_LONGEST_REST = 40  # letters behind the name («به انتخاب آنان», «(حسب مورد)»)
_LONGEST_NAME = 4  # words
_PEOPLE = rx(r"(?<!\w)(?:آقایان|افراد|اشخاص|اعضا|اعضای|عضو|اسامی|نامبردگان|نمایندگان)(?!\w)")
# «… مکلف است با رعایت:»: the list completes the sentence.
_UNFINISHED = rx(
    r"""(?:با (?:رعایت|توجه به|عنایت به|لحاظ|در نظر گرفتن|هدف|اهداف|ترکیب|عضویت)|به (?:منظور|شرط|استناد|ترکیب|عضویت)
        |شامل|مشتمل بر|متشکل از|مرکب از|از جمله|از قبیل|مانند|نظیر|اعم از|بر اساس|عبارتند از|عبارت است از)(?: موارد)?
        (?: زیر| ذیل)?\s*:\s*\Z"""
)
_SOME = rx(r"(?:\d{1,2}|یک|دو|سه|چهار|پنج|شش|هفت) ?(?:نفر|تن)(?!\w)")


def are_members(opening: str, entries: Sequence[Passage]) -> bool:
    """True where nothing but names stands in a list; one entry in four may be of another form, and the last may go on
    with the sentence. Where the `opening` (folded) speaks of people, names without a title are names."""
    if len(entries) < 2:
        return False
    bare = _PEOPLE.search(opening) is not None
    certain = entries[:-1] if len(entries) > 2 else entries
    return sum(_is_member(entry, bare=bare) for entry in certain) * 4 >= len(certain) * 3


def are_parts(opening: str, entries: Sequence[Passage]) -> bool:
    """True where a list decides nothing by itself: its entries are people whom the `opening` (folded) introduces, or
    complete its sentence («… با رعایت:»)."""
    completes = bool(entries) and _UNFINISHED.search(opening[-60:]) is not None
    return (completes and not any(decides(entry.folded) for entry in entries)) or are_members(opening, entries)


def with_parts(items: list[Item]) -> list[Item]:
    """The items, those that only name people under the one that introduces them, a letter's points in its item."""
    items = _with_letters(items)
    found: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        place += 1
        if item.opens:
            run = under(item, items[place:])
            if are_parts(item.passage.folded, [one.passage for one in run]):
                item = Item(item.mark, item.passage, run)
                place += len(run)
        found.append(item)
    return found


def under(item: Item, following: list[Item]) -> list[Item]:
    """The marked items that follow, up to one of the item's own style; numbers may begin anew under a number."""
    style = item.mark.style if item.mark else None
    if _count(item) and following and _count(following[0]) == 1:
        return [one for _, one in takewhile(lambda pair: _count(pair[1]) == pair[0], enumerate(following, 1))]
    return list(takewhile(lambda one: one.mark is not None and one.mark.style != style and not one.opens, following))


def _with_letters(items: list[Item]) -> list[Item]:
    """The items; those of a letter that an item quotes («۱۲- نامه … قرائت گردید: ۱- … ۲- …») are put into it: their
    numbers begin anew, and the item's own sequence goes on behind them."""
    found: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        place += 1
        own = _count(item)
        if own and item.opens and LETTER.search(item.passage.folded) and not decides(item.passage.folded):
            ends = (at for at in range(place, len(items)) if _count(items[at]) == own + 1)
            run = items[place : next(ends, place)]
            if run and _count(run[0]) == 1 and not decides(run[0].passage.folded) and decides(run[-1].passage.folded):
                item = Item(item.mark, Passage.of(part for one in (item, *run) for part in one.passage.parts()))
                place += len(run)
        found.append(item)
    return found


def _count(item: Item) -> int:
    mark = item.mark
    return int(mark.label) if mark and mark.style == "number" and mark.label else 0


def _is_member(entry: Passage, *, bare: bool) -> bool:
    folded = entry.folded
    if _SOME.match(folded) and len(folded) < _LONGEST_SOME:
        return True
    if len(folded) > _LONGEST or ":" in folded:
        return False
    if bare and len(folded.split()) <= _LONGEST_NAME and may_be_person(folded):
        return True
    if not begins_at(folded, 0) or any(clause.verb is not Verb.NONE for clause in clauses_of(entry)):
        return False
    if SPEAKER.match(folded):
        return True
    end = names_from(entry, 0, len(folded))[1]
    rest = folded[end:].strip(" .،؛()-–—")
    return len(rest) < _LONGEST_REST and not is_thing(rest)
