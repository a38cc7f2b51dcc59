"""The ladder against dates: what is due on which day, in working days, and what days off pass over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dabir.cycle import ladder
from dabir.cycle.ladder import OURS, Step, reached, restore_ladder, set_ladder, steps_of
from dabir.cycle.models import Rung
from dabir.foundation.errors import Invalid, Refused
from dabir.persian.calendar import Calendar
from tests.personas import Personas
from tests.reported import day

CALENDAR = Calendar()
DUE = day("1398/08/05")
"""A Sunday, with two holidays behind it."""


def test_steps_fall_on_working_days() -> None:
    calendar = Calendar(closures={day("1398/07/29"): True}, thursday_works=False)
    off = [d for d in (DUE - timedelta(days=n) for n in range(1, 14)) if not calendar.is_working(d)]
    before = Step(-7, Rung.NOTICE).day_of(DUE, calendar)
    assert calendar.working_days_between(before - timedelta(days=1), DUE - timedelta(days=1)) == 7
    assert calendar.is_working(before) and day("1398/07/29") in off
    assert Step(0, Rung.NOTICE).day_of(DUE, calendar) == DUE
    after = Step(3, Rung.REMINDER).day_of(DUE, calendar)
    assert calendar.is_working(after) and calendar.working_days_between(DUE, after) == 3
    assert Step(3, Rung.REMINDER, working=False).day_of(DUE, calendar) == DUE + timedelta(days=3)


@pytest.mark.parametrize("step", OURS)
def test_each_step_is_reached_on_its_day_and_not_on_the_day_before(step: Step) -> None:
    on = step.day_of(DUE, CALENDAR)
    assert step in reached(OURS, DUE, on, CALENDAR)
    assert step not in reached(OURS, DUE, on - timedelta(days=1), CALENDAR)


def test_after_days_off_the_highest_step_of_each_track_stands_alone() -> None:
    late = DUE + timedelta(days=90)
    found = reached(OURS, DUE, late, CALENDAR)
    assert [step.rung for step in found] == [Rung.NOTICE, Rung.DEPUTY, Rung.AGENDA]
    done = [(step.rung, step.days) for step in found]
    assert reached(OURS, DUE, late, CALENDAR, done) == []


def test_what_a_higher_step_has_passed_over_does_not_come_later() -> None:
    on = Step(10, Rung.WARNING).day_of(DUE, CALENDAR)
    assert [s.rung for s in reached(OURS, DUE, on, CALENDAR, [(Rung.NOTICE, 0)])] == [Rung.WARNING]
    assert reached(OURS, DUE, on, CALENDAR, [(Rung.NOTICE, 0), (Rung.WARNING, 10)]) == []
    assert reached(OURS, DUE, on, CALENDAR, [(Rung.NOTICE, 0), (Rung.DEPUTY, 20)]) == []


def test_body_has_steps_of_its_own_until_ours_are_restored(world: Personas) -> None:
    body = world.bodies["hq"]
    own = [Step(5, Rung.REMINDER, working=False), Step(-3, Rung.NOTICE)]
    set_ladder(body, own, by=world.secretary)
    assert steps_of(body) == tuple(sorted(own)) and ladder.has_own(body)
    assert steps_of(world.bodies["other"]) == OURS
    with pytest.raises(Refused):
        set_ladder(body, own, by=world.staff)
    restore_ladder(body, by=world.secretary)
    assert steps_of(body) == OURS and not ladder.has_own(body)


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Step(-91, Rung.NOTICE)],
        [Step(366, Rung.AGENDA)],
        [Step(0, Rung.REMINDER)],
        [Step(3, Rung.REMINDER), Step(3, Rung.REMINDER, working=False)],
        [Step(n, Rung.NOTICE) for n in range(-20, 0)],
    ],
)
def test_ladder_that_no_office_could_climb_is_refused(world: Personas, steps: list[Step]) -> None:
    with pytest.raises(Invalid):
        set_ladder(world.bodies["hq"], steps, by=world.secretary)
