"""What is looked at each minute while workers are at work, to put jobs into the line when their time has come."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction

from dabir.foundation import ledger
from dabir.foundation.jobs import line
from dabir.persian import clock

if TYPE_CHECKING:
    from dabir.foundation.jobs.running import Run
    from dabir.foundation.models import Chore

MINUTE = 60.0

Look = Callable[[float], None]
Work = Callable[["Chore", "Run"], None]

_looks: list[Look] = []
_work: dict[str, Work] = {}
_times: dict[str, Time] = {}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of the day at which a chore begins, and for how long after it one that was missed is made up."""

    at: time
    within: timedelta

    def last(self, now: datetime) -> datetime:
        """When it was to begin last."""
        moment = datetime.combine(now.date(), self.at, clock.TEHRAN)
        return moment if moment <= now else moment - timedelta(days=1)

    def next(self, now: datetime) -> datetime:
        return self.last(now) + timedelta(days=1)


def each_minute(function: Look) -> Look:
    """Makes a function one that is called about once a minute, with the seconds for which this worker has been at work.

    Several processes do so at the same time: what it puts into the line it must put there once.
    """
    if function not in _looks:
        _looks.append(function)
    return function


def look(running_for: float) -> None:
    """Each has its look, whatever comes up in another's."""
    for function in _looks:
        try:
            function(running_for)
        except Exception:
            logger.exception("%s.%s", function.__module__, function.__qualname__)


def chore(name: str) -> Callable[[Work], Work]:
    """Makes a function the work of the chores of that name. It may be done again after a fault, or in part: whatever it
    does it finds done the second time. It ends with `run.done`."""

    def declared(function: Work) -> Work:
        _work[name] = function
        return function

    return declared


def daily(name: str, *, at: str, within: timedelta = timedelta(hours=24)) -> Callable[[Work], Work]:
    """Makes a function a chore of each day, at that time; one that was missed is made up as long
    as it is `within` that time. Of a day there is one, however many workers look."""

    def declared(function: Work) -> Work:
        _times[name] = Time(time.fromisoformat(at), within)
        return chore(name)(function)

    return declared


def work_of(name: str) -> Work:
    return _work[name]


def times() -> dict[str, Time]:
    """The daily chores, and when each begins."""
    return dict(_times)


def put(name: str, slot: str) -> Chore | None:
    """Put a chore into the line; none where there was one of that name and slot, however it has ended."""
    chores: type[Chore] = apps.get_model("foundation", "Chore")
    with ledger.standstill():
        if chores.objects.filter(name=name, slot=slot).exists():
            return None
        return line.join(chores(name=name, slot=slot))


@each_minute
def put_daily(_running_for: float) -> None:
    """Put the daily chores into the line whose time has come; of a fixed day its own, once."""
    chores: type[Chore] = apps.get_model("foundation", "Chore")
    now = clock.now()
    for name, when in _times.items():
        begins = when.last(now)
        slot = begins.date().isoformat()
        if now - begins < when.within and not chores.objects.filter(name=name, slot=slot).exists():
            with transaction.atomic(durable=True):
                put(name, slot)
