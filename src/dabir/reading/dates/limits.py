"""Time limits: until when, within which time, after what, how often."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from dabir.persian.calendar import Calendar
from dabir.persian.jalali import format_day
from dabir.reading.dates.around import around
from dabir.reading.dates.days import LONE, lone_days, named_day, numeric_days
from dabir.reading.dates.durations import Starts, bare_duration, durations
from dabir.reading.dates.events import HINTS as EVENTS
from dabir.reading.dates.events import events
from dabir.reading.dates.hints import GLUED, SPANS, words_in
from dabir.reading.dates.months import HINTS as MONTHS
from dabir.reading.dates.months import Span, of_months
from dabir.reading.dates.periods import HINTS as PERIODS
from dabir.reading.dates.periods import named_stretches
from dabir.reading.dates.recurrences import HINTS as RECURRENCES
from dabir.reading.dates.recurrences import is_recurring_cell, recurrences
from dabir.reading.dates.scan import Limit, Named, Scan
from dabir.reading.dates.spans import Clock
from dabir.reading.dates.terms import sentence_ends
from dabir.reading.dates.weekdays import HINTS as WEEKDAYS
from dabir.reading.dates.weekdays import named_weekdays
from dabir.reading.minutes import Due, DueKind

TIMES = MONTHS | PERIODS | WEEKDAYS | LONE | SPANS
_OFFICIAL = Calendar()
_REACH = 70  # letters before a limit in which a quotation may open


@dataclass(frozen=True, slots=True)
class FoundDue:
    """A time limit at `start`–`end` of the text."""

    start: int
    end: int
    due: Due


def find_dues(
    text: str,
    session: date | None = None,
    session_time: str | None = None,
    calendar: Calendar | None = None,
    folded: str | None = None,
) -> list[FoundDue]:
    """The time limits of running text, in order and without overlap.

    `session` settles durations, «سال جاری» and two-digit years; `session_time` ("14:30") durations in hours; `calendar`
    (the official one by default) durations in working days. A limit whose start or year the text leaves open has no
    day. `folded` is `same_length_fold(text)` where the caller has it.
    """
    scan, words = _scan(text, folded)
    limits, _ = _read(scan.folded, words, Clock(session, session_time, calendar or _OFFICIAL))
    if not limits:
        return []
    told = [limit for limit in _longest(limits) if not _quoted(scan.folded, limit.start)]
    return [_found(scan, limit) for limit in _chained(scan.folded, told)]


def read_due(
    text: str, session: date | None = None, session_time: str | None = None, calendar: Calendar | None = None
) -> Due | None:
    """The limit that a whole cell or field («مهلت») is: a bare day or span counts; None for an empty cell or a dash.

    Words that say no day are kept, as vague. As for `find_dues` otherwise.
    """
    scan, words = _scan(text.strip())
    folded, start = scan.folded, Clock(session, session_time, calendar or _OFFICIAL)
    if not any(map(str.isalnum, folded)):
        return None
    limits, named = _read(folded, words, start)
    bare = bare_duration(folded, start, Starts(named))
    whole = [Limit(one.start, one.end, one.kind, one.last, one.time) for one in named]
    limits = _chained(folded, _longest([*limits, *whole, *([bare] if bare else [])]))
    if limits:
        return _found(scan, limits[0]).due
    return Due(text.strip(), DueKind.RECURRING if is_recurring_cell(folded) else DueKind.VAGUE)


def _scan(text: str, folded: str | None = None) -> tuple[Scan, frozenset[str]]:
    """The scan of the text, and its words."""
    scan = Scan.of(text, folded)
    words = words_in(scan.folded)
    if GLUED.isdisjoint(words):
        return scan, words
    scan = scan.parted()
    return scan, words_in(scan.folded)


def _read(folded: str, words: frozenset[str], start: Clock) -> tuple[list[Limit], list[Named]]:
    """The limits of the folded text, some of which overlap, and the days and stretches that it names."""
    named = list(numeric_days(folded, start.session))
    limits: list[Limit] = []
    if not TIMES.isdisjoint(words):
        named += _named(folded, words, start.session)
        if not SPANS.isdisjoint(words):
            limits += durations(folded, start, Starts(named))
    if named:
        limits += around(folded, named, start.session)
    if not EVENTS.isdisjoint(words):
        limits += events(folded, words, {one.start for one in named})
    if not RECURRENCES.isdisjoint(words):
        limits += recurrences(folded, words)
    return limits, named


def _named(folded: str, words: frozenset[str], session: date | None) -> Iterator[Named]:
    """The days and stretches that are named in words."""
    spans: list[Span] = []
    for one in of_months(folded, session, words):
        if isinstance(one, Span):
            spans.append(one)
        elif day := named_day(one):
            yield day
    yield from lone_days(folded, words)
    yield from named_stretches(spans, folded, words, session)
    yield from named_weekdays(folded, words, session)


def _longest(limits: Iterable[Limit]) -> list[Limit]:
    """The limits without overlap, in the order of the text: what tells a time before events, the longer ones first."""
    kept: list[Limit] = []
    for limit in sorted(limits, key=_precedence):
        place = bisect_left(kept, limit.start, key=lambda other: other.start)
        free_before = place == 0 or kept[place - 1].end <= limit.start
        if free_before and (place == len(kept) or limit.end <= kept[place].start):
            kept.insert(place, limit)
    return kept


def _precedence(limit: Limit) -> tuple[bool, int, int, bool]:
    event = limit.kind in (DueKind.EVENT, DueKind.VAGUE, None)
    return event, limit.start - limit.end, limit.start, limit.kind is not DueKind.DATE


def _chained(folded: str, limits: list[Limit]) -> list[Limit]:
    """The limits where «پس از تأیید نقشه …، ظرف ۲۰ روز» is one duration without a day, started by the event."""
    result: list[Limit] = []
    event: Limit | None = None
    for limit in limits:
        if event and sentence_ends(folded, event.end, limit.start):
            event = None
        if event and limit.kind is DueKind.DURATION and not limit.trigger:
            if result[-1] is event:
                result.pop()
            result.append(replace(limit, last=None, time=None, trigger=event.trigger, loose=False))
            continue
        event = limit if limit.chained else event
        if result and _is_one(folded, result[-1], limit):  # «هر هفته روزهای سه‌شنبه»
            result[-1] = replace(result[-1], end=limit.end)
        else:
            result.append(limit)
    return [limit for limit in result if limit.kind and not limit.loose]


def _is_one(folded: str, first: Limit, second: Limit) -> bool:
    both = first.kind is second.kind is DueKind.RECURRING
    return both and folded[first.end : second.start].isspace()


def _quoted(folded: str, at: int) -> bool:
    """True inside «…»: words that are spoken of, not used."""
    opened = folded.rfind("«", max(0, at - _REACH), at)
    return opened > folded.rfind("»", max(0, at - _REACH), at)


def _found(scan: Scan, limit: Limit) -> FoundDue:
    end = limit.end
    words = scan.folded[limit.start : end]
    if words.count("(") > words.count(")") and scan.folded[end : end + 3].lstrip()[:1] == ")":
        end = scan.folded.index(")", end) + 1
    first, last = scan.span(limit.start, end)
    due = Due(
        text=scan.words(limit.start, end),
        kind=limit.kind or DueKind.VAGUE,
        jalali=format_day(limit.last, persian_digits=False) if limit.last else None,
        iso=limit.last.isoformat() if limit.last else None,
        time=limit.time if limit.last else None,
        trigger=scan.words(*limit.trigger) if limit.trigger else None,
    )
    return FoundDue(first, last, due)
