"""Chains of debts that wait for each other: the slack between their deadlines, and what a delay breaks.

A debt cannot be met before those that it waits for are. So a debt that is late until a day makes every debt after it,
near or far, late that is due before that day; what lies between need not have a deadline. Slack is counted in working
days of the body's province. A group is met with the last of its members: its day in a chain is the latest of theirs,
and it has none as long as one of them has none; what its row says is what was decided first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, DateField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from dabir.directory.calendar import calendar_of_party
from dabir.foundation.acting import Acting
from dabir.foundation.prepared import Keys
from dabir.obligations.models import NO_DAY, NOT_ENDED, Obligation, State, Wait
from dabir.obligations.queries import RegisterRow, rows_of, visible_to
from dabir.persian import clock
from dabir.persian.calendar import Calendar

MOST = 60
"""Debts of a chain that are shown; the nearest ones."""
_REACHED = """
WITH RECURSIVE reached(id, depth, held) AS (
    SELECT {to}, 1, 1 FROM obligations_wait WHERE {from_} IN ({starts})
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
    it and the debt in the middle still runs, so that the one holds the other up. `own`: one of the two waits for the
    other itself, not past others nor with its group."""

    row: RegisterRow
    depth: int
    slack: int | None
    waits_for: tuple[int, ...] = ()
    held: bool = True
    own: bool = False

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
    """The chain of a debt, or None where it waits for nothing and nothing for it, as far as the actor may see. What
    its group waits for, and what waits for its group, is before and after a member too. A fixed number of queries,
    however long it is, and one more where a group is in it."""
    ends = [debt.pk, debt.parent_id] if debt.parent_id else [debt.pk]
    before, after = _reached(ends, "waits_for_id", "obligation_id"), _reached(ends, "obligation_id", "waits_for_id")
    depths = {pk: -depth for pk, depth, _held in before} | {pk: depth for pk, depth, _held in after}
    held = {pk for pk, _depth, held in (*before, *after) if held}
    depths = {pk: depth for pk, depth in depths.items() if pk not in ends}
    if not depths:
        return None
    rows = {row.pk: row for row in by_members(rows_of(visible_to(by).filter(pk__in=[debt.pk, *depths])))}
    middle = rows.pop(debt.pk, None)
    if middle is None or not rows:
        return None
    found = Wait.objects.filter(obligation__in=[*ends, *rows], waits_for__in=[*ends, *rows])
    pairs = list(found.order_by("id").values_list("obligation", "waits_for"))
    waits: dict[int, list[int]] = {}
    for pair in pairs:
        waiting, awaited = (debt.pk if pk in ends else pk for pk in pair)
        if waiting != awaited and awaited not in waits.setdefault(waiting, []):
            waits[waiting].append(awaited)
    calendar = calendar_of_party(debt.body.party_id)
    links = [
        Link(
            row,
            depths[pk],
            _slack(middle, row, depths[pk], calendar),
            tuple(waits.get(pk, ())),
            pk in held,
            own=(debt.pk, pk) in pairs or (pk, debt.pk) in pairs,
        )
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


def by_members(rows: list[RegisterRow]) -> list[RegisterRow]:
    """These rows, each group's with the day of its running members; one query where there is a group."""
    groups = [row.pk for row in rows if row.group]
    if not groups:
        return rows
    running = Obligation.objects.filter(parent__in=groups, state__in=NOT_ENDED).order_by()
    last = dict(running.values_list("parent").annotate(Max("sort_day")))
    days = {pk: None if day == NO_DAY else day for pk, day in last.items()}
    return [replace(row, due_day=days.get(row.pk, row.due_day)) for row in rows]


class Tie(NamedTuple):
    """That a running debt which is due on `day` waits for a running one that is due on `until`, none of them asleep;
    `overdue`, of that one if it is open, is the day after which it is late: of a group the first of its members'.
    `NO_DAY` stands for none."""

    obligation: int
    waits_for: int
    day: date
    until: date
    overdue: date

    @property
    def without_slack(self) -> bool:
        """Due no later than what it waits for: neither day can be met after the other."""
        return self.day <= self.until < NO_DAY

    def leaves_no_time(self, today: date) -> bool:
        """Not late yet, but what it waits for is late itself, or leaves no slack."""
        return today <= self.day < NO_DAY and (self.overdue < today or self.without_slack)


def ties(seen: QuerySet[Obligation], keys: Keys | None = None) -> QuerySet[Wait, dict[str, Any]]:
    """The waits for what may be `seen`, with the fields of a `Tie`: of these debts, or of all, and of those that
    `past_undated` leads past."""
    awake = {f"{end}__{name}": value for end in ("obligation", "waits_for")
             for name, value in (("state__in", NOT_ENDED), ("asleep", False))}  # fmt: skip
    members = Obligation.objects.filter(parent=OuterRef("waits_for"), asleep=False).order_by().values("parent")
    last = members.filter(state__in=NOT_ENDED).annotate(last=Max("sort_day")).values("last")
    first = members.filter(state=State.OPEN).annotate(first=Min("sort_day")).values("first")
    own, none, group = F("waits_for__sort_day"), Value(NO_DAY), Q(waits_for__is_group=True)

    def day_of(*when: When, default: Combinable) -> Case:
        return Case(*when, default=default, output_field=DateField())

    latest, earliest = (Coalesce(Subquery(one), none, output_field=DateField()) for one in (last, first))
    of = Q(obligation__in=keys) | Q(obligation__sort_day=NO_DAY) | Q(obligation__is_group=True)
    rows: QuerySet[Wait, Any] = (
        Wait.objects.filter(Q() if keys is None else of, Exists(seen.filter(pk=OuterRef("waits_for"))), **awake)
        .order_by("id")
        .values(
            "obligation",
            "waits_for",
            day=F("obligation__sort_day"),
            until=day_of(When(group, then=latest), default=own),
            overdue=day_of(When(group, then=earliest), When(waits_for__state=State.OPEN, then=own), default=none),
        )
    )
    return rows


def past_undated(rows: Iterable[Mapping[str, Any]]) -> Iterator[Tie]:
    """These `ties`, and where what is awaited has no day, those with what that waits for in turn, and so on: a debt is
    held up past it."""
    found: dict[int, list[Tie]] = {}
    for row in rows:
        found.setdefault(row["obligation"], []).append(Tie(**row))
    for pk, own in found.items():
        reached, ahead = {pk}, own[::-1]
        while ahead:
            tie = ahead.pop()
            if tie.waits_for not in reached:
                reached.add(tie.waits_for)
                yield tie._replace(obligation=pk, day=own[0].day)
                if tie.until == NO_DAY:
                    ahead += found.get(tie.waits_for, [])[::-1]


def would_wait_for_itself(debt: Obligation, waits_for: Obligation) -> bool:
    """Whether `waits_for` waits for the debt already, near or far."""
    return debt.pk == waits_for.pk or any(
        pk == debt.pk
        for pk, *_ in _reached([waits_for.pk], "waits_for_id", "obligation_id", most=10_000, deepest=1_000)
    )


def _reached(
    ends: list[int], to: str, from_: str, *, most: int = MOST, deepest: int = DEEPEST
) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        starts, running = (", ".join(["%s"] * len(among)) for among in (ends, NOT_ENDED))
        sql = _REACHED.format(to=to, from_=from_, starts=starts, running=running)
        cursor.execute(sql, [*ends, *NOT_ENDED, deepest, most])
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
