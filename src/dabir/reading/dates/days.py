"""Absolute days: «۹۸/۰۷/۱۷», «23/8/86», «۱۷ مهر ۱۳۹۸», «بیست و هشتم آبان ماه سال جاری»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dabir.persian.jalali import (
    FIRST_YEAR,
    LAST_YEAR,
    format_day,
    from_gregorian,
    full_year,
    month_length,
    numeric_day,
    weekday_number,
)
from dabir.reading.dates.hints import hints
from dabir.reading.dates.months import MonthDay, of_months
from dabir.reading.dates.scan import Named, Scan, occurrences
from dabir.reading.dates.vocabulary import AFTER, BEFORE, MONTH, UNIT, WEEKDAY, plausible_year
from dabir.reading.minutes import Day, DueKind
from dabir.reading.wording import rx

_NUMERIC = rx(
    r"(?P<first>[0-9](?:\d(?:\d\d)?)?)\s{0,2}(?P<sign>[/.\-\\–−؍⁄∕／])\s{0,2}(?P<month>\d{1,2})"
    r"\s{0,2}(?P=sign)\s{0,2}(?P<last>\d{4}|\d{1,2})(?!\d|\s{0,2}(?P=sign))"
)
_SPACED = rx(
    r"(?:تاریخ|مورخه?|تا|روز) (?P<year>1[34]\d\d)\s{1,2}(?P<month>\d{1,2})\s{1,2}(?P<day>\d{1,2})(?!\d|[/.,]\d)"
)
# «تا هفدهم»: a day of an unnamed month; smaller numbers may be school years («تا دهم»).
_LONE = rx(
    rf"تا (?:روز )?(?P<day>(?:سیزده|چهارده|پانزده|شانزده|هفده|هجده|هیجده|نوزده)م|بیست م|سی ا?م|(?:بیست|سی) و {UNIT}م)"
    rf"{AFTER}(?! (?:{MONTH}|ماه|هر|همین|این))"
)
LONE = hints("سیزدهم|چهاردهم|پانزدهم|شانزدهم|هفدهم|هجدهم|هیجدهم|نوزدهم|بیستم|بیست|سی|سیم|سیام")
_GLUED = frozenset("/.٫")
# What stands right behind these words is a number of theirs, also where it looks like a day.
_LABEL = rx(
    rf"""{BEFORE}(?:شماره|شماره های|ردیف|کلاسه|کد|پلاک|بند|ماده|تبصره|پرونده|دادنامه|نسخه|سریال|شناسه|امتیاز
    |آی ?پی|نشانی|ساعت|نمره) (?:نامه|پرونده|ثبت|مصوبه)?[ :(]*\Z"""
)
_OTHER_CALENDAR = rx(r"\s*[(]?\s*(?:ه\s?\.?\s?ق|قمری|میلادی)")
# «روزسه شنبه»: what is glued to the number of a weekday is no part of it.
_WEEKDAY_BEFORE = rx(
    rf"(?P<weekday>(?:{BEFORE}|(?=یک|دو|سه|چهار|پنج)){WEEKDAY}) [،,(]? (?:مورخه?|به تاریخ|تاریخ)? [:(]? \Z"
)
_WEEKDAY_BEHIND = rx(rf" \( (?:روز )?(?P<weekday>{WEEKDAY}) \)")
_REACH = 40  # letters around a day in which its weekday may stand


@dataclass(frozen=True, slots=True)
class FoundDay:
    """An absolute day at `start`–`end` of the text; `weekday` as the text writes it beside the day, if it does."""

    start: int
    end: int
    date: date
    day: Day
    weekday: str | None = None


def find_days(text: str, session: date | None = None, folded: str | None = None) -> list[FoundDay]:
    """The absolute days of `text` in order; two-digit years and «سال جاری» are settled by the `session`'s day.

    `folded` is `same_length_fold(text)` where the caller has it.
    """
    scan = Scan.of(text, folded)
    found = []
    named_by_month = (named_day(one) for one in of_months(scan.folded, session) if isinstance(one, MonthDay))
    days = [*numeric_days(scan.folded, session), *filter(None, named_by_month)]
    for named in sorted(days, key=lambda named: named.start):
        if named.last is None:
            continue
        start, end = scan.span(named.start, named.end)
        weekday = _weekday(scan.folded, named.start, named.end)
        words = scan.words(*weekday.span("weekday")) if weekday else None
        found.append(FoundDay(start, end, named.last, day_record(named.last, text[start:end].strip()), words))
    return found


def impossible_days(text: str, session: date | None = None, folded: str | None = None) -> list[str]:
    """The words of `text` that are written like a day and name none of the calendar: «۳۱ مهر ۱۳۹۸», "1400/12/30"."""
    scan = Scan.of(text, folded)
    found = []
    for match in _numbers(scan.folded):
        years = [int(digits) for digits in match.group("first", "last") if len(digits) == 4]
        written_like_a_day = len(years) == 1 and FIRST_YEAR <= years[0] <= LAST_YEAR
        if written_like_a_day and not numeric_day(int(match["first"]), int(match["month"]), int(match["last"])):
            found.append(scan.words(*match.span()))
    for one in of_months(scan.folded, session):
        if isinstance(one, MonthDay) and one.year and FIRST_YEAR <= one.year <= LAST_YEAR:
            if one.number > month_length(one.year, one.month):
                found.append(scan.words(one.start, one.end))
    return found


def day_record(day: date, text: str) -> Day:
    """`day` with the words that say it."""
    return Day(jalali=format_day(day, persian_digits=False), iso=day.isoformat(), text=text)


def numeric_days(folded: str, session: date | None) -> Iterator[Named]:
    """Every day that the folded text writes in figures alone."""
    for match in _numbers(folded):
        session_year = from_gregorian(session)[0] if session else None
        first, month, last, sign = match["first"], int(match["month"]), match["last"], match["sign"]
        years = [digits for digits in (first, last) if plausible_year(digits, session_year)]
        # «1-1-12» is an item's number and «24.5.30» no day: only a slash makes two small numbers a year.
        if not years or (sign in ".-–−" and all(int(digits) <= 31 for digits in years)):
            continue
        if len(first) != len(last):  # «08/1/9»: the year is the longer one
            year, day = sorted((first, last), key=len, reverse=True)
            first, last = str(full_year(int(year), session_year)), day
        weekday = _weekday(folded, *match.span()) if len(first) == len(last) else None
        falls_on = weekday_number(weekday["weekday"]) if weekday else None
        if found := numeric_day(int(first), month, int(last), session, falls_on):
            yield _day(match.start(), match.end(), found)
    if " 13" in folded or " 14" in folded:
        for match in _SPACED.finditer(folded):
            if found := numeric_day(int(match["year"]), int(match["month"]), int(match["day"])):
                yield _day(match.start("year"), match.end(), found)


def lone_days(folded: str, words: frozenset[str]) -> Iterator[Named]:
    """Every number that names a day of no month: «تا هفدهم»."""
    for match in () if LONE.isdisjoint(words) else occurrences(_LONE, folded):
        yield Named(*match.span("day"), DueKind.DATE, None)


def named_day(one: MonthDay) -> Named | None:
    """The day of a month; without its day where the year is open, None where the month has no such day."""
    if one.year is None:
        return Named(one.start, one.end, DueKind.DATE, None)
    found = numeric_day(one.year, one.month, one.number)
    return _day(one.start, one.end, found) if found else None


def _day(start: int, end: int, day: date) -> Named:
    return Named(start, end, DueKind.DATE, day, day - timedelta(days=1))


def _numbers(folded: str) -> Iterator[re.Match[str]]:
    """Three numbers between signs that no other number touches and no label claims («شماره 12/5/98»)."""
    for match in _NUMERIC.finditer(folded):
        start, sign = match.start(), match["sign"]
        before = folded[start - 1 : start]
        if before.isdigit() or before in _GLUED or (before == sign and folded[start - 2 : start - 1].isdigit()):
            continue
        if _LABEL.search(folded, max(0, start - _REACH), start) or _OTHER_CALENDAR.match(folded, match.end()):
            continue
        yield match


def _weekday(folded: str, start: int, end: int) -> re.Match[str] | None:
    """The weekday that is written beside the words from `start` to `end`."""
    if "شنبه" not in folded and "جمعه" not in folded:
        return None
    before = _WEEKDAY_BEFORE.search(folded, max(0, start - _REACH), start)
    return before or _WEEKDAY_BEHIND.match(folded, end)
