"""iCalendar (RFC 5545): meetings as VEVENT, debts with a day as VTODO.

Hours are given in Tehran's time and written in UTC, so that no program has to know when Iran had a summer time; what
has no hour is a day. The same values give the same bytes: nothing in them says when they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

import icalendar

from dabir.persian import clock

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Dabir//Dabir//FA"
REFRESHED = timedelta(hours=4)
"""How often a program that subscribes need ask again."""

# What no calendar shows: controls, half characters, and signs that turn the text after them around.
_UNSEEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


class Standing(StrEnum):
    """Of a meeting."""

    PLANNED = "TENTATIVE"
    SET = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Progress(StrEnum):
    """Of a debt."""

    WAITING = "NEEDS-ACTION"
    PROPOSED = "IN-PROCESS"
    DONE = "COMPLETED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """What every entry has. `code` is its code on record, for ever the same; `changed` is when the ledger last wrote of
    it, and `sequence` a number that grows whenever it does; `address` is that of its page, or empty. One that is
    `confidential` says so, for programs that share calendars."""

    code: str
    title: str
    changed: datetime
    sequence: int
    text: str = ""
    address: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Session(Entry):
    """A meeting on a day, with its hours where they are known."""

    day: date = date.min
    starts: time | None = None
    ends: time | None = None
    venue: str = ""
    standing: Standing = Standing.SET


@dataclass(frozen=True, slots=True)
class Task(Entry):
    """A debt, due on a day or at an instant."""

    due: date = date.min
    progress: Progress = Progress.WAITING


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar with its name, as programs list it."""

    name: str
    entries: Sequence[Session | Task]


def ical(feed: Feed) -> bytes:
    """The calendar as bytes: lines of at most 75 octets that end in CRLF, no character cut in two."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, icalendar.vText(_line(feed.name)))
    calendar.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESHED))
    for entry in feed.entries:
        calendar.add_component(_session(entry) if isinstance(entry, Session) else _task(entry))
    return bytes(calendar.to_ical())


def shown(text: str) -> str:
    """The text without what no calendar shows; its lines end in \\n."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text)).strip()


def _session(session: Session) -> icalendar.Event:
    event = icalendar.Event()
    _add_common(event, session)
    event.add("status", session.standing.value)
    starts, ends = hours(session)
    event.add("dtstart", starts)
    if ends is not None:
        event.add("dtend", ends)
    if not isinstance(starts, datetime):
        event.add("transp", "TRANSPARENT")  # a day without an hour does not take the whole of it
    if session.venue:
        event.add("location", _line(session.venue))
    return event


def _task(task: Task) -> icalendar.Todo:
    todo = icalendar.Todo()
    _add_common(todo, task)
    todo.add("status", task.progress.value)
    todo.add("due", task.due.astimezone(UTC) if isinstance(task.due, datetime) else task.due)
    if task.progress == Progress.DONE:
        todo.add("percent-complete", 100)
    return todo


def hours(session: Session) -> tuple[date, datetime | None]:
    """When it begins and ends, in UTC; its day, and no end, where the hour is unknown. An end that is not after the
    beginning is left out: the record is what it is, but a calendar would refuse it."""
    if session.starts is None:
        return session.day, None
    starts = _moment(session.day, session.starts)
    ends = _moment(session.day, session.ends) if session.ends else None
    return starts, ends if ends and ends > starts else None


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.TEHRAN).astimezone(UTC)


def _add_common(component: icalendar.Event | icalendar.Todo, entry: Entry) -> None:
    stamp = entry.changed.astimezone(UTC).replace(microsecond=0)
    component.add("uid", f"{_line(entry.code)}@dabir")
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("sequence", entry.sequence)
    component.add("summary", _line(entry.title))
    if text := shown(entry.text):
        component.add("description", text)
    if entry.address:
        component.add("url", entry.address)
    if entry.confidential:
        component.add("class", "CONFIDENTIAL")


def shortened(text: str, longest: int) -> str:
    """The text on one line, cut between two words where it is longer."""
    line = _line(text)
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def _line(text: str) -> str:
    return " ".join(shown(text).split())


def numbered(lines: Iterable[str]) -> str:
    """Lines under one another, as an agenda is written."""
    return "\n".join(f"- {_line(line)}" for line in lines)
