"""Accepting a reading: a paper becomes a meeting, its resolutions and its debts, all or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from dabir.cycle.accepting import accept_reading
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.meetings.models import Draft, Meeting, Resolution
from dabir.obligations.models import DueKind, Involved, Obligation, Role, State, Wait
from dabir.reading.minutes import BodyNumber, ResolutionKind
from dabir.reading.minutes import Obligation as Duty
from tests import builders
from tests.personas import Personas


def test_the_secretary_accepts_and_everything_is_written(world: Personas) -> None:
    draft = builders.draft(world)
    meeting = accept_reading(draft, by=world.secretary, version=0)
    assert meeting.code == "hq-1398-11"
    assert meeting.date == builders.SESSION_11
    codes = [f"hq-1398-11/{n}" for n in range(1, 8)]
    assert list(meeting.resolutions.values_list("code", flat=True)) == codes
    assert meeting.versions.get().document["header"]["number"] == 11
    assert meeting.attendance.get(text="جهاد کشاورزی").party == world.parties["agriculture"]
    draft = Draft.objects.get(pk=draft.pk)
    assert (draft.state, draft.meeting) == ("accepted", meeting)
    assert list(ledger.audit()) == []


def test_staff_prepares_but_does_not_accept(world: Personas) -> None:
    draft = builders.draft(world)
    with translation.override("en"), pytest.raises(Refused) as refused:
        accept_reading(draft, by=world.staff, version=0)
    with translation.override("en"):
        assert "Only the secretary" in str(refused.value)
    assert not Meeting.objects.exists()


def test_a_paper_is_accepted_once(world: Personas) -> None:
    draft = builders.draft(world)
    accept_reading(draft, by=world.secretary, version=0)
    with pytest.raises(Invalid):
        accept_reading(draft, by=world.secretary, version=0)
    assert Meeting.objects.count() == 1


def test_a_paper_corrected_meanwhile_is_not_accepted_unseen(world: Personas) -> None:
    draft = builders.draft(world)
    with pytest.raises(Conflict):
        accept_reading(draft, by=world.secretary, version=3)
    assert not Meeting.objects.exists()


def test_without_a_date_nothing_is_stored(world: Personas) -> None:
    read = builders.minutes(world)
    read.header.date = None
    draft = builders.draft(world, read)
    events = ledger.head()
    with pytest.raises(Invalid):
        accept_reading(draft, by=world.secretary, version=0)
    assert (Meeting.objects.count(), Obligation.objects.count(), ledger.head()) == (0, 0, events)


def test_a_number_given_before_is_refused_and_nothing_is_stored(world: Personas) -> None:
    builders.meeting(world)
    again = builders.minutes(world, session="1398/07/18")
    draft = builders.draft(world, again)
    debts = Obligation.objects.count()
    with pytest.raises(Conflict):
        accept_reading(draft, by=world.secretary, version=0)
    assert Obligation.objects.count() == debts


def test_a_joint_meeting_has_a_number_in_each_body(world: Personas) -> None:
    read = builders.minutes(world)
    hq, committee = world.bodies["hq"].party, world.bodies["committee"].party
    read.bodies = [BodyNumber(hq.name, 11, hq.pk), BodyNumber(committee.name, 4, committee.pk)]
    meeting = builders.meeting(world, read)
    assert [(b.body.code, b.number) for b in meeting.bodies.all()] == [("hq", 11), ("committee", 4)]


def test_a_secretariat_records_no_meeting_of_another_body(world: Personas) -> None:
    read = builders.minutes(world)
    read.bodies = [BodyNumber("ستاد", 11, world.bodies["hq"].party_id)]
    draft = builders.draft(world, read, body="committee")
    with pytest.raises(Invalid):
        accept_reading(draft, by=world.county, version=0)
    assert not Meeting.objects.exists()


def test_two_bodies_of_which_one_is_unknown_are_refused(world: Personas) -> None:
    read = builders.minutes(world)
    read.bodies = [BodyNumber("ستاد", 11, world.bodies["hq"].party_id), BodyNumber("شورای ناشناس", 4)]
    with pytest.raises(Invalid, match="شورای ناشناس"):
        builders.meeting(world, read)


def test_a_paper_without_a_number_is_of_a_meeting_without_a_body(world: Personas) -> None:
    """seed ج/۴: the verification session has required attendees and no body."""
    read = builders.minutes(world)
    read.header.number = None
    meeting = builders.meeting(world, read)
    assert (meeting.code, meeting.bodies.count()) == ("hq-13980717", 0)


def test_a_group_becomes_a_child_for_each_member_on_that_day(world: Personas) -> None:
    meeting = builders.meeting(world)
    group = Obligation.objects.get(meeting=meeting, is_group=True)
    assert (group.lead, group.state, group.group) == (None, State.OPEN, world.parties["members"])
    children = {c.lead.code: c for c in group.children.all() if c.lead}
    assert set(children) == {"county-agriculture", "county-housing"}
    child = children["county-housing"]
    assert child.due_day == group.due_day
    assert child.code.startswith("hq-1398-11/2.1-")
    assert child.involved.get(role=Role.RECIPIENT).party == world.parties["secretariat"]


def test_a_duty_without_a_certain_lead_is_unsettled_and_keeps_the_papers_words(world: Personas) -> None:
    meeting = builders.meeting(world)
    gap = Obligation.objects.get(resolution__code=f"{meeting.code}/4")
    words = Obligation.objects.get(resolution__code=f"{meeting.code}/5")
    assert (gap.state, gap.lead, gap.lead_text) == (State.UNSETTLED, None, "")
    assert (words.state, words.lead, words.lead_text) == (State.UNSETTLED, None, "دستگاه‌های اجرایی")


def test_a_likeness_is_never_taken_for_a_party(world: Personas) -> None:
    read = builders.minutes(world)
    lead = read.resolutions[2].obligations[0].lead
    assert lead
    lead.score = 0.97
    meeting = builders.meeting(world, read)
    assert Obligation.objects.get(resolution__code=f"{meeting.code}/3").state == State.UNSETTLED


def test_dues_are_kept_by_their_kind(world: Personas) -> None:
    meeting = builders.meeting(world)
    found = {
        o.resolution.number: o
        for o in meeting.obligations.filter(parent=None, resolution__isnull=False)
        if o.resolution
    }
    assert (found["۳"].due_kind, found["۳"].due_day) == (DueKind.DAY, date(2019, 10, 27))
    assert found["۳"].first_due_day == found["۳"].due_day
    assert (found["۵"].due_kind, found["۵"].trigger, found["۵"].due_day) == (DueKind.TRIGGER, "تأیید نهایی سند", None)
    assert found["۷"].due_kind == DueKind.RECURRENCE


def test_waiting_and_those_beside_are_kept(world: Personas) -> None:
    meeting = builders.meeting(world)
    revise = Obligation.objects.get(resolution__code=f"{meeting.code}/3")
    assert Wait.objects.get(obligation=revise).waits_for.code == f"{meeting.code}/2.2"
    assert set(Involved.objects.filter(obligation=revise).values_list("role", "party__code")) == {
        ("endorser", "monitoring"),
        ("helper", "housing"),
    }


def test_information_and_rules_without_a_duty_make_no_debt(world: Personas) -> None:
    read = builders.minutes(world)
    read.resolutions[2].kind = ResolutionKind.PROPOSAL
    meeting = builders.meeting(world, read)
    without = Resolution.objects.filter(meeting=meeting, obligations=None).values_list("number", flat=True)
    assert set(without) == {"۱", "۳", "۶"}


def test_a_promoted_point_becomes_a_debt_that_cites_it(world: Personas) -> None:
    """seed ب/۸: what was only said can bind when the secretary says so."""
    read = builders.minutes(world)
    point = read.discussion[1].points[0]
    point.obligations = [Duty("گزارش دهد", (1, 1), builders.picked(world, "agriculture"), id="p2o1")]
    meeting = builders.meeting(world, read)
    debt = Obligation.objects.get(point__isnull=False)
    assert (debt.code, debt.source) == (f"{meeting.code}/p8.1", meeting.points.get(number="۸"))
