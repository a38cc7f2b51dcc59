"""Which debts of a body its next meeting should look at first: what is wrong with each, in points that add up. The
only notion of "worst": the governor's sheet and the evaluation of a period go by it too.

Every debt that qualifies is weighed, never a sample of them, so that the worst ones are the worst. A fixed number of
queries, however many there are; `weigh` is pure. The table of points stands in docs/follow-up.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from heapq import heapify, heappop
from typing import Any, NamedTuple

from django.db.models import Case, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.obligations.chains import WITHOUT_SLACK
from dabir.obligations.models import (
    NOT_ENDED,
    Asks,
    DueKind,
    Extension,
    ExtensionState,
    Milestone,
    Obligation,
    Obstacle,
    State,
    Wait,
)
from dabir.obligations.queries import DEBTS, followed_by
from dabir.obligations.reporting.periods import awaiting_report
from dabir.persian import clock
from dabir.reading.dates import awaits

SOON = timedelta(days=14)
"""Ahead of a deadline; that is about when the next session meets."""
BEHIND = 10
"""Percent of the whole by which a debt must lag its plan to count as behind."""
UNFOUNDED = 20
"""Percent by which more was reported than found."""
EVENT_WAITED = timedelta(days=30)


class Why(StrEnum):
    """What speaks for a debt on the agenda, what weighs most first; below `PROPOSED` what only adds to another."""

    OVERDUE = "overdue"
    UNSETTLED = "unsettled"
    OBSTACLE = "obstacle"
    BODY_EXTENDS = "body_extends"
    UNDATED = "undated"
    SOON = "soon"
    CHAIN = "chain"
    BEHIND = "behind"
    EVENT = "event"
    RECURRING = "recurring"
    RHYTHM = "rhythm"
    ASKED = "asked"
    PROPOSED = "proposed"
    LADDER = "ladder"
    EXTENDED = "extended"
    BREAKS = "breaks"
    SILENT = "silent"
    UNFOUNDED = "unfounded"


ADDS = frozenset({Why.LADDER, Why.EXTENDED, Why.BREAKS, Why.SILENT, Why.UNFOUNDED})
"""What puts no debt on the agenda by itself."""


class Facts(NamedTuple):
    """What is weighed of a debt."""

    pk: int
    body: int
    parent: int | None
    recurs_from: int | None
    code: str
    state: str
    due_kind: str
    due_day: date | None
    extensions: int
    verified: int | None
    reported: int | None
    instances: int
    clock_day: date | None
    trigger: str
    told_long_ago: bool
    """At least `EVENT_WAITED` before."""
    decided: date | None
    """Asked for where it has no lead."""
    silent: bool
    planned: int | None
    """How many percent it should have by now, where it is open and has a plan."""

    @property
    def done(self) -> int:
        """What was found, else what was said."""
        return self.verified if self.verified is not None else self.reported or 0

    @property
    def kin(self) -> int:
        """The same for the members of a group, and for the instances of a recurring duty."""
        return self.parent or self.recurs_from or self.pk


@dataclass(frozen=True, slots=True)
class Beside:
    """What other tables say of the debts of a body, by the debts' keys."""

    asked: frozenset[int]
    obstacles: frozenset[int]
    chained: frozenset[int]
    waiting: Mapping[int, int]
    """How many running debts wait for each; for a group's members, see `held_up`."""
    climbed: frozenset[int] = frozenset()
    """Those that the body's ladder has brought to its session."""

    def held_up(self, facts: Facts) -> int:
        """How many running debts wait for it, or for the whole of its group."""
        return self.waiting.get(facts.pk, 0) + self.waiting.get(facts.parent or 0, 0)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A debt with the points of each reason; `kin` counts its group's others that qualify too."""

    facts: Facts
    points: dict[Why, int]
    waiting: int
    """How many running debts wait for it, or for its group."""
    kin: int

    @property
    def reasons(self) -> list[Why]:
        """What weighs most first."""
        return ranked(self.points)

    @property
    def score(self) -> int:
        return sum(self.points.values())


def ranked(points: Mapping[Why, int]) -> list[Why]:
    """The reasons by their points, the greatest first, then in the order of `Why`; what only adds comes last."""
    order = list(Why)
    return sorted(points, key=lambda why: (why in ADDS, -points[why], order.index(why)))


def worst_of(
    bodies: Iterable[Body],
    by: Acting,
    today: date,
    *,
    most: int,
    only: Q | None = None,
    climbed: frozenset[int] = frozenset(),
) -> list[Weighed]:
    """The debts of these bodies that weigh most, of those that the actor follows, and that `only` holds for; of each
    group one: by score, then by deadline, then by code. `climbed`: whom the ladder has brought there. Five queries.

    Other debts, of which the actor may not know or for which `only` does not hold, add nothing to the points."""
    by_secretary = {body.pk: body.extensions_by_secretary for body in bodies}
    seen = followed_by(by).filter(only) if only else followed_by(by)
    debts = seen.filter(DEBTS, body__in=by_secretary, asleep=False, state__in=NOT_ENDED)
    beside = replace(_beside(by_secretary, today, seen), climbed=climbed)
    found, alike = [], Counter[int]()
    for facts in _facts(debts, today):
        points = weigh(facts, beside, today=today, by_secretary=by_secretary[facts.body])
        if not points.keys() <= ADDS:
            found.append((-sum(points.values()), facts.due_day or date.max, facts.code, facts, points))
            alike[facts.kin] += 1
    heapify(found)  # codes differ, so that nothing behind them is compared
    worst: dict[int, Weighed] = {}
    while found and len(worst) < most:
        *_key, facts, points = heappop(found)
        if facts.kin not in worst:
            worst[facts.kin] = Weighed(facts, points, beside.held_up(facts), alike[facts.kin] - 1)
    return list(worst.values())


def weigh(facts: Facts, beside: Beside, *, today: date, by_secretary: int) -> dict[Why, int]:
    """The points of each reason that holds for a debt; `by_secretary` is how many times its secretary may extend it."""
    points: dict[Why, int] = {}
    if facts.state == State.UNSETTLED:
        points[Why.UNSETTLED] = 30 + min(max((today - (facts.decided or today)).days, 0) // 5, 15)
    elif facts.state == State.PROPOSED:
        points[Why.PROPOSED] = 12
    else:
        _time(points, facts, beside, today)
        if facts.pk in beside.asked and facts.extensions >= by_secretary:
            points[Why.BODY_EXTENDS] = 26
        elif facts.pk in beside.asked:
            points[Why.ASKED] = 8
        _more(points, facts, beside)
    if facts.pk in beside.obstacles:
        points[Why.OBSTACLE] = 28
    if facts.extensions:
        points[Why.EXTENDED] = min(3 * facts.extensions, 9)
    return points


def chained(bodies: Collection[int], today: date, seen: QuerySet[Obligation]) -> QuerySet[Wait]:
    """Debts without slack: what they wait for, of what may be `seen`, is late itself, or due no earlier than they
    are."""
    late = Q(waits_for__due_day__lt=today, waits_for__state=State.OPEN, waits_for__asleep=False)
    return Wait.objects.filter(
        WITHOUT_SLACK | late,
        Exists(seen.filter(pk=OuterRef("waits_for"))),
        obligation__body__in=bodies,
        obligation__state__in=NOT_ENDED,
        obligation__due_day__gte=today,
    )


def _more(points: dict[Why, int], facts: Facts, beside: Beside) -> None:
    """What makes an open debt worse that is on the agenda anyway."""
    if facts.pk in beside.climbed:
        points[Why.LADDER] = 10
    if waiting := beside.held_up(facts):
        points[Why.BREAKS] = min(4 * waiting, 12)
    if facts.silent:
        points[Why.SILENT] = 5
    if facts.verified is not None and (facts.reported or 0) - facts.verified >= UNFOUNDED:
        points[Why.UNFOUNDED] = 6


def _time(points: dict[Why, int], facts: Facts, beside: Beside, today: date) -> None:
    """What the calendar, the plan and the chain say of an open debt."""
    planned, late = facts.planned, (today - facts.due_day).days if facts.due_day else None
    behind = (planned or 0) - facts.done
    if behind >= BEHIND:
        points[Why.BEHIND] = behind // 5
    if late is not None and late > 0:
        points[Why.OVERDUE] = 30 + min(late // 5, 30)
    elif late is not None and -late <= SOON.days:
        if facts.recurs_from:  # seed ج/۷
            points[Why.RECURRING] = 10
        elif behind >= BEHIND or (planned is None and facts.reported is None and facts.verified is None):
            points[Why.SOON] = 20
    if facts.pk in beside.chained:
        points[Why.CHAIN] = 18
    _undated(points, facts)


def _undated(points: dict[Why, int], facts: Facts) -> None:
    """What is missing where an open debt has no day."""
    if facts.due_kind == DueKind.TRIGGER and facts.clock_day:
        points[Why.UNDATED] = 22
    elif facts.due_kind == DueKind.TRIGGER and _waits(facts):  # seed ج/۵
        points[Why.EVENT] = 10
    elif facts.due_kind == DueKind.RECURRENCE and not facts.instances:
        points[Why.RHYTHM] = 8


def _waits(facts: Facts) -> bool:
    """Whether its event is a person's to record, and it was told long enough ago to be asked for."""
    return bool(facts.trigger) and facts.told_long_ago and awaits(facts.trigger) is None


def _facts(debts: QuerySet[Obligation], today: date) -> Iterable[Facts]:
    since = datetime.combine(today - EVENT_WAITED + timedelta(days=1), time(), clock.TEHRAN)
    told_before = Q(communicated_at__lt=since) | Q(communicated_at=None, on_paper=True, released_at__lt=since)
    plan = Milestone.objects.filter(obligation=OuterRef("pk")).order_by().values("obligation")
    by_now = plan.annotate(by_now=Max(Case(When(day__lte=today, then="percent"), default=0))).values("by_now")
    found = debts.order_by().values_list(
        "pk",
        "body",
        "parent",
        "recurs_from",
        "code",
        "state",
        "due_kind",
        "due_day",
        "extensions",
        "verified_percent",
        "reported_percent",
        "instances_made",
        "clock_day",
        "trigger",
        _holds(Q(due_kind=DueKind.TRIGGER) & told_before),
        Case(When(state=State.UNSETTLED, then=Coalesce("meeting__date", "order__date"))),
        _holds(awaiting_report(today)),
        Case(When(state=State.OPEN, then=Subquery(by_now))),
    )
    return map(Facts._make, found)


def _holds(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _beside(bodies: Collection[int], today: date, seen: QuerySet[Obligation]) -> Beside:
    waiting = Wait.objects.filter(
        Exists(seen.filter(pk=OuterRef("obligation"))),
        waits_for__body__in=bodies,
        obligation__state__in=NOT_ENDED,
        obligation__asleep=False,
    )
    return Beside(
        asked=frozenset(_asked(bodies).values_list("obligation", flat=True)),
        obstacles=frozenset(_obstacles(bodies).values_list("obligation", flat=True)),
        chained=frozenset(chained(bodies, today, seen).values_list("obligation", flat=True)),
        waiting=Counter(waiting.values_list("waits_for", flat=True)),
    )


def _asked(bodies: Collection[int]) -> QuerySet[Extension]:
    return Extension.objects.filter(state=ExtensionState.ASKED, **_run_in(bodies)).order_by()


def _obstacles(bodies: Collection[int]) -> QuerySet[Obstacle]:
    """What stands in the way and asks for a decision of the next meeting."""
    return Obstacle.objects.filter(asks=Asks.DECISION, ended_at=None, **_run_in(bodies)).order_by()


def _run_in(bodies: Collection[int]) -> dict[str, Any]:
    """That it is about a running debt of these bodies, of which there are few: what has ended is not looked through."""
    return {"obligation__body__in": bodies, "obligation__state__in": NOT_ENDED}
