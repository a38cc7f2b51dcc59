"""The ladder of an office: what is done about a debt so many days before, on and after its deadline.

notice on the desk → reminder → warning, a numbered letter → report to the deputy → agenda of the governor's session. A
body may have steps of its own (`LadderStep`); else those hold that come with Dabir. Days are those on which the body's
province works, unless a step says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dabir.cycle.models import Escalation, LadderStep, Rung
from dabir.directory.models import Body
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.persian.calendar import Calendar

EARLIEST, LATEST = -90, 365
MOST_STEPS = 12
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """What is done `days` after the deadline, below 0 before it; `working` days or those of the calendar."""

    days: int
    rung: Rung
    working: bool = True

    def day_of(self, due: date, calendar: Calendar) -> date:
        """On which day it is reached: a working one, where working days are counted, but for the deadline itself."""
        if not self.working or not self.days:
            return due + self.days * _DAY
        day, left, way = due, abs(self.days), _DAY if self.days > 0 else -_DAY
        while left:
            day += way
            left -= calendar.is_working(day)
        return day


OURS = (
    Step(-7, Rung.NOTICE),
    Step(0, Rung.NOTICE),
    Step(3, Rung.REMINDER),
    Step(10, Rung.WARNING),
    Step(20, Rung.DEPUTY),
    Step(30, Rung.AGENDA),
)
"""The ladder that comes with Dabir, in the words of the office."""

TRACKS: tuple[tuple[Rung, ...], ...] = ((Rung.NOTICE,), (Rung.REMINDER, Rung.WARNING, Rung.DEPUTY), (Rung.AGENDA,))
"""Rungs of which the highest that was reached makes the ones below it needless; those of another track stay."""
BY_LETTER = TRACKS[1]


def reached(
    steps: Iterable[Step], due: date, today: date, calendar: Calendar, done: Iterable[tuple[Rung, int]] = ()
) -> list[Step]:
    """What is to be done today about a deadline: of each track the highest step that was reached, unless that one, or a
    higher one, is `done` (rung and days). After days off, the lower ones are passed over: nobody gets five letters at
    once."""
    there = [step for step in sorted(steps) if step.day_of(due, calendar) <= today]
    found = []
    for track in TRACKS:
        highest = max((step for step in there if step.rung in track), default=None)
        last = max((days for rung, days in done if rung in track), default=EARLIEST - 1)
        if highest and highest.days > last:
            found.append(highest)
    return found


def steps_of(body: Body) -> tuple[Step, ...]:
    """The body's own steps, or ours."""
    return ladders_of([body.pk])[body.pk]


def has_own(body: Body) -> bool:
    return body.ladder.exists()


def ladders_of(bodies: Iterable[int]) -> dict[int, tuple[Step, ...]]:
    """Those of bodies, by their keys; one query."""
    keys = set(bodies)
    own: dict[int, list[Step]] = {}
    for row in LadderStep.objects.filter(body__in=keys):
        own.setdefault(row.body_id, []).append(Step(row.days, Rung(row.rung), row.working))
    return {key: tuple(sorted(own[key])) if key in own else OURS for key in keys}


def set_ladder(body: Body, steps: Sequence[Step], *, by: Acting) -> tuple[Step, ...]:
    """Give the body steps of its own in the place of those that it had; those that come with Dabir are its again where
    they are the same. What was done by the former ones stays done."""
    require(by, "cycle.set_ladder", body)
    wanted = tuple(sorted(set(steps)))
    if not wanted:
        raise Invalid(_("A ladder has at least one step."))
    if len(wanted) > MOST_STEPS:
        raise Invalid(_("At most %(count)s steps.") % {"count": MOST_STEPS})
    for step in wanted:
        if not EARLIEST <= step.days <= LATEST:
            raise Invalid(_("From %(first)s days before the deadline to a year after it.") % {"first": -EARLIEST})
        if step.rung != Rung.NOTICE and step.days <= 0:
            raise Invalid(_("Before the deadline and on it there are notices alone."))
    if len({(step.rung, step.days) for step in wanted}) < len(wanted):
        raise Invalid(_("The same step stands there twice."))
    _put(body, wanted if wanted != OURS else (), "cycle.set_ladder", by)
    return wanted


def restore_ladder(body: Body, *, by: Acting) -> None:
    """Let the ladder that comes with Dabir hold for the body again."""
    require(by, "cycle.restore_ladder", body)
    _put(body, (), "cycle.restore_ladder", by)


def _put(body: Body, steps: Iterable[Step], verb: str, by: Acting) -> None:
    with ledger.change(verb, by=by, on=body) as change:
        for row in LadderStep.objects.filter(body=body):
            change.delete(row)
        for proposed in Escalation.objects.filter(obligation__body=body, rung__in=BY_LETTER, letter=None):
            change.delete(proposed)
        change.create_many(LadderStep(body=body, rung=one.rung, days=one.days, working=one.working) for one in steps)
