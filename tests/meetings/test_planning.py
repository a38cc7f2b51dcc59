"""A meeting is planned, moved, cancelled and revived; each is an event, and what was planned stays to be read."""

from __future__ import annotations

from datetime import date, time

import pytest

from dabir.cycle.classifying import classify_meeting
from dabir.directory import services as directory
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.models import Event
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.calls import called_to
from dabir.meetings.models import Meeting, MeetingBody, MeetingState
from dabir.meetings.numbers import next_number
from dabir.meetings.queries import meetings_visible_to
from dabir.meetings.services.planning import Attendee, Plan
from dabir.meetings.warnings import WarningKind, warnings_of
from dabir.persian.calendar import Calendar
from dabir.persian.jalali import to_gregorian
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db
DAY = to_gregorian(1398, 7, 30)
PLAN = Plan(DAY, time(10), time(12), "سالن اجتماعات")


def planned(world: Personas, plan: Plan = PLAN, number: int | None = None, **values: object) -> Meeting:
    hq = world.bodies["hq"]
    asked = {"by": world.secretary, "kept_by": hq, "bodies": [(hq, number)]} | values
    return services.plan_meeting(plan, **asked)  # type: ignore[arg-type]


def now(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def said(meeting: Meeting, world: Personas) -> dict[str, str]:
    return {str(w.kind): w.text for w in warnings_of(now(meeting), by=world.secretary, calendar=Calendar())}


def test_plan_gets_the_next_number_of_its_jalali_year(world: Personas) -> None:
    builders.meeting(world)  # number 11
    meeting = planned(world)
    assert (meeting.code, meeting.state) == ("hq-1398-12", MeetingState.PLANNED)
    assert meeting.title == "جلسه ۱۲ ستاد فرماندهی اقتصاد مقاومتی استان زنجان"
    assert planned(world, Plan(to_gregorian(1399, 1, 20))).code == "hq-1399-1"


def test_number_that_is_given_is_a_conflict(world: Personas) -> None:
    recorded = builders.meeting(world)
    with pytest.raises(Conflict) as refusal:
        planned(world, number=11)
    assert refusal.value.existing == recorded
    with pytest.raises(Invalid):
        planned(world, number=0)


def test_joint_meeting_has_a_number_in_each_body(world: Personas) -> None:
    hq, committee = world.bodies["hq"], world.bodies["committee"]
    meeting = planned(world, bodies=[(hq, None), (committee, 4)])
    assert [(one.body, one.year, one.number) for one in meeting.bodies.all()] == [(hq, 1398, 1), (committee, 1398, 4)]
    assert meeting.title.count("جلسه") == 2
    with pytest.raises(Invalid):
        planned(world, bodies=[(hq, None), (hq, None)])
    with pytest.raises(Invalid):
        planned(world, bodies=[(committee, None)])


def test_meeting_without_a_body_lists_who_must_come(world: Personas) -> None:
    attendees: list[Attendee] = [world.parties["county-office"], world.parties["housing"], "بخشدار حلب"]
    meeting = planned(world, bodies=(), attendees=attendees, title="بررسی ویرایش دوم گزارش")
    assert meeting.code == "hq-13980730"
    rows = list(meeting.attendance.all())
    assert [row.text for row in rows] == [*(str(one) for one in attendees)]
    assert {row.present for row in rows} == {None}
    assert [one.text for one in called_to(meeting)] == [row.text for row in rows]


def test_who_is_called_follows_the_seats_of_that_day(world: Personas) -> None:
    meeting = planned(world)
    before = [one.text for one in called_to(meeting)]
    assert before[:2] == [world.parties["governor-office"].name, world.parties["planning"].name]
    assert world.parties["roads"].name not in before
    hq, roads = world.bodies["hq"], world.parties["roads"]
    directory.give_seat(by=world.admin, body=hq, party=roads, starts=date(2019, 10, 20))
    seat = hq.seats.get(party=world.parties["housing"])
    directory.end_seat(by=world.admin, seat=seat, ends=date(2019, 10, 21))
    after = [one.text for one in called_to(meeting)]
    assert roads.name in after and world.parties["housing"].name not in after


def test_invitee_is_added_once_and_taken_off(world: Personas) -> None:
    meeting, roads = planned(world), world.parties["roads"]
    row = services.invite_party(meeting, roads, by=world.staff)
    assert (called_to(meeting)[-1].party, row.capacity) == (roads, "invitee")
    for again in (roads, world.parties["agriculture"]):
        with pytest.raises(Conflict):
            services.invite_party(meeting, again, by=world.staff)
    services.uninvite_party(row, by=world.staff)
    assert roads not in [one.party for one in called_to(meeting)]
    with pytest.raises(Refused):
        services.invite_party(meeting, roads, by=world.county)


def test_change_keeps_what_was_before(world: Personas) -> None:
    meeting = planned(world)
    before = services.change_meeting(meeting, Plan(DAY, time(9), time(11), "فرمانداری"), by=world.staff)
    assert before == PLAN
    event = Event.objects.get(verb="meetings.change_meeting")
    assert event.data["facts"]["before"]["venue"] == "سالن اجتماعات"
    assert services.change_meeting(meeting, Plan(DAY, time(9), time(11), "فرمانداری"), by=world.staff) is None
    assert (now(meeting).venue, now(meeting).code) == ("فرمانداری", "hq-1398-1")
    assert not list(ledger.audit())


def test_change_into_another_year_takes_that_years_next_number(world: Personas) -> None:
    meeting = planned(world)
    services.change_meeting(meeting, Plan(to_gregorian(1399, 2, 1)), by=world.secretary)
    assert now(meeting).code == "hq-1399-1"
    services.change_meeting(meeting, Plan(DAY), by=world.secretary, numbers={world.bodies["hq"].pk: 3})
    assert (now(meeting).code, now(meeting).title) == (
        "hq-1398-3",
        "جلسه ۳ ستاد فرماندهی اقتصاد مقاومتی استان زنجان",
    )
    own = services.change_meeting(meeting, Plan(DAY), by=world.secretary, title="جلسه ویژه")
    services.change_meeting(meeting, Plan(DAY), by=world.secretary, numbers={world.bodies["hq"].pk: 4})
    assert own is None and now(meeting).title == "جلسه ویژه"


def test_cancelled_meeting_gives_number_and_code_back_and_can_be_revived(world: Personas) -> None:
    meeting, hq = planned(world), world.bodies["hq"]
    with pytest.raises(Invalid):
        services.cancel_meeting(meeting, by=world.secretary, reason=" ")
    services.cancel_meeting(meeting, by=world.secretary, reason="سفر استاندار")
    assert (now(meeting).state, now(meeting).code) == (MeetingState.CANCELLED, "hq-1398-1-cancelled")
    assert next_number(hq, 1398) == 1
    services.revive_meeting(meeting, by=world.secretary)
    assert (now(meeting).code, now(meeting).state) == ("hq-1398-1", MeetingState.PLANNED)
    services.cancel_meeting(meeting, by=world.secretary, reason="سفر استاندار")
    assert planned(world).code == "hq-1398-1"
    services.revive_meeting(meeting, by=world.secretary)
    assert now(meeting).code == "hq-1398-2"
    assert MeetingBody.objects.get(meeting=meeting).number == 2
    assert not list(ledger.audit())
    with pytest.raises(Invalid):
        services.revive_meeting(meeting, by=world.secretary)


def test_classified_plan_is_the_secretarys_alone(world: Personas) -> None:
    with pytest.raises(Refused):
        planned(world, by=world.staff, secrecy=SecrecyClass.CONFIDENTIAL)
    meeting = planned(world, secrecy=SecrecyClass.CONFIDENTIAL)
    for persona in (world.staff, world.auditor, world.officer, world.head):
        assert not meetings_visible_to(persona).filter(pk=meeting.pk).exists()
    with pytest.raises(Refused):
        services.add_item(meeting, by=world.staff, text="موضوع")


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(DAY, time(10), time(9)), "ends_at"),
        (Plan(DAY, None, time(9)), "starts_at"),
        (Plan(DAY, venue="س" * 301), "venue"),
        (Plan(date(2300, 1, 1)), "starts"),
    ],
)
def test_plan_that_cannot_be_names_the_field(world: Personas, plan: Plan, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        planned(world, plan)
    assert refusal.value.field == field


def test_agenda_is_ordered_and_its_files_survive_an_item(world: Personas) -> None:
    meeting = planned(world)
    first = services.add_item(meeting, by=world.staff, text="گزارش", presenter=world.parties["housing"], minutes=20)
    second = services.add_item(meeting, by=world.staff, text="اعتبار", presenter_text="آقای نجفی")
    services.move_item(second, by=world.staff, up=True)
    assert [item.text for item in meeting.agenda.all()] == ["اعتبار", "گزارش"]
    services.edit_item(second, by=world.staff, text="اعتبارات", presenter=world.parties["planning"], minutes=15)
    file = services.attach_file(meeting, b"%PDF-1.4", by=world.staff, name="../a.pdf", item=first)
    assert file.name == "a.pdf"
    services.remove_item(first, by=world.staff)
    file.refresh_from_db()
    assert (file.item, [item.text for item in meeting.agenda.all()]) == (None, ["اعتبارات"])
    services.detach_file(file, by=world.staff)
    assert not list(ledger.audit())


@pytest.mark.parametrize(("name", "data"), [("a.pdf", b""), ("a.exe", b"MZ"), ("a.pdf", b"x" * (10 * 1024 * 1024 + 1))])
def test_file_that_is_none_is_refused(world: Personas, name: str, data: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        services.attach_file(planned(world), data, by=world.staff, name=name)
    assert refusal.value.field == "file"


def test_same_file_comes_once(world: Personas) -> None:
    meeting = planned(world)
    services.attach_file(meeting, b"1", by=world.staff, name="a.pdf")
    with pytest.raises(Conflict):
        services.attach_file(meeting, b"1", by=world.staff, name="b.pdf")


def test_good_plan_has_no_warning(world: Personas) -> None:
    builders.meeting(world)
    assert said(planned(world), world) == {}


def test_each_doubt_is_a_warning_and_no_refusal(world: Personas) -> None:
    friday = to_gregorian(1398, 8, 3)
    assert "جمعه" in said(planned(world, Plan(friday)), world)[WarningKind.CLOSED]
    mourning = to_gregorian(1398, 7, 27)  # Arbaeen
    assert "اربعین" in said(planned(world, Plan(mourning)), world)[WarningKind.CLOSED]
    assert "1 روز کاری" in said(planned(world, Plan(to_gregorian(1398, 7, 21))), world)[WarningKind.NOTICE]
    assert "هیچ روز کاری نیست" in said(planned(world, Plan(to_gregorian(1398, 7, 20))), world)[WarningKind.NOTICE]
    assert WarningKind.PAST in said(planned(world, Plan(to_gregorian(1398, 7, 19))), world)
    assert WarningKind.GAP in said(planned(world, number=90), world)
    meeting = planned(world, Plan(to_gregorian(1398, 8, 11), time(10), time(10, 30)))
    services.add_item(meeting, by=world.staff, text="گزارش", minutes=45)
    assert "45" in said(meeting, world)[WarningKind.LONG_AGENDA]


def test_clash_is_told_with_its_cause_and_never_of_what_may_not_be_known(world: Personas) -> None:
    committee = world.bodies["committee"]
    other = planned(world, Plan(DAY, time(11), time(13), "فرمانداری"), by=world.county, kept_by=committee, bodies=())
    services.invite_party(other, world.parties["agriculture"], by=world.county)
    meeting = planned(world)
    clash = said(meeting, world)[WarningKind.CLASH]
    assert world.parties["agriculture"].name in clash and other.title not in clash
    services.change_meeting(meeting, Plan(DAY, time(8), time(11)), by=world.secretary)
    assert WarningKind.CLASH not in said(meeting, world)
    services.change_meeting(meeting, Plan(DAY, time(8), time(11, 30)), by=world.secretary)
    assert WarningKind.CLASH in said(meeting, world)
    classify_meeting(other, SecrecyClass.SECRET, by=world.county)
    assert WarningKind.CLASH not in said(meeting, world)
