"""What is measured of debts, as conditions that the register narrows by and figures count: so that each figure opens
its rows.

A debt is *kept* when it was done on or before its deadline. Done is the end of the period whose report was verified at
the whole; where there is none, the day on which it was proposed for closing, else closed. Measured are debts with a
deadline that are done, or whose deadline has passed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from dabir.obligations.models import (
    RUNNING,
    Asks,
    Extension,
    ExtensionState,
    Milestone,
    Obstacle,
    Report,
    ReportState,
    State,
)
from dabir.persian import clock, jalali

AGES = (0, 30, 90, 180, 365)
"""Days since the decision at which another age begins."""
KEPT = ("measured", "yes", "no", "first")
"""Measured at all; kept or not by the deadline in force; kept by the first one."""
IS_RUNNING = Q(state__in=RUNNING)
_QUARTER = re.compile(r"(1[34][0-9]{2})-([1-4])")
_DONE = Q(state__in=[State.PROPOSED, State.CLOSED])


def kept(which: str, today: date) -> Q:
    """The debts of one of `KEPT`."""
    passed = _DONE | Q(state=State.OPEN, due_day__lt=today)
    measured = Q(due_day__isnull=False, closed_before=False, asleep=False) & passed
    match which:
        case "yes":
            return measured & _DONE & Q(LessThanOrEqual(_done_day(), F("due_day")))
        case "no":
            return measured & (Q(state=State.OPEN) | Q(GreaterThan(_done_day(), F("due_day"))))
        case "first":
            return measured & _DONE & Q(LessThanOrEqual(_done_day(), Coalesce(F("first_due_day"), F("due_day"))))
    return measured


def _done_day() -> Case:
    moment = Coalesce(F("proposed_at"), F("closed_at"))
    verified = When(verified_percent=100, verified_on__isnull=False, then=F("verified_on"))
    return Case(verified, default=TruncDate(moment, tzinfo=clock.TEHRAN))


def age_of(number: int, today: date) -> Q:
    """Running debts, awake, whose meeting or order was so long ago: from `AGES[number]` days on, and less than the
    next."""
    decided = Coalesce(F("meeting__date"), F("order__date"))
    found = IS_RUNNING & Q(asleep=False)
    if number:
        found &= Q(LessThanOrEqual(decided, Value(today - timedelta(days=AGES[number]))))
    if number + 1 < len(AGES):
        found &= Q(GreaterThan(decided, Value(today - timedelta(days=AGES[number + 1]))))
    return found


def quarter(year: int, number: int) -> tuple[date, date]:
    """The first and the last day of a quarter of a Jalali year."""
    first = jalali.to_gregorian(year, 3 * number - 2, 1)
    after = jalali.to_gregorian(year + number // 4, 3 * number % 12 + 1, 1)
    return first, after - timedelta(days=1)


def quarter_of(key: str) -> tuple[date, date] | None:
    """That of «1398-2»; none for what names no quarter."""
    found = _QUARTER.fullmatch(key)
    return quarter(int(found[1]), int(found[2])) if found else None


def reported_in(days: tuple[date, date]) -> Q:
    """Debts with a report, not returned, whose period ends on one of these days."""
    reports = Report.objects.filter(obligation=OuterRef("pk"), ends__range=days).exclude(state=ReportState.RETURNED)
    return Q(Exists(reports))


def below_plan(today: date) -> Q:
    """Running debts, awake, of which less was reported than is planned by now."""
    passed = Milestone.objects.filter(obligation=OuterRef("pk"), day__lte=today).order_by("-percent").values("percent")
    planned = Coalesce(Subquery(passed[:1]), Value(0), output_field=IntegerField())
    return IS_RUNNING & Q(asleep=False) & Q(GreaterThan(planned, Coalesce(F("reported_percent"), Value(0))))


def asking_obstacles() -> QuerySet[Obstacle]:
    """Those that stand in a debt's way and ask for a decision of its body."""
    return Obstacle.objects.filter(asks=Asks.DECISION, ended_at=None)


def asks_a_decision() -> Q:
    """Running debts, awake, that need a word of their body: an obstacle asks for it, or more time that its secretary
    may no longer grant."""
    # From the few that ask to their debts, which are many.
    asked = Extension.objects.filter(state=ExtensionState.ASKED)
    extended = Q(state=State.OPEN, extensions__gte=F("body__extensions_by_secretary"))
    asks = Q(pk__in=asking_obstacles().values("obligation")) | extended & Q(pk__in=asked.values("obligation"))
    return IS_RUNNING & Q(asleep=False) & asks
