"""Periods are parts of the Jalali year, and the plan for a day is that of the last point before it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from dabir.cycle.deciding import decide_by_resolution
from dabir.foundation import ledger
from dabir.foundation.errors import Invalid
from dabir.meetings.models import Resolution
from dabir.obligations import events
from dabir.obligations.deciding import Decided
from dabir.obligations.models import Act, Milestone, Obligation
from dabir.obligations.reporting import services
from dabir.obligations.reporting.periods import (
    Period,
    awaiting_report,
    offered,
    periods_due,
    periods_from,
    planned_on,
    straight_line,
)
from dabir.obligations.services import set_due
from dabir.persian import clock
from dabir.persian.jalali import format_day
from tests.personas import Personas
from tests.reported import day, owed, progress


def spoken(periods: Iterable[Period]) -> list[str]:
    return ["–".join(format_day(one, persian_digits=False)[5:] for one in pair) for pair in periods]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (3, ["04/10–06/31", "07/01–09/30", "10/01–12/29"]),
        (6, ["04/10–06/31", "07/01–12/29"]),
        (12, ["04/10–12/29"]),
    ],
)
def test_periods_end_with_parts_of_the_jalali_year(months: int, expected: list[str]) -> None:
    assert spoken(periods_from(day("1398/04/10"), day("1398/12/29"), months)) == expected


def test_the_plan_is_that_of_the_last_point_and_a_straight_line_reaches_the_whole() -> None:
    path = [Milestone(day=day("1398/06/31"), percent=30), Milestone(day=day("1398/09/30"), percent=80)]
    found = [planned_on(path, day(text)) for text in ("1398/06/30", "1398/06/31", "1398/09/29", "1399/01/01")]
    assert found == [0, 30, 30, 80]
    assert planned_on([], day("1398/06/31")) is None
    line = straight_line(day("1398/04/01"), day("1398/12/29"), 3)
    assert [(format_day(d, persian_digits=False)[5:], p) for d, p in line] == [
        ("06/31", 34),
        ("09/30", 67),
        ("12/29", 100),
    ]
    assert straight_line(day("1398/04/01"), day("1398/04/20"), 0) == [(day("1398/04/20"), 100)]
    assert straight_line(day("1398/04/01"), day("1398/04/01"), 3) == [(day("1398/04/01"), 100)]


def test_what_is_due_follows_from_what_was_reported_and_what_is_agreed(world: Personas) -> None:
    today = day("1398/07/20")
    debt = owed(world, told="1398/01/15")
    assert spoken(periods_due(debt, today)) == ["01/15–03/31", "04/01–06/31"]
    assert Obligation.objects.filter(awaiting_report(today)).get() == debt
    services.report(debt, progress(starts="1398/01/15", ends="1398/04/20"), by=world.officer)
    debt.refresh_from_db()
    assert spoken(periods_due(debt, today)) == ["04/21–06/31"]
    assert offered(debt, today) == (day("1398/04/21"), day("1398/06/31"))
    services.report(debt, progress(starts="1398/04/21"), by=world.officer)
    debt.refresh_from_db()
    assert not periods_due(debt, today) and not Obligation.objects.filter(awaiting_report(today)).exists()
    assert offered(debt, today) == (day("1398/07/01"), today)
    services.set_reporting(debt, by=world.secretary, months=0, demands_evidence=False)
    debt.refresh_from_db()
    assert not periods_due(debt, day("1399/07/20"))
    assert not Obligation.objects.filter(awaiting_report(day("1399/07/20"))).exists()


def test_no_report_is_due_of_the_time_before_a_debt_was_opened_again(
    world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    debt = owed(world, told="1398/01/15")
    decision = Resolution.objects.filter(meeting=debt.meeting)[0]
    monkeypatch.setenv("DABIR_TODAY", "1398/08/10")
    for act in (Act.CLOSE, Act.REOPEN):
        decide_by_resolution(Obligation.objects.get(pk=debt.pk), Decided(act), decision, by=world.secretary)
    debt.refresh_from_db()
    for today, due in (("1398/09/30", []), ("1398/10/01", ["08/10–09/30"])):
        assert spoken(periods_due(debt, day(today))) == due
        assert Obligation.objects.filter(awaiting_report(day(today))).exists() == bool(due)


def test_no_report_is_due_of_what_waits_for_an_event(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor, once it has taken place, of the time before; whoever wants to report may all the while."""
    debt = owed(world, told="1398/01/15")
    with ledger.change("tests.waits", by=world.operator) as change:
        change.update(debt, due_kind="trigger", due_day=None, due_text="پس از تأیید نهایی", trigger="تأیید نهایی")
    today = day("1398/08/10")
    assert not periods_due(debt, today) and not Obligation.objects.filter(awaiting_report(today)).exists()
    services.report(debt, progress(starts="1398/01/15", ends="1398/03/31"), by=world.officer)
    monkeypatch.setenv("DABIR_TODAY", "1398/08/10")
    events.record_event(
        world.bodies["hq"], by=world.secretary, words="تأیید نهایی", day=today, debts=[debt], told_by="نامه ۱۲"
    )
    for deadline in (None, day("1399/06/01")):
        debt = Obligation.objects.get(pk=debt.pk)
        if deadline:
            set_due(debt, by=world.secretary, day=deadline)
        for now, due in (("1398/09/30", []), ("1398/10/01", ["08/10–09/30"])):
            assert spoken(periods_due(debt, day(now))) == due
            assert Obligation.objects.filter(awaiting_report(day(now))).exists() == bool(due)


def test_nobody_reports_again_on_what_is_proposed_for_closing(world: Personas) -> None:
    today, debt = day("1398/10/20"), owed(world, told="1398/07/01")
    assert periods_due(debt, today) and Obligation.objects.filter(awaiting_report(today)).get() == debt
    with ledger.change("tests.propose", by=world.operator) as change:
        debt.propose()
        debt.proposed_at = clock.now()
        change.touch(debt, "state", "proposed_at")
    assert not periods_due(debt, today) and not Obligation.objects.filter(awaiting_report(today)).exists()


def test_a_planned_path_is_whole_or_none_and_a_report_keeps_its_own(world: Personas) -> None:
    debt = owed(world)
    for path, field in (
        ([(day("1398/06/31"), 50), (day("1398/06/31"), 60)], "day-2"),
        ([(day("1398/06/31"), 50), (day("1398/09/30"), 40)], "percent-2"),
        ([(day("1398/06/31"), 101)], "percent-1"),
    ):
        with pytest.raises(Invalid) as refused:
            services.plan_path(debt, path, by=world.secretary)
        assert refused.value.field == field and not debt.milestones.exists()
    assert debt.parent
    services.plan_path(debt.parent, [(day("1398/06/30"), 55), (day("1398/09/30"), 100)], by=world.secretary)
    report = services.report(debt, progress(), by=world.officer)
    assert report.planned_percent == 55
    services.plan_path(debt, [(day("1398/06/30"), 20)], by=world.secretary)
    report.refresh_from_db()
    assert report.planned_percent == 55 and [m.percent for m in debt.milestones.all()] == [20]
