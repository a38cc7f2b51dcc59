"""Debts that wait for each other: their slack in working days, and what a delay breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid
from dabir.obligations import extending, services, waiting
from dabir.obligations.chains import Chain, chain_of, past_undated, ties
from dabir.obligations.figures import broken_chains
from dabir.obligations.making import Due, Duty
from dabir.obligations.models import Obligation, OrderWay, Wait
from dabir.obligations.queries import visible_to
from tests.personas import Personas

SATURDAY, DAY = date(2019, 10, 12), timedelta(days=1)
Make = Callable[[list[date | None]], list[Obligation]]


@pytest.fixture
def line(world: Personas) -> Make:
    """Debts of roads, each waiting for the one before it."""

    def make(days: list[date | None]) -> list[Obligation]:
        duties = [
            Duty(f"کار {n}", world.parties["roads"], due=Due.on(day) if day else Due()) for n, day in enumerate(days)
        ]
        made = services.record_order(
            by=world.secretary,
            body=world.bodies["hq"],
            way=OrderWay.NOTE,
            day=date(2019, 10, 5),
            text="x",
            duties=duties,
        )
        for before, after in pairwise(made):
            waiting.add_wait(after, by=world.secretary, waits_for=before)
        return made

    return make


def chain(world: Personas, debt: Obligation) -> Chain:
    found = chain_of(debt, world.secretary)
    assert found
    return found


def held_up(world: Personas, today: date) -> list[int]:
    """What the agenda says is left no time."""
    found = past_undated(ties(visible_to(world.secretary)))
    return sorted({tie.obligation for tie in found if tie.leaves_no_time(today)})


def test_slack_is_counted_in_working_days_past_what_has_no_deadline(world: Personas, line: Make) -> None:
    first, _, third, fourth = line([SATURDAY, None, date(2019, 10, 20), date(2019, 10, 30)])
    found = chain(world, first)
    assert [(link.depth, link.slack) for link in found.after] == [(1, None), (2, 6), (3, 13)]  # without days off
    assert [link.row.action for link in found.breaks(6)] == []
    assert [link.row.action for link in found.breaks(7)] == ["کار 2"]
    assert [(days, link.row.pk) for days, link in found.steps] == [(7, third.pk), (14, fourth.pk)]
    middle = chain(world, third)
    assert [(link.depth, link.slack) for link in middle.before] == [(-2, 6), (-1, None)]
    assert middle.waits_for == (Wait.objects.get(obligation=third).waits_for_id,)


def test_a_deadline_before_that_of_what_it_waits_for_is_broken_already(world: Personas, line: Make) -> None:
    first, second = line([date(2019, 10, 20), SATURDAY])
    assert [(days, link.row.pk) for days, link in chain(world, first).steps] == [(0, second.pk)]
    services.cancel(second, by=world.secretary, reason="آزمون")
    assert chain(world, first).steps == []


def test_a_delay_breaks_nothing_past_a_debt_that_has_ended(world: Personas, line: Make) -> None:
    """What waited for that one alone is held up by it no longer; the chain still shows how they stood."""
    first, second, third = line([SATURDAY, SATURDAY + timedelta(days=3), SATURDAY + timedelta(days=5)])
    assert [link.row.pk for _days, link in chain(world, first).steps] == [second.pk, third.pk]
    services.cancel(second, by=world.secretary, reason="آزمون")
    found = chain(world, first)
    assert found.steps == [] and found.breaks(60) == []
    assert [link.row.pk for link in found.after] == [second.pk, third.pk]
    waiting.add_wait(third, by=world.secretary, waits_for=first)
    assert [link.row.pk for _days, link in chain(world, first).steps] == [third.pk]


def test_debts_cannot_wait_for_each_other_nor_twice(world: Personas, line: Make) -> None:
    first, second, third = line([SATURDAY, None, None])
    for debt, other in ((first, third), (first, first), (second, third)):
        with pytest.raises(Invalid, match="یکدیگر"):
            waiting.add_wait(debt, by=world.secretary, waits_for=other)
    with pytest.raises(Conflict):
        waiting.add_wait(second, by=world.secretary, waits_for=first)
    waiting.remove_wait(second, by=world.secretary, waits_for=first)
    assert chain_of(first, world.secretary) is None
    waiting.add_wait(first, by=world.secretary, waits_for=third)


def test_nothing_is_to_wait_for_a_debt_that_has_ended(world: Personas, line: Make) -> None:
    (ended,), (running,) = line([SATURDAY]), line([SATURDAY])
    services.cancel(ended, by=world.secretary, reason="آزمون")
    with pytest.raises(Invalid) as refused:
        waiting.add_wait(running, by=world.secretary, waits_for=ended)
    assert refused.value.field == "waits_for" and not Wait.objects.filter(obligation=running).exists()


def test_a_chain_shows_what_may_be_seen_and_asks_no_more_for_a_longer_one(world: Personas, line: Make) -> None:
    short, long = line([SATURDAY, None]), line([SATURDAY, *[None] * 20])
    assert chain_of(long[0], world.outsider) is None  # nothing is released
    counts = []
    for debts in (short, long):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(chain(world, debts[0]).after) == len(debts) - 1
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_figures_and_agenda_have_one_notion_of_a_debt_without_slack(world: Personas, line: Make) -> None:
    """Due on the same day leaves no time either; what sleeps, before or after, leaves all of it."""
    _, second = line([SATURDAY, SATURDAY])
    _, fourth = line([SATURDAY, SATURDAY + timedelta(days=1)])
    fifth, sixth = line([SATURDAY + timedelta(days=1), SATURDAY])

    def told() -> tuple[list[int], list[int]]:
        return sorted(one.row.pk for one in broken_chains(world.secretary)), held_up(world, SATURDAY - 3 * DAY)

    assert told() == ([second.pk, sixth.pk],) * 2 and fourth.pk not in told()[0]
    with ledger.change("tests.sleep", by=world.operator) as change:
        change.update(fifth, asleep=True)
    assert told() == ([second.pk],) * 2
    assert broken_chains(world.outsider) == ()


def test_what_is_late_leaves_no_time_past_what_has_no_deadline(world: Personas, line: Make) -> None:
    _late, undated, dated = line([SATURDAY, None, SATURDAY + 20 * DAY])
    assert held_up(world, SATURDAY) == [] and held_up(world, SATURDAY + DAY) == [dated.pk]
    services.set_due(undated, by=world.secretary, day=SATURDAY + 10 * DAY)
    assert held_up(world, SATURDAY + DAY) == [undated.pk]  # whose day holds until it passes
    first, _, _, then = line([SATURDAY + 20 * DAY, None, None, SATURDAY + 20 * DAY])
    assert held_up(world, SATURDAY) == [then.pk]
    assert [(one.row.pk, one.awaited.pk) for one in broken_chains(world.secretary)] == [(then.pk, first.pk)]


@pytest.fixture
def grouped(world: Personas) -> tuple[Obligation, list[Obligation], Obligation]:
    """A group, due on Saturday, with its members; and what waits for it, due seven days later."""
    group, after = services.record_order(
        by=world.secretary,
        body=world.bodies["hq"],
        way=OrderWay.NOTE,
        day=date(2019, 10, 5),
        text="x",
        duties=[
            Duty("نظر دهند", world.parties["members"], due=Due.on(SATURDAY)),
            Duty("جمع کند", world.parties["roads"], due=Due.on(SATURDAY + 7 * DAY)),
        ],
    )
    waiting.add_wait(after, by=world.secretary, waits_for=group)
    return group, list(group.children.order_by("pk")), after


def extend(world: Personas, debt: Obligation, to: date) -> None:
    asked = extending.ask_extension(
        debt, by=world.secretary, wanted=to, reason="برف", number="1", dated=date(2019, 10, 6)
    )
    extending.grant_extension(asked, by=world.secretary)


def test_a_group_is_met_with_the_last_of_its_members(
    world: Personas, grouped: tuple[Obligation, list[Obligation], Obligation]
) -> None:
    group, members, after = grouped
    (link,) = chain(world, after).before
    assert (link.row.due_day, link.slack) == (SATURDAY, 5)  # Friday, and a holiday
    extend(world, members[0], SATURDAY + 14 * DAY)
    (link,) = chain(world, after).before
    assert (link.row.pk, link.row.due_day) == (group.pk, SATURDAY + 14 * DAY)
    assert link.slack is not None and link.slack < 0
    assert chain(world, group).middle.due_day == SATURDAY + 14 * DAY
    assert held_up(world, SATURDAY) == [after.pk]
    (broken,) = broken_chains(world.secretary)
    assert (broken.row.pk, broken.awaited.pk, broken.awaited.due_day) == (after.pk, group.pk, SATURDAY + 14 * DAY)
    services.cancel(members[0], by=world.secretary, reason="آزمون")
    assert chain(world, after).before[0].slack == 5
    assert held_up(world, SATURDAY) == [] == list(broken_chains(world.secretary))
    assert held_up(world, SATURDAY + DAY) == [after.pk]  # the other one is late


def test_a_group_whose_members_all_have_longer_is_not_late(
    world: Personas, grouped: tuple[Obligation, list[Obligation], Obligation]
) -> None:
    _group, members, after = grouped
    for member in members:
        extend(world, member, SATURDAY + 3 * DAY)
    assert held_up(world, SATURDAY + DAY) == []
    assert held_up(world, SATURDAY + 4 * DAY) == [after.pk]


def test_of_a_group_with_a_member_without_a_day_no_slack_is_said(
    world: Personas, grouped: tuple[Obligation, list[Obligation], Obligation]
) -> None:
    _group, members, after = grouped
    with ledger.change("tests.undated", by=world.operator) as change:
        change.update(members[0], due_kind="none", due_day=None)
    (link,) = chain(world, after).before
    assert (link.row.due_day, link.slack) == (None, None) and held_up(world, SATURDAY) == []


def test_the_chain_of_a_member_is_that_of_its_group_too(
    world: Personas, grouped: tuple[Obligation, list[Obligation], Obligation], line: Make
) -> None:
    group, (member, other), after = grouped
    (first,) = line([SATURDAY])
    waiting.add_wait(group, by=world.secretary, waits_for=first)
    found = chain(world, member)
    assert [(link.row.pk, link.depth, link.own) for link in (*found.before, *found.after)] == [
        (first.pk, -1, False),
        (after.pk, 1, False),
    ]
    assert found.waits_for == (first.pk,) and found.after[0].waits_for == (member.pk,)
    assert [(days, link.row.pk) for days, link in found.steps] == [(6, after.pk)]
    extend(world, member, SATURDAY + 14 * DAY)
    assert [(days, link.row.pk) for days, link in chain(world, member).steps] == [(0, after.pk)]
    assert [(days, link.row.pk) for days, link in chain(world, other).steps] == [(6, after.pk)]
    waiting.add_wait(member, by=world.secretary, waits_for=line([None])[0])
    assert [link.own for link in chain(world, member).before] == [False, True]
