"""A longer time for a debt: who asks, who decides, and what stays on record."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from dabir.directory import services as directory
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.obligations import extending, services
from dabir.obligations.columns import COLUMNS
from dabir.obligations.counting import counts
from dabir.obligations.extensions import extensions_visible_to
from dabir.obligations.making import Due, Duty
from dabir.obligations.models import Extension, Obligation, OrderWay
from dabir.obligations.queries import Filters, register_page
from dabir.persian import clock
from tests import builders
from tests.personas import Personas

DUE = date(2019, 10, 27)
LATER = DUE + timedelta(days=14)


@pytest.fixture
def debt(world: Personas) -> Obligation:
    """The consultants' debt, due on 1398/08/05 and released (seed ج/۳)."""
    builders.meeting(world)
    found = Obligation.objects.select_related("body").get(resolution__number="۳")
    services.release([found], by=world.secretary)
    found.refresh_from_db()
    return found


def test_the_debtor_asks_and_the_secretary_grants_another_day(world: Personas, debt: Obligation) -> None:
    asked = extending.ask_extension(debt, by=world.consultant, wanted=LATER, reason="بارش برف\x00")
    assert (asked.before, asked.asked_by, asked.reason) == (DUE, world.consultant.name, "بارش برف")
    with pytest.raises(Conflict):
        extending.ask_extension(debt, by=world.secretary, wanted=LATER, reason="نامه", number="۱", dated=DUE)
    extending.grant_extension(asked, by=world.secretary, day=DUE + timedelta(days=7), answer="یک هفته بس است")
    debt.refresh_from_db()
    assert (debt.due_day, debt.first_due_day, debt.extensions) == (DUE + timedelta(days=7), DUE, 1)
    with pytest.raises(Invalid, match="تصمیم گرفته شده"):
        extending.refuse_extension(asked, by=world.secretary, answer="نه")
    assert [e.granted for e in extensions_visible_to(world.consultant)] == [DUE + timedelta(days=7)]
    assert not extensions_visible_to(world.officer).exists()
    assert list(ledger.audit()) == []


def test_a_deadline_that_has_passed_gives_no_more_time(
    world: Personas, debt: Obligation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But on paper: a letter asked in time, and is entered late."""
    asked = extending.ask_extension(debt, by=world.consultant, wanted=LATER, reason="برف")
    monkeypatch.setenv("DABIR_TODAY", "1398/12/01")
    with pytest.raises(Invalid) as passed:
        extending.grant_extension(asked, by=world.secretary)
    assert passed.value.field == "day"
    extending.withdraw_extension(asked, by=world.consultant)
    with pytest.raises(Invalid) as passed:
        extending.ask_extension(debt, by=world.consultant, wanted=LATER, reason="برف")
    assert passed.value.field == "wanted"
    with pytest.raises(Invalid):
        extending.ask_extension(debt, by=world.secretary, wanted=LATER, reason="برف", number="۱", dated=LATER)
    letter = extending.ask_extension(debt, by=world.secretary, wanted=LATER, reason="برف", number="۱", dated=DUE)
    assert extending.grant_extension(letter, by=world.secretary).granted == LATER


def test_what_was_done_meanwhile_gets_no_more_time(world: Personas, debt: Obligation) -> None:
    asked = extending.ask_extension(debt, by=world.consultant, wanted=LATER, reason="برف")
    with ledger.change("tests.propose", by=world.operator) as change:
        row = Obligation.objects.get(pk=debt.pk)
        row.propose()
        row.proposed_at = clock.now()
        change.touch(row, "state", "proposed_at")
    with pytest.raises(Invalid, match="جاری"):
        extending.grant_extension(asked, by=world.secretary)
    debt.refresh_from_db()
    assert (debt.due_day, debt.extensions) == (DUE, 0)
    extending.withdraw_extension(asked, by=world.consultant)


def test_the_second_extension_is_the_bodys_own_to_grant(world: Personas, debt: Obligation) -> None:
    first = extending.ask_extension(debt, by=world.consultant, wanted=LATER, reason="برف")
    extending.grant_extension(first, by=world.secretary)
    second = extending.ask_extension(debt, by=world.consultant, wanted=LATER + timedelta(days=9), reason="باز برف")
    with pytest.raises(Invalid, match="خود نهاد"):
        extending.grant_extension(second, by=world.secretary)
    with pytest.raises(Invalid, match="خود نهاد"):
        extending.refuse_extension(second, by=world.secretary, answer="نه")
    for times in (21, 2):
        with pytest.raises(Invalid) if times > 20 else nullcontext():
            directory.set_follow_up(
                by=world.secretary,
                body=world.bodies["hq"],
                extensions_by_secretary=times,
                report_months=3,
                headquarters=False,
            )
    extending.grant_extension(Extension.objects.get(pk=second.pk), by=world.secretary)
    debt.refresh_from_db()
    assert (debt.extensions, debt.due_day, debt.first_due_day) == (2, LATER + timedelta(days=9), DUE)


def test_a_refusal_leaves_the_deadline_and_a_withdrawal_makes_room(world: Personas, debt: Obligation) -> None:
    asked = extending.ask_extension(
        debt, by=world.staff, wanted=LATER, reason="طبق نامه", number="۱۲/۳", dated=date(2019, 10, 11)
    )
    with pytest.raises(Refused):
        extending.grant_extension(asked, by=world.staff)
    extending.withdraw_extension(asked, by=world.consultant)
    asked = extending.ask_extension(debt, by=world.consultant, wanted=LATER, reason="برف")
    with pytest.raises(Invalid):
        extending.refuse_extension(asked, by=world.secretary, answer=" ")
    extending.refuse_extension(asked, by=world.secretary, answer="مهلت کافی بود")
    debt.refresh_from_db()
    assert (debt.due_day, debt.extensions) == (DUE, 0)
    assert list(debt.extension_requests.values_list("state", flat=True)) == ["withdrawn", "refused"]


@pytest.mark.parametrize(
    ("wanted", "reason", "number"), [(DUE, "برف", ""), (LATER, " ", ""), (LATER, "برف", "۷"), (LATER, "آ" * 2001, "")]
)
def test_a_request_says_a_later_day_and_why(
    world: Personas, debt: Obligation, wanted: date, reason: str, number: str
) -> None:
    with pytest.raises(Invalid):
        extending.ask_extension(debt, by=world.consultant, wanted=wanted, reason=reason, number=number)
    with pytest.raises(Invalid, match="هر عضو"):
        group = Obligation.objects.get(is_group=True)
        extending.ask_extension(group, by=world.secretary, wanted=LATER, reason="برف", number="۱", dated=DUE)
    services.cancel(debt, by=world.secretary, reason="آزمون")
    with pytest.raises(Invalid, match="جاری"):
        extending.ask_extension(debt, by=world.consultant, wanted=LATER, reason="برف")


def test_whoever_asks_for_another_names_the_letter(world: Personas, debt: Obligation) -> None:
    """The agency itself asks by a click, a secretariat too for what it owes itself."""
    for by in (world.secretary, world.staff, world.operator):
        for number, dated, field in (("", None, "number"), ("۱۲/۳", None, "dated"), ("", DUE, "number")):
            with pytest.raises(Invalid) as missing:
                extending.ask_extension(debt, by=by, wanted=LATER, reason="برف", number=number, dated=dated)
            assert missing.value.field == field
    assert extending.ask_extension(debt, by=world.consultant, wanted=LATER, reason="برف").number == ""
    duty = Duty("گزارش دهد", world.parties["planning"], due=Due.on(DUE))
    day = date(2019, 10, 9)
    (own,) = services.record_order(
        by=world.secretary, body=world.bodies["hq"], way=OrderWay.NOTE, day=day, text="گزارش", duties=[duty]
    )
    assert extending.ask_extension(own, by=world.secretary, wanted=LATER, reason="برف").number == ""


def test_the_register_finds_what_was_extended(world: Personas, debt: Obligation) -> None:
    extending.grant_extension(
        extending.ask_extension(debt, by=world.consultant, wanted=LATER, reason="برف"), by=world.secretary
    )
    only = Filters(extended=True)
    assert [row.code for row in register_page(world.secretary, only).rows] == [debt.code]
    assert counts(world.secretary)["extended"] == 1
    assert Filters.from_query({"extended": "1"}) == only and "extended" in COLUMNS
