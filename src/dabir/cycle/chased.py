"""Which debts are chased, and which steps of their bodies' ladders are to be taken about them now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate

from dabir.cycle.ladder import BY_LETTER, Step, ladders_of, reached
from dabir.cycle.models import Escalation, Rung
from dabir.directory.calendar import calendar_of_party
from dabir.directory.models import Body, Office, Party, Seat
from dabir.directory.spans import in_force
from dabir.obligations.models import Act, Decision, Obligation, ReportState, State
from dabir.obligations.reporting.queries import said_done
from dabir.persian import clock
from dabir.persian.calendar import Calendar

FARTHEST = timedelta(days=150)
"""How long before the deadline a notice can be due: 90 working days, with all holidays between."""

CHASED = Q(
    state=State.OPEN,
    is_group=False,
    instances_made=0,
    asleep=False,
    lead__isnull=False,
    released_at__isnull=False,
    due_day__isnull=False,
) & (Q(communicated_at__isnull=False) | Q(on_paper=True))
"""Debts that are chased: told to whoever owes them, awake, with a day. Whatever has no day is not: standing rules, what
waits for an event, recurring duties themselves; nor what is proposed for closing, since that is the body's turn."""


@dataclass(frozen=True, slots=True)
class Due:
    """A debt, and the step of the ladder that is to be taken about it now, counted from the day `since`; `waits`: a
    letter that a daily look has proposed and nobody has written."""

    debt: Obligation
    step: Step
    since: date
    waits: bool = False


def counted_from(due_day: F, debt: str = "pk") -> Greatest:
    """From which day the steps of a debt are counted, in a query that has its key as `debt`: its deadline, or where it
    was opened again after that, the day of this. What was done before that day does not count any more."""
    opened = Decision.objects.filter(obligation=OuterRef(debt), act=Act.REOPEN).order_by("-at")
    day = Subquery(opened.values(day=TruncDate("at", tzinfo=clock.TEHRAN))[:1])
    return Greatest(due_day, Coalesce(day, due_day))


def steps_due(debts: QuerySet[Obligation], today: date) -> Iterator[Due]:
    """The steps that are to be taken about these debts. Six queries, and three for each body. A body that has nobody to
    report to has no such step: what comes before it is not passed over for it."""
    rows = list(
        debts.filter(CHASED, due_day__lte=today + FARTHEST)
        .annotate(since=counted_from(F("due_day")))
        .select_related("body__party", "lead", "meeting")
        .order_by("sort_day", "pk")
    )
    done: dict[tuple[int, date], list[tuple[Rung, int]]] = {}
    waiting = set[tuple[int, date, str, int]]()
    noted = Escalation.objects.filter(obligation__in=debts.filter(CHASED).order_by().values("pk"))
    for key, since, rung, days, letter in noted.values_list("obligation", "due_day", "rung", "days", "letter"):
        if rung in BY_LETTER and letter is None:
            waiting.add((key, since, rung, days))
        else:
            done.setdefault((key, since), []).append((Rung(rung), days))
    ladders, calendars = ladders_of({debt.body_id for debt in rows}), _calendars({debt.body for debt in rows})
    for body in ladders.keys() - deputies_of(ladders.keys(), today).keys():
        ladders[body] = tuple(step for step in ladders[body] if step.rung != Rung.DEPUTY)
    known: dict[tuple[int, date], list[Step]] = {}
    for debt in rows:
        body, day = debt.body_id, debt.since
        before = done.get((debt.pk, day))
        if before is None and (body, day) not in known:
            known[body, day] = reached(ladders[body], day, today, calendars[body])
        for step in reached(ladders[body], day, today, calendars[body], before) if before else known[body, day]:
            yield Due(debt, step, day, (debt.pk, day, step.rung, step.days) in waiting)


def deputies_of(bodies: Collection[int], today: date) -> dict[int, Party]:
    """Who gets the report to the deputy, by body: the post that it has named, else its chair; two queries."""
    chairs = Seat.objects.filter(in_force(today), body__in=bodies, office=Office.CHAIR).select_related("party")
    named = Body.objects.filter(pk__in=bodies, deputy__isnull=False).select_related("deputy__party__parent")
    found = {seat.body_id: seat.party for seat in chairs}
    return found | {body.pk: body.deputy.party for body in named if body.deputy}


def with_secretariat() -> Q:
    """Their head has said that they are done: now it is for the endorsers and the secretariat to find whether they
    are."""
    return said_done(ReportState.CONFIRMED, ReportState.ENDORSED)


def _calendars(bodies: Iterable[Body]) -> dict[int, Calendar]:
    found = {}
    for body in bodies:
        found[body.pk] = calendar_of_party(body.party_id)
    return found
