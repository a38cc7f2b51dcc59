"""Chains of debts that wait for each other: the slack between their deadlines, and what a delay breaks.

A debt cannot be met before those that it waits for are. So a debt that is late until a day makes every debt after it,
near or far, late that is due before that day; what lies between need not have a deadline. Slack is counted in working
days of the body's province.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dabir.directory.calendar import calendar_of_party
from dabir.foundation.acting import Acting
from dabir.obligations.models import NOT_ENDED, Obligation, State, Wait
from dabir.obligations.queries import RegisterRow, rows_of, visible_to
from dabir.persian import clock
from dabir.persian.calendar import Calendar

MOST = 60
"""Debts of a chain that are shown; the nearest ones."""
WITHOUT_SLACK = Q(
    waits_for__due_day__gte=F("obligation__due_day"),
    obligation__state__in=NOT_ENDED,
    obligation__asleep=False,
    waits_for__state__in=NOT_ENDED,
    waits_for__asleep=False,
)
"""Waits (`Wait`) of debts that are due no later than what they wait for: neither day can be met after the other."""

_REACHED = """
WITH RECURSIVE reached(id, depth, held) AS (
    SELECT {to}, 1, 1 FROM obligations_wait WHERE {from_} = %s
    UNION
    SELECT w.{to}, r.depth + 1, CASE WHEN o.state IN ({running}) THEN r.held ELSE 0 END
    FROM reached r JOIN obligations_wait w ON w.{from_} = r.id JOIN obligations_obligation o ON o.id = r.id
    WHERE r.depth < %s
)
SELECT id, MIN(depth), MAX(held) FROM reached GROUP BY id ORDER BY MIN(depth), id LIMIT %s
"""
DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Link:
    """A debt of a chain. `depth` is below 0 for those that the debt in the middle waits for, above for those that wait
    for it. `slack`: the working days between its deadline and that of the debt in the middle, whichever comes first in
    the chain; below 0 where the deadlines contradict the chain; None where one of them has no day. `held`: all between
    it and the debt in the middle still runs, so that the one holds the other up."""

    row: RegisterRow
    depth: int
    slack: int | None
    waits_for: tuple[int, ...] = ()
    held: bool = True

    @property
    def running(self) -> bool:
        return self.row.state in NOT_ENDED

    @property
    def held_up(self) -> bool:
        return self.held and self.running


@dataclass(frozen=True, slots=True)
class Chain:
    """The debt in the middle with all before and after it that may be seen, those that come first first."""

    middle: RegisterRow
    before: tuple[Link, ...]
    after: tuple[Link, ...]
    waits_for: tuple[int, ...]
    late_by: int
    """Working days that the debt in the middle is late today; 0 where it is not, or has ended."""
    calendar: Calendar

    def breaks(self, days: int) -> list[Link]:
        """What misses its deadline when the debt in the middle is met so many working days late."""
        return [link for link in self.after if link.held_up and link.slack is not None and link.slack < days]

    @property
    def steps(self) -> list[tuple[int, Link]]:
        """From how many working days of delay on each debt after it misses its deadline, the first to do so first."""
        found = [(link.slack + 1, link) for link in self.after if link.held_up and link.slack is not None]
        return sorted(((max(days, 0), link) for days, link in found), key=lambda step: step[0])


def chain_of(debt: Obligation, by: Acting) -> Chain | None:
    """The chain of a debt, or None where it waits for nothing and nothing for it, as far as the actor may see. A fixed
    number of queries, however long it is."""
    before, after = (
        _reached(debt.pk, "waits_for_id", "obligation_id"),
        _reached(debt.pk, "obligation_id", "waits_for_id"),
    )
    depths = {pk: -depth for pk, depth, _held in before} | {pk: depth for pk, depth, _held in after}
    held = {pk for pk, _depth, held in (*before, *after) if held}
    depths.pop(debt.pk, None)
    if not depths:
        return None
    rows = {row.pk: row for row in rows_of(visible_to(by).filter(pk__in=[debt.pk, *depths]))}
    middle = rows.pop(debt.pk, None)
    if middle is None or not rows:
        return None
    waits: dict[int, list[int]] = {}
    pairs = Wait.objects.filter(obligation__in=[debt.pk, *rows], waits_for__in=[debt.pk, *rows])
    for waiting, awaited in pairs.order_by("id").values_list("obligation", "waits_for"):
        waits.setdefault(waiting, []).append(awaited)
    calendar = calendar_of_party(debt.body.party_id)
    links = [
        Link(row, depths[pk], _slack(middle, row, depths[pk], calendar), tuple(waits.get(pk, ())), pk in held)
        for pk, row in rows.items()
    ]
    links.sort(key=lambda link: (link.depth, link.row.due_day or date.max, link.row.pk))
    return Chain(
        middle=middle,
        before=tuple(link for link in links if link.depth < 0),
        after=tuple(link for link in links if link.depth > 0),
        waits_for=tuple(waits.get(debt.pk, ())),
        late_by=_late(middle, calendar),
        calendar=calendar,
    )


def chained(bodies: Collection[int], today: date, seen: QuerySet[Obligation]) -> QuerySet[Wait]:
    """Waits of running debts of these bodies without slack: what they wait for, of what may be `seen`, is late itself,
    or due no earlier than they are."""
    late = Q(waits_for__due_day__lt=today, waits_for__state=State.OPEN, waits_for__asleep=False)
    return Wait.objects.filter(
        WITHOUT_SLACK | late,
        Exists(seen.filter(pk=OuterRef("waits_for"))),
        obligation__body__in=bodies,
        obligation__state__in=NOT_ENDED,
        obligation__due_day__gte=today,
    )


def would_wait_for_itself(debt: Obligation, waits_for: Obligation) -> bool:
    """Whether `waits_for` waits for the debt already, near or far."""
    return debt.pk == waits_for.pk or any(
        pk == debt.pk for pk, *_ in _reached(waits_for.pk, "waits_for_id", "obligation_id", most=10_000, deepest=1_000)
    )


def _reached(
    start: int, to: str, from_: str, *, most: int = MOST, deepest: int = DEEPEST
) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        running = ", ".join(["%s"] * len(NOT_ENDED))
        cursor.execute(_REACHED.format(to=to, from_=from_, running=running), [start, *NOT_ENDED, deepest, most])
        found: list[tuple[int, int, int]] = cursor.fetchall()
    return found


def _slack(middle: RegisterRow, row: RegisterRow, depth: int, calendar: Calendar) -> int | None:
    first, then = (row, middle) if depth < 0 else (middle, row)
    if first.due_day is None or then.due_day is None:
        return None
    return calendar.working_days_between(first.due_day, then.due_day)


def _late(row: RegisterRow, calendar: Calendar) -> int:
    if row.due_day is None or not row.is_overdue:
        return 0
    return calendar.working_days_between(row.due_day, clock.today())
