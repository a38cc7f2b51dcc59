"""Which days are worked: Fridays, official and lunar holidays, and the closures that are announced at night."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

FRIDAY, THURSDAY = 4, 3
ESTIMATED = "(تخمینی)"
"""What the official calendar puts behind a lunar holiday whose day depends on the moon still to be seen."""

_DECLARED = "تعطیلی اعلام‌شده"
_BETWEEN, _WITHIN = "; ", re.compile(r"\s*[;؛]\s*")
JOINT = "؛ "


@dataclass(frozen=True, slots=True)
class Calendar:
    """The official calendar of Iran, with `closures` above it (True: closed, False: worked whatever the calendar says).

    `names` is what a day is called here instead of in the official calendar; empty where it is no holiday after all.
    `thursday_works` is False where Thursdays are free; `thursdays` says from which days on that is another way, in
    their order.
    """

    closures: Mapping[date, bool] = field(default_factory=dict)
    thursday_works: bool = True
    names: Mapping[date, str] = field(default_factory=dict)
    thursdays: tuple[tuple[date, bool], ...] = ()

    def holiday_name(self, day: date) -> str | None:
        """The holiday's Persian name, or None. A Friday by itself is no holiday here: see `is_working`."""
        name = self.names.get(day)
        if name is None:
            name = _named(day.year).get(day)
        if day in self.closures:
            return (name or _DECLARED) if self.closures[day] else None
        return name or None

    def is_working(self, day: date) -> bool:
        """True when offices are open on `day`."""
        if day in self.closures:
            return not self.closures[day]
        if day.weekday() == FRIDAY or (day.weekday() == THURSDAY and not self.works_on_thursday(day)):
            return False
        return self.holiday_name(day) is None

    def works_on_thursday(self, day: date) -> bool:
        """Whether the Thursdays of that time are worked."""
        works = self.thursday_works
        for starts, then in self.thursdays:
            if starts <= day:
                works = then
        return works

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def next_working_day(self, day: date) -> date:
        """The first working day on or after `day`."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day


@cache
def official(year: int) -> Mapping[date, tuple[str, ...]]:
    """Official holidays of a Gregorian year: the names of each day, a lunar one still to come with `ESTIMATED`."""
    # Imported here: the package takes a third of a second to load, and most readings need no holiday.
    from holidays.countries.iran import Iran  # noqa: PLC0415

    days = Iran(years=year, language="fa_IR")
    return {day: tuple(_WITHIN.sub(JOINT, name) for name in names.split(_BETWEEN)) for day, names in days.items()}


@cache
def _named(year: int) -> Mapping[date, str]:
    return {day: JOINT.join(names) for day, names in official(year).items()}
