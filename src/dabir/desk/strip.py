"""How many debts fall due in which week: the columns of the small picture above the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dabir.desk.months import month_name
from dabir.persian import jalali

WEEKS = 8
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Column:
    """A week from `starts` on, or without a day the debts before, after, or without a day of all these weeks.

    `height` is that of its bar in hundredths of the highest.
    """

    kind: str
    count: int
    height: int
    starts: date | None = None

    @property
    def title(self) -> str:
        if self.starts is None:
            return {"late": _("earlier"), "later": _("later"), "none": _("without a day")}[self.kind]
        return _("this week") if self.kind == "now" else ""

    @property
    def day(self) -> int | None:
        """The day of the Jalali month on which the week begins."""
        return jalali.from_gregorian(self.starts)[2] if self.starts else None

    @property
    def month(self) -> str:
        """Its name in the page's language."""
        if self.starts is None:
            return ""
        return month_name(jalali.from_gregorian(self.starts)[1])


def columns(by_day: Mapping[date | None, int], today: date) -> tuple[Column, ...]:
    """Of so many debts due on each day; no column when there is no debt."""
    first = saturday(today)
    late = later = undated = 0
    weeks = [0] * WEEKS
    for day, count in by_day.items():
        index = (day - first).days // 7 if day else 0
        if day is None:
            undated += count
        elif index < 0:
            late += count
        elif index >= WEEKS:
            later += count
        else:
            weeks[index] += count
    highest = max(late, later, undated, *weeks)
    if not highest:
        return ()

    def column(kind: str, count: int, starts: date | None = None) -> Column:
        return Column(kind, count, -(-100 * count // highest), starts)

    return (
        column("late", late),
        *(column("week" if n else "now", count, first + n * WEEK) for n, count in enumerate(weeks)),
        column("later", later),
        column("none", undated),
    )


def saturday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=(day.weekday() + 2) % 7)
