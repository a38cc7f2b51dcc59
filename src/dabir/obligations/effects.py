"""What a change of the calendar does to deadlines, told before it is stored. No deadline moves: it is flagged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from dabir.directory.divisions import ABOVE
from dabir.foundation.acting import Acting
from dabir.obligations.measures import IS_RUNNING
from dabir.obligations.models import Obligation
from dabir.obligations.queries import DEBTS, RegisterRow, rows_of, visible_to
from dabir.persian import clock
from dabir.persian.calendar import Calendar

SHOWN = 100
FARTHEST = timedelta(days=3660)
"""Working days are counted ten years ahead, no farther."""


@dataclass(frozen=True, slots=True)
class Effects:
    """The running debts due on a day that becomes closed, or open; how many there are of each (at most `SHOWN` are
    listed); and for how many others the working days left change."""

    closed: list[RegisterRow] = field(default_factory=list)
    opened: list[RegisterRow] = field(default_factory=list)
    closed_count: int = 0
    opened_count: int = 0
    recounted: int = 0


def effects(by: Acting, before: Calendar, after: Calendar, *, province: int | None) -> Effects:
    """What the actor may see of that, in one province or everywhere. A body without a place may be anywhere."""
    debts = visible_to(by).filter(DEBTS, IS_RUNNING, due_day__isnull=False)
    if province is not None:
        within = Q(body__party__place=None)
        for step in ABOVE:
            within |= Q(**{f"body__party__place__{step}": province})
        debts = debts.filter(within)
    counts = dict(debts.order_by().values_list("due_day").annotate(Count("id")))
    turned = {day: after.is_working(day) for day in counts if before.is_working(day) != after.is_working(day)}
    closed, opened = ([day for day in turned if turned[day] is way] for way in (False, True))
    today = clock.today()
    shifts = _shifts(before, after, today, (day for day in counts if day > today))
    return Effects(
        closed=_rows(debts, closed),
        opened=_rows(debts, opened),
        closed_count=sum(counts[day] for day in closed),
        opened_count=sum(counts[day] for day in opened),
        recounted=sum(count for day, count in counts.items() if shifts.get(day) and day not in turned),
    )


def _rows(debts: QuerySet[Obligation], days: list[date]) -> list[RegisterRow]:
    found = debts.filter(due_day__in=days).order_by("sort_day", "id").values_list("pk", flat=True)[:SHOWN]
    return rows_of(Obligation.objects.filter(pk__in=list(found))) if days else []


def _shifts(before: Calendar, after: Calendar, today: date, days: Iterable[date]) -> dict[date, int]:
    """By how many the working days from today to each of these days change."""
    shifts, shift, at = {}, 0, today
    for day in sorted(days):
        while at < day <= today + FARTHEST:
            at += timedelta(days=1)
            shift += after.is_working(at) - before.is_working(at)
        shifts[day] = shift
    return shifts
