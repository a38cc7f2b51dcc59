"""For which periods a debt is reported on, and what is planned for a day. Pure: no rule of who may is here.

Periods are parts of the Jalali year; the first one of a debt begins when it was communicated.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from django.db.models import Case, DateField, Exists, Max, OuterRef, Q, Value, When

from dabir.directory.models import REPORT_MONTHS
from dabir.obligations.models import (
    Act,
    Decision,
    DueKind,
    Milestone,
    Obligation,
    Occurrence,
    Report,
    ReportState,
    State,
)
from dabir.persian import clock, jalali

Period = tuple[date, date]
MOST = 400
"""More periods of a debt than these are not counted."""
_DAY = timedelta(days=1)


def planned_on(milestones: Iterable[Milestone], day: date) -> int | None:
    """How much of the whole is planned to be done by the end of that day; none without a plan."""
    path = sorted((one.day, one.percent) for one in milestones)
    return max([0, *(percent for until, percent in path if until <= day)]) if path else None


def straight_line(starts: date, ends: date, months: int) -> list[tuple[date, int]]:
    """A plan that grows evenly from `starts` to `ends`: a point at the end of each period of so many months (a quarter
    where that is 0), and the whole at the end."""
    whole = (ends - starts).days
    stops = [day for _, day in periods_from(starts, ends, months or 3) if day < ends]
    return [(day, round(100 * (day - starts).days / whole)) for day in stops if day > starts] + [(ends, 100)]


@lru_cache(maxsize=5_000)
def periods_from(starts: date, until: date, months: int) -> tuple[Period, ...]:
    """The periods of so many months that have begun by `until`, the first cut off where it starts."""
    year, month, _ = jalali.from_gregorian(starts)
    first = (month - 1) // months * months + 1
    edges = [starts]
    while edges[-1] <= until and len(edges) < MOST:
        first += months
        if first > 12:
            year, first = year + 1, first - 12
        edges.append(jalali.to_gregorian(year, first, 1))
    return tuple((here, there - _DAY) for here, there in pairwise(edges))


def since(debt: Obligation) -> date | None:
    """From which day on it is reported: that of its communication; of one communicated on paper before it came here,
    which nobody knows, that on which it came. None before that."""
    moment = debt.communicated_at or (debt.released_at if debt.on_paper else None)
    return moment.astimezone(clock.TEHRAN).date() if moment else None


def periods_due(
    debt: Obligation, today: date, reports: Iterable[Report] | None = None, opened: datetime | None = None
) -> list[Period]:
    """The periods that have ended and whose last day is in no report that stands, oldest first; each without what was
    reported of it, and without the time before a body has opened the debt again, or an event has started its clock. A
    debt that waits for one, sleeps, is proposed for closing, has ended, comes again as others or is never reported on
    has none. A few queries, and none where all its `reports` are at hand, its event, and when it was `opened` again, if
    it was."""
    starts = since(debt)
    owed = debt.state == State.OPEN and not debt.is_group and not debt.asleep
    waits = debt.due_kind == DueKind.TRIGGER and debt.clock_day is None
    if starts is None or not owed or waits or not debt.report_months or debt.instances_made:
        return []
    if reports is None:
        reports = debt.reports.all()
        opened = debt.decisions.filter(act=Act.REOPEN).aggregate(last=Max("at"))["last"]
    begins = max(starts, opened.astimezone(clock.TEHRAN).date()) if opened else starts
    if debt.started_by:
        begins = max(begins, debt.started_by.day)
    reported = [(one.starts, one.ends) for one in reports if one.state != ReportState.RETURNED]
    due = []
    for first, last in periods_from(starts, today, debt.report_months):
        if begins <= last < today and not any(since <= last <= until for since, until in reported):
            within = [until + _DAY for _since, until in reported if first <= until < last]
            due.append((max([first, begins, *within]), last))
    return due


def offered(debt: Obligation, today: date, due: list[Period] | None = None) -> Period:
    """The period that a form proposes: the oldest that is due, else from the last one reported to today. `due` are the
    debt's `periods_due`, where they are at hand."""
    if owed := periods_due(debt, today) if due is None else due:
        return owed[0]
    starts = debt.reported_on + _DAY if debt.reported_on else since(debt) or today
    return min(starts, today), today


def awaiting_report(today: date) -> Q:
    """Debts whose newest ended period has no report; for lists. `periods_due` says which they are."""
    late = Q()
    for months in REPORT_MONTHS[1:]:
        ended = last_end(today, months)
        moment = datetime.combine(ended + _DAY, time(), clock.TEHRAN)
        on_paper = Q(communicated_at=None, on_paper=True, released_at__lt=moment)
        waited = Q(Exists(Occurrence.objects.filter(pk=OuterRef("started_by"), day__gt=ended)))
        unsaid = Q(reported_on=None) | Q(reported_on__lt=ended)
        opened = Q(Exists(Decision.objects.filter(obligation=OuterRef("pk"), act=Act.REOPEN, at__gte=moment)))
        late |= Q(report_months=months) & (Q(communicated_at__lt=moment) | on_paper) & unsaid & ~opened & ~waited
    waits = Q(due_kind=DueKind.TRIGGER, clock_day=None)
    return Q(state=State.OPEN, is_group=False, instances_made=0, asleep=False) & ~waits & late


def newest_end(today: date) -> Case:
    """The last day of a debt's newest ended period, in the database; for lists."""
    whens = [When(report_months=months, then=Value(last_end(today, months))) for months in REPORT_MONTHS[1:]]
    return Case(*whens, output_field=DateField())


def last_end(today: date, months: int) -> date:
    """The last day of the newest period that has ended before today."""
    year, month, _ = jalali.from_gregorian(today)
    return jalali.to_gregorian(year, (month - 1) // months * months + 1, 1) - _DAY
