"""Durations: «ظرف مدت ۱۵ روز», «ظرف ۴۸ ساعت», «یک هفته پس از ابلاغ», «حداکثر ۵ روز کاری از تاریخ ۹۸/۰۸/۰۱»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dabir.persian.calendar import Calendar
from dabir.persian.digits import number_in
from dabir.persian.jalali import LAST_YEAR, from_gregorian, month_length, to_gregorian
from dabir.reading.dates.days import day_words
from dabir.reading.dates.events import EVENTS, event_end
from dabir.reading.dates.scan import Limit
from dabir.reading.dates.vocabulary import AFTER, BEFORE, CARDINAL, NEXT
from dabir.reading.minutes import DueKind
from dabir.reading.wording import rx

_REACH = 40  # letters beside a span in which the words stand that make it a limit or date its start
_DAYS_OF = {"روز": 1, "هفته": 7}

_SPAN = rx(
    rf"(?:(?<![\d/.٫])(?P<digits>\d{{1,3}})|{BEFORE}(?P<words>{CARDINAL}))(?: \( (?:\d{{1,3}}|{CARDINAL}) \))?"
    rf" (?P<unit>ساعت|روز|هفته|ماه|سال)(?:ه|ه ای)?(?: (?P<working>کاری|اداری))?{AFTER}"
    rf"(?! (?:گذشته|اخیر|قبل(?! از)|پیش(?! از)|یک ?بار|1 ?بار))(?: (?:{NEXT}|دیگر){AFTER})?"
)
_WITHIN = rx(
    rf"{BEFORE}(?:حداکثر(?: تا)? (?:پس|بعد) از"
    r"|(?:حداکثر |نهایتا )?(?:ظرف|در ظرف|طی|در طی|در طول|در مدت|در مهلت|مهلت|تا|حداکثر|نهایتا)"
    rf"(?: (?:مدت(?: زمان)?|مهلت|زمان))?(?: (?:حداکثر|تا))?(?: (?:\d{{1,3}}|{CARDINAL}) (?:تا|الی|یا))?"
    r"|مهلت(?: [^\W\d]+){1,3}?) \Z"
)
_NO_LIMIT = rx(rf"{BEFORE}(?:مدت|پس از|بعد از|هر|به|عدم) \Z")
_FROM_WORDS = rx(rf" (?:(?:پس|بعد) از|از(?= (?:تاریخ|زمان|روز|{EVENTS})))(?: تاریخ)? ")
_BEFORE_WORDS = rx(r" (?:قبل از|پیش از|مانده به) ")
_FROM_SESSION = rx(rf"(?:این (?:تاریخ|جلسه|نشست)|امروز|(?:برگزاری )?(?:این )?(?:جلسه|صورت ?جلسه)(?! {NEXT})){AFTER}")


def durations(folded: str, session: date | None, session_time: str | None) -> Iterator[Limit]:
    """Every duration of the folded text that limits a duty, counted from the session unless another start is named."""
    for match in _SPAN.finditer(folded):
        behind = max(0, match.start() - _REACH)
        within = _WITHIN.search(folded, behind, match.start())
        limit = _from_its_start(match, session, session_time)
        if within or (limit.trigger and not _NO_LIMIT.search(folded, behind, match.start())):
            yield replace(limit, start=within.start()) if within else limit


def bare_duration(folded: str, session: date | None, session_time: str | None) -> Limit | None:
    """The duration that the whole of a cell is («۱۵ روز»), or None."""
    match = _SPAN.fullmatch(folded)
    return _from_its_start(match, session, session_time) if match else None


def _from_its_start(match: re.Match[str], session: date | None, session_time: str | None) -> Limit:
    """The duration with the day on which it ends: from the session, a date, or no day where an event starts it."""
    folded, at = match.string, match.end()
    start, clock, end, trigger = session, session_time, at, None
    if behind := _FROM_WORDS.match(folded, at):
        ahead = folded[behind.end() : behind.end() + _REACH]
        named = next((day for day in day_words(ahead, session) if day.start == 0 and day.date), None)
        if named:
            start, clock, end = named.date, None, behind.end() + named.end
        elif here := _FROM_SESSION.match(folded, behind.end()):
            end = here.end()
        else:
            end = event_end(folded, behind.end())
            start, trigger = None, (behind.end(), end)
    elif until := _BEFORE_WORDS.match(folded, at):
        end = event_end(folded, until.end())
        start, trigger = None, (until.end(), end)
    last, hour = _end(match, start, clock) if start else (None, None)
    return Limit(match.start(), end, DueKind.DURATION, last, hour, trigger)


def _end(match: re.Match[str], start: date, clock: str | None) -> tuple[date | None, str | None]:
    """The last day of the span from `start`, and the hour where both the span and `clock` («14:30») give one."""
    number, unit = number_in(match["digits"] or match["words"]) or 0, match["unit"]
    if unit == "ساعت":
        if clock is None:
            return start + timedelta(days=-(-number // 24)), None
        moment = datetime.combine(start, time.fromisoformat(clock)) + timedelta(hours=number)
        return moment.date(), f"{moment:%H:%M}"
    if match["working"] and unit == "روز":
        return _working_days_after(start, number), None
    if unit in _DAYS_OF:
        return start + timedelta(days=number * _DAYS_OF[unit]), None
    return _months_after(start, number * (12 if unit == "سال" else 1)), None


def _working_days_after(day: date, number: int) -> date:
    calendar = Calendar()
    for _ in range(number):
        day = calendar.next_working_day(day + timedelta(days=1))
    return day


def _months_after(day: date, number: int) -> date | None:
    """The same day of a later Jalali month, or that month's last; None beyond the calendar's end."""
    year, month, number_of_day = from_gregorian(day)
    year, month = year + (month - 1 + number) // 12, (month - 1 + number) % 12 + 1
    if year > LAST_YEAR:
        return None
    return to_gregorian(year, month, min(number_of_day, month_length(year, month)))
