"""Days told from the session's own: «شنبه هفته آینده», «روز دوشنبه», «فردا», «امروز»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dabir.persian.calendar import FRIDAY
from dabir.persian.jalali import weekday_number
from dabir.reading.dates.hints import WEEKDAYS, hints
from dabir.reading.dates.scan import Named, occurrences
from dabir.reading.dates.vocabulary import AFTER, BEFORE, NEXT, ORDINAL, PAST, WEEKDAY
from dabir.reading.minutes import DueKind
from dabir.reading.wording import rx

_NEAR = hints("امروز|فردا|پسفردا|جاری|روزجاری|همان|همانروز")
HINTS = WEEKDAYS | _NEAR
# Before a date («شنبه مورخ …») the weekday is a part of it; «هر شنبه», «شنبه‌ها» recur; «جمعه‌بازار» is a place.
_WEEKDAY = rx(
    rf"(?P<day>روز )?(?P<weekday>{WEEKDAY})(?:ی| ی{AFTER})?{AFTER}(?: (?:هفته (?P<week>{NEXT})|(?P<next>{NEXT})"
    rf"|(?P<here>هفته جاری|(?:این|همین) هفته|جاری)){AFTER})?"
    rf"(?! (?:مورخ|تاریخ|به تاریخ|\(|[،,]? \d|{ORDINAL} |ها{AFTER}|های|هر |هفته|بازار|{PAST}))"
)
_RECURS = rx(rf"{BEFORE}(?:هر|روز های|ایام) \Z")
_TODAY = rx(
    rf"""(?:همین امروز|امروز (?:و |یا |، )?فردا|امروز|روز جاری|همان روز|پس ?فردا|فردا)
    (?P<half> (?:صبح|ظهر|عصر|شب))?{AFTER}"""
)


def named_weekdays(folded: str, words: frozenset[str], session: date | None) -> Iterator[Named]:
    """Every day that only the session's day settles."""
    if not WEEKDAYS.isdisjoint(words):
        for match in occurrences(_WEEKDAY, folded):
            if not _RECURS.search(folded, max(0, match.start() - 10), match.start()):
                yield _named(match, _day(match, session) if session else None)
    if not _NEAR.isdisjoint(words):
        for match in occurrences(_TODAY, folded):
            yield _near(match, session)


def _named(match: re.Match[str], day: date | None) -> Named:
    eve = day - timedelta(days=1) if day else None
    return Named(*match.span(), DueKind.DATE, day, eve, adverb=bool(match["day"] or match["week"] or match["next"]))


def _near(match: re.Match[str], session: date | None) -> Named:
    """«امروز», «فردا», «پس‌فردا»; «همان روز» is the day of something said before."""
    word, time = match[0], "12:00" if (match["half"] or "").strip() == "ظهر" else None
    if session is None or word.startswith("همان"):
        return Named(*match.span(), DueKind.DATE, None, time=time)
    day = session + timedelta(days=2 if word.startswith("پس") else 1 if "فردا" in word else 0)
    return Named(*match.span(), DueKind.DATE, day, day - timedelta(days=1), adverb=True, time=time)


def _day(match: re.Match[str], session: date) -> date | None:
    number = weekday_number(match["weekday"])
    if number is None:
        return None
    coming = session + timedelta(days=(number - session.weekday() - 1) % 7 + 1)
    week_ends = session + timedelta(days=(FRIDAY - session.weekday()) % 7)
    of_week = week_ends - timedelta(days=(FRIDAY - number) % 7)
    if match["week"]:
        return of_week + timedelta(days=7)
    if match["here"]:
        return of_week
    # «پنجشنبه آینده», said on a Wednesday: tomorrow to some, in eight days to others.
    if match["next"] and coming <= week_ends:
        return None
    return coming
