"""Stretches of time: «پایان شهریور ماه سال جاری», «نیمه دوم سال ۱۳۸۵», «هفته آینده», «دهه فجر سال ۹۸»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from dabir.persian.calendar import FRIDAY
from dabir.persian.digits import words_to_int
from dabir.persian.jalali import FIRST_YEAR, LAST_YEAR, from_gregorian, month_length, to_gregorian
from dabir.reading.dates.hints import SPANS, hints
from dabir.reading.dates.months import Span
from dabir.reading.dates.scan import Named, occurrences, word_before
from dabir.reading.dates.vocabulary import AFTER, BEFORE, COUNTED, NEXT, ORDINAL, PAST, YEAR, plausible_year, year_of
from dabir.reading.minutes import DueKind
from dabir.reading.wording import any_of, rx

_SEASONS = {"بهار": 1, "تابستان": 4, "پاییز": 7, "زمستان": 10}
_MONTHS_IN = {"نیمه": 6, "فصل": 3, "ربع": 3, "شش": 6, "سه": 3, "نه": 9, "چهار": 4, "دو": 2}
_MONTHS_IN |= {str(number): number for number in (2, 3, 4, 6, 9)}
# Occasions that the solar calendar fixes, first and last (month, day); lunar ones are events.
_OCCASIONS: dict[str, tuple[tuple[int, int], tuple[int, int] | None]] = {
    "فجر": ((11, 12), (11, 22)),
    "دولت": ((6, 2), (6, 8)),
    "دفاعمقدس": ((6, 31), (7, 6)),
    "نوروز": ((1, 1), (1, 1)),
    "تعطیلاتنوروز": ((1, 1), None),
}
# Years that begin at no Farvardin, or whose own rules say when they end.
_OTHER_YEARS = "تحصیلی|زراعی|آبی|مالی|میلادی|قمری|کاری|تقویمی"

_SEASON = rx(rf"(?:فصل )?(?P<season>{any_of('|'.join(_SEASONS))}){AFTER}{YEAR}?")
_PART_OF_YEAR = rx(
    rf"(?P<length>نیمه|ربع|فصل|(?:شش|سه|نه|چهار|دو|[63942])(?= ماهه))(?: ماهه)?"
    rf" (?P<place>اول|نخست|دوم|سوم|چهارم|آخر|پایانی){AFTER}(?:{YEAR}|(?P<bare> سال{AFTER}))?"
)
_YEAR = rx(rf"(?=سال|امسال){YEAR}(?! (?:{_OTHER_YEARS}))")
# «389 1» is 1389 where a line was turned round.
_YEARS = rx(
    r"سال های (?:(?:\d{2,4} [،,] ){0,9}(?:\d{3} \d|\d{2,4}) (?:و|تا|الی|لغایت|-) (?P<last>\d{4}|\d{2})(?!\d)"
    rf"|(?:اجرای )?برنامه (?:پنج ساله )?{ORDINAL}{AFTER}(?: پنج ساله)?(?: توسعه)?(?: کشور)?)"
)
_AROUND = rx(
    rf"(?P<unit>هفته|ماه|فصل|سال)(?: (?P<here>جاری)| (?P<next>{NEXT})| (?P<new>جدید))?"
    rf"{AFTER}(?! (?:(?:\d{{4}}|\d{{2}}(?! {COUNTED}))(?!\d)|(?:یک )?هزار|{_OTHER_YEARS}|{NEXT}|{PAST}))"
)
_OCCASION = rx(
    rf"""(?:ایام (?:الله )?)?(?:(?P<name>تعطیلات نوروز|نوروز)|عید (?P<eid>نوروز)|دهه (?:مبارک )?(?P<decade>فجر)
    |هفته (?P<week>دولت|دفاع مقدس))(?: (?:باستانی|انقلاب اسلامی))?{AFTER}{YEAR}?"""
)
_EDGE = rx(
    rf"""{BEFORE}(?:(?P<end>پایان|آخر|انتهای|اواخر|اتمام|خاتمه|آخرین روز)|(?P<half>نیمه)
    |(?P<start>ابتدای|آغاز|شروع|اول|(?:اولین|نخستین) روز)
    |(?P<open>اوایل|اواسط|میانه|(?:اولین|نخستین|آخرین) روز (?:کاری|اداری))) \Z"""
)
_EDGES = hints("""پایان|آخر|انتهای|اواخر|اتمام|خاتمه|روز|نیمه|ابتدای|آغاز|شروع|اول|اوایل|اواسط|میانه|کاری|اداری""")
_THIS = rx(rf"{BEFORE}(?:همین|این) \Z")
_REACH = 20


def named_stretches(
    of_months: Iterable[Span], folded: str, words: frozenset[str], session: date | None
) -> Iterator[Named]:
    """The stretches `of_months` (months and their parts) and all others that the folded text names, each with the edge
    («پایان», «ابتدای») that stands before it; some overlap, and the longest says the most."""
    for span in of_months:
        yield _at_its_edge(folded, span)
    for needed, pattern, spell in _KINDS:
        if not needed.isdisjoint(words):
            for match in occurrences(pattern, folded):
                yield _at_its_edge(folded, spell(match, session))
    if not _NEAR.isdisjoint(words):
        yield from _around(folded, session)


def _at_its_edge(folded: str, span: Span) -> Named:
    """The stretch with its edge: «پایان آبان» ends with its last day, «ابتدای آبان» is its first, «اوایل» says none."""
    eve = span.first - timedelta(days=1) if span.first else None
    named = Named(span.start, span.end, DueKind.PERIOD, span.last, eve)
    edged = word_before(folded, span.start) in _EDGES
    edge = _EDGE.search(folded, max(0, span.start - _REACH), span.start) if edged else None
    if edge is None:
        return named
    named = replace(named, start=edge.start())
    if edge["end"]:
        return replace(named, eve=span.last)
    if edge["start"]:
        return replace(named, last=span.first)
    middle = _middle(span) if edge["half"] else None
    return replace(named, last=middle, eve=None)


def _middle(span: Span) -> date | None:
    """The last day of a month's or a year's first half."""
    if span.first is None or span.last is None:
        return None
    days = (span.last - span.first).days
    return span.first + timedelta(days=14 if days < 31 else 185) if days in (28, 29, 30, 364, 365) else None


def _months(match: re.Match[str], year: int | None, month: int, number: int) -> Span:
    """`number` months of the year from `month` on."""
    last = month + number - 1
    if year is None or last > 12 or not FIRST_YEAR < year <= LAST_YEAR:
        return Span(*match.span())
    return Span(*match.span(), to_gregorian(year, month, 1), to_gregorian(year, last, month_length(year, last)))


def _season(match: re.Match[str], session: date | None) -> Span:
    return _months(match, year_of(match, session), _SEASONS[match["season"]], 3)


def _year(match: re.Match[str], session: date | None) -> Span:
    return _months(match, year_of(match, session), 1, 12)


def _years(match: re.Match[str], session: date | None) -> Span:
    last = match["last"]  # what years a plan has, the paper does not say
    year = plausible_year(last, from_gregorian(session)[0] if session else None) if last else None
    return _months(match, year, 1, 12)


def _part_of_year(match: re.Match[str], session: date | None) -> Span:
    """«نیمه دوم سال» is of the session's year, unless that part is over."""
    number = _MONTHS_IN[match["length"]]
    place = words_to_int(match["place"]) or 12 // number  # «آخر»
    first = number * (place - 1) + 1
    if match["bare"] and session:
        span = _months(match, from_gregorian(session)[0], first, number)
        return span if span.last and span.last >= session else Span(*match.span())
    return _months(match, year_of(match, session), first, number)


def _occasion(match: re.Match[str], session: date | None) -> Span:
    name = match["name"] or match["decade"] or match["week"] or match["eid"]
    first, last = _OCCASIONS["".join(name.split())]
    year = year_of(match, session)
    if year is None or not FIRST_YEAR < year <= LAST_YEAR:
        return Span(*match.span())
    return Span(*match.span(), to_gregorian(year, *first), to_gregorian(year, *last) if last else None)


_NEAR = SPANS | hints("فصل|فصلجاری")
_YEAR_WORDS = hints("سال|سالها|سالهای|سالجاری|سالآینده|سالآتی|سالبعد|امسال")
_KINDS = (
    (hints("بهار|تابستان|پاییز|زمستان"), _SEASON, _season),
    (hints("نیمه|ماهه|فصل|ربع|ششماهه|سهماهه|نهماهه|چهارماهه|دوماهه"), _PART_OF_YEAR, _part_of_year),
    (_YEAR_WORDS, _YEAR, _year),
    (_YEAR_WORDS, _YEARS, _years),
    (hints("فجر|نوروز|دولت|دفاع"), _OCCASION, _occasion),
)
HINTS = _NEAR.union(*(needed for needed, _, _ in _KINDS))


def _around(folded: str, session: date | None) -> Iterator[Named]:
    """The session's week, month and year, and those after them: «همین هفته», «ماه آینده», «پایان سال»."""
    for match in occurrences(_AROUND, folded):
        this = _THIS.search(folded, max(0, match.start() - _REACH), match.start())
        told = this or match["here"] or match["next"] or match["new"]
        if match["unit"] == "فصل" and not told:  # «پایان فصل سرما»
            continue
        # «سال جدید» is this year or the next one.
        first, last = _session_stretch(match["unit"], None if match["new"] else session, ahead=bool(match["next"]))
        start = this.start() if this else match.start()
        named = _at_its_edge(folded, Span(start, match.end(), first, last))
        if told or named.start < match.start():
            yield replace(named, adverb=bool(match["next"] or this))


def _session_stretch(unit: str, session: date | None, *, ahead: bool) -> tuple[date | None, date | None]:
    if session is None:
        return None, None
    if unit == "هفته":
        last = session + timedelta(days=(FRIDAY - session.weekday()) % 7 + 7 * ahead)
        return last - timedelta(days=6), last
    year, month, _ = from_gregorian(session)
    if unit == "سال":
        year, first, month = year + ahead, 1, 12
    elif unit == "فصل":
        season = (month - 1) // 3 + ahead
        year, first = year + season // 4, season % 4 * 3 + 1
        month = first + 2
    else:
        year, month = (year + month // 12, month % 12 + 1) if ahead else (year, month)
        first = month
    if year > LAST_YEAR:
        return None, None
    return to_gregorian(year, first, 1), to_gregorian(year, month, month_length(year, month))
