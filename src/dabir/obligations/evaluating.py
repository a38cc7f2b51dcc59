"""How the debts of each agency stand: what was given, due and closed in a period, and what runs on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import fmean
from typing import NamedTuple

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce

from dabir.obligations.models import Milestone, Obligation, State
from dabir.obligations.queries import DEBTS
from dabir.persian import clock

RUNNING = (State.UNSETTLED, State.OPEN, State.PROPOSED)


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
    asleep: bool
    closed_before: bool
    closed_at: datetime | None
    proposed_at: datetime | None
    reported: int | None
    verified: int | None
    decided: date


@dataclass(slots=True)
class Agency:
    """What one lead owes. `given`, `due`, `judged`, `on_time` and `closed` are of the period, all else of the day."""

    name: str
    given: int = 0
    due: int = 0
    judged: int = 0
    """Of what was due in the period: what is done, or late."""
    on_time: int = 0
    """Of these, what was closed or proposed for closing no later than its deadline."""
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
        """How much in a hundred was done on time."""
        return round(100 * self.on_time / self.judged) if self.judged else None

    def count(self, debt: _Debt, planned: int | None, period: Period) -> None:
        ended = _local(debt.closed_at)
        self.given += period.holds(debt.decided)
        self.closed += period.holds(ended)
        chased = not debt.asleep and not debt.closed_before
        if chased and debt.due and period.holds(debt.due):
            done = [day for day in (ended, _local(debt.proposed_at)) if day]
            self.due += 1
            self.judged += bool(done) or debt.due < period.today
            self.on_time += bool(done) and min(done) <= debt.due
        if debt.state in RUNNING:
            late = debt.due is not None and debt.due < period.today
            self.running += 1
            self.overdue += debt.state == State.OPEN and chased and late
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
    plans = Milestone.objects.filter(obligation__in=debts.values("pk"), obligation__state__in=RUNNING)
    by_now = plans.order_by().values_list("obligation").annotate(by_now=Max("percent", filter=Q(day__lte=period.today)))
    planned = {pk: percent or 0 for pk, percent in by_now}
    rows = debts.filter(DEBTS).exclude(state__in=[State.CANCELLED, State.SUPERSEDED]).order_by()
    found: dict[int | None, Agency] = {}
    fields = ("pk", "lead", "lead__name", "state", "due_day", "asleep", "closed_before", "closed_at", "proposed_at")
    percents = ("reported_percent", "verified_percent")
    for debt in map(_Debt._make, rows.values_list(*fields, *percents, Coalesce("meeting__date", "order__date"))):
        found.setdefault(debt.lead, Agency(debt.name or "")).count(debt, planned.get(debt.pk), period)
    ranked = sorted(found.items(), key=lambda item: (item[0] is None, -item[1].overdue, -item[1].running, item[1].name))
    return [one for _lead, one in ranked]


def mean(values: Iterable[int]) -> int | None:
    """Rounded; none of nothing."""
    kept = list(values)
    return round(fmean(kept)) if kept else None


def _local(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.TEHRAN).date() if moment else None
