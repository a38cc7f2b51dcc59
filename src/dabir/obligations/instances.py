"""The days on which a recurring duty comes again (seed ج/۷), and the instance that is made for one of them.

Weeks and months are counted from the first day, so that a day that a month lacks (۳۱) comes back with the next that has
it. «هر جلسه» is the day of a meeting of the body: an instance belongs to one, follows it, and goes on to the next one
when it is cancelled; while none is planned it has no day. Nothing here asks who may.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from dabir.foundation import ledger
from dabir.foundation.models import Event
from dabir.meetings.calls import AHEAD
from dabir.meetings.models import Meeting, MeetingBody, MeetingState
from dabir.obligations.making import Due, index, involved_of, source_of
from dabir.obligations.models import RUNNING, Act, DueKind, Obligation, ReplyKind, Rhythm, Role, State
from dabir.persian import clock, jalali
from dabir.reading.dates import recurs

WITH = ("body", "meeting", "resolution", "point", "order", "lead")
TOLD = Q(communicated_at__isnull=False) | Q(on_paper=True)
RECURRING = Q(due_kind=DueKind.RECURRENCE, is_group=False, state=State.OPEN, asleep=False, recurs_from=None)
"""Running duties that come again; nobody is held to one that sleeps."""
FOLLOWING = Q(recurs_from__isnull=False, state__in=RUNNING, extensions=0, asleep=False)
"""Instances that are due whenever their meeting is; one that was extended has a day of its own."""
ASTRAY = FOLLOWING & (
    Q(due_kind=DueKind.RECURRENCE)
    | Q(session__state=MeetingState.CANCELLED)
    | Q(session__isnull=False) & ~Q(due_day=F("session__date"))
)
"""Those whose meeting was moved or cancelled, or is still to be planned."""
UNTOUCHED = Q(state=State.OPEN, extensions=0, extension_requests=None, reports=None) & ~Q(
    replies__kind=ReplyKind.OBJECTION
)
"""Instances of which nobody has said more than that they have them."""
UNHELD = Q(session__state__in=AHEAD) | Q(due_kind=DueKind.RECURRENCE, state__in=RUNNING)
"""Instances of a session that is still to be held: until then no other one is needed."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A duty whose instances are to be made, the first day of the one made last, and whether one waits for its
    session."""

    row: Obligation
    newest: date | None
    waits: bool


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


def sessions_ahead(bodies: Iterable[int], today: date) -> dict[int, list[Meeting]]:
    """The meetings that these bodies are to hold, from today on; one query."""
    planned = MeetingBody.objects.filter(body__in=set(bodies), meeting__state__in=AHEAD, meeting__date__gte=today)
    found: dict[int, list[Meeting]] = {}
    for row in planned.select_related("meeting").order_by("meeting__date", "meeting"):
        found.setdefault(row.body_id, []).append(row.meeting)
    return found


def session_of(instance: Obligation, today: date) -> Meeting | None:
    """The meeting that an instance of each session belongs to: its own unless that was cancelled, else the next one
    that no other instance has."""
    if instance.session and instance.session.state != MeetingState.CANCELLED:
        return instance.session
    beside = Obligation.objects.filter(recurs_from=instance.recurs_from_id, session__isnull=False)
    taken = set(beside.exclude(pk=instance.pk).values_list("session", flat=True))
    ahead = sessions_ahead([instance.body_id], today).get(instance.body_id, [])
    return next((one for one in ahead if one.pk not in taken), None)


def due_at(session: Meeting | None) -> dict[str, Any]:
    """The fields of an instance that is due at that meeting, or at one that nobody has planned yet."""
    day = session.date if session else None
    kind = DueKind.DAY if session else DueKind.RECURRENCE
    return {"session": session, "due_kind": kind, "due_day": day, "first_due_day": day}


def held_since(duty: Obligation, today: date) -> date:
    """The day on which it was woken or opened again, or another rhythm was given to it or its group; what would have
    come due before that is nobody's to do. The first of all days where none of them was."""
    subjects = [f"{duty._meta.label_lower}:{key}" for key in (duty.pk, duty.parent_id) if key]
    events = Event.objects.filter(subject__in=subjects, verb__in=["obligations.wake", "obligations.set_rhythm"])
    opened = duty.decisions.filter(act=Act.REOPEN)
    moments = [events.order_by("number").last(), opened.order_by("pk").last()]
    days = [one.at.astimezone(clock.TEHRAN).date() for one in moments if one]
    return min(max(days, default=date.min), today)


def missing(duty: Recurring, ahead: Sequence[Meeting], today: date) -> list[tuple[date, Meeting | None]]:
    """The days for which an instance is missing, so that the newest one lies ahead, each with its meeting where it is
    one of each session. What lies before the first one is past: nobody was told of it."""
    period = period_of(duty.row)
    if period is None:
        return []
    if period.first is None:
        return [] if duty.waits else [(session.date, session) for session in ahead[:1]]
    if duty.newest and duty.newest > today:
        return []
    days = [period.after(duty.newest or today - timedelta(days=1))]
    while duty.newest and days[-1] <= today:
        days.append(period.after(days[-1]))
    since = held_since(duty.row, today) if len(days) > 1 else date.min
    taken = set(duty.row.instances.filter(first_due_day__in=days).values_list("first_due_day", flat=True))
    return [(day, None) for day in days if day >= since and day not in taken]


def make_instance(change: ledger.Change, debt: Obligation, day: date, session: Meeting | None) -> Obligation:
    """One instance of a recurring duty, due on that day, which is that of its meeting where it has one: a debt of its
    own, told with the duty itself."""
    row = change.create(
        Obligation(
            code=f"{debt.code}.{debt.instances_made + 1}",
            body=debt.body,
            meeting=debt.meeting,
            resolution=debt.resolution,
            point=debt.point,
            order=debt.order,
            recurs_from=debt,
            session=session,
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


def begin_anew(change: ledger.Change, duty: Obligation, today: date) -> None:
    """Let another rhythm hold from now on. The instance that lies ahead was made by the former one: it moves to the
    first day of this; one that was answered to already stays, and this rhythm begins beside it."""
    period, newest = period_of(duty), duty.instances.select_related("session").order_by("pk").last()
    if period is None or newest is None or (newest.due_day and newest.due_day <= today):
        return
    moves = duty.instances.filter(UNTOUCHED, pk=newest.pk).exists()
    if period.first is None:
        if moves:
            change.update(newest, **due_at(session_of(newest, today)))
        return
    beside = duty.instances.exclude(pk=newest.pk) if moves else duty.instances.all()
    taken, day = set(beside.values_list("first_due_day", flat=True)), period.after(today - timedelta(days=1))
    while day in taken:
        day = period.after(day)
    if moves:
        change.update(newest, session=None, due_kind=DueKind.DAY, due_day=day, first_due_day=day)
    elif duties(duty):
        make_instance(change, duty, day, None)


def duties(only: Obligation | None = None) -> list[Recurring]:
    """The duties whose instances are to be made, or that one of them."""
    own = Obligation.objects.filter(recurs_from=OuterRef("pk"))
    newest = own.order_by("-pk").values("first_due_day")
    rows = Obligation.objects.filter(RECURRING, TOLD).select_related(*WITH)
    if only:
        rows = rows.filter(pk=only.pk)
    found = rows.annotate(newest=Subquery(newest[:1]), waits=Exists(own.filter(UNHELD))).order_by("pk")
    return [Recurring(row, vars(row)["newest"], vars(row)["waits"]) for row in found]
