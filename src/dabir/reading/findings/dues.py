"""Time limits: days that are not worked, that have passed, or that nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dabir.persian.calendar import FRIDAY
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Due, DueKind, Lines, Severity


def _days(paper: Paper) -> Iterator[tuple[Due, date, Lines]]:
    return ((due, date.fromisoformat(due.iso), lines) for due, lines in paper.limits if due.iso)


@rule("due.holiday", Severity.WARNING, "A time limit ends on an official holiday")
def on_a_holiday(paper: Paper) -> Iterator[Said]:
    # seed ج/۳: the deadline is 28 Safar. The end of a named month or year is nobody's choice and is passed over.
    for due, day, lines in _days(paper):
        name = paper.calendar.holiday_name(day) if due.kind is not DueKind.PERIOD else None
        if name:
            also = "جمعه و " if day.weekday() == FRIDAY else ""
            yield Said(f"مهلت {quote(due.text)} {also}تعطیل رسمی است: {name}.", lines, severity=_severity(due))


@rule("due.friday", Severity.WARNING, "A time limit ends on a Friday")
def on_a_friday(paper: Paper) -> Iterator[Said]:
    # seed ج/۴
    for due, day, lines in _days(paper):
        free = day.weekday() == FRIDAY and not paper.calendar.is_working(day) and not paper.calendar.holiday_name(day)
        if free and due.kind is not DueKind.PERIOD:
            yield Said(f"مهلت {quote(due.text)} به روز جمعه می‌افتد.", lines, severity=_severity(due))


def _severity(due: Due) -> Severity | None:
    """A chosen day is the paper's doing, the end of a duration chance."""
    return None if due.kind is DueKind.DATE else Severity.NOTE


@rule("due.before-meeting", Severity.ERROR, "A time limit lies before the meeting")
def before_the_meeting(paper: Paper) -> Iterator[Said]:
    for due, day, lines in _days(paper):
        if paper.session and day < paper.session:
            yield Said(f"مهلت {quote(due.text)} پیش از روز جلسه است و گذشته است.", lines)


@rule("due.vague", Severity.WARNING, "A time limit that says no day")
def says_no_day(paper: Paper) -> Iterator[Said]:
    for due, lines in paper.limits:
        if due.kind is DueKind.VAGUE:
            yield Said(f"مهلت {quote(due.text)} مبهم است: روزی را معلوم نمی‌کند.", lines)


@rule("due.no-year", Severity.NOTE, "A time limit names a day or month without its year")
def names_no_year(paper: Paper) -> Iterator[Said]:
    for due, lines in paper.limits:
        if paper.session and due.kind in (DueKind.DATE, DueKind.PERIOD) and not due.iso:
            yield Said(f"مهلت {quote(due.text)} سال ندارد.", lines)


RULES = (
    on_a_holiday,
    on_a_friday,
    before_the_meeting,
    says_no_day,
    names_no_year,
)
