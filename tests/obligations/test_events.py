"""Debts that wait for an event: recorded by a person, it starts their clock (seed ج/۵)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid, Refused
from dabir.obligations import events, extending, services
from dabir.obligations.counting import counts
from dabir.obligations.making import Due, Duty
from dabir.obligations.models import ClockStart, DueKind, Obligation, Occurrence, OrderWay
from dabir.obligations.triggers import awaited, occurrences_visible_to
from tests import builders
from tests.personas import Personas

DAY = date(2019, 10, 10)


def after(text: str, trigger: str = "تأیید نهایی سند") -> Due:
    return Due(DueKind.TRIGGER, text=text, trigger=trigger)


@pytest.fixture
def debts(world: Personas) -> list[Obligation]:
    """Of the minutes: one without a length, that nobody owes. Of an order: a month, for a group; three working days;
    and one that waits for its own communication."""
    builders.meeting(world)
    duties = [
        Duty("برنامه بنویسند", world.parties["members"], due=after("ظرف یک ماه پس از تأیید نهایی سند")),
        Duty("ابلاغ کند", world.parties["roads"], due=after("سه روز کاری پس از تأییدنهایی سند")),
        Duty("پاسخ دهد", world.parties["roads"], due=after("یک هفته پس از ابلاغ", "ابلاغ")),
    ]
    services.record_order(
        by=world.secretary, body=world.bodies["hq"], way=OrderWay.NOTE, day=DAY, text="دستور", duties=duties
    )
    (one,) = awaited(world.secretary)
    return one.debts


def record(world: Personas, debts: list[Obligation], *, by: Acting | None = None, day: date = DAY) -> Occurrence:
    return events.record_event(
        world.bodies["hq"],
        by=by or world.staff,
        words="تأیید نهایی سند",
        day=day,
        debts=debts,
        told_by="نامه ۴۵",
    )


def test_what_waits_for_one_event_stands_together(world: Personas, debts: list[Obligation]) -> None:
    assert [debt.action[:5] for debt in debts] == ["برنام", "برنام", "برنام", "ابلاغ"]
    assert awaited(world.officer) == [] and awaited(world.other_secretary) == []


def test_an_event_starts_the_clock_of_those_that_are_ticked(world: Personas, debts: list[Obligation]) -> None:
    before = counts(world.secretary)["undated"]
    event = record(world, debts)
    days = {debt.pk: debt.due_day for debt in event.started.all()}
    of_minutes, *members, three = debts
    assert days[of_minutes.pk] is None  # the paper tells no length: a day is to be given
    assert {days[member.pk] for member in members} == {date(2019, 11, 9)}
    assert days[three.pk] == date(2019, 10, 14)  # Friday is none
    group = Obligation.objects.get(is_group=True, order__isnull=False)
    assert (group.started_by, group.due_day, group.clock_start) == (event, date(2019, 11, 9), ClockStart.EVENT)
    assert counts(world.secretary)["undated"] == before + 1
    services.set_due(of_minutes, by=world.secretary, day=DAY + timedelta(days=60))
    assert counts(world.secretary)["undated"] == before and awaited(world.secretary) == []
    assert list(ledger.audit()) == []


def test_the_event_of_a_member_is_recorded_after_that_of_another(world: Personas, debts: list[Obligation]) -> None:
    _of_minutes, first, second, _three = debts
    began = record(world, [first])
    group = Obligation.objects.get(is_group=True, order__isnull=False)
    again = record(world, [second], day=DAY - timedelta(days=1))
    assert [one.started.count() for one in (began, again)] == [2, 1]
    assert Obligation.objects.get(pk=group.pk).started_by == began


def test_an_event_is_taken_back_while_nothing_followed(world: Personas, debts: list[Obligation]) -> None:
    first = record(world, debts[:1])
    with pytest.raises(Invalid, match="در انتظار"):
        record(world, debts[:1])
    with pytest.raises(Refused):
        events.take_event_back(first, by=world.staff)
    events.take_event_back(first, by=world.secretary)
    again = record(world, debts, day=DAY - timedelta(days=1))
    three = Obligation.objects.get(pk=debts[-1].pk)
    assert (three.first_due_day, three.started_by) == (date(2019, 10, 13), again)
    extending.ask_extension(
        three, by=world.secretary, wanted=date(2019, 12, 1), reason="برف", number="۱", dated=date(2019, 10, 11)
    )
    with pytest.raises(Invalid, match=three.code):
        events.take_event_back(again, by=world.secretary)
    assert occurrences_visible_to(world.secretary).count() == 2  # what was taken back stays
    assert not occurrences_visible_to(world.officer).exists()


def test_an_event_is_taken_back_for_the_members_of_a_group_that_was_named_since(world: Personas) -> None:
    (debt,) = services.record_order(
        by=world.secretary,
        body=world.bodies["hq"],
        way=OrderWay.NOTE,
        day=DAY,
        text="دستور",
        duties=[Duty("برنامه بنویسند", due=after("ظرف یک ماه پس از تأیید نهایی سند"))],
    )
    event = record(world, [debt])
    services.settle(debt, by=world.secretary, lead=world.parties["members"])
    assert {child.due_day for child in debt.children.all()} == {date(2019, 11, 9)}
    events.take_event_back(event, by=world.secretary)
    rows = Obligation.objects.filter(order=debt.order)
    assert {(row.due_kind, row.due_day, row.first_due_day, row.clock_day) for row in rows} == {
        (DueKind.TRIGGER, None, None, None)
    }
    (one,) = awaited(world.secretary)
    assert {row.pk for row in one.debts} == {child.pk for child in debt.children.all()}
    assert list(ledger.audit()) == []


def test_an_event_lies_in_the_past_and_is_told_by_something(world: Personas, debts: list[Obligation]) -> None:
    hq, by = world.bodies["hq"], world.secretary
    with pytest.raises(Invalid, match="رخ داده"):
        record(world, debts, day=date(2019, 10, 13))
    with pytest.raises(Invalid, match="انتخاب"):
        record(world, [])
    with pytest.raises(Invalid, match="مستند"):
        events.record_event(hq, by=by, words="تأیید", day=DAY, debts=debts)
    with pytest.raises(Invalid, match="در انتظار"):
        record(world, [*debts, Obligation.objects.get(action="پاسخ دهد")])  # its letter starts that
    assert not Occurrence.objects.exists()
