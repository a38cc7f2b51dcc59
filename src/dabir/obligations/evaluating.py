"""How the debts of each agency stand: what was given, due and closed in a period, and what runs on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import fmean
from typing import NamedTuple

from django.db.models import Case, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from dabir.obligations.measures import kept
from dabir.obligations.models import NOT_ENDED, Milestone, Obligation, State
from dabir.obligations.queries import DEBTS, standings
from dabir.persian import clock


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to another one, as told on `today`."""

    starts: date
    ends: date
    today: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.starts <= day <= self.ends

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its first and last moment."""
        first, last = (datetime.combine(day, datetime.min.time(), clock.TEHRAN) for day in (self.starts, self.ends))
        return first, last.replace(hour=23, minute=59, second=59, microsecond=999_999)


class _Debt(NamedTuple):
    pk: int
    lead: int | None
    name: str | None
    state: str
    due: date | None
    closed_at: datetime | None
    reported: int | None
    verified: int | None
    decided: date
    late: bool
    measured: bool
    kept: bool


@dataclass(slots=True)
class Agency:
    """What one lead owes. `given`, `due`, `measured`, `kept` and `closed` are of the period, all else of the day."""

    name: str
    given: int = 0
    due: int = 0
    measured: int = 0
    kept: int = 0
    """As `measures` has these words, of what was due in the period."""
    closed: int = 0
    running: int = 0
    overdue: int = 0
    ages: list[int] = field(default_factory=list)
    """Days since each that runs was decided."""
    planned: list[int] = field(default_factory=list)
    reported: list[int] = field(default_factory=list)
    verified: list[int] = field(default_factory=list)

    @property
    def rate(self) -> int | None:
        """How much in a hundred was kept."""
        return round(100 * self.kept / self.measured) if self.measured else None

    def count(self, debt: _Debt, planned: int | None, period: Period) -> None:
        ended = debt.closed_at.astimezone(clock.TEHRAN).date() if debt.closed_at else None
        self.given += period.holds(debt.decided)
        self.closed += period.holds(ended)
        if period.holds(debt.due):
            self.due += 1
            self.measured += debt.measured
            self.kept += debt.kept
        if debt.state in NOT_ENDED:
            self.running += 1
            self.overdue += debt.late
            self.ages.append((period.today - debt.decided).days)
            percents = ((self.planned, planned), (self.reported, debt.reported), (self.verified, debt.verified))
            for values, value in percents:
                if value is not None:
                    values.append(value)

    def add(self, other: Agency) -> None:
        for name in Agency.__slots__:
            if name != "name":
                setattr(self, name, getattr(self, name) + getattr(other, name))


def agencies_of(debts: QuerySet[Obligation], period: Period) -> list[Agency]:
    """By lead: who has most that is overdue first, then who owes most, then by name; what has no lead comes last. What
    was cancelled or superseded is not counted. Two queries."""
    plans = Milestone.objects.filter(obligation__in=debts.values("pk"), obligation__state__in=NOT_ENDED)
    by_now = plans.order_by().values_list("obligation").annotate(by_now=Max("percent", filter=Q(day__lte=period.today)))
    planned = {pk: percent or 0 for pk, percent in by_now}
    rows = debts.filter(DEBTS).exclude(state__in=[State.CANCELLED, State.SUPERSEDED]).order_by()
    found: dict[int | None, Agency] = {}
    fields = ("pk", "lead", "lead__name", "state", "due_day", "closed_at", "reported_percent", "verified_percent")
    late, measured, done = standings(period.today)["overdue"], kept("measured", period.today), kept("yes", period.today)
    told = [Case(When(holds, then=Value(True)), default=Value(False)) for holds in (late, measured, done)]
    for debt in map(_Debt._make, rows.values_list(*fields, Coalesce("meeting__date", "order__date"), *told)):
        found.setdefault(debt.lead, Agency(debt.name or "")).count(debt, planned.get(debt.pk), period)
    ranked = sorted(found.items(), key=lambda item: (item[0] is None, -item[1].overdue, -item[1].running, item[1].name))
    return [one for _lead, one in ranked]


def mean(values: Iterable[int]) -> int | None:
    """Rounded; none of nothing."""
    kept = list(values)
    return round(fmean(kept)) if kept else None
