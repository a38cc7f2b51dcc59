"""Words that stand for a party named before: «ایشان», «دستگاه مذکور», «اداره اخیرالذکر», «همان»."""

from __future__ import annotations

import re

from dabir.reading.lines import Passage
from dabir.reading.parties import PERSON, begins_at, name_end
from dabir.reading.wording import any_of, rx

_LOOK_BACK = 2000  # letters
_HEADS = any_of(
    """دستگاه|دستگاه های|نهاد|نهادهای|ارگان|مرجع|سازمان|اداره|اداره کل|شرکت|شبکه|شورا|شورای|کمیته|کارگروه|کمیسیون
        |دبیرخانه|شهرداری|فرمانداری|بخشداری|بانک|صندوق|بنیاد|معاونت|مدیریت|واحد|دفتر|مرکز|دانشگاه|موسسه|ستاد|هیات
        |هیئت|مشاور|پیمانکار|مجری"""
)
_SAID = any_of(
    """مذکور|یادشده|یاد شده|فوق الذکر|فوق|اخیرالذکر|اخیر الذکر|اخیر|مزبور|موصوف|نامبرده|مربوطه|پیش گفته|مورد اشاره
        |مشارالیه"""
)
_PERSONAL = rx(r"(?:ایشان|نامبرده|نامبردگان|مشارالیه|مشارالیها|وی|معزی الیه|معظم له)(?!\w)")
_POINTING = rx(rf"(?:(?P<said>{_HEADS}) {_SAID}(?!\w)|(?:آن|این|همان|همین) (?P<that>{_HEADS})(?!\w))")
_GENERIC = rx("(?:دستگاه|نهاد|ارگان|مرجع)(?:های| های)?")
_WORD = re.compile(r"(?<!\w)\w")


def anaphor_end(folded: str, at: int) -> int | None:
    """Where the pronoun or the pointing name at `at` ends, or None where there is none."""
    match = _PERSONAL.match(folded, at) or _POINTING.match(folded, at)
    return match.end() if match else None


def antecedent(folded: str, at: int, before: Passage, leads: list[str]) -> str | None:
    """The words that the anaphor at `at` stands for: out of `before`, the text that precedes it, or out of the `leads`
    of the same resolution (the last one is what a general word means)."""
    if _PERSONAL.match(folded, at):
        people = _mentions(before, people=True)
        return people[-1] if people else leads[-1] if leads else None
    match = _POINTING.match(folded, at)
    if match is None:
        return None
    head = match["said"] or match["that"]
    if _GENERIC.fullmatch(head) and leads:
        return leads[-1]
    names = _mentions(before)
    if not _GENERIC.fullmatch(head):
        return next((name for folded_name, name in reversed(names) if folded_name.startswith(head)), None)
    return names[-1][1] if names else None


def _mentions(before: Passage, people: bool = False) -> list:  # type: ignore[type-arg]
    folded = before.folded
    found = []
    at = max(0, len(folded) - _LOOK_BACK)
    while match := _WORD.search(folded, at):
        begin = match.start()
        at = begin + 1
        if not (PERSON.match(folded, begin) if people else begins_at(folded, begin)):
            continue
        end = name_end(folded, begin, len(folded))
        if end is None or anaphor_end(folded, begin):
            continue
        name = before.text[begin:end]
        found.append(name if people else (folded[begin:end], name))
        at = end
    return found
