"""Dates and their weekdays: what can be checked against the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dabir.persian.jalali import weekday_name, weekday_number
from dabir.reading.dates import find_days, impossible_days
from dabir.reading.dates.vocabulary import MONTH
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Fix, Severity
from dabir.reading.wording import rx

_NAMES_A_DAY = ("شنبه", "جمعه", "ادینه")
_DOUBTFUL = 30  # no month is shorter than 29 days
_SIGN = r"\s?[/.\-]\s?"
_YEAR_FIRST = re.compile(rf"1[2-5]\d\d{_SIGN}(\d\d?){_SIGN}(\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"[/.\-]\s?1[2-5]\d\d(?!\d)")
_BEFORE_YEAR = re.compile(rf"(\d\d?){_SIGN}(\d\d?)\s?\Z")
_LATE = rx(rf"(?:3\d|سی(?: ا?م| و [^\W\d]{{2,4}})) {MONTH}")


@rule("date.weekday", Severity.ERROR, "The weekday is not the date's")
def weekday_of_date(paper: Paper) -> Iterator[Said]:
    said = set()
    for number, line in paper.lines_with(*_NAMES_A_DAY):
        for found in find_days(line.words, paper.session, line.folded):
            if found.weekday and weekday_number(found.weekday) != found.date.weekday():
                said.add(found.date)
                yield _wrong_weekday(found.day.text, weekday_name(found.date), found.weekday, (number, number))
    header = paper.minutes.header
    if not (header.date and header.weekday and paper.session) or paper.session in said:
        return
    if weekday_number(header.weekday) not in (None, paper.session.weekday()):
        lines = paper.line_of(header.weekday, header.lines or (1, 1))
        yield _wrong_weekday(header.date.text, weekday_name(paper.session), header.weekday, lines)


def _wrong_weekday(day: str, right: str, written: str, lines: tuple[int, int]) -> Said:
    message = f"تاریخ {quote(day)} {right} است، ولی {quote(written)} نوشته شده است."
    return Said(message, lines, right, fixes=(Fix(written, right),))


@rule("date.impossible", Severity.ERROR, "A date that the calendar does not have")
def no_such_day(paper: Paper) -> Iterator[Said]:
    suspects = {paper.line_at(at) for at in _suspects(paper.folded)}
    for number in sorted(suspects):
        line = paper.lines[number - 1]
        for words in impossible_days(line.words, paper.session, line.folded):
            yield Said(f"تاریخ {quote(words)} در تقویم نیست.", (number, number))


def _suspects(folded: str) -> Iterator[int]:
    """Where a day stands that its month may not have: most days are before the 30th of one of twelve months."""
    if "/" in folded or "-" in folded or "." in folded:
        for match in _YEAR_FIRST.finditer(folded):
            if _doubtful(match[1], match[2]):
                yield match.start()
        for year in _YEAR_LAST.finditer(folded):
            found = _BEFORE_YEAR.search(folded, max(0, year.start() - 8), year.start())
            if found and _doubtful(found[2], found[1]):
                yield found.start()
    for late in ("30", "31", "سی ا", "سی و", "سیا"):
        at = folded.find(late)
        while at >= 0:
            if _LATE.match(folded, at):
                yield at
            at = folded.find(late, at + 1)


def _doubtful(month: str, day: str) -> bool:
    return not 1 <= int(month) <= 12 or not 1 <= int(day) < _DOUBTFUL


RULES = (
    weekday_of_date,
    no_such_day,
)
