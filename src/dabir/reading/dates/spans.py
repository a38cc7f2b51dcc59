"""Spans of time, «پانزده روز», «یک ماه و نیم», «۱۰ روز کاری», and the day on which they end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dabir.persian.calendar import Calendar
from dabir.persian.digits import number_in
from dabir.persian.jalali import FIRST_YEAR, LAST_YEAR, from_gregorian, month_length, to_gregorian
from dabir.reading.dates.hints import hints
from dabir.reading.dates.scan import Limit, word_before
from dabir.reading.dates.vocabulary import AFTER, BEFORE, CARDINAL, NEXT, NUMBER, PAST
from dabir.reading.wording import rx

_REACH = 30  # letters of a number in words and its figures in brackets
_DAYS_OF = {"روز": 1, "هفته": 7}
_HALVES = {"سال": (6, "ماه"), "ماه": (15, "روز")}

_UNIT = rx("ساعت|روز|هفته|ماه|سال")
_COUNTS = hints(
    """یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|هیجده|نوزده|بیست|سی|چهل|پنجاه
    |شصت|هفتاد|هشتاد|نود|صد|یکصد|نیم"""
)
SPAN = rx(
    rf"""(?:(?<![\d/.٫])(?P<digits>\d{{1,3}})|{BEFORE}(?P<words>{CARDINAL}))(?: \( {NUMBER} \))?
    (?P<more> {CARDINAL}(?= (?:روز|هفته|ماه) ))?(?P<and_half> و نیم)? (?P<unit>ساعت|روز|هفته|ماه|سال)(?:ه|ه ای| ای)?
    (?: (?P<working>کاری|اداری|غیر تعطیل))?{AFTER}
    (?:(?P<half> و نیم{AFTER})| و (?:(?P<digits2>\d{{1,3}})|(?P<words2>{CARDINAL})) (?P<unit2>روز|هفته|ماه){AFTER})?
    (?! (?:{PAST}|یک ?بار|1 ?بار|در میان|جاری|در (?:سال|ماه|هفته|روز){AFTER}))(?P<coming> (?:{NEXT}|دیگر){AFTER})?"""
)


@dataclass(frozen=True, slots=True)
class Clock:
    """When spans begin to run: the session's day, its hour ("14:30") where it has one, and the days that are worked."""

    session: date | None
    hour: str | None
    calendar: Calendar


def spans(folded: str) -> Iterator[re.Match[str]]:
    """The matches of `SPAN`, which is tried only where a number stands before a unit."""
    done = 0
    for unit in _UNIT.finditer(folded):
        behind = max(done, unit.start() - _REACH)
        before = word_before(folded, unit.start())
        if unit.start() < done or not (before in _COUNTS or before[-1:].isdigit() or before.endswith(")")):
            continue
        match = SPAN.search(folded, behind, unit.end() + 2 * _REACH)
        if match and match.start() < unit.start() < match.end():
            yield match
            done = match.end()


def ending(limit: Limit, span: re.Match[str], start: date | None, clock: Clock, sign: int = 1) -> Limit:
    """`limit` with its last day, `sign` 1 after `start` or -1 before it, and the hour where span and clock give one."""
    if start is None or span["more"]:  # «دو سه روز» is no number
        return limit
    number, unit = number_in(span["digits"] or span["words"]) or 0, span["unit"]
    if unit == "ساعت":
        if clock.hour is None or sign < 0:
            return replace(limit, last=start + timedelta(days=-(-number // 24)) * sign)
        moment = datetime.combine(start, time.fromisoformat(clock.hour)) + timedelta(hours=number)
        return replace(limit, last=moment.date(), time=f"{moment:%H:%M}")
    if span["working"]:
        steps = number if unit == "روز" else None
        return replace(limit, last=_working_days(start, steps * sign, clock.calendar)) if steps else limit
    last = _after(start, number * sign, unit)
    if span["unit2"]:
        last = _after(last, (number_in(span["digits2"] or span["words2"]) or 0) * sign, span["unit2"])
    if span["half"] or span["and_half"]:
        number, unit = _HALVES.get(unit, (0, ""))
        last = _after(last, number * sign, unit)
    return replace(limit, last=last)


def _after(day: date | None, number: int, unit: str) -> date | None:
    """The day so many units later (earlier where `number` is negative); None for no unit or beyond the calendar."""
    if day is None or not unit:
        return None
    if unit in _DAYS_OF:
        return day + timedelta(days=number * _DAYS_OF[unit])
    year, month, number_of_day = from_gregorian(day)
    months = month - 1 + number * (12 if unit == "سال" else 1)
    year, month = year + months // 12, months % 12 + 1
    if not FIRST_YEAR < year <= LAST_YEAR:
        return None
    return to_gregorian(year, month, min(number_of_day, month_length(year, month)))


def _working_days(day: date, number: int, calendar: Calendar) -> date:
    step = timedelta(days=1 if number > 0 else -1)
    left = abs(number)
    while left:
        day += step
        left -= calendar.is_working(day)
    return day
