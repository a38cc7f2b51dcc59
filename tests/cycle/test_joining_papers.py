"""A paper whose meeting stands here already, planned or of an old register, becomes that meeting's minutes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dabir.cycle.accepting import accept_reading
from dabir.cycle.importing import import_register
from dabir.directory.models import Body
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import AgendaItem, Attendance, Meeting, MeetingBody, Resolution
from dabir.obligations import queries
from dabir.obligations.models import Obligation
from dabir.reading.minutes import AgendaItem as ItemRead
from dabir.reading.minutes import Attendance as Entry
from dabir.reading.minutes import BodyNumber
from tests import builders
from tests.personas import Personas
from tests.sheets import register, row

pytestmark = pytest.mark.django_db


def planned(world: Personas, *, state: str = "held", number: int | None = 11, body: str = "hq", **more: Any) -> Meeting:
    """A meeting of a body that was planned here, in this state."""
    kept_by: Body = world.bodies[body]
    with ledger.change("tests.planned", by=world.operator) as change:
        fields = {"code": f"{body}-1398-x", "date": builders.SESSION_11, "title": "جلسه", **more}
        meeting = change.create(Meeting(kept_by=kept_by, state=state, **fields))
        if number is not None:
            change.create(MeetingBody(meeting=meeting, body=kept_by, year=1398, number=number))
    return meeting


def accepted(world: Personas, read: Any = None) -> Meeting:
    draft = builders.draft(world, read)
    return accept_reading(draft, by=world.secretary, version=draft.version)


@pytest.mark.parametrize("state", ["planned", "called", "held"])
def test_a_meeting_that_was_planned_here_gets_the_minutes_that_were_signed_on_paper(
    world: Personas, state: str
) -> None:
    there = planned(world, state=state, venue="سالن قدیم")
    meeting = accepted(world)
    assert (meeting.pk, meeting.code, meeting.state) == (there.pk, "hq-1398-x", "recorded")
    assert (meeting.venue, meeting.chair) == ("فرمانداری", "استاندار")
    assert meeting.resolutions.count() == 7 and meeting.versions.get().number == 1
    assert meeting.bodies.count() == 1
    assert list(ledger.audit()) == []


def test_who_was_called_and_present_stays_known(world: Personas) -> None:
    there = planned(world)
    with ledger.change("tests.called", by=world.operator) as change:
        called = [
            Attendance(meeting=there, order=1, text="اتاق تعاون", party=world.parties["roads"], present=False),
            Attendance(meeting=there, order=2, text="بنیاد مسکن", party=world.parties["housing"], present=True),
            Attendance(meeting=there, order=3, text="فرمانداری", party=world.parties["county-office"]),
            Attendance(meeting=there, order=4, text="کشاورزی", party=world.parties["agriculture"], capacity="member"),
        ]
        called[0].excused = True
        called[3].present, called[3].delegate = True, "احمد نمونه"
        change.create_many(called)
    attendance = {entry.text: entry for entry in accepted(world).attendance.all()}
    assert list(attendance) == ["جهاد کشاورزی", "اتاق تعاون", "بنیاد مسکن"]  # nobody has said that the county came
    assert attendance["جهاد کشاورزی"].delegate == "احمد نمونه"  # the same party by other words
    assert (attendance["اتاق تعاون"].party, attendance["اتاق تعاون"].excused) == (world.parties["roads"], True)
    assert attendance["بنیاد مسکن"].present


def test_the_paper_has_the_last_word_on_who_came(world: Personas) -> None:
    there = planned(world)
    with ledger.change("tests.called", by=world.operator) as change:
        row = Attendance(meeting=there, order=1, text="اتاق تعاون", present=True)
        row.delegate, row.delegate_letter = "احمد نمونه", "۱۲"
        change.create(row)
    entry = accepted(world).attendance.get(text="اتاق تعاون")
    assert (entry.present, entry.delegate, entry.delegate_letter) == (False, "", "")


def test_planned_items_that_were_talked_about_keep_their_presenter(world: Personas) -> None:
    there = planned(world)
    with ledger.change("tests.agenda", by=world.operator) as change:
        change.create(AgendaItem(meeting=there, order=1, text="موضوع دیگر"))
        change.create(AgendaItem(meeting=there, order=2, text="سند شهرستان ", presenter=world.parties["housing"]))
    read = builders.minutes(world)
    read.agenda.append(ItemRead("سایر موارد", (1, 1)))
    items = accepted(world, read).agenda.all()
    assert [(item.text, item.presenter) for item in items] == [
        ("سند شهرستان", world.parties["housing"]),
        ("سایر موارد", None),
    ]


def of_register(world: Personas) -> Meeting:
    """Session 11 as an old register has it: two of its resolutions, and one that the paper does not have."""
    rows = [
        row(3, number=11, day="1398/07/17", text="پیش‌نویس دوم", lead="بنیاد مسکن"),
        row("", number=11, day="1398/07/17", text="جلسه بر پایهٔ ارزیابی باشد"),
        row(31, number=11, day="1398/07/17", text="چیز دیگری"),
    ]
    import_register(register(*rows), name="دفتر.xlsx", body=world.bodies["hq"], by=world.secretary)
    return Meeting.objects.get()


def test_resolutions_of_an_old_register_keep_code_and_debts_and_get_the_papers_words(world: Personas) -> None:
    there = of_register(world)
    debts = set(Obligation.objects.values_list("code", "lead"))
    meeting = accepted(world)
    assert meeting.pk == there.pk and meeting.resolutions.count() == 8
    third = Resolution.objects.get(code="hq-1398-11/3")
    assert third.text == "مشاور پیش‌نویس دوم را ارائه نماید"
    assert set(third.obligations.values_list("code", "lead")) <= debts and third.obligations.count() == 1
    last = Resolution.objects.get(text="جلسه بر پایه ارزیابی باشد")
    assert (last.number, last.kind, last.obligations.count()) == ("۷", "recurring", 1)
    assert meeting.resolutions.order_by("-order")[0].text == "چیز دیگری"
    assert Obligation.objects.filter(resolution__number="۴").count() == 1  # the register did not have it
    found = queries.visible_to(world.secretary).filter(resolution=third)
    assert found.filter(queries.saying("ارائه نماید")).count() == 1  # found by its new words
    assert list(ledger.audit()) == []


def test_an_old_registers_meeting_gets_the_day_of_the_paper(world: Personas) -> None:
    there = of_register(world)
    meeting = accepted(world, builders.minutes(world, session="1398/07/18"))
    assert (meeting.pk, meeting.date) == (there.pk, date(2019, 10, 10))


def test_minutes_on_record_are_not_recorded_a_second_time(world: Personas) -> None:
    of_register(world)
    accepted(world)
    with pytest.raises(Conflict):
        accepted(world, builders.minutes(world, session="1398/07/16"))


def test_two_numbers_of_two_meetings_are_refused(world: Personas) -> None:
    planned(world)
    planned(world, body="committee", number=4)
    read = builders.minutes(world)
    read.bodies = [
        BodyNumber(world.bodies[body].party.name, number, world.bodies[body].party_id)
        for body, number in (("hq", 11), ("committee", 4))
    ]
    with pytest.raises(Conflict):
        accepted(world, read)


def test_a_meeting_that_another_secretariat_keeps_is_not_joined(world: Personas) -> None:
    there = planned(world, body="committee", number=4)
    with ledger.change("tests.joint", by=world.operator) as change:
        change.create(MeetingBody(meeting=there, body=world.bodies["hq"], year=1398, number=11))
    with pytest.raises(Refused):
        accepted(world)


def test_the_class_of_the_meeting_is_never_lowered(world: Personas) -> None:
    planned(world, secrecy=SecrecyClass.CONFIDENTIAL)
    assert accepted(world).secrecy == SecrecyClass.CONFIDENTIAL


def test_a_meeting_without_a_body_is_joined_by_its_day(world: Personas) -> None:
    there = planned(world, number=None)
    read = builders.minutes(world)
    read.header.number = None
    read.attendance.append(Entry("بخشدار حلب", True, (1, 1), id="a3"))
    assert accepted(world, read).pk == there.pk
