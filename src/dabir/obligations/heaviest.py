"""The debts that weigh most, of all that are weighed: without weighing each.

The database puts them in the order of a bound that no weight exceeds, made of what it has at hand. The first ones are
weighed; once enough of them weigh more than the bound of the next one, no other can come before them. So these are the
worst exactly, as if each had been weighed. A few queries, however many debts there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Case, Exists, F, IntegerField, Max, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.foundation.prepared import AMONG, Keys, rows_of
from dabir.obligations.chains import Tie, past_undated, ties
from dabir.obligations.measures import asking_obstacles
from dabir.obligations.models import (
    NO_DAY,
    NOT_ENDED,
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
from dabir.obligations.weighing import (
    ADDS,
    EVENT_WAITED,
    MOST,
    SOON,
    UNFOUNDED,
    Facts,
    Weighed,
    Why,
    extended,
    overdue,
    weigh,
)
from dabir.persian import clock

M = TypeVar("M", bound=Model)
Reached = Callable[[], QuerySet[Any]]
"""What says that the ladder has brought the debt of the query around it to the session of its body."""
FIRST = (30, 300)
"""So many are weighed first, then so many; all of them where that is not enough."""
_STEP, _LATEST = 15, 150
"""The bound tells apart what is so many days late, until it weighs no more for that."""

_Found = list[tuple[tuple[int, date, str], Facts, dict[Why, int]]]


@dataclass(frozen=True, slots=True)
class _Those:
    """All that says which debts are weighed, and how."""

    by: Acting
    today: date
    bodies: tuple[int, ...]
    climbed: Reached
    only: Q | None

    def seen(self) -> QuerySet[Obligation]:
        """Debts of any body that count."""
        return followed_by(self.by).filter(self.only) if self.only else followed_by(self.by)

    def running(self) -> QuerySet[Obligation]:
        """Those that are weighed."""
        return self.seen().filter(DEBTS, body__in=self.bodies, asleep=False, state__in=NOT_ENDED)


def worst_of(
    bodies: Iterable[Body], by: Acting, today: date, *, most: int, climbed: Reached, only: Q | None = None
) -> list[Weighed]:
    """The debts of these bodies that weigh most, of those that the actor follows, and that `only` holds for; of each
    group one: by score, then by deadline, then by code.

    Other debts, of which the actor may not know or for which `only` does not hold, add nothing to the points."""
    by_secretary = {body.pk: body.extensions_by_secretary for body in bodies}
    those = _Those(by, today, tuple(sorted(by_secretary)), climbed, only)

    def weighed(keys: list[int] | None = None) -> _Found:
        """What qualifies of these, or of all, the worst first."""
        found: _Found = []
        for facts in _facts_of(those, keys):
            points = weigh(facts, today=today, by_secretary=by_secretary[facts.body])
            if not points.keys() <= ADDS:
                found.append(((-sum(points.values()), facts.due_day or NO_DAY, facts.code), facts, points))
        return sorted(found)  # codes differ, so that nothing behind them is compared

    for count in FIRST:
        leading = rows_of(_leading, those, count)
        keys = [row["pk"] for row in leading]
        found = weighed(keys)
        worst = _one_of_each(found, most)
        if len(leading) < count:
            break
        if len(worst) == most and worst[-1][0][:2] < (-leading[-1]["bound"], leading[-1]["sort_day"]):
            others = rows_of(_kin, those.bodies, AMONG, among=[facts.kin for _key, facts, _points in worst])
            found += weighed(list({row["pk"] for row in others}.difference(keys)))
            break
    else:
        found = weighed()
        worst = _one_of_each(found, most)
    alike: dict[int, list[Weighed]] = {}
    for _key, facts, points in sorted(found):
        alike.setdefault(facts.kin, []).append(Weighed(facts, points))
    return [Weighed(facts, points, tuple(alike[facts.kin][1:])) for _key, facts, points in worst]


def _one_of_each(found: _Found, most: int) -> _Found:
    """Of each group, and of each recurring duty, the first; so many of these."""
    first: dict[int, Any] = {}
    for one in found:
        first.setdefault(one[1].kin, one)
    return list(first.values())[:most]


def _leading(those: _Those, count: int) -> QuerySet[Obligation, dict[str, Any]]:
    """Those that could weigh most, with what no weight of theirs exceeds."""
    debts = those.running().annotate(bound=bound(those.today, those.climbed))
    rows: QuerySet[Obligation, Any] = debts.order_by("-bound", "sort_day", "id").values("pk", "sort_day", "bound")
    return rows[:count]


def bound(today: date, climbed: Reached) -> Combinable:
    """At least as much as `weigh` gives a debt, from little: each reason at its most wherever it could hold."""
    behind = (Value(100) - Coalesce("verified_percent", "reported_percent", 0, output_field=IntegerField())) / 5
    planned = Milestone.objects.filter(obligation=OuterRef("pk"), day__lte=today).order_by()
    waits, awaited = (Wait.objects.order_by().values(end) for end in ("obligation", "waits_for"))
    open_ = (
        _lateness(today)
        + Case(When(_has(planned), then=behind), default=0)
        + Case(
            _could(Why.UNDATED, Q(due_kind=DueKind.TRIGGER)),
            _could(Why.RHYTHM, Q(due_kind=DueKind.RECURRENCE)),
            default=0,
        )
        + _at_most(Why.CHAIN, Q(due_day__gte=today, pk__in=waits))
        + _at_most(Why.BODY_EXTENDS, Q(pk__in=_asked()))
        + _at_most(Why.LADDER, _has(climbed().order_by()))
        + _at_most(Why.BREAKS, Q(pk__in=awaited) | Q(parent__in=awaited))
        + _at_most(Why.SILENT, awaiting_report(today))
        + _at_most(Why.UNFOUNDED, Q(verified_percent__lte=F("reported_percent") - UNFOUNDED))
    )
    of_state = (_could(Why.UNSETTLED, Q(state=State.UNSETTLED)), _could(Why.PROPOSED, Q(state=State.PROPOSED)))
    return (
        Case(*of_state, default=open_)
        + _at_most(Why.OBSTACLE, Q(pk__in=_obstacles()))
        + Case(*(When(extensions=times, then=extended(times)) for times in range(3)), default=MOST[Why.EXTENDED])
    )


def _lateness(today: date) -> Case:
    """What its deadline adds to an open debt, at most."""
    over = [(days, overdue(days + _STEP)) for days in range(_LATEST - _STEP, -1, -_STEP)]
    late = [(_LATEST, MOST[Why.OVERDUE]), *over]
    return Case(
        *(When(due_day__lt=today - timedelta(days), then=points) for days, points in late),
        _could(Why.SOON, Q(due_day__range=(today, today + SOON))),
        default=0,
    )


def _has(rows: QuerySet[Any, Any]) -> IsNull:
    """As `Exists`, but looked for debt by debt: for it PostgreSQL reads a table of the whole record at once."""
    return IsNull(Subquery(rows.values("obligation")[:1]), False)


def _at_most(why: Why, holds: Q | IsNull) -> Case:
    return Case(_could(why, holds), default=0)


def _could(why: Why, holds: Q | IsNull) -> When:
    return When(holds, then=MOST[why])


def _facts_of(those: _Those, keys: list[int] | None) -> Iterator[Facts]:
    """What is weighed of each of these debts, or of all; three queries, lighter than one for all of it."""

    def asked(make: Callable[..., QuerySet[Any, Any]], among: Keys) -> list[dict[str, Any]]:
        return rows_of(make, those) if keys is None else rows_of(make, those, AMONG, among=among)

    rows = asked(_facts, keys or ())
    holding: dict[int, Tie] = {}
    for tie in past_undated(asked(_ties, keys or ())):
        if tie.leaves_no_time(those.today):
            first = holding.setdefault(tie.obligation, tie)
            holding[tie.obligation] = min(first, tie, key=lambda one: one.until)
    ends = {end for row in rows for end in (row["pk"], row["parent"]) if end}
    waiting = Counter(row["waits_for"] for row in asked(_waiting, list(ends)))
    for row in rows:
        pk, group = row["pk"], row["parent"]
        held_by = holding[pk].waits_for if pk in holding else None
        yield Facts(**row, held_by=held_by, waiting=waiting[pk] + (waiting[group] if group else 0))


def _facts(those: _Those, keys: Keys | None = None) -> QuerySet[Obligation, dict[str, Any]]:
    """What is weighed of each of them."""
    today = those.today
    since = datetime.combine(today - EVENT_WAITED + timedelta(days=1), time(), clock.TEHRAN)
    told_before = Q(communicated_at__lt=since) | Q(communicated_at=None, on_paper=True, released_at__lt=since)
    plan = Milestone.objects.filter(obligation=OuterRef("pk")).order_by().values("obligation")
    by_now = plan.annotate(by_now=Max(Case(When(day__lte=today, then="percent"), default=0))).values("by_now")
    told: dict[str, Combinable | Exists] = {
        "verified": F("verified_percent"),
        "reported": F("reported_percent"),
        "told_long_ago": _holds(Q(due_kind=DueKind.TRIGGER) & told_before),
        "decided": Case(When(state=State.UNSETTLED, then=Coalesce("meeting__date", "order__date"))),
        "silent": _holds(awaiting_report(today)),
        "planned": Subquery(by_now),
        "asked": _holds(Q(pk__in=_asked())),
        "obstacle": _holds(Q(pk__in=_obstacles())),
        "climbed": Exists(those.climbed()),
    }
    own = [name for name in Facts._fields if name not in (*told, "held_by", "waiting")]
    rows: QuerySet[Obligation, dict[str, Any]] = _of(those.running(), "pk", keys).order_by().values(*own, **told)
    return rows


def _kin(bodies: tuple[int, ...], keys: tuple[int, ...]) -> QuerySet[Obligation, Any]:
    """Those that run of the members of these groups, and of the instances of these recurring duties."""
    of = [Obligation.objects.filter(**{f"{way}__in": keys}).values("pk") for way in ("pk", "parent", "recurs_from")]
    return Obligation.objects.filter(body__in=bodies, state__in=NOT_ENDED, pk__in=of[0].union(*of[1:])).values("pk")


def _holds(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _asked() -> QuerySet[Extension, Any]:
    """For which debts more time is asked."""
    return Extension.objects.filter(state=ExtensionState.ASKED).order_by().values("obligation")


def _obstacles() -> QuerySet[Obstacle, Any]:
    """In the way of which debts something stands and asks for a decision of the next meeting."""
    return asking_obstacles().order_by().values("obligation")


def _ties(those: _Those, keys: Keys | None = None) -> QuerySet[Wait, Any]:
    return ties(those.seen(), keys)


def _waiting(those: _Those, keys: Keys | None = None) -> QuerySet[Wait, Any]:
    """For each running debt that waits, what it waits for: debts, and groups."""
    waits = Wait.objects.filter(
        Exists(those.seen().filter(pk=OuterRef("obligation"))),
        waits_for__body__in=those.bodies,
        obligation__state__in=NOT_ENDED,
        obligation__asleep=False,
    )
    return _of(waits, "waits_for", keys).order_by().values("waits_for")


def _of(rows: QuerySet[M], name: str, keys: Keys | None) -> QuerySet[M]:
    return rows if keys is None else rows.filter(**{f"{name}__in": keys})
