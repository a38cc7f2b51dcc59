"""A meeting is held, and who was there is recorded, counted against the body's quorum, and added up over the year."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from dabir.cycle.calling import call_meeting
from dabir.cycle.classifying import classify_meeting
from dabir.cycle.communicating import number_letters
from dabir.directory import services as directory
from dabir.directory.models import Body, Quorum, Seat
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Way
from dabir.letters.numbering import Numbered
from dabir.meetings import services
from dabir.meetings.absences import absences_table, missed_by, tallies
from dabir.meetings.calls import called_to
from dabir.meetings.models import Attendance, Meeting, MeetingState
from dabir.meetings.quorum import needed, quorum_of
from dabir.meetings.services.holding import Mark, Standing
from dabir.meetings.services.planning import Plan
from tests import builders
from tests.conftest import TODAY
from tests.meetings.test_planning import now, planned
from tests.personas import Personas

pytestmark = pytest.mark.django_db
PRESENT, ABSENT, EXCUSED = Mark(Standing.PRESENT), Mark(Standing.ABSENT), Mark(Standing.EXCUSED)


def held(world: Personas, number: int | None = None) -> Meeting:
    meeting = planned(world, Plan(TODAY, time(10), None, "سالن"), number)
    services.hold_meeting(meeting, by=world.staff, starts_at=time(10, 15))
    return meeting


def row(meeting: Meeting, code: str) -> Attendance:
    return meeting.attendance.get(party__code=code)


def mark(world: Personas, meeting: Meeting, **marks: Mark) -> int:
    by_key = {row(meeting, code.replace("_", "-")).pk: one for code, one in marks.items()}
    return services.mark_attendance(meeting, by_key, by=world.staff)


def test_held_meeting_lists_who_was_called_and_keeps_its_invitation(world: Personas) -> None:
    meeting = planned(world, Plan(TODAY, time(10), None, "سالن"))
    services.add_item(meeting, by=world.staff, text="گزارش")
    services.invite_party(meeting, "بخشدار حلب", by=world.staff)
    (letter,) = call_meeting(meeting, by=world.secretary)
    number_letters([Numbered(letter, "۱۲", date(2019, 10, 6))], by=world.secretary, way=Way.AUTOMATION)
    services.hold_meeting(meeting, by=world.staff, starts_at=time(10, 15), ends_at=time(12))
    meeting = now(meeting)
    assert (meeting.state, meeting.starts_at, meeting.invitation_number) == (MeetingState.HELD, time(10, 15), "12")
    names = [one.text for one in meeting.attendance.all()]
    assert names[0] == world.parties["governor-office"].name and names[-1] == "بخشدار حلب"
    assert {Standing.of(one) for one in meeting.attendance.all()} == {Standing.UNKNOWN}
    assert row(meeting, "housing").capacity == "invitee"
    assert not list(ledger.audit())


def test_meeting_of_a_day_to_come_is_not_held(world: Personas) -> None:
    with pytest.raises(Invalid):
        services.hold_meeting(planned(world), by=world.secretary, starts_at=time(10))
    meeting = held(world, number=5)
    with pytest.raises(Invalid):
        services.hold_meeting(meeting, by=world.secretary, starts_at=time(10))
    with pytest.raises(Refused):
        services.mark_attendance(meeting, {}, by=world.officer)
    with pytest.raises(Invalid) as refusal:
        services.set_hours(meeting, by=world.staff, starts_at=time(12), ends_at=time(11))
    assert refusal.value.field == "ends_at"


def test_holding_said_by_mistake_is_taken_back_and_loses_nothing(world: Personas) -> None:
    meeting = held(world)
    came = meeting.attendance.first()
    assert came
    services.mark_attendance(meeting, {came.pk: Mark(Standing.PRESENT)}, by=world.staff)
    services.take_holding_back(meeting, by=world.staff)
    meeting = now(meeting)
    came.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED and came.present
    with pytest.raises(Invalid):
        services.take_holding_back(meeting, by=world.staff)
    services.hold_meeting(meeting, by=world.staff, starts_at=time(10))
    came.refresh_from_db()
    assert came.present


def test_whoever_has_no_seat_on_another_day_is_not_called_after_holding_was_taken_back(world: Personas) -> None:
    """Not even if somebody had said that they came; those named for this meeting stay."""
    meeting = planned(world, Plan(TODAY, time(10), None, "سالن"))
    services.invite_party(meeting, "بخشدار حلب", by=world.staff)
    services.invite_party(meeting, world.parties["roads"], by=world.staff)
    directory.give_seat(by=world.operator, body=world.bodies["hq"], party=world.parties["roads"], starts=TODAY)
    services.hold_meeting(meeting, by=world.staff, starts_at=time(10))
    mark(world, meeting, housing=PRESENT)
    services.take_holding_back(meeting, by=world.staff)
    for code in ("housing", "agriculture", "roads"):
        directory.end_seat(by=world.operator, seat=Seat.objects.get(body__code="hq", party__code=code), ends=TODAY)
    services.change_meeting(now(meeting), Plan(TODAY + timedelta(days=5), time(10), None, "سالن"), by=world.secretary)
    called = [one.party.code if one.party else one.text for one in called_to(now(meeting))]
    assert called == ["governor-office", "planning", "roads", "بخشدار حلب"] and not list(ledger.audit())


def test_attendance_is_recorded_and_corrected(world: Personas) -> None:
    meeting = held(world)
    sent = Mark(Standing.DELEGATE, "علی نمونه", "۴۵/۲")
    assert mark(world, meeting, agriculture=sent, housing=EXCUSED, planning=PRESENT, governor_office=ABSENT) == 4
    delegate = row(meeting, "agriculture")
    assert (delegate.present, delegate.delegate, delegate.delegate_letter) == (True, "علی نمونه", "۴۵/۲")
    assert mark(world, meeting, agriculture=EXCUSED, housing=EXCUSED) == 1
    assert Standing.of(row(meeting, "agriculture")) == Standing.EXCUSED
    assert row(meeting, "agriculture").delegate == ""
    with pytest.raises(Invalid) as refusal:
        mark(world, meeting, housing=Mark(Standing.DELEGATE, " "))
    assert refusal.value.field == f"delegate-{row(meeting, 'housing').pk}"
    assert not list(ledger.audit())


def test_whoever_was_not_called_is_added_and_taken_off_again(world: Personas) -> None:
    meeting = held(world)
    came = services.add_attendee(meeting, world.parties["roads"], by=world.staff)
    assert (came.present, came.capacity) == (True, "invitee")
    with pytest.raises(Conflict):
        services.add_attendee(meeting, world.parties["roads"], by=world.staff)
    services.drop_attendee(came, by=world.staff)
    with pytest.raises(Invalid):
        services.drop_attendee(row(meeting, "agriculture"), by=world.staff)


def test_recorded_attendance_stands(world: Personas) -> None:
    meeting = builders.meeting(world)
    with pytest.raises(Invalid):
        services.mark_attendance(meeting, {meeting.attendance.all()[0].pk: ABSENT}, by=world.secretary)


@pytest.mark.parametrize(
    ("rule", "count", "members", "asked"),
    [
        (Quorum.NONE, None, 7, None),
        (Quorum.MAJORITY, None, 6, 4),
        (Quorum.MAJORITY, None, 7, 4),
        (Quorum.TWO_THIRDS, None, 7, 5),
        (Quorum.TWO_THIRDS, None, 6, 4),
        (Quorum.COUNT, 3, 7, 3),
    ],
)
def test_quorum_follows_the_rule(rule: str, count: int | None, members: int, asked: int | None) -> None:
    assert needed(Body(quorum=rule, quorum_count=count), members) == asked


def test_quorum_counts_members_alone_and_delegates_as_present(world: Personas) -> None:
    directory.set_quorum(by=world.secretary, body=world.bodies["hq"], rule=Quorum.MAJORITY)
    meeting = held(world)
    mark(world, meeting, housing=PRESENT, planning=PRESENT)
    (count,) = quorum_of(meeting)
    assert (len(count.members), count.present, count.needed, count.reached) == (3, 1, 2, False)
    mark(world, meeting, agriculture=Mark(Standing.DELEGATE, "علی نمونه"))
    assert quorum_of(meeting)[0].reached
    for by, rule in ((world.county, Quorum.NONE), (world.staff, Quorum.NONE)):
        with pytest.raises(Refused):
            directory.set_quorum(by=by, body=world.bodies["hq"], rule=rule)
    with pytest.raises(Invalid):
        directory.set_quorum(by=world.admin, body=world.bodies["hq"], rule=Quorum.COUNT)


def test_absences_add_up_over_the_year_of_meetings_that_may_be_read(world: Personas) -> None:
    hq, agriculture = world.bodies["hq"], world.parties["agriculture"]
    first, second = held(world), held(world)
    mark(world, first, agriculture=ABSENT, housing=EXCUSED, planning=PRESENT)
    mark(world, second, agriculture=EXCUSED, planning=Mark(Standing.DELEGATE, "علی نمونه"))
    worst, *_rest = tallies(world.staff, hq, 1398)
    assert (worst.party, worst.called, worst.absent, worst.excused) == (agriculture, 2, 1, 1)
    assert [one.meeting for one in missed_by(world.staff, agriculture, 1398, 30)] == [second, first]
    assert not tallies(world.staff, hq, 1397) and not tallies(world.officer, hq, 1398)
    classify_meeting(now(first), SecrecyClass.SECRET, by=world.secretary)
    assert tallies(world.staff, hq, 1398)[0].absent == 0
    assert next(cells[2:] for cells in absences_table(world.secretary, hq, 1398).rows) == (2, 0, 0, 1, 1, 0)


def test_paper_does_not_say_whether_the_absent_had_told(world: Personas) -> None:
    paper = builders.minutes(world)
    paper.attendance[0].present = False
    builders.meeting(world, paper)
    (tally,) = tallies(world.secretary, world.bodies["hq"], 1398)
    assert (tally.called, tally.absent, tally.excused, tally.unsaid) == (1, 0, 0, 1)
