"""Which debts of a body its next meeting should look at first: what is wrong with each, in points that add up. The
only notion of "worst": the governor's sheet and the evaluation of a period go by it too.

`weigh` is pure; which debts weigh most `heaviest` finds. The table of points stands in docs/follow-up.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from dabir.obligations.models import DueKind, State
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
_PLACES = {why: place for place, why in enumerate(Why)}
MOST: Mapping[Why, int] = {
    Why.OVERDUE: 60,
    Why.UNSETTLED: 45,
    Why.OBSTACLE: 28,
    Why.BODY_EXTENDS: 26,
    Why.UNDATED: 22,
    Why.SOON: 20,
    Why.CHAIN: 18,
    Why.BEHIND: 20,
    Why.EVENT: 10,
    Why.RECURRING: 10,
    Why.RHYTHM: 8,
    Why.ASKED: 8,
    Why.PROPOSED: 12,
    Why.LADDER: 10,
    Why.EXTENDED: 9,
    Why.BREAKS: 12,
    Why.SILENT: 5,
    Why.UNFOUNDED: 6,
}
"""The points of each reason, at most; where they grow with something, `overdue`, `behind` and their like say how."""


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
    instances_made: int
    clock_day: date | None
    trigger: str
    told_long_ago: bool
    """At least `EVENT_WAITED` before."""
    decided: date | None
    """Asked for where it has no lead."""
    silent: bool
    planned: int | None
    """How many percent it should have by now, where it has a plan."""
    asked: bool
    """More time is asked for."""
    obstacle: bool
    """One stands in its way that asks for a decision of the next meeting."""
    held_by: int | None
    """What leaves it no time, of that which it waits for (`chains.Tie`): what is due first."""
    waiting: int
    """How many running debts wait for it, or for the whole of its group."""
    climbed: bool
    """The body's ladder has brought it to its session."""

    @property
    def done(self) -> int:
        """What was found, else what was said."""
        return self.verified if self.verified is not None else self.reported or 0

    @property
    def kin(self) -> int:
        """The same for the members of a group, and for the instances of a recurring duty."""
        return self.parent or self.recurs_from or self.pk


@dataclass(frozen=True, slots=True)
class Weighed:
    """A debt with the points of each reason; `kin` are its group's others that qualify too, the worst first."""

    facts: Facts
    points: dict[Why, int]
    kin: tuple[Weighed, ...] = ()

    @property
    def reasons(self) -> list[Why]:
        """What weighs most first."""
        return ranked(self.points)

    @property
    def score(self) -> int:
        return sum(self.points.values())


def ranked(points: Mapping[Why, int]) -> list[Why]:
    """The reasons by their points, the greatest first, then in the order of `Why`; what only adds comes last."""
    return sorted(points, key=lambda why: (why in ADDS, -points[why], _PLACES[why]))


def weigh(facts: Facts, *, today: date, by_secretary: int) -> dict[Why, int]:
    """The points of each reason that holds for a debt; `by_secretary` is how many times its secretary may extend it."""
    points: dict[Why, int] = {}
    if facts.state == State.UNSETTLED:
        points[Why.UNSETTLED] = unsettled((today - (facts.decided or today)).days)
    elif facts.state == State.PROPOSED:
        points[Why.PROPOSED] = MOST[Why.PROPOSED]
    else:
        _time(points, facts, today)
        if facts.asked:
            why = Why.BODY_EXTENDS if facts.extensions >= by_secretary else Why.ASKED
            points[why] = MOST[why]
        _more(points, facts)
    if facts.obstacle:
        points[Why.OBSTACLE] = MOST[Why.OBSTACLE]
    if facts.extensions:
        points[Why.EXTENDED] = extended(facts.extensions)
    return points


def overdue(days: int) -> int:
    """So many days after the deadline, from 1 on."""
    return min(30 + days // 5, MOST[Why.OVERDUE])


def unsettled(days: int) -> int:
    """So many days after it was decided."""
    return min(30 + max(days, 0) // 5, MOST[Why.UNSETTLED])


def behind(percent: int) -> int:
    """So much less done than planned."""
    return percent // 5


def extended(times: int) -> int:
    return min(3 * times, MOST[Why.EXTENDED])


def _more(points: dict[Why, int], facts: Facts) -> None:
    """What makes an open debt worse that is on the agenda anyway."""
    if facts.climbed:
        points[Why.LADDER] = MOST[Why.LADDER]
    if facts.waiting:
        points[Why.BREAKS] = min(4 * facts.waiting, MOST[Why.BREAKS])
    if facts.silent:
        points[Why.SILENT] = MOST[Why.SILENT]
    if facts.verified is not None and (facts.reported or 0) - facts.verified >= UNFOUNDED:
        points[Why.UNFOUNDED] = MOST[Why.UNFOUNDED]


def _time(points: dict[Why, int], facts: Facts, today: date) -> None:
    """What the calendar, the plan and the chain say of an open debt."""
    planned, late = facts.planned, (today - facts.due_day).days if facts.due_day else None
    lag = (planned or 0) - facts.done
    if lag >= BEHIND:
        points[Why.BEHIND] = behind(lag)
    if late is not None and late > 0:
        points[Why.OVERDUE] = overdue(late)
    elif late is not None and -late <= SOON.days:
        if facts.recurs_from:  # seed ج/۷
            points[Why.RECURRING] = MOST[Why.RECURRING]
        elif lag >= BEHIND or (planned is None and facts.reported is None and facts.verified is None):
            points[Why.SOON] = MOST[Why.SOON]
    if facts.held_by:
        points[Why.CHAIN] = MOST[Why.CHAIN]
    if why := _undated(facts):
        points[why] = MOST[why]


def _undated(facts: Facts) -> Why | None:
    """What is missing where an open debt has no day."""
    if facts.due_kind == DueKind.TRIGGER and facts.clock_day:
        return Why.UNDATED
    if facts.due_kind == DueKind.TRIGGER and _waits(facts):  # seed ج/۵
        return Why.EVENT
    if facts.due_kind == DueKind.RECURRENCE and not (facts.instances_made or facts.recurs_from):
        return Why.RHYTHM
    return None


def _waits(facts: Facts) -> bool:
    """Whether its event is a person's to record, and it was told long enough ago to be asked for."""
    return bool(facts.trigger) and facts.told_long_ago and awaits(facts.trigger) is None
