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
from dabir.obligations import services, waiting
from dabir.obligations.chains import Chain, chain_of, chained
from dabir.obligations.figures import broken_chains
from dabir.obligations.making import Due, Duty
from dabir.obligations.models import Obligation, OrderWay, Wait
from dabir.obligations.queries import visible_to
from tests.personas import Personas

SATURDAY = date(2019, 10, 12)
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
    hq = world.bodies["hq"]

    def told() -> tuple[list[int], list[int]]:
        on_agenda = chained([hq.pk], SATURDAY - timedelta(days=3), visible_to(world.secretary)).order_by("obligation")
        return sorted(one.row.pk for one in broken_chains(world.secretary)), list(
            on_agenda.values_list("obligation", flat=True)
        )

    assert told() == ([second.pk, sixth.pk],) * 2 and fourth.pk not in told()[0]
    with ledger.change("tests.sleep", by=world.operator) as change:
        change.update(fifth, asleep=True)
    assert told() == ([second.pk],) * 2
    assert broken_chains(world.outsider) == ()
