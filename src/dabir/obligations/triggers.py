"""Debts whose clock waits for an event («پس از تأیید نهایی سند», seed ج/۵), and the events that took place.

That a decision is communicated starts a clock by itself (`communication`); any other event does when a person records
it (`events`). Nothing here asks who may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.meetings.models import Resolution
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.measures import IS_RUNNING
from dabir.obligations.models import ClockStart, DueKind, Obligation, Occurrence, State
from dabir.obligations.queries import DEBTS, codes_told_to, visible_to
from dabir.persian.calendar import Calendar
from dabir.persian.letters import squash
from dabir.reading.dates import awaits, counted_from

UNSTARTED = (IS_RUNNING | Q(state=State.UNSETTLED)) & Q(due_kind=DueKind.TRIGGER, clock_day=None)
MOST = 500
"""Waiting debts that are looked through for a page."""


@dataclass(slots=True)
class Awaited:
    """An event, by the words of the paper, and the running debts of a body that wait for it."""

    body: Body
    words: str
    debts: list[Obligation] = field(default_factory=list)


def waits_for_an_event(debt: Obligation) -> bool:
    """Whether its clock has yet to be started by a person's record of an event."""
    waiting = debt.due_kind == DueKind.TRIGGER and debt.clock_day is None and bool(debt.trigger)
    return waiting and awaits(debt.trigger) is None


def awaited(by: Acting, body: Body | None = None) -> list[Awaited]:
    """The events that debts wait for which the actor may see, of one body or all: a source's together, the same words
    together; in the order of the debts' codes. One query."""
    debts = visible_to(by).filter(DEBTS, UNSTARTED).exclude(trigger="")
    if body:
        debts = debts.filter(body=body)
    found: dict[tuple[int, str], Awaited] = {}
    for debt in debts.select_related("body__party", "lead", "group").order_by("code")[:MOST]:
        if waits_for_an_event(debt):
            one = found.setdefault((debt.body_id, squash(debt.trigger)), Awaited(debt.body, debt.trigger))
            one.debts.append(debt)
    return list(found.values())


def occurrences_visible_to(by: Acting) -> QuerySet[Occurrence]:
    """Events that started a debt which the actor may read; a secretary also sees those that were taken back."""
    started = Q(Exists(visible_to(by).filter(started_by=OuterRef("pk"))))
    if by.operator:
        return Occurrence.objects.all()
    own = Q(body__in=by.secretariats) if by.function in KEEPERS else Q(pk__in=[])
    return Occurrence.objects.filter(started | own)


def sources_told_to(by: Acting, events: Iterable[Occurrence]) -> dict[int, str]:
    """The code of the resolution that tells of each event, or of the debt whose closing it was, by the event's key; of
    a classified meeting only where the actor may read it. Two queries."""
    rows = list(events)
    debts = codes_told_to(by, (one.debt_id for one in rows))
    known = Q(meeting__secrecy=SecrecyClass.NORMAL) | Q(meeting__in=meetings_visible_to(by))
    keys = {one.resolution_id for one in rows if one.resolution_id}
    told = dict(Resolution.objects.filter(known, pk__in=keys).values_list("pk", "code")) if keys else {}
    codes = {one.pk: told.get(one.resolution_id or 0) or debts.get(one.debt_id or 0) for one in rows}
    return {key: code for key, code in codes.items() if code}


def with_kin(debts: Iterable[Obligation]) -> list[Obligation]:
    """These debts, and the group's row of those whose group waits as they do; each once, in the order of their keys."""
    keys = {debt.pk for debt in debts}
    parents = set(Obligation.objects.filter(UNSTARTED, children__in=keys).values_list("pk", flat=True))
    children = set(Obligation.objects.filter(UNSTARTED, parent__in=keys).values_list("pk", flat=True))
    rows = Obligation.objects.filter(pk__in=keys | parents | children)
    return list(rows.select_related("body", "meeting").order_by("pk"))


def started(debt: Obligation, day: date, calendar: Calendar) -> dict[str, Any]:
    """The fields of a debt whose clock an event starts on that day. Where the paper tells no length of time it has no
    deadline yet: that is for a person to give."""
    due = counted_from(debt.due_text, day, calendar)
    values: dict[str, Any] = {"clock_day": day, "clock_start": ClockStart.EVENT}
    if due:
        values |= {"due_kind": DueKind.DAY, "due_day": due, "first_due_day": debt.first_due_day or due}
    return values


def unstarted(debt: Obligation) -> dict[str, Any]:
    """The fields of a debt for which the event did not take place after all: there never was a deadline."""
    return {
        "clock_day": None,
        "clock_start": "",
        "due_kind": DueKind.TRIGGER,
        "due_day": None,
        "first_due_day": None,
        "started_by": None,
    }


def followed(debt: Obligation) -> bool:
    """Whether something was done about a debt that its clock was started for: then the event cannot be taken back."""
    dated_by_hand = debt.due_day is not None and debt.due_day != debt.first_due_day
    given = debt.clock_day is None
    return dated_by_hand or given or debt.extensions > 0 or debt.reports.exists() or debt.extension_requests.exists()
