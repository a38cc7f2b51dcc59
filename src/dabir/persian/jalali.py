"""Jalali days: conversion, the ways to write them, and what a person types into a date field.

Days are stored as Gregorian `datetime.date`; this module is the only way in and out. They lie in
1900–2199 (1278/10/11 to 1577/12/30), which is what the database takes.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dabir.persian.digits import to_ascii, to_persian
from dabir.persian.letters import fold, same_length_fold, squash

FIRST_YEAR, LAST_YEAR = 1278, 1577
MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
"""Monday first, as `date.weekday()` counts."""

_MONTH_NUMBERS = {squash(name): number for number, name in enumerate(MONTHS, 1)} | {"امرداد": 5}
_MONTH_NUMBERS |= {f"{name}ماه": number for name, number in _MONTH_NUMBERS.items()}
_WEEKDAY_NUMBERS = {squash(name): number for number, name in enumerate(WEEKDAYS)}
_NUMERIC = re.compile(r"(\d{1,4})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
_NAMED = re.compile(r"(\d{1,2})\s*([^\W\d]+)(?:\s*ماه)?\s*(?:سال\s*)?(\d{4}|\d{2})")
_DAYS_FROM_NOW = re.compile(r"([+-])\s*(\d{1,4})")
_ERA, _LATE_LEAP_YEAR = 226_530, 1503
_PIVOT = 40  # a lone two-digit year: ۹۸ is 1398, ۰۵ is 1405


class DayError(ValueError):
    """A day that cannot be read. `code`: "empty", "unreadable", or "impossible" (month 13, 30 Esfand of a common year,
    a day outside 1900–2199)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def to_gregorian(year: int, month: int, day: int) -> date:
    """The day on which Jalali `year`/`month`/`day` falls; DayError("impossible") where the calendar has no such day."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        raise DayError("impossible")
    before = 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    found = date.fromordinal(_new_year(year) + before + day - 1)
    if found.year < 1900:
        raise DayError("impossible")
    return found


def from_gregorian(day: date) -> tuple[int, int, int]:
    """Jalali year, month and day."""
    ordinal, year = day.toordinal(), day.year - 621
    if ordinal < _new_year(year):
        year -= 1
    of_year = ordinal - _new_year(year)
    month, number = divmod(of_year, 31) if of_year < 186 else divmod(of_year - 6, 30)
    return year, month + 1, number + 1


def month_length(year: int, month: int) -> int:
    """29, 30 or 31."""
    if month < 12:
        return 31 if month <= 6 else 30
    return _new_year(year + 1) - _new_year(year) - 336


def _new_year(year: int) -> int:
    """The ordinal (`date.toordinal`) of 1 Farvardin: eight leap years in 33, and 1503 is one in the place of 1502."""
    return 365 * year + (8 * year + 21) // 33 + _ERA - (year == _LATE_LEAP_YEAR)


def format_day(day: date, *, persian_digits: bool = True) -> str:
    """`۱۳۹۸/۰۷/۱۷`, or `1398/07/17`."""
    year, month, number = from_gregorian(day)
    text = f"{year:04}/{month:02}/{number:02}"
    return to_persian(text) if persian_digits else text


def format_long(day: date) -> str:
    """«چهارشنبه ۱۷ مهر ۱۳۹۸»."""
    year, month, number = from_gregorian(day)
    return to_persian(f"{weekday_name(day)} {number} {MONTHS[month - 1]} {year}")


def weekday_name(day: date) -> str:
    """«چهارشنبه»."""
    return WEEKDAYS[day.weekday()]


def weekday_number(name: str) -> int | None:
    """The weekday that `name` writes in any spelling, counted as `date.weekday()` does, or None."""
    return _WEEKDAY_NUMBERS.get(squash(name))


def month_number(name: str) -> int | None:
    """1–12 for a month's name in any spelling, or None."""
    return _MONTH_NUMBERS.get(squash(name))


def full_year(year: int, near: int | None = None) -> int:
    """`year` with its century: a two-digit year is the one closest to the year `near`, or 1340–1439 without it."""
    if year >= 100:
        return year
    if near is None:
        return year + (1300 if year >= _PIVOT else 1400)
    return min(
        (year + century for century in (1200, 1300, 1400, 1500)),
        key=lambda full: abs(full - near),
    )


def numeric_day(first: int, month: int, last: int, near: date | None = None, weekday: int | None = None) -> date | None:
    """The day of three numbers in writing order, year first or day first; None where they make none.

    Where both orders make a day («01/05/12»), the one that falls on `weekday` (as `date.weekday()` counts) holds, else
    the one closer to `near`, else the one with the year first.
    """
    near_year = from_gregorian(near)[0] if near else None
    days = []
    for year, day in ((first, last), (last, first)):
        if day <= 31 and (year >= 1000 or year < 100):
            try:
                days.append(to_gregorian(full_year(year, near_year), month, day))
            except DayError:
                continue
    if not days:
        return None
    agreeing = [day for day in days if day.weekday() == weekday]
    if len(agreeing) == 1:
        return agreeing[0]
    return min(days, key=lambda day: abs(day - near)) if near else days[0]


def parse_day(text: str, near: date | None = None) -> date | None:
    """The absolute day that `text` is, or None.

    Any digits; `/`, `-` or `.` between; year or day first; «۱۷ مهر ۱۳۹۸»; two-digit years as in `full_year`.
    """
    plain = to_ascii(fold(text))
    if match := _NUMERIC.fullmatch(plain):
        return numeric_day(int(match[1]), int(match[3]), int(match[4]), near)
    if (match := _NAMED.fullmatch(plain)) and (month := month_number(match[2])):
        near_year = from_gregorian(near)[0] if near else None
        try:
            return to_gregorian(full_year(int(match[3]), near_year), month, int(match[1]))
        except DayError:
            return None
    return None


def parse_entry(text: str, today: date) -> date:
    """The day that a person typed into a date field: an absolute day, or «+۱۵», so many days from `today`.

    DayError with the reason's code otherwise.
    """
    plain = same_length_fold(text).strip()
    if not plain:
        raise DayError("empty")
    if match := _DAYS_FROM_NOW.fullmatch(plain):
        return today + timedelta(days=int(match[1] + match[2]))
    if day := parse_day(plain, today):
        return day
    raise DayError("impossible" if _NUMERIC.fullmatch(plain) or _NAMED.fullmatch(plain) else "unreadable")
