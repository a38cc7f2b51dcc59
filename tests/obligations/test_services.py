"""What happens to a debt, by those who may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from dabir.foundation import ledger
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.obligations import services
from dabir.obligations.making import Duty
from dabir.obligations.models import DueKind, Obligation, Order, OrderWay, State
from dabir.persian import clock
from tests import builders
from tests.personas import Personas


@pytest.fixture
def gap(world: Personas) -> Obligation:
    """The verification session's debt: a day, and nobody who owes it (seed ج/۴)."""
    return Obligation.objects.get(resolution__code=f"{builders.meeting(world).code}/4")


def of(number: int) -> Obligation:
    return Obligation.objects.get(resolution__code=f"hq-1398-11/{number}", parent=None)


def test_settling_gives_the_lead_and_opens_the_debt(world: Personas, gap: Obligation) -> None:
    settled = services.settle(gap, by=world.secretary, lead=world.parties["county-office"])
    assert (settled.state, settled.lead) == (State.OPEN, world.parties["county-office"])
    assert list(ledger.audit()) == []


def test_staff_may_settle_and_others_may_not(world: Personas, gap: Obligation) -> None:
    for by in (world.county, world.officer, world.auditor, world.governor, world.other_secretary):
        with pytest.raises(Refused):
            services.settle(gap, by=by, lead=world.parties["county-office"])
    assert services.settle(gap, by=world.staff, lead=world.parties["county-office"]).lead


def test_second_lead_is_refused(world: Personas, gap: Obligation) -> None:
    services.settle(gap, by=world.secretary, lead=world.parties["county-office"])
    with pytest.raises(Invalid):
        services.settle(gap, by=world.secretary, lead=world.parties["agriculture"])
    gap.refresh_from_db()
    assert gap.lead == world.parties["county-office"]


def test_settling_by_a_group_makes_its_members_debtors(world: Personas, gap: Obligation) -> None:
    services.settle(gap, by=world.secretary, lead=world.parties["members"])
    gap.refresh_from_db()
    assert (gap.is_group, gap.lead, gap.state, gap.children.count()) == (True, None, State.OPEN, 2)
    assert list(ledger.audit()) == []


def test_settling_by_an_empty_group_changes_nothing(world: Personas, gap: Obligation) -> None:
    from dabir.directory.services import create_group

    empty = create_group(by=world.operator, code="empty", name="گروه بی‌عضو")
    with pytest.raises(Invalid):
        services.settle(gap, by=world.secretary, lead=empty)
    gap.refresh_from_db()
    assert (gap.state, gap.is_group) == (State.UNSETTLED, False)


def test_the_database_refuses_an_open_debt_without_a_lead(world: Personas, gap: Obligation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE obligations_obligation SET state = 'open' WHERE id = %s", [gap.pk])


def test_the_database_refuses_two_sources(world: Personas, gap: Obligation) -> None:
    point = gap.meeting.points.first() if gap.meeting else None
    assert point
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE obligations_obligation SET point_id = %s WHERE id = %s", [point.pk, gap.pk])


def test_a_released_debt_has_a_lead(world: Personas, gap: Obligation) -> None:
    with pytest.raises(Invalid, match=gap.code):
        services.release([gap], by=world.secretary)
    settled = services.settle(gap, by=world.secretary, lead=world.parties["county-office"])
    assert services.release([settled], by=world.secretary) == 1
    assert services.release([settled], by=world.secretary) == 0


def test_releasing_a_group_releases_its_members_debts_and_counts_them_alone(world: Personas, gap: Obligation) -> None:
    group = of_group()
    assert services.release([group], by=world.secretary) == 2
    assert not Obligation.objects.filter(parent=group, released_at=None).exists()


def of_group() -> Obligation:
    return Obligation.objects.get(is_group=True)


def test_one_unsettled_debt_among_many_releases_none(world: Personas, gap: Obligation) -> None:
    with pytest.raises(Invalid):
        services.release([of(3), gap], by=world.secretary)
    assert not Obligation.objects.exclude(released_at=None).exists()


def test_staff_does_not_release(world: Personas, gap: Obligation) -> None:
    with pytest.raises(Refused):
        services.release([of(3)], by=world.staff)


def test_a_release_can_be_taken_back_until_it_is_communicated(world: Personas, gap: Obligation) -> None:
    debt = of(3)
    services.release([debt], by=world.secretary)
    assert services.withdraw([debt], by=world.secretary) == 1
    debt.refresh_from_db()
    assert debt.released_at is None
    debt.communicated_at = clock.now()
    with ledger.change("tests.communicate", by=world.operator) as change:
        change.touch(debt, "communicated_at")
    with pytest.raises(Invalid):
        services.withdraw([debt], by=world.secretary)


def test_a_missing_day_is_given_once_and_stays_as_the_first(world: Personas, gap: Obligation) -> None:
    debt = of(5)
    given = services.set_due(debt, by=world.staff, day=date(2019, 12, 1))
    assert (given.due_kind, given.due_day, given.first_due_day) == (DueKind.DAY, date(2019, 12, 1), date(2019, 12, 1))
    with pytest.raises(Invalid):
        services.set_due(debt, by=world.secretary, day=date(2020, 1, 1))


def test_a_day_before_the_meeting_is_refused(world: Personas, gap: Obligation) -> None:
    with pytest.raises(Invalid):
        services.set_due(of(5), by=world.secretary, day=builders.SESSION_11 - timedelta(days=1))


def test_cancelling_needs_a_reason_and_keeps_the_row(world: Personas, gap: Obligation) -> None:
    with pytest.raises(Invalid):
        services.cancel(gap, by=world.secretary, reason=" ")
    assert services.cancel(gap, by=world.secretary, reason="تکراری است").state == State.CANCELLED


def test_an_order_makes_debts_that_cite_it(world: Personas) -> None:
    duty = Duty("گزارش بدهد", lead=world.parties["agriculture"])
    order_day = date(2019, 10, 10)
    made = services.record_order(
        by=world.secretary,
        body=world.bodies["hq"],
        way=OrderWay.TRIP,
        day=order_day,
        text="در بازدید از ایجرود دستور داده شد",
        duties=[duty],
    )
    assert made[0].code == "hq-order-1398-1.1"
    assert made[0].source == Order.objects.get()
    assert (made[0].meeting, made[0].state) == (None, State.OPEN)


def test_an_order_from_the_future_or_without_words_is_refused(world: Personas) -> None:
    for day, text in ((clock.today() + timedelta(days=1), "دستور"), (date(2019, 10, 10), "  ")):
        with pytest.raises(Invalid):
            services.record_order(by=world.secretary, body=world.bodies["hq"], way=OrderWay.NOTE, day=day, text=text)
    assert not Order.objects.exists()


def test_staff_prepares_no_debt_of_a_classified_meeting(world: Personas) -> None:
    secret = builders.meeting(world, secrecy=SecrecyClass.CONFIDENTIAL)
    debt = Obligation.objects.get(meeting=secret, resolution__number="۴")
    with pytest.raises(Refused):
        services.settle(debt, by=world.staff, lead=world.parties["county-office"])
    assert services.settle(debt, by=world.secretary, lead=world.parties["county-office"]).lead


def test_a_group_is_cancelled_also_after_one_of_its_members_debts(world: Personas, gap: Obligation) -> None:
    services.settle(gap, by=world.secretary, lead=world.parties["members"])
    services.cancel(gap.children.all()[0], by=world.secretary, reason="تکراری")
    assert services.cancel(gap, by=world.secretary, reason="تکراری").state == State.CANCELLED
    assert {child.state for child in gap.children.all()} == {State.CANCELLED}


def test_what_is_cancelled_is_neither_released_nor_dated(world: Personas, gap: Obligation) -> None:
    ended = services.cancel(of(7), by=world.secretary, reason="تکراری")
    assert services.release([ended], by=world.secretary) == 0
    with pytest.raises(Invalid):
        services.set_due(ended, by=world.secretary, day=date(2019, 12, 1))


def test_a_release_looks_at_the_debt_as_it_is_now(world: Personas, gap: Obligation) -> None:
    before = of(3)
    services.cancel(of(3), by=world.secretary, reason="تکراری")
    assert services.release([before], by=world.secretary) == 0
    assert of(3).released_at is None


def test_a_day_in_another_age_is_refused(world: Personas, gap: Obligation) -> None:
    with pytest.raises(Invalid):
        services.set_due(of(5), by=world.secretary, day=date(2210, 1, 1))
