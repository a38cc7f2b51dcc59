"""The debts that are worst, by one weighing: what the next agenda of a body, the evaluation of a period and the
governor's sheet tell of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet

from dabir.cycle.chased import counted_from
from dabir.cycle.models import Escalation, Rung
from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.foundation.remembered import until_the_next_event
from dabir.obligations.heaviest import worst_of
from dabir.obligations.models import Obligation
from dabir.obligations.queries import RegisterRow, row_values, rows_from
from dabir.obligations.weighing import Weighed, Why
from dabir.persian import clock

MOST = 10


@dataclass(frozen=True, slots=True)
class Worst:
    """A debt, what is wrong with it, what weighs most first, and the last words said of it; `kin` counts the others of
    its group, or of its recurring duty, that are as it is."""

    row: RegisterRow
    reasons: tuple[Why, ...]
    words: str
    kin: int


def weighed(
    bodies: Iterable[Body], by: Acting, today: date, *, most: int = MOST, only: Q | None = None
) -> list[Weighed]:
    """`heaviest.worst_of`, with what the bodies' ladders have brought to their sessions for the deadlines that hold."""
    return worst_of(bodies, by, today, most=most, climbed=climbed, only=only)


def climbed() -> QuerySet[Escalation]:
    """Which says of the debt of the query around it that the ladder has brought it to the session of its body."""
    since = counted_from(OuterRef("due_day"), "obligation")
    return Escalation.objects.filter(rung=Rung.AGENDA, obligation=OuterRef("pk"), due_day=since)


@until_the_next_event
def worst(by: Acting, body: str = "") -> tuple[Worst, ...]:
    """The worst of all debts that the actor follows, or of those of one body; a fixed number of queries."""
    bodies = Body.objects.filter(code=body) if body else Body.objects.all()
    found = weighed(bodies, by, clock.today())
    values = list(row_values(Obligation.objects.filter(pk__in=[one.facts.pk for one in found]), "last_words"))
    said = {row.pk: (row, one["last_words"]) for row, one in zip(rows_from(values), values, strict=True)}
    told = [(one, *said[one.facts.pk]) for one in found]
    return tuple(Worst(row, tuple(one.reasons), words, len(one.kin)) for one, row, words in told)
