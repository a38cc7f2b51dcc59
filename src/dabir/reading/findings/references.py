"""References to places of the paper itself: «بند الف صورتجلسه», «جزء ۳ بند ب», «ردیف ۱۶ این جدول».

References to laws, letters and the minutes of other meetings are not looked into.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dabir.persian.digits import number_in, parse_int
from dabir.persian.letters import fold
from dabir.reading.dates.vocabulary import AFTER, BEFORE, ORDINAL
from dabir.reading.findings.frame import Paper, Said, once, quote, rule
from dabir.reading.findings.numbering import item_number
from dabir.reading.lines import Line
from dabir.reading.minutes import Lines, Section, SectionKind, Severity
from dabir.reading.wording import any_of, rx

_REACH = 60  # letters beside a reference that tell what it refers to

_LETTER = any_of("الف|ب|پ|ت|ث|ج|چ|ح|خ|د|ذ|ر|ز|ژ|س|ش|ط|ه")
_LABEL = rf"(?:\d{{1,3}}|{_LETTER}|{ORDINAL}){AFTER}"
_REFERENCE = rx(
    rf"{BEFORE}(?:(?:جزء|جزو|مورد|ردیف|شماره) [(«\"]? (?P<part>{_LABEL}) [)»\"]? (?:از )?)?"
    rf"(?P<word>بند|قسمت|ردیف|مصوبه|جزء|جزو)(?: شماره)? [(«\"]? (?P<label>{_LABEL}) [)»\"]?"
)
_THIS_PAPER = rx(
    r" (?:از )?(?:(?P<agenda>(?:این )?دستور (?:جلسه|کار))"
    r"|(?:مصوبات )?(?:این|همین) (?:صورت ?جلسه|جدول|جلسه|مصوبات)|مصوبات (?:جدید|حاضر|فوق)|جدول فوق|فوق"
    r"|صورت ?جلسه(?! (?:شماره|مورخ|قبل|پیشین|سابق|جلسه|\d|[^\W\d]+مین)))"
)
_OTHER_PAPER = any_of(
    "ماده|مواد|تبصره|اصل|فصل|قانون|آیین نامه|تصویب نامه|تصمیم نامه|بخشنامه|دستورالعمل|اساسنامه|شیوه نامه|سیاست|بودجه"
    "|قرارداد|تفاهم نامه|موافقت نامه|توافق نامه|نامه|برنامه|سند|ضوابط|مقررات|مصوبه|مصوبات|ابلاغیه|لایحه|طرح|پیوست"
    "|صورت جلسه|جلسه|حکم|رای|گزارش|جدول"
)
_OF_ANOTHER = rx(rf" (?:(?:از|ذیل|موضوع) )?{_OTHER_PAPER}(?: ?های?)?{AFTER}")
_AFTER_ANOTHER = rx(rf"{BEFORE}(?:ماده|مواد|تبصره|اصل|قانون|[^\W\d]*نامه|بودجه|قرارداد){AFTER}[^،.؛()]{{0,30}}\Z")
_ITEM_MARK = rx(r"\s*[-–—ـ:.)]")

# What the words before a reference say that is found there (seed ج/۲ «مباحث طرح شده»).
_SUBJECTS = {
    SectionKind.DISCUSSION: ("مباحث", rx(rf"{BEFORE}(?:مباحث|مذاکرات|نقطه نظرات|نکات مطرح)")),
    SectionKind.RESOLUTIONS: ("مصوبات", rx(rf"{BEFORE}(?:مصوبات|تصمیمات)")),
    SectionKind.AGENDA: ("دستور جلسه", rx(rf"{BEFORE}دستور (?:جلسه|کار)")),
    SectionKind.PRESENT: ("حاضران", rx(rf"{BEFORE}(?:حاضران|حاضرین|(?:اعضا|مدعوین)[^،.؛]{{0,20}} حاضر)")),
    SectionKind.ABSENT: ("غایبان", rx(rf"{BEFORE}(?:غایبان|غایبین)")),
}
_NAMES = {kind: name for kind, (name, _) in _SUBJECTS.items()}


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference to this paper: its words, the label of the place, the part within it, and what is told of it."""

    text: str
    line: int
    label: str
    part: str | None
    before: str
    explicit: bool  # it says «این صورتجلسه», «این جدول» or the like
    agenda: bool

    @property
    def lines(self) -> Lines:
        return self.line, self.line

    @property
    def letter(self) -> str | None:
        return None if number_in(self.label) else self.label


@rule("reference.missing", Severity.ERROR, "A reference to a place that the paper does not have")
def no_such_place(paper: Paper) -> Iterator[Said]:
    if not _mentions(paper):
        return
    items = len(paper.minutes.agenda)
    numbers = {item_number(line) for line in paper.lines}
    numbers |= {parse_int(resolution.number or "") for resolution in paper.minutes.resolutions}
    letters = {fold(line.mark.label) for line in paper.lines if line.mark and line.mark.label}
    letters |= {fold(section.letter) for section in paper.minutes.sections if section.letter}
    for mention in _mentions(paper):
        number = number_in(mention.label)
        if mention.agenda:
            absent = number is not None and 0 < items < number
        else:
            known = number in numbers if number else mention.label in letters
            absent = mention.explicit and mention.part is None and not known
        if absent:
            where = "دستور جلسه" if mention.agenda else "این صورتجلسه"
            yield Said(f"ارجاع {quote(mention.text)} نادرست است: {where} چنین بندی ندارد.", mention.lines)


@rule("reference.wrong", Severity.ERROR, "A reference to a place that holds something else")
def another_thing(paper: Paper) -> Iterator[Said]:
    sections = _lettered(paper) if _mentions(paper) else {}
    for mention in _mentions(paper):
        target = sections.get(mention.letter or "")
        subject = _subject(mention.before)
        if target is None or subject in (None, target.kind) or mention.part or target.kind not in _NAMES:
            continue
        right = next((section for section in sections.values() if section.kind is subject), None)
        if right and subject:
            message = (
                f"ارجاع {quote(mention.text)} نادرست است: بند {target.letter} {_NAMES[target.kind]} است"
                f" و {_NAMES[subject]} در بند {right.letter} آمده است."
            )
            yield Said(message, mention.lines, f"بند {right.letter}")


@rule("reference.ambiguous", Severity.WARNING, "A reference that fits several places")
def several_places(paper: Paper) -> Iterator[Said]:
    # seed ج/۳: «جزء ۳ بند ب», where section ب has bullets and a numbered list
    lines, sections = paper.lines, _lettered(paper) if _mentions(paper) else {}
    for mention in _mentions(paper):
        section = sections.get(mention.letter or "")
        part = number_in(mention.part) if mention.part else None
        if section is None or part is None:
            continue
        fitting = sum(part in numbers for numbers in _lists(lines[section.lines[0] : section.lines[1]]))
        said = f"ارجاع {quote(mention.text)}"
        if fitting > 1:
            message = f"{said} مبهم است: در بند {section.letter} بیش از یک فهرست به این شماره می‌رسد."
            yield Said(message, mention.lines)
        elif fitting == 0:
            message = f"{said} نادرست است: بند {section.letter} چنین جزئی ندارد."
            yield Said(message, mention.lines, severity=Severity.ERROR)


def _lettered(paper: Paper) -> dict[str, Section]:
    """Sections by letter; a letter that stands twice tells nothing and is left out."""
    lettered = [(fold(section.letter), section) for section in paper.minutes.sections if section.letter]
    times = Counter(letter for letter, _ in lettered)
    return {letter: section for letter, section in lettered if times[letter] == 1}


@once
def _mentions(paper: Paper) -> list[Mention]:
    """The references of the lines that mean this paper: by their words, or by a letter with nothing else behind it."""
    return list(_mentioned(paper))


def _mentioned(paper: Paper) -> Iterator[Mention]:
    for _, line in paper.lines_with("بند", "قسمت", "ردیف", "مصوبه", "جزء", "جزو"):
        folded = line.folded
        for match in _REFERENCE.finditer(folded):
            here = _THIS_PAPER.match(folded, match.end())
            if _is_mark(folded, match) or (not here and _of_another(folded, match)):
                continue
            end = here.end() if here else match.end()
            yield Mention(
                text=line.words[match.start() : end].strip(),
                line=line.number,
                label=match["label"].strip(),
                part=match["part"],
                before=folded[max(0, match.start() - _REACH) : match.start()],
                explicit=here is not None,
                agenda=bool(here and here["agenda"]),
            )


def _is_mark(folded: str, match: re.Match[str]) -> bool:
    """True for «بند ۱- …» at the beginning of a line: an item's own mark."""
    return not folded[: match.start()].strip(" -–—•*\t") and _ITEM_MARK.match(folded, match.end("label")) is not None


def _of_another(folded: str, match: re.Match[str]) -> bool:
    behind = folded[max(0, match.start() - _REACH) : match.start()]
    return bool(_OF_ANOTHER.match(folded, match.end()) or _AFTER_ANOTHER.search(behind))


def _subject(before: str) -> SectionKind | None:
    """What the words before a reference speak of last."""
    found = [(match.start(), kind) for kind, (_, words) in _SUBJECTS.items() for match in words.finditer(before)]
    return max(found)[1] if found else None


def _lists(lines: list[Line]) -> Iterator[set[int]]:
    """The numbers to which each list of the lines counts; a bullet counts as its place."""
    numbers: set[int] = set()
    style, count = None, 0
    for line in lines:
        number = item_number(line)
        bullet = line.mark is not None and line.mark.style == "bullet"
        now = "number" if number is not None else "bullet" if bullet else None
        if now is None:
            style = None if line.text.rstrip().endswith(":") else style  # another list follows
            continue
        if now != style or (number is not None and number == 1):
            yield numbers
            numbers, count = set(), 0
        style, count = now, count + 1
        numbers.add(number if number is not None else count)
    yield numbers


RULES = (
    no_such_place,
    another_thing,
    several_places,
)
