"""Time limits: days that are not worked, that have passed, or that nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from dabir.persian.calendar import FRIDAY
from dabir.persian.digits import number_in, parse_int, to_persian
from dabir.persian.letters import fold
from dabir.reading.dates.vocabulary import AFTER, BEFORE, NUMBER
from dabir.reading.findings.frame import Paper, Said, once, quote, rule
from dabir.reading.minutes import Due, DueKind, Lines, Obligation, Severity
from dabir.reading.wording import rx

_ENOUGH = 3  # working days between a time limit and the one it waits for
_SOON = timedelta(days=30)  # from there on there are enough
# «پس از انجام بند ۲», «پس از بند دو این صورتجلسه»
_AFTER_ITEM = rx(
    rf"{BEFORE}(?:پس|بعد) از (?:[^\W\d]{{2,12}}[ ]){{0,2}}بند (?P<number>{NUMBER}){AFTER}"
    r"(?! (?:ماده|قانون|تبصره|آیین|نامه|مصوبه))"
)


@once
def _days(paper: Paper) -> list[tuple[Due, date, Lines]]:
    return [(due, date.fromisoformat(due.iso), lines) for due, lines in paper.limits if due.iso]


@rule("due.holiday", Severity.WARNING, "A time limit ends on an official holiday")
def on_a_holiday(paper: Paper) -> Iterator[Said]:
    # seed ج/۳: the deadline is 28 Safar. The end of a named month or year is nobody's choice and is passed over.
    for due, day, lines in _days(paper):
        name = paper.calendar.holiday_name(day) if due.kind is not DueKind.PERIOD else None
        if name:
            also = "جمعه و " if day.weekday() == FRIDAY else ""
            yield Said(f"مهلت {quote(due.text)} {also}تعطیل رسمی است: {name}.", lines, severity=_severity(due))


@rule("due.friday", Severity.WARNING, "A time limit ends on the weekly day off")
def on_a_friday(paper: Paper) -> Iterator[Said]:
    # seed ج/۴
    for due, day, lines in _days(paper):
        free = not paper.calendar.is_working(day) and not paper.calendar.holiday_name(day)
        if free and due.kind is not DueKind.PERIOD:
            name = "جمعه" if day.weekday() == FRIDAY else "پنجشنبه که تعطیل است"
            yield Said(f"مهلت {quote(due.text)} به روز {name} می‌افتد.", lines, severity=_severity(due))


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
        # «تا اطلاع ثانوی» is how long something is forbidden, and no promise.
        if due.kind is DueKind.VAGUE and "ثانوی" not in due.text:
            yield Said(f"مهلت {quote(due.text)} مبهم است: روزی را معلوم نمی‌کند.", lines)


@rule("due.no-year", Severity.WARNING, "A time limit whose day is not known, most often for want of its year")
def has_no_known_day(paper: Paper) -> Iterator[Said]:
    for due, lines in paper.limits:
        if paper.session and due.kind in (DueKind.DATE, DueKind.PERIOD) and not due.iso:
            yield Said(f"مهلت {quote(due.text)} روز معلومی ندارد.", lines)


@rule("due.order", Severity.ERROR, "A time limit lies before the one that it waits for")
def before_what_it_waits_for(paper: Paper) -> Iterator[Said]:
    for duty, day, awaited, earlier in _waits(paper):
        if day < earlier:
            first, second = quote(duty.due.text if duty.due else ""), quote(awaited.due.text if awaited.due else "")
            yield Said(f"مهلت {first} پیش از مهلت {second} است که باید پیش از آن انجام شود.", duty.lines)


@rule("due.tight", Severity.WARNING, "Hardly a working day between a time limit and the one it waits for")
def hardly_any_time(paper: Paper) -> Iterator[Said]:
    for duty, day, awaited, earlier in _waits(paper):
        left = paper.calendar.working_days_between(earlier, day) if earlier <= day < earlier + _SOON else _ENOUGH
        if left < _ENOUGH:
            first, second = quote(awaited.due.text if awaited.due else ""), quote(duty.due.text if duty.due else "")
            days = to_persian(str(left)) if left else "هیچ"
            yield Said(f"میان مهلت {first} و مهلت {second} که به آن وابسته است {days} روز کاری است.", duty.lines)


def _waits(paper: Paper) -> Iterator[tuple[Obligation, date, Obligation, date]]:
    """Each duty with a day, with each duty with a day that it waits for."""
    dated = {duty.id: duty for _, duty in paper.duties if duty.due and duty.due.iso}
    for _, duty in paper.duties:
        if not duty.due or not duty.due.iso:
            continue
        for awaited in _awaited(paper, duty, dated):
            if awaited.due and awaited.due.iso and awaited is not duty:
                yield duty, date.fromisoformat(duty.due.iso), awaited, date.fromisoformat(awaited.due.iso)


def _awaited(paper: Paper, duty: Obligation, dated: Mapping[str, Obligation]) -> list[Obligation]:
    found = [dated[id] for id in duty.waits_for if id in dated]
    if "بند" in duty.action and (said := _AFTER_ITEM.search(fold(duty.action))):
        number = number_in(said["number"])
        for resolution in paper.minutes.resolutions:
            if number is not None and parse_int(resolution.number or "") == number:
                found += [one for one in resolution.obligations if one.due and one.due.iso]
    return found


RULES = (
    on_a_holiday,
    on_a_friday,
    before_the_meeting,
    before_what_it_waits_for,
    hardly_any_time,
    says_no_day,
    has_no_known_day,
)
