"""Absolute days: «۹۸/۰۷/۱۷», «23/8/86», «۱۷ مهر ۱۳۹۸», «بیست و هشتم آبان ماه سال جاری»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dabir.persian.digits import number_in
from dabir.persian.jalali import (
    FIRST_YEAR,
    LAST_YEAR,
    DayError,
    format_day,
    from_gregorian,
    month_length,
    month_number,
    numeric_day,
    to_gregorian,
)
from dabir.reading.dates.scan import Scan
from dabir.reading.dates.vocabulary import BEFORE, CARDINAL, MONTH, ORDINAL, WEEKDAY, YEAR, plausible_year, year_of
from dabir.reading.minutes import Day
from dabir.reading.wording import rx

_NUMERIC = rx(
    r"(?<![\d/.٫])(?P<first>\d{4}|\d{1,2})\s{0,2}(?P<sign>[/.\-])\s{0,2}(?P<month>\d{1,2})"
    r"\s{0,2}(?P=sign)\s{0,2}(?P<last>\d{4}|\d{1,2})(?!\d| /)"
)
_NAMED = rx(
    rf"(?:(?<![\d/.٫])(?P<digits>\d{{1,2}})(?: ا?م)?|{BEFORE}(?P<words>{ORDINAL}|{CARDINAL})) (?P<month>{MONTH}){YEAR}?"
)
# «روزسه شنبه»: what is glued to the number of a weekday is no part of it.
_WEEKDAY_BEFORE = rx(
    rf"(?P<weekday>(?:{BEFORE}|(?=یک|دو|سه|چهار|پنج)){WEEKDAY}) [،,(]? (?:مورخه?|به تاریخ|تاریخ)? [:(]? \Z"
)
_WEEKDAY_BEHIND = rx(rf" \( (?P<weekday>{WEEKDAY}) \)")
_NUMBER_BEFORE = rx(r"شماره [:(]? \Z")
_REACH = 40  # letters around a day in which its weekday may stand


@dataclass(frozen=True, slots=True)
class FoundDay:
    """An absolute day at `start`–`end` of the text; `weekday` as the text writes it beside the day, if it does."""

    start: int
    end: int
    date: date
    day: Day
    weekday: str | None = None


@dataclass(frozen=True, slots=True)
class DayWords:
    """Words that name a day, at folded offsets; `date` None where they leave the year open."""

    start: int
    end: int
    date: date | None


def find_days(text: str, session: date | None = None) -> list[FoundDay]:
    """The absolute days of `text` in order; two-digit years and «سال جاری» are settled by the `session`'s day."""
    scan = Scan.of(text)
    found = []
    for words in sorted(day_words(scan.folded, session), key=lambda words: words.start):
        if words.date is None:
            continue
        start, end = scan.span(words.start, words.end)
        day = day_record(words.date, text[start:end].strip())
        found.append(FoundDay(start, end, words.date, day, _weekday(scan, words)))
    return found


def impossible_days(text: str, session: date | None = None) -> list[str]:
    """The words of `text` that are written like a day and name none of the calendar: «۳۱ مهر ۱۳۹۸», "1400/12/30"."""
    scan = Scan.of(text)
    found = []
    for match in _NUMERIC.finditer(scan.folded):
        years = [int(digits) for digits in match.group("first", "last") if len(digits) == 4]
        written_like_a_day = len(years) == 1 and FIRST_YEAR <= years[0] <= LAST_YEAR
        day = numeric_day(int(match["first"]), int(match["month"]), int(match["last"]))
        if (
            written_like_a_day
            and not day
            and not _NUMBER_BEFORE.search(scan.folded, max(0, match.start() - _REACH), match.start())
        ):
            found.append(scan.words(*match.span()))
    for match in _NAMED.finditer(scan.folded):
        year, month = year_of(match, session), month_number(match["month"])
        number = number_in(match["digits"] or match["words"]) or 0
        if year and month and number > month_length(year, month):
            found.append(scan.words(*match.span()))
    return found


def day_record(day: date, text: str) -> Day:
    """`day` with the words that say it."""
    return Day(jalali=format_day(day, persian_digits=False), iso=day.isoformat(), text=text)


def day_words(folded: str, session: date | None) -> Iterator[DayWords]:
    """Every group of words in the folded text that names a day of the calendar."""
    session_year = from_gregorian(session)[0] if session else None
    for match in _NUMERIC.finditer(folded):
        first, month, last, sign = match["first"], int(match["month"]), match["last"], match["sign"]
        years = [digits for digits in (first, last) if plausible_year(digits, session_year)]
        # «1-1-12» is an item's number and «24.5.30» no day: only a slash makes two small numbers a year.
        if not years or (sign != "/" and all(int(digits) <= 31 for digits in years)):
            continue
        if found := numeric_day(int(first), month, int(last), session):
            yield DayWords(match.start(), match.end(), found)
    for match in _NAMED.finditer(folded):
        day, of_month = number_in(match["digits"] or match["words"]), month_number(match["month"])
        year = year_of(match, session)
        end = match.end() if year else match.end("month")
        if day is None or of_month is None or not 1 <= day <= 31:
            continue
        try:
            yield DayWords(match.start(), end, to_gregorian(year, of_month, day) if year else None)
        except DayError:
            continue


def _weekday(scan: Scan, words: DayWords) -> str | None:
    before = _WEEKDAY_BEFORE.search(scan.folded, max(0, words.start - _REACH), words.start)
    match = before or _WEEKDAY_BEHIND.match(scan.folded, words.end)
    return scan.words(*match.span("weekday")) if match else None
