"""Time limits: until when, within which time, after what, how often."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dabir.persian.calendar import FRIDAY
from dabir.persian.jalali import format_day, weekday_number
from dabir.reading.dates.days import day_words
from dabir.reading.dates.durations import bare_duration, durations
from dabir.reading.dates.events import events
from dabir.reading.dates.periods import stretches
from dabir.reading.dates.recurrences import is_recurring_cell, recurrences
from dabir.reading.dates.scan import Limit, Scan
from dabir.reading.dates.vocabulary import AFTER, BEFORE, MONTH, NEXT, ORDINAL, WEEKDAY, YEAR_WORDS
from dabir.reading.minutes import Due, DueKind
from dabir.reading.wording import rx

_REACH = 70  # letters before and behind a day in which the words stand that make it a limit, or not

_HOUR = r"(?:ساعت (?P<hour>\d{1,2})(?:[:/.](?P<minute>\d{2}))?(?: (?P<half>صبح|ظهر|بعد از ظهر|عصر|شب))?)"
_HOUR_BEHIND = rx(rf" (?:رأس )?{_HOUR}")
_DATED = rf"(?: (?:روز|مورخه?|به تاریخ|تاریخ))*(?: {WEEKDAY})?(?: (?:مورخه?|به تاریخ|تاریخ))? [:(]? \Z"
_UNTIL = rx(
    rf"{BEFORE}(?:(?:حداکثر|نهایتا) )?(?:(?P<before>(?:تا )?(?:قبل|پیش) از)|تا|الی|لغایت)"
    rf"(?: (?:پایان|آخر)(?: وقت(?: (?:اداری|کاری))?)?)?(?: {_HOUR})?{_DATED}"
)
_RANGE = rx(
    rf"{BEFORE}(?:از|در فاصله|بین)(?: (?:تاریخ|روز))? (?:\d{{1,4}}/\d{{1,2}}/\d{{1,4}}"
    rf"|(?:(?:\d{{1,2}}|{ORDINAL}|ابتدای|آغاز|اوایل|نیمه)(?: {MONTH})?|{MONTH})(?: {YEAR_WORDS})?) \Z"
)
_ON = rx(
    rf"{BEFORE}(?:(?:در طول|در|طی|ظرف|برای|حداکثر(?: در)?|نهایتا(?: در)?|روز(?= {WEEKDAY})|(?<=[،,])(?= {WEEKDAY}))"
    rf"|(?:مهلت|موعد)(?! های?)(?: (?!مورخ|جلسه)[^\W\d]+){{0,3}}) [:]?(?: {_HOUR})?{_DATED}"
)
_SINCE = rx(rf"{BEFORE}(?:از|مورخه?|جلسه|نامه) \Z")
_WEEKDAY = rx(
    rf"{BEFORE}(?:روز )?(?P<weekday>{WEEKDAY})(?: (?:هفته )?(?P<next>{NEXT})| (?:هفته )?جاری|{AFTER})"
    rf"(?! (?:مورخ|تاریخ|به تاریخ|\(|[،,]? \d|{ORDINAL} ))"
)
_FROM_TODAY = rx(rf"{BEFORE}(?:(?P<today>امروز|روز جاری)|(?P<after>پس ?)?فردا){AFTER}")
_TERM = rx(r"قرارداد|اجاره|مجوز|پروانه|ضمانت ?نامه|گواهی|عضویت|بیمه نامه|حکم ماموریت")
_PROLONGED = rx(r"تمدید|ادامه یا|ابقا")
_VALID = rx(r"معتبر|اعتبار (?:دار|خواهد)|لازم ?الاجرا|منقضی|مجاز (?:است|به)|قابل (?:اجرا|استفاده)")
_SENTENCE_END = rx(r"[.؛;!?؟](?!\d)|\n\n")
_BLANK_CELL = rx(r"[-–—_ـ.…*/ ]*\Z")


@dataclass(frozen=True, slots=True)
class FoundDue:
    """A time limit at `start`–`end` of the text."""

    start: int
    end: int
    due: Due


def find_dues(text: str, session: date | None = None, session_time: str | None = None) -> list[FoundDue]:
    """The time limits of running text, in order and without overlap.

    `session` settles durations, «سال جاری» and two-digit years; `session_time` ("14:30") durations in hours.
    A limit whose start or year the text leaves open has no day.
    """
    scan = Scan.of(text)
    limits = [limit for limit in _limits(scan.folded, session, session_time) if not _quoted(scan.folded, limit.start)]
    return [_found(scan, limit) for limit in _chained(scan.folded, _longest(limits))]


def read_due(text: str, session: date | None = None, session_time: str | None = None) -> Due | None:
    """The limit that a whole cell or field («مهلت») is: a bare day or span counts; None for an empty cell or a dash.

    Words that say no day are kept, as vague.
    """
    scan = Scan.of(text.strip())
    folded = scan.folded
    if _BLANK_CELL.match(folded):
        return None
    bare = bare_duration(folded, session, session_time)
    candidates = [*_limits(folded, session, session_time), *_bare_days(folded, session), *([bare] if bare else [])]
    limits = _chained(folded, _longest(candidates))
    if limits:
        return _found(scan, limits[0]).due
    return Due(text.strip(), DueKind.RECURRING if is_recurring_cell(folded) else DueKind.VAGUE)


def _limits(folded: str, session: date | None, session_time: str | None) -> Iterator[Limit]:
    yield from _days(folded, session)
    yield from durations(folded, session, session_time)
    yield from events(folded)
    yield from recurrences(folded)


def _bare_days(folded: str, session: date | None) -> Iterator[Limit]:
    for day in day_words(folded, session):
        yield Limit(day.start, day.end, DueKind.DATE, day.date)
    for stretch in stretches(folded, session):
        yield Limit(stretch.start, stretch.end, DueKind.PERIOD, stretch.last)
    yield from _weekdays(folded, session)


def _weekdays(folded: str, session: date | None) -> Iterator[Limit]:
    """«شنبه هفته آینده», «فردا»: days that only the session's day settles."""
    for match in _WEEKDAY.finditer(folded):
        number = weekday_number(match["weekday"])
        last = None
        if session and number is not None:
            from_day = session + timedelta(days=(FRIDAY - session.weekday()) % 7) if match["next"] else session
            last = from_day + timedelta(days=(number - from_day.weekday() - 1) % 7 + 1)
        yield Limit(*match.span(), DueKind.DATE, last)
    for match in _FROM_TODAY.finditer(folded):
        days = 0 if match["today"] else 2 if match["after"] else 1
        yield Limit(*match.span(), DueKind.DATE, session + timedelta(days=days) if session else None)


def _days(folded: str, session: date | None) -> Iterator[Limit]:
    """Days and stretches that the words before them make a limit."""
    for bare in _bare_days(folded, session):
        behind = max(0, bare.start - _REACH)
        if _is_validity(folded, behind, bare):
            continue
        if until := _UNTIL.search(folded, behind, bare.start):
            limit = _at_hour(replace(bare, start=until.start()), folded, until)
            if until["before"] and bare.kind is DueKind.DATE and bare.last:
                limit = replace(limit, last=bare.last - timedelta(days=1))
            span = _RANGE.search(folded, behind, until.start())
            yield replace(limit, start=span.start(), kind=DueKind.PERIOD) if span else limit
        elif on := _ON.search(folded, behind, bare.start):
            # «در تاریخ …» of the past tells what was; only a day to come is a limit.
            to_come = not session or not bare.last or bare.last > session
            if to_come and not _SINCE.search(folded, max(0, on.start() - 10), on.start()):
                yield _at_hour(replace(bare, start=on.start()), folded, on)


def _at_hour(limit: Limit, folded: str, words: re.Match[str]) -> Limit:
    """`limit` with the hour that `words` before the day, or those behind it, name."""
    behind = _HOUR_BEHIND.match(folded, limit.end)
    match = words if words["hour"] else behind
    if match is None:
        return limit
    hour, minute, afternoon = (
        int(match["hour"]),
        int(match["minute"] or 0),
        match["half"] in ("عصر", "شب", "بعد از ظهر"),
    )
    hour += 12 if afternoon and hour < 12 else 0
    if hour > 23 or minute > 59:
        return limit
    return replace(limit, end=match.end() if match is behind else limit.end, time=f"{hour:02}:{minute:02}")


def _is_validity(folded: str, behind: int, bare: Limit) -> bool:
    """True for the term of a contract or the validity of a rule, which are no limits of a duty."""
    if _VALID.search(folded, bare.end, bare.end + 25):
        return True
    prolonged = _PROLONGED.search(folded, bare.end, bare.end + 20)
    return bool(prolonged and _TERM.search(folded, behind, bare.start))


def _longest(limits: Iterable[Limit]) -> list[Limit]:
    """The limits without overlap, the longer ones first served, in the order of the text."""
    kept: list[Limit] = []
    for limit in sorted(
        limits, key=lambda limit: (limit.start - limit.end, limit.start, limit.kind is not DueKind.DATE)
    ):
        place = bisect_left(kept, limit.start, key=lambda other: other.start)
        free_before = place == 0 or kept[place - 1].end <= limit.start
        if free_before and (place == len(kept) or limit.end <= kept[place].start):
            kept.insert(place, limit)
    return kept


def _chained(folded: str, limits: list[Limit]) -> list[Limit]:
    """The limits where «پس از تأیید نقشه …، ظرف ۲۰ روز» is one duration without a day, started by the event."""
    result: list[Limit] = []
    event: Limit | None = None
    for limit in limits:
        if event and _SENTENCE_END.search(folded, event.end, limit.start):
            event = None
        if event and limit.kind is DueKind.DURATION and not limit.trigger:
            if result[-1] is event:
                result.pop()
            result.append(replace(limit, last=None, time=None, trigger=event.trigger))
            continue
        event = limit if limit.chained else event
        result.append(limit)
    return [limit for limit in result if limit.kind]


def _quoted(folded: str, at: int) -> bool:
    """True inside «…»: words that are spoken of, not used."""
    opened = folded.rfind("«", max(0, at - _REACH), at)
    return opened > folded.rfind("»", max(0, at - _REACH), at)


def _found(scan: Scan, limit: Limit) -> FoundDue:
    start, end = scan.span(limit.start, limit.end)
    due = Due(
        text=scan.words(limit.start, limit.end),
        kind=limit.kind or DueKind.VAGUE,
        jalali=format_day(limit.last, persian_digits=False) if limit.last else None,
        iso=limit.last.isoformat() if limit.last else None,
        time=limit.time,
        trigger=scan.words(*limit.trigger) if limit.trigger else None,
    )
    return FoundDue(start, end, due)
