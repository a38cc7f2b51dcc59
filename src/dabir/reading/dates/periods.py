"""Stretches of time that end on a day: «پایان شهریور ماه سال جاری», «نیمه دوم سال ۱۳۸۵», «سال‌های 1385 و 1386»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dabir.persian.calendar import FRIDAY
from dabir.persian.digits import words_to_int
from dabir.persian.jalali import from_gregorian, month_length, month_number, to_gregorian
from dabir.reading.dates.vocabulary import AFTER, BEFORE, MONTH, NEXT, YEAR, plausible_year, year_of
from dabir.reading.wording import any_of, rx

_END = any_of("پایان|آخر|انتهای|اواخر|اتمام")
_MONTH_PARTS = {"start": 1, "week": 7, "tenth": 10, "fortnight": 14, "middle": 15, "twentieth": 20, "third": 21}
_SEASONS = {"بهار": 3, "تابستان": 6, "پاییز": 9, "زمستان": 12}
_MONTHS_IN = {"نیمه": 6, "شش": 6, "سه": 3, "فصل": 3, "نه": 9, "چهار": 4, "دو": 2}

_IN_MONTH = rx(
    rf"{BEFORE}(?:(?P<start>ابتدای|آغاز|شروع|اول)|(?P<tenth>اوایل|دهه اول)|(?P<middle>نیمه (?:اول|نخست)|اواسط)"
    r"|(?P<week>هفته اول)|(?P<fortnight>هفته دوم)|(?P<third>هفته سوم)|(?P<twentieth>دهه دوم)|(?P<half>نیمه)(?! دوم)"
    rf"|نیمه دوم|دهه سوم|هفته (?:چهارم|آخر)|{_END}) (?P<month>{MONTH}){YEAR}?"
)
_MONTH_OF_YEAR = rx(rf"{BEFORE}(?P<month>{MONTH}){YEAR}")
_SEASON = rx(rf"{BEFORE}(?:{_END} )?(?:فصل )?(?P<season>{any_of('|'.join(_SEASONS))}){AFTER}{YEAR}?")
_PART_OF_YEAR = rx(
    rf"{BEFORE}(?:{_END} )?(?P<length>نیمه|فصل|(?:شش|سه|نه|چهار|دو)(?= ماهه))(?: ماهه)?"
    rf" (?P<place>اول|نخست|دوم|سوم|چهارم){AFTER}(?:{YEAR}| سال{AFTER})"
)
_YEAR = rx(rf"{BEFORE}(?:{_END} )?(?=سال|امسال){YEAR}")
_YEARS = rx(
    rf"{BEFORE}(?:{_END} )?سال های (?:\d{{2,4}} [،,] )*\d{{2,4}} (?:و|تا|الی|لغایت|-) (?P<last>\d{{4}}|\d{{2}})(?!\d)"
)
_CURRENT = rx(
    rf"{BEFORE}(?:(?P<end>{_END})|(?P<start>ابتدای|اول|اوایل))? (?P<this>همین )?"
    rf"(?P<unit>هفته|ماه|سال)(?: مالی)?(?: (?P<here>جاری)| (?P<next>{NEXT}))?"
    rf"{AFTER}(?! (?:\d|هزار|یک هزار|تحصیلی|زراعی|آبی|میلادی|{NEXT}))"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that name a stretch of time, at folded offsets; `last` its last day, None where the year is open."""

    start: int
    end: int
    last: date | None


def stretches(folded: str, session: date | None) -> Iterator[Stretch]:
    """Every stretch that the folded text names; some overlap, and the longest says the most."""
    session_year = from_gregorian(session)[0] if session else None
    for match in _IN_MONTH.finditer(folded):
        yield _month(match, session)
    for match in _MONTH_OF_YEAR.finditer(folded):
        yield _month(match, session)
    for match in _SEASON.finditer(folded):
        yield Stretch(*match.span(), _month_end(year_of(match, session), _SEASONS[match["season"]]))
    for match in _PART_OF_YEAR.finditer(folded):
        month = _MONTHS_IN[match["length"]] * (words_to_int(match["place"]) or 1)
        yield Stretch(*match.span(), _month_end(year_of(match, session) or session_year, month))
    for match in _YEAR.finditer(folded):
        yield Stretch(*match.span(), _month_end(year_of(match, session), 12))
    for match in _YEARS.finditer(folded):
        yield Stretch(*match.span(), _month_end(plausible_year(match["last"], session_year), 12))
    for match in _CURRENT.finditer(folded):
        if match["end"] or match["this"] or match["here"] or match["next"]:
            yield Stretch(*match.span(), _current(match, session))


def _month(match: re.Match[str], session: date | None) -> Stretch:
    month, year = month_number(match["month"]) or 1, year_of(match, session)
    end = match.end() if year else match.end("month")
    parts = match.groupdict()
    day = next((day for part, day in _MONTH_PARTS.items() if parts.get(part)), None)
    if parts.get("half"):
        day = 15
    if year and day:
        return Stretch(match.start(), end, to_gregorian(year, month, day))
    return Stretch(match.start(), end, _month_end(year, month))


def _month_end(year: int | None, month: int) -> date | None:
    return to_gregorian(year, month, month_length(year, month)) if year and 1 <= month <= 12 else None


def _current(match: re.Match[str], session: date | None) -> date | None:
    """The last day (or, as the words have it, the first) of the session's week, month or year, or of the next one."""
    if session is None:
        return None
    # The first day of a stretch is the day after the last one of the stretch before it.
    ahead = (1 if match["next"] else 0) - (1 if match["start"] else 0)
    last: date | None
    if match["unit"] == "هفته":
        last = session + timedelta(days=(FRIDAY - session.weekday()) % 7 + 7 * ahead)
    else:
        year, month, _ = from_gregorian(session)
        month = 12 if match["unit"] == "سال" else month + ahead
        year += ahead if match["unit"] == "سال" else (month - 1) // 12
        last = _month_end(year, (month - 1) % 12 + 1)
    return last + timedelta(days=1) if last and match["start"] else last
