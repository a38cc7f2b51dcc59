"""Counts that the paper states of its own lists: «به شرح ۵ بند زیر», «این صورتجلسه در ۷ بند تنظیم شد»."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.digits import number_in, parse_int, to_persian
from dabir.reading.dates.vocabulary import AFTER, BEFORE, NUMBER
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.findings.numbering import item_number
from dabir.reading.lines import Line
from dabir.reading.minutes import Severity
from dabir.reading.wording import rx

_THINGS = r"(?:بند|مورد|محور|موضوع|مصوبه|تصمیم|پیشنهاد|نکته|ماده)"
_BELOW = rx(rf"{BEFORE}(?P<number>{NUMBER}) {_THINGS}(?: (?:اساسی|مهم|اصلی|کلی))?(?: به شرح)? (?:زیر|ذیل|آتی){AFTER}")
_IN_ALL = rx(
    rf"(?:صورت ?جلسه|مصوبات)[^.؛\n]{{0,30}}?{BEFORE}(?:در|مشتمل بر|شامل|دارای) (?P<number>{NUMBER}) (?:بند|مصوبه|ماده)"
    rf"(?=[^.؛\n]{{0,40}}(?:تنظیم|تهیه|تدوین|است|می باشد|خاتمه|تصویب))"
)
_LONGEST_LIST, _LONGEST_TITLE = 200, 40  # lines, letters


@rule("count.items", Severity.WARNING, "The number of items is not the one that the text tells")
def number_of_items(paper: Paper) -> Iterator[Said]:
    for number, line in paper.lines_with("زیر", "ذیل", "اتی"):
        stated = _BELOW.search(line.folded)
        count = number_in(stated["number"]) if stated else None
        listed = _items_after(paper.lines, number) if count else 0
        if stated and listed > 1 and listed != count:
            words = quote(line.words[slice(*stated.span())])
            yield Said(
                f"متن می‌گوید {words}، ولی شماره بندهای پس از آن {to_persian(str(listed))} است.", (number, number)
            )


@rule("count.resolutions", Severity.WARNING, "The number of resolutions is not the one that the text tells")
def number_of_resolutions(paper: Paper) -> Iterator[Said]:
    numbers = [parse_int(one.number or "") for one in paper.minutes.resolutions]
    # Only a list that counts from one to its end tells how many there are.
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return
    for number, line in paper.lines_with("بند", "مصوبه", "ماده"):
        stated = _IN_ALL.search(line.folded)
        count = number_in(stated["number"]) if stated else None
        if stated and count and count != len(numbers):
            words, found = quote(line.words[slice(*stated.span())]), to_persian(str(len(numbers)))
            yield Said(f"متن می‌گوید {words}، ولی شماره مصوبه‌ها {found} است.", (number, number))


def _items_after(lines: list[Line], number: int) -> int:
    """How many items the list that begins after a line has: numbers that go on from one, or bullets in a row."""
    items = 0
    bullets = False
    for line in lines[number : number + _LONGEST_LIST]:
        label = item_number(line)
        if label is not None and not bullets:
            if label != items + 1:
                return items if items else 0
            items += 1
        elif line.mark is not None and line.mark.style == "bullet" and (bullets or not items):
            bullets = True
            items += 1
        elif bullets and not line.blank:
            return items
        elif not items and not line.blank and not (line.words.endswith(":") and len(line.words) < _LONGEST_TITLE):
            return 0
    return items


RULES = (
    number_of_items,
    number_of_resolutions,
)
