"""Which days are worked: Fridays, official and lunar holidays, and the closures that are announced at night."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

FRIDAY, THURSDAY = 4, 3
_DECLARED = "تعطیلی اعلام‌شده"
_SEPARATORS = re.compile(r"\s*[;؛]\s*")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The official calendar of Iran, with `closures` above it (True: closed, False: worked whatever the calendar says).

    `thursday_works` is False where Thursdays are free.
    """

    closures: Mapping[date, bool] = field(default_factory=dict)
    thursday_works: bool = True

    def holiday_name(self, day: date) -> str | None:
        """The holiday's Persian name, or None. A Friday by itself is no holiday here: see `is_working`."""
        if day in self.closures:
            return (_official(day.year).get(day) or _DECLARED) if self.closures[day] else None
        return _official(day.year).get(day)

    def is_working(self, day: date) -> bool:
        """True when offices are open on `day`."""
        if day in self.closures:
            return not self.closures[day]
        free = day.weekday() == FRIDAY or (day.weekday() == THURSDAY and not self.thursday_works)
        return not free and day not in _official(day.year)

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
def _official(year: int) -> Mapping[date, str]:
    """Official holidays of a Gregorian year with their names in one writing."""
    # Imported here: the package takes a third of a second to load, and most readings need no holiday.
    from holidays.countries.iran import Iran  # noqa: PLC0415

    official = Iran(years=year, language="fa_IR")
    return {day: _SEPARATORS.sub("؛ ", name) for day, name in official.items()}
