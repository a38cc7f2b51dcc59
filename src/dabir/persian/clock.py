"""What time is it? The only place that asks the machine, so that a sample or a drill can have a day of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dabir.persian.jalali import parse_day

TEHRAN = ZoneInfo("Asia/Tehran")
_VARIABLE = "DABIR_TODAY"
_STANDING: ContextVar[datetime | None] = ContextVar("standing", default=None)


def fixed() -> date | None:
    """The day that `DABIR_TODAY` (1398/07/20) fixes, or None; ValueError where it holds no day."""
    text = os.environ.get(_VARIABLE, "").strip()
    if not text:
        return None
    day = _read(text)
    if day is None:
        raise ValueError(f"{_VARIABLE}={text} is no Jalali day; write it like 1398/07/20")
    return day


_read = lru_cache(maxsize=8)(parse_day)


def now() -> datetime:
    """The moment in Tehran, aware; on a fixed day the time of day goes on running."""
    return _STANDING.get() or told(machine_now())


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let it be that moment inside, for this thread alone: for a record that is made as if over a year."""
    token = _STANDING.set(moment.astimezone(TEHRAN))
    try:
        yield
    finally:
        _STANDING.reset(token)


def machine_now() -> datetime:
    """The moment in Tehran by the machine's clock, whatever day is fixed: for the machine's own doings, as backups."""
    return datetime.now(TEHRAN)


def told(moment: datetime) -> datetime:
    """A moment of the machine's clock in Tehran, as pages tell of it: on a fixed day one of that day."""
    day, moment = fixed(), moment.astimezone(TEHRAN)
    return moment.replace(year=day.year, month=day.month, day=day.day) if day else moment


def today() -> date:
    """The day in Tehran."""
    return now().date()
