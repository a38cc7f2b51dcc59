"""What is done on which day: the acts of a year, in their order, each at an hour of its own."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count

from dabir.persian import clock
from dabir.persian.calendar import Calendar

Act = Callable[[], object]
OPENS, EVERY = time(8, 0), timedelta(minutes=2)
"""The first hour of an office day, and what passes between two acts."""


class Diary:
    """Acts are done on the working day on which they fall, or the next one; those after the last day never are."""

    def __init__(self, last: date) -> None:
        self._last = last
        self._calendar = Calendar()
        self._order = count()
        self._acts: list[tuple[date, int, Act]] = []

    def is_open(self, day: date) -> bool:
        return self._calendar.is_working(day)

    def on(self, day: date, act: Act) -> None:
        """Note an act for that day; on a day of the past it is done as soon as can be."""
        if not self.is_open(day):
            day = self._calendar.next_working_day(day)
        heapq.heappush(self._acts, (day, next(self._order), act))

    def run(self, *, last_of_all: Act) -> None:
        """Do all that is noted, and what those acts note, until the last day; and one act at the end of each day on
        which there was something to do."""
        moment = datetime.min.replace(tzinfo=clock.TEHRAN)
        while self._acts and self._acts[0][0] <= self._last:
            day, _, act = heapq.heappop(self._acts)
            opens = datetime.combine(day, OPENS, clock.TEHRAN)
            moment = max(opens, moment + EVERY) if moment.year > 1 else opens
            with clock.standing_at(moment):
                act()
            if not self._acts or self._acts[0][0] > day:
                with clock.standing_at(moment):
                    last_of_all()
