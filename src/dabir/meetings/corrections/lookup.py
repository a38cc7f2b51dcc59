"""What the ops have in common: to find a thing by its id, to name a new one, and to understand a typed day or hour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.persian import digits, jalali
from dabir.persian.letters import squash
from dabir.reading.minutes import Attendance, Day, Lines, Minutes, Obligation, Party, Point, Resolution, Statement

_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")

Identified = TypeVar("Identified", Attendance, Obligation, Point, Resolution, Statement)
T = TypeVar("T")


def by_id(things: Sequence[Identified], id: str) -> Identified:
    """The one with this id; `Invalid` where it is gone, perhaps by somebody else's hand."""
    for thing in things:
        if thing.id == id:
            return thing
    raise Invalid(_("What this correction is about is no longer there."), field="id")


def at(things: Sequence[T], index: int) -> T:
    """The one at this place, counted from 0."""
    if index >= len(things):
        raise Invalid(_("What this correction is about is no longer there."), field="index")
    return things[index]


def points(minutes: Minutes) -> list[Point]:
    return [point for statement in minutes.discussion for point in statement.points]


def sources(minutes: Minutes) -> Iterator[Resolution | Point]:
    """Whatever can carry obligations."""
    yield from minutes.resolutions
    yield from points(minutes)


def obligations(minutes: Minutes) -> list[Obligation]:
    return [obligation for source in sources(minutes) for obligation in source.obligations]


def binding(minutes: Minutes) -> list[Obligation]:
    """Those that become debts."""
    return [obligation for source in carriers(minutes) for obligation in source.obligations]


def carriers(minutes: Minutes) -> list[Resolution | Point]:
    """What makes debts: promoted points, and resolutions that bind."""
    return [source for source in sources(minutes) if isinstance(source, Point) or source.binds]


def source_of(minutes: Minutes, obligation: Obligation) -> Resolution | Point:
    return next(source for source in sources(minutes) if any(o is obligation for o in source.obligations))


def forget(minutes: Minutes, gone: list[Obligation]) -> None:
    """Let no obligation wait for one that is gone."""
    ids = {obligation.id for obligation in gone}
    for obligation in obligations(minutes):
        obligation.waits_for = [id for id in obligation.waits_for if id not in ids]


def fresh_id(minutes: Minutes) -> str:
    """An id that nothing in the minutes has: `n1`, `n2` …; the same whenever the same corrections are made again."""
    used = [
        thing.id
        for things in (
            minutes.resolutions,
            minutes.discussion,
            minutes.attendance,
            points(minutes),
            obligations(minutes),
        )
        for thing in things
    ]
    numbers = [int(id[1:]) for id in used if re.fullmatch(r"n\d{1,6}", id)]
    return f"n{max(numbers, default=0) + 1}"


def span(minutes: Minutes, first: int | None, last: int | None) -> Lines:
    """The lines that a person chose, in order; (0, 0) for what does not stand on the paper."""
    if first is None:
        return (0, 0)
    last = first if last is None else last
    if not 1 <= first <= last <= len(minutes.lines):
        raise Invalid(_("The paper has no such lines."), field="first")
    return (first, last)


def line_text(minutes: Minutes, lines: Lines) -> str:
    """What stands on these lines, in one paragraph and without the mark before it («۳-», «✓»)."""
    text = " ".join(minutes.lines[n - 1].strip() for n in range(lines[0], lines[1] + 1) if n)
    return re.sub(r"^[\s\-–•✓*]*(?:[\d۰-۹]{1,3}\s?[-.)–]\s*)?", "", text).replace("**", "").strip()


def line_where(minutes: Minutes, lines: Lines, text: str) -> int:
    """The line of the span on which `text` begins, or its last one where that cannot be told."""
    start = squash(text)[:12]
    for number in range(max(lines[0], 1), lines[1] + 1):
        if start and start in squash(minutes.lines[number - 1]):
            return number
    return lines[1]


def session_day(minutes: Minutes) -> date | None:
    return minutes.header.day


def typed_day(minutes: Minutes, text: str, *, field: str = "day") -> date:
    """The day that a person typed; «+۱۵» counts from the meeting's day, as papers do."""
    session = session_day(minutes)
    if text.lstrip().startswith(("+", "-")) and session is None:
        raise Invalid(_("Days can be counted only when the meeting has its date; set that first."), field=field)
    try:
        day = jalali.parse_entry(text, session) if session else _absolute(text)
    except jalali.DayError as error:
        raise Invalid(_DAY_ERRORS[error.code]() % {"text": text[:40]}, field=field) from None
    except OverflowError:
        raise Invalid(_DAY_ERRORS["impossible"]() % {"text": text[:40]}, field=field) from None
    return day


def as_day(day: date, text: str) -> Day:
    return Day(jalali=jalali.format_day(day, persian_digits=False), iso=day.isoformat(), text=text)


def typed_hour(text: str, *, field: str) -> str:
    """`HH:MM` from what a person typed («۸:۳۰», «08.30»)."""
    match = _HOUR.fullmatch(digits.to_ascii(text.strip()))
    if match is None:
        raise Invalid(_("“%(text)s” is no hour; write it like 08:30.") % {"text": text[:40]}, field=field)
    return f"{int(match[1]):02}:{match[2]}"


def picked(text: str, party: int | None, organization: str | None) -> Party:
    """A party that a person chose from the directory, or, without one, words alone."""
    if party is None:
        return Party(text=text)
    return Party(text=text, organization=organization, party=party, score=1.0, reason="picked")


def _absolute(text: str) -> date:
    day = jalali.parse_day(text)
    if day is None:
        raise jalali.DayError("unreadable" if text.strip() else "empty")
    return day


_DAY_ERRORS = {
    "empty": lambda: _("A day is needed here, like 1398/07/28 or +15."),
    "unreadable": lambda: _("“%(text)s” is no day; write it like 1398/07/28 or +15."),
    "impossible": lambda: _("The calendar has no day “%(text)s”."),
}
