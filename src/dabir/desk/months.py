"""A Jalali month as any wall calendar shows it: weeks from Saturday on, what is closed marked with its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import translation
from django.utils.translation import gettext as _

from dabir.persian import jalali
from dabir.persian.calendar import ESTIMATED, Calendar

LATIN_MONTHS = "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand".split()
LATIN_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SATURDAY_FIRST = (5, 6, 0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a sheet. `name` is the holiday's, if it is one; `off` where offices are closed for whatever reason."""

    day: date
    number: int
    off: bool
    name: str
    is_today: bool
    declared: bool
    """Closed or worked by what was announced here, not by the official calendar."""

    @property
    def estimated(self) -> bool:
        return self.name.endswith(ESTIMATED)


@dataclass(frozen=True)
class Sheet:
    """A month under a calendar."""

    year: int
    month: int
    calendar: Calendar
    today: date

    @property
    def title(self) -> str:
        return f"{month_name(self.month)} {self.year}"

    @property
    def key(self) -> str:
        """`1398/08`, as addresses name it."""
        return f"{self.year:04}/{self.month:02}"

    def moved(self, months: int) -> str:
        """The key of the month so many months later; empty beyond what a day can be."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return f"{year:04}/{month + 1:02}" if is_shown(year) else ""

    @cached_property
    def days(self) -> list[Cell]:
        first = jalali.to_gregorian(self.year, self.month, 1)
        days = (first + timedelta(days=n) for n in range(jalali.month_length(self.year, self.month)))
        return [self._cell(day, number) for number, day in enumerate(days, 1)]

    def _cell(self, day: date, number: int) -> Cell:
        name, off = self.calendar.holiday_name(day) or "", not self.calendar.is_working(day)
        return Cell(day, number, off, name, day == self.today, day in self.calendar.closures)

    @property
    def weeks(self) -> list[list[Cell | None]]:
        """The days in rows of seven, with nothing before the first and after the last."""
        before = _SATURDAY_FIRST.index(self.days[0].day.weekday())
        row: list[Cell | None] = [None] * before + list(self.days)
        row += [None] * (-len(row) % 7)
        return [row[n : n + 7] for n in range(0, len(row), 7)]

    @property
    def holidays(self) -> list[Cell]:
        return [cell for cell in self.days if cell.name]


def is_shown(year: int) -> bool:
    """Whether all days of a Jalali year are days that can be stored."""
    return jalali.FIRST_YEAR < year < jalali.LAST_YEAR


def month_name(month: int) -> str:
    """In the page's language."""
    return (jalali.MONTHS if translation.get_language() == "fa" else LATIN_MONTHS)[month - 1]


def weekdays() -> list[tuple[str, str]]:
    """The weekdays from Saturday on: their names in the page's language, and what stands for them above a column."""
    if translation.get_language() == "fa":
        return [(jalali.WEEKDAYS[n], jalali.WEEKDAYS[n][0]) for n in _SATURDAY_FIRST]
    return [(LATIN_WEEKDAYS[n], LATIN_WEEKDAYS[n][:2]) for n in _SATURDAY_FIRST]


def closed_because(day: date, calendar: Calendar) -> str:
    """Why offices are closed on a day, or an empty text: a holiday's name, or the weekly day off."""
    if name := calendar.holiday_name(day):
        return _("official holiday: %(name)s") % {"name": name}
    return "" if calendar.is_working(day) else _("weekly day off")
