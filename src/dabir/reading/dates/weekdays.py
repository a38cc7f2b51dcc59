"""Days told from the session's own: «شنبه هفته آینده», «روز دوشنبه», «فردا», «امروز»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dabir.persian.calendar import FRIDAY
from dabir.persian.jalali import weekday_number
from dabir.reading.dates.scan import Named, any_part, occurrences, parts
from dabir.reading.dates.vocabulary import AFTER, BEFORE, NEXT, ORDINAL, PAST, WEEKDAY
from dabir.reading.minutes import DueKind
from dabir.reading.wording import rx

_WORDS, _NEAR = parts("شنبه|جمعه|آدینه"), parts("امروز|فردا|روز جاری|روزجاری|همان روز|همانروز")
# Before a date («شنبه مورخ …») the weekday is a part of it; «هر شنبه», «شنبه‌ها» recur; «جمعه‌بازار» is a place.
_WEEKDAY = rx(
    rf"(?P<day>روز )?(?P<weekday>{WEEKDAY})(?:ی| ی{AFTER})?{AFTER}(?: (?:هفته (?P<week>{NEXT})|(?P<next>{NEXT})"
    rf"|(?P<here>هفته جاری|(?:این|همین) هفته|جاری)){AFTER})?"
    rf"(?! (?:مورخ|تاریخ|به تاریخ|\(|[،,]? \d|{ORDINAL} |ها{AFTER}|های|هر |هفته|بازار|{PAST}))"
)
_RECURS = rx(rf"{BEFORE}(?:هر|روز های|ایام) \Z")
_TODAY = rx(
    r"(?:(?P<today>(?:همین )?امروز|روز جاری)|(?P<same>همان روز)|(?P<after>پس ?)?فردا)"
    rf"(?P<half> (?:صبح|ظهر|عصر|شب))?{AFTER}"
)


def named_weekdays(folded: str, session: date | None) -> Iterator[Named]:
    """Every day that only the session's day settles."""
    if any_part(folded, _WORDS):
        for match in occurrences(_WEEKDAY, folded):
            if not _RECURS.search(folded, max(0, match.start() - 10), match.start()):
                yield _named(match, _day(match, session) if session else None)
    if any_part(folded, _NEAR):
        for match in occurrences(_TODAY, folded):
            days = 0 if match["today"] else 2 if match["after"] else 1
            known = session and not match["same"]  # «همان روز» is the day of something said before
            yield _named(match, session + timedelta(days=days) if session and known else None)


def _named(match: re.Match[str], day: date | None) -> Named:
    groups = match.groupdict()
    time = "12:00" if (groups.get("half") or "").strip() == "ظهر" else None
    adverb = not groups.get("same") and ("half" in groups or any(groups[name] for name in ("day", "week", "next")))
    eve = day - timedelta(days=1) if day else None
    return Named(*match.span(), DueKind.DATE, day, eve, adverb=adverb, time=time)


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
