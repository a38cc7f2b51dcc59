"""Standing rules bind and are never late (seed ج/۶); what a meeting took note of makes no debt (seed ج/۱)."""

from __future__ import annotations

from datetime import date

import pytest

from dabir.foundation import ledger
from dabir.foundation.errors import Invalid
from dabir.obligations import services
from dabir.obligations.counting import pressed_by_day
from dabir.obligations.models import DueKind, Obligation
from dabir.obligations.queries import Filters, standings, visible_to
from dabir.obligations.reporting.periods import awaiting_report, periods_due
from dabir.obligations.standing import standing_rules
from dabir.persian import clock
from dabir.reading import minutes as paper
from tests import builders
from tests.personas import Personas

LATER = date(2021, 3, 1)


@pytest.fixture
def rule(world: Personas) -> Obligation:
    """What the rule asks of agriculture, communicated; the paper names a day, and one for what it only informs of."""
    read = builders.minutes(world)
    for number, kind in ((0, paper.ResolutionKind.INFORMATION), (5, paper.ResolutionKind.STANDING_RULE)):
        assert read.resolutions[number].kind == kind
        asked = paper.Obligation("در چارچوب سند عمل کند", (1, 1), builders.picked(world, "agriculture"))
        asked.due, asked.id = builders.due("1398/07/18"), f"more{number}"
        read.resolutions[number].obligations = [asked]
    builders.meeting(world, read)
    debt = Obligation.objects.get(resolution__number="۶")
    services.release([debt], by=world.secretary)
    with ledger.change("tests.told", by=world.operator, on=debt) as change:
        change.update(Obligation.objects.get(pk=debt.pk), communicated_at=clock.now())
    return Obligation.objects.get(pk=debt.pk)


def test_a_standing_rule_is_never_late_and_information_makes_no_debt(world: Personas, rule: Obligation) -> None:
    assert (rule.due_kind, rule.due_day, rule.report_months) == (DueKind.ALWAYS, None, 0)
    assert not Obligation.objects.filter(resolution__number="۱").exists()
    here = Obligation.objects.filter(pk=rule.pk)
    standing = {name for name, condition in standings(LATER).items() if here.filter(condition).exists()}
    assert standing == {"running", "unacknowledged"}
    assert set(pressed_by_day(world.officer, Filters())) == set()
    assert not here.filter(awaiting_report(LATER)).exists() and periods_due(rule, LATER) == []
    with pytest.raises(Invalid):
        services.set_due(rule, by=world.secretary, day=LATER)


def test_a_rule_is_shown_where_it_binds_to_those_who_may_read_it(world: Personas, rule: Obligation) -> None:
    hq = world.bodies["hq"]
    assert [found.number for found in standing_rules(world.secretary, hq)] == ["۶"]
    assert [found.number for found in standing_rules(world.officer, hq)] == ["۶"]  # owes it
    assert not standing_rules(world.outsider, hq).exists()
    assert not standing_rules(world.secretary, world.bodies["committee"]).exists()
    services.cancel(rule, by=world.secretary, reason="لغو قاعده")
    assert not standing_rules(world.secretary, hq).exists()
    assert visible_to(world.secretary).filter(pk=rule.pk).exists()
