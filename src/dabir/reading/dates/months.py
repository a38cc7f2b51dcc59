"""What is said of months: their days («۱۷ مهر ۱۳۹۸», «دهم ماه آینده») and parts («نیمه اول آبان», «هفته دوم آذر»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dabir.persian.digits import number_in
from dabir.persian.jalali import FIRST_YEAR, LAST_YEAR, MONTHS, from_gregorian, month_length, to_gregorian
from dabir.persian.letters import same_length_fold
from dabir.reading.dates.hints import MONTH_NAMES, hints
from dabir.reading.dates.scan import occurrences, word_before
from dabir.reading.dates.vocabulary import AFTER, BEFORE, CARDINAL, MONTH, NEXT, ORDINAL, YEAR, year_of
from dabir.reading.wording import rx

_NEAR = hints("ماه|ماهجاری|ماهآینده|ماهآتی|ماهبعد")
HINTS = MONTH_NAMES | _NEAR
_MONTH = rx(rf"(?P<month>{MONTH}){YEAR}?")
_THIS_MONTH = rx(rf"(?:ماه (?:جاری|(?P<next>{NEXT}))|(?:همین|این) ماه){AFTER}")
# Of «۵ و ۶ تیر» the later one; «10/تیر/98» has its month in letters.
_DAY = rx(
    rf"""(?:(?<![\d/.٫])(?:\d{{1,2}} و )?(?P<digits>\d{{1,2}})(?P<th> ا?م)?(?: [/-])?
    |{BEFORE}(?:{ORDINAL} و )?(?P<words>{ORDINAL}|{CARDINAL})) \Z"""
)
_PART = rx(
    rf"""{BEFORE}(?:(?P<what>نیمه|هفته|دهه) (?P<place>اول|نخست|دوم|سوم|چهارم|آخر|پایانی)
    |(?P<placed>اول|نخست|دوم|سوم|چهارم|آخر)ین (?P<part>هفته|دهه)) \Z"""
)
_AND_BEFORE = rx(rf"{BEFORE}(?:ماه های )?(?:{MONTH} [،,] )?{MONTH} (?:و|تا|الی|لغایت) \Z")
_BOUNDS = {
    "نیمه": {1: (1, 15), 2: (16, 31), -1: (16, 31)},
    "دهه": {1: (1, 10), 2: (11, 20), 3: (21, 31), -1: (21, 31)},
    "هفته": {1: (1, 7), 2: (8, 14), 3: (15, 21), 4: (22, 31), -1: (22, 31)},
}
_PLACES = {"اول": 1, "نخست": 1, "دوم": 2, "سوم": 3, "چهارم": 4, "اخر": -1, "پایانی": -1}
_PART_ENDS = {*_PLACES, *hints("هفته|دهه")}
_AND = hints("و|تا|الی|لغایت")
_NUMBER_OF = {same_length_fold(name)[:2]: number for number, name in enumerate(MONTHS, 1)} | {"ام": 5}
_REACH = 30


@dataclass(frozen=True, slots=True)
class MonthDay:
    """Words that give a month's day its number; `year` None where they leave it open."""

    start: int
    end: int
    number: int
    month: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Span:
    """Words at folded offsets that name a stretch from its first day to its last, both None where the year is open."""

    start: int
    end: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class _Month:
    start: int
    end: int
    month: int
    year: int | None
    counted: bool = False  # «ماه آینده», which digits before it count («۳ ماه آینده») rather than date


def of_months(folded: str, session: date | None, words: frozenset[str] | None = None) -> Iterator[MonthDay | Span]:
    """Every day that is told by its number in a month, every part of a month, and every month without either.

    `words` are those of the text where the caller has them.
    """
    for month in _months(folded, session, words):
        behind, before = max(0, month.start - _REACH), word_before(folded, month.start)
        if before in _PART_ENDS and (part := _PART.search(folded, behind, month.start)):
            if bounds := _BOUNDS[part["what"] or part["part"]].get(_PLACES[part["place"] or part["placed"]]):
                yield _span(part.start(), month, *bounds)
        elif before and (day := _day(month, _DAY.search(folded, behind, month.start))):
            yield day
        else:
            pair = _AND_BEFORE.search(folded, behind, month.start) if before in _AND else None
            yield _span(pair.start() if pair else month.start, month, 1, 31)


def _day(month: _Month, match: re.Match[str] | None) -> MonthDay | None:
    if match is None:
        return None
    words = match["words"] or ""
    ordinal = match["th"] or words.endswith(("م", "اول", "نخست"))
    number = number_in(match["digits"] or words)
    if number is None or not 1 <= number <= 31 or (month.counted and not ordinal):
        return None
    return MonthDay(match.start(), month.end, number, month.month, month.year)


def _months(folded: str, session: date | None, words: frozenset[str] | None) -> Iterator[_Month]:
    if words is None or not MONTH_NAMES.isdisjoint(words):
        for match in occurrences(_MONTH, folded):
            year, number = year_of(match, session), _NUMBER_OF[match["month"][:2]]
            said = year or match["this_year"] or match["next_year"]  # also where the session's own year is unknown
            yield _Month(match.start(), match.end() if said else match.end("month"), number, year)
    if words is None or not _NEAR.isdisjoint(words):
        for match in occurrences(_THIS_MONTH, folded):
            year, number = from_gregorian(session)[:2] if session else (None, 1)
            if year and match["next"]:
                year, number = year + number // 12, number % 12 + 1
            yield _Month(*match.span(), number, year, counted=bool(match["next"]))


def _span(start: int, month: _Month, first: int, last: int) -> Span:
    if month.year is None or not FIRST_YEAR < month.year <= LAST_YEAR:
        return Span(start, month.end)
    longest = month_length(month.year, month.month)
    return Span(
        start,
        month.end,
        to_gregorian(month.year, month.month, first),
        to_gregorian(month.year, month.month, min(last, longest)),
    )
