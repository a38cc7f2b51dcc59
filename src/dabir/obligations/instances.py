"""The days on which a recurring duty comes again (seed ج/۷), and the instance that is made for one of them.

Weeks and months are counted from the first day, so that a day that a month lacks (۳۱) comes back with the next that has
it. «هر جلسه» is the day of the next meeting of the body that is planned. Nothing here asks who may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.db.models import OuterRef, Q, Subquery

from dabir.foundation import ledger
from dabir.foundation.models import Event
from dabir.meetings.models import MeetingBody, MeetingState
from dabir.obligations.making import Due, index, involved_of, source_of
from dabir.obligations.models import Act, DueKind, Obligation, Rhythm, Role, State
from dabir.persian import clock, jalali
from dabir.reading.dates import recurs

WITH = ("body", "meeting", "resolution", "point", "order", "lead")
TOLD = Q(communicated_at__isnull=False) | Q(on_paper=True)
RECURRING = Q(due_kind=DueKind.RECURRENCE, is_group=False, state=State.OPEN, asleep=False, recurs_from=None)
"""Running duties that come again; nobody is held to one that sleeps."""


@dataclass(frozen=True, slots=True)
class Period:
    """Every so many weeks or months, counted from `first`; or with each session, where there is no `first`. `skips` the
    first day itself: that of the decision."""

    unit: Rhythm
    every: int = 1
    first: date | None = None
    skips: bool = False

    @property
    def begins(self) -> date:
        """The first of its days."""
        return self.day(int(self.skips))

    def day(self, number: int) -> date:
        """The day that many periods after the first one."""
        assert self.first is not None
        if self.unit == Rhythm.WEEK:
            return self.first + timedelta(weeks=self.every * number)
        year, month, day = jalali.from_gregorian(self.first)
        years, months = divmod(month - 1 + self.every * number, 12)
        return jalali.to_gregorian(year + years, months + 1, min(day, jalali.month_length(year + years, months + 1)))

    def after(self, day: date) -> date:
        """The first of its days after that one."""
        return next(found for number in count(int(self.skips)) if (found := self.day(number)) > day)


def period_of(debt: Obligation) -> Period | None:
    """How a recurring duty comes again: as its secretary said, else as the paper's words tell, counted from the day on
    which it was decided; None where neither does."""
    if debt.recurs_unit:
        return Period(Rhythm(debt.recurs_unit), debt.recurs_every or 1, debt.recurs_first)
    read = recurs(debt.due_text)
    if read is None or read.unit == Rhythm.SESSION:
        return Period(Rhythm.SESSION) if read else None
    return Period(Rhythm(read.unit), read.count, source_of(debt).day, skips=True)


def sessions_ahead(bodies: Iterable[int], today: date) -> dict[int, list[date]]:
    """The days on which these bodies are to meet, from today on; one query."""
    planned = MeetingBody.objects.filter(
        body__in=set(bodies),
        meeting__state__in=[MeetingState.PLANNED, MeetingState.CALLED],
        meeting__date__gte=today,
    )
    found: dict[int, list[date]] = {}
    for body, day in planned.order_by("meeting__date").values_list("body", "meeting__date"):
        found.setdefault(body, []).append(day)
    return found


def held_since(duty: Obligation, today: date) -> date:
    """The day on which it was woken or opened again; what came due before that while it rested was nobody's to do. The
    first of all days where neither was."""
    woken = Event.objects.filter(subject=f"{duty._meta.label_lower}:{duty.pk}", verb="obligations.wake")
    opened = duty.decisions.filter(act=Act.REOPEN)
    moments = [woken.order_by("number").last(), opened.order_by("pk").last()]
    days = [one.at.astimezone(clock.TEHRAN).date() for one in moments if one]
    return min(max(days, default=date.min), today)


def wanted(period: Period, newest: date | None, sessions: list[date], today: date) -> list[date]:
    """The days for which an instance is missing, so that the newest one lies ahead. What lies before the first one is
    past: nobody was told of it."""
    if period.first is None:
        ahead = [day for day in sessions if day >= today and (newest is None or day > newest)]
        return ahead[:1] if newest is None or newest <= today else []
    if newest is None:
        return [period.after(today - timedelta(days=1))]
    days = []
    while newest <= today:
        newest = period.after(newest)
        days.append(newest)
    return days


def make_instance(change: ledger.Change, debt: Obligation, day: date) -> Obligation:
    """One instance of a recurring duty, due on that day: a debt of its own, told with the duty itself."""
    row = change.create(
        Obligation(
            code=f"{debt.code}.{debt.instances_made + 1}",
            body=debt.body,
            meeting=debt.meeting,
            resolution=debt.resolution,
            point=debt.point,
            order=debt.order,
            recurs_from=debt,
            lead=debt.lead,
            lead_text=debt.lead_text,
            action=debt.action,
            first_due_day=day,
            first_line=debt.first_line,
            last_line=debt.last_line,
            released_at=debt.released_at,
            communicated_at=debt.communicated_at,
            acknowledged_at=debt.acknowledged_at,
            on_paper=debt.on_paper,
            report_months=0,  # it is reported on when it is due, and the duty's periods are its instances
            demands_evidence=debt.demands_evidence,
            **Due.on(day, text=debt.due_text).as_fields(),
        )
    )
    beside = [(Role(i.role), i.party, i.text) for i in debt.involved.select_related("party").order_by("id")]
    change.create_many(involved_of(row, beside))
    index(row, debt.source.text)
    change.update(debt, instances_made=debt.instances_made + 1)
    return row


def duties(only: Obligation | None = None) -> list[tuple[Obligation, date | None]]:
    """The duties whose instances are to be made, or that one of them, each with the day of its newest instance."""
    newest = Obligation.objects.filter(recurs_from=OuterRef("pk")).order_by("-first_due_day")
    rows = Obligation.objects.filter(RECURRING, TOLD).select_related(*WITH)
    if only:
        rows = rows.filter(pk=only.pk)
    found = rows.annotate(newest=Subquery(newest.values("first_due_day")[:1])).order_by("pk")
    return [(row, vars(row)["newest"]) for row in found]
