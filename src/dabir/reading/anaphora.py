"""Words that stand for a party named before: «ایشان», «دستگاه مذکور», «اداره اخیرالذکر», «همان»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dabir.persian.letters import same_length_fold
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
        person = next(_mentions(before, PERSON.match), None)
        return person or (leads[-1] if leads else None)
    match = _POINTING.match(folded, at)
    if match is None:
        return None
    head = match["said"] or match["that"]
    general = bool(_GENERIC.fullmatch(head))
    if general and leads:
        return leads[-1]
    names = _mentions(before, begins_at)
    return next((name for name in names if general or same_length_fold(name).startswith(head)), None)


def _mentions(before: Passage, begins: Callable[[str, int], object]) -> Iterator[str]:
    """The names in `before`, the last first."""
    folded = before.folded
    spans: list[tuple[int, int]] = []
    at = max(0, len(folded) - _LOOK_BACK)
    while match := _WORD.search(folded, at):
        at = match.start() + 1
        end = name_end(folded, match.start(), len(folded)) if begins(folded, match.start()) else None
        if end is not None and anaphor_end(folded, match.start()) is None:
            spans.append((match.start(), end))
            at = end
    return (before.text[start:end] for start, end in reversed(spans))
