"""A meeting is finished when each debt is communicated, or unsettled for a reason."""

from __future__ import annotations

import pytest

from dabir.cycle.communicating import NOT_COMMUNICATED, number_letters, take_numbers_back
from dabir.cycle.extracts import communicate
from dabir.cycle.finishing import finish_meeting, missing, reopen_meeting
from dabir.cycle.recording import LEAD_NAMED, NEW_DEBT, promote_point, settle
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.models import Event
from dabir.letters.models import Letter, Way
from dabir.letters.numbering import Numbered
from dabir.meetings.models import Meeting
from dabir.obligations import services
from dabir.obligations.making import Duty
from dabir.obligations.models import Obligation
from dabir.persian.jalali import to_gregorian
from tests import builders
from tests.personas import Personas

DAY = to_gregorian(1398, 7, 19)


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    return builders.meeting(world)


def communicated(meeting: Meeting, world: Personas) -> None:
    letters = communicate(meeting, by=world.secretary)
    rows = [Numbered(letter, str(n), DAY) for n, letter in enumerate(letters, 1)]
    number_letters(rows, by=world.staff, way=Way.HAND)


def explained(world: Personas) -> None:
    for debt in Obligation.objects.filter(state="unsettled"):
        services.set_gap_reason(debt, by=world.staff, reason="متولی در جلسه بعد تعیین می‌شود")


def test_nothing_may_be_missing(world: Personas, meeting: Meeting) -> None:
    assert (len(missing(meeting).uncommunicated), len(missing(meeting).unexplained)) == (5, 2)
    with pytest.raises(Invalid, match="hq-1398-11/2"):
        finish_meeting(meeting, by=world.secretary)
    communicated(meeting, world)
    with pytest.raises(Invalid, match="hq-1398-11/4"):
        finish_meeting(meeting, by=world.secretary)
    explained(world)
    assert not missing(meeting)
    assert finish_meeting(meeting, by=world.secretary).finished_at
    with pytest.raises(Conflict):
        finish_meeting(meeting, by=world.secretary)
    assert not list(ledger.audit())


def test_it_is_opened_again_with_a_reason(world: Personas, meeting: Meeting) -> None:
    communicated(meeting, world)
    explained(world)
    finish_meeting(meeting, by=world.secretary)
    for by in (world.staff, world.other_secretary, world.governor):
        with pytest.raises(Refused):
            reopen_meeting(meeting, by=by, reason="اصلاح")
    with pytest.raises(Invalid):
        reopen_meeting(meeting, by=world.secretary, reason="  ")
    assert reopen_meeting(meeting, by=world.secretary, reason="اصلاح").finished_at is None
    with pytest.raises(Conflict):
        reopen_meeting(meeting, by=world.secretary, reason="اصلاح")


def test_whatever_is_to_be_communicated_anew_opens_it_again(world: Personas, meeting: Meeting) -> None:
    """The chair's closing words (seed ب/۸), long after the meeting was finished."""
    communicated(meeting, world)
    explained(world)
    finish_meeting(meeting, by=world.secretary)
    point = meeting.points.get(number="۸")
    with pytest.raises(Refused):
        promote_point(point, by=world.staff, duty=Duty("گزارش دهد"))
    debt = promote_point(point, by=world.secretary, duty=Duty("گزارش دهد"))
    assert (debt.code, debt.state) == ("hq-1398-11/p8.1", "unsettled") and opened(meeting) == [NEW_DEBT]
    promote_point(point, by=world.secretary, duty=Duty("دوباره"))
    assert opened(meeting) == [NEW_DEBT]  # it was open already
    explained(world)
    finish_meeting(meeting, by=world.secretary)
    take_numbers_back([Letter.objects.earliest("pk")], by=world.staff, reason="اشتباه")
    assert opened(meeting) == [NEW_DEBT, NOT_COMMUNICATED]
    communicated_again(meeting, world)
    settle(debt, by=world.staff, lead=world.parties["roads"])
    assert opened(meeting) == [NEW_DEBT, NOT_COMMUNICATED, LEAD_NAMED] and not list(ledger.audit())


def communicated_again(meeting: Meeting, world: Personas) -> None:
    waiting = Letter.objects.filter(state="awaiting")
    number_letters([Numbered(letter, "۹۹", DAY) for letter in waiting], by=world.staff, way=Way.HAND)
    finish_meeting(meeting, by=world.secretary)


def opened(meeting: Meeting) -> list[str]:
    """Why it was opened again, each time; it is open now."""
    meeting.refresh_from_db()
    assert meeting.finished_at is None
    return [event.data["facts"]["reason"] for event in Event.objects.filter(verb="meetings.reopen").order_by("number")]


def test_a_reason_is_of_an_unsettled_debt_alone(world: Personas, meeting: Meeting) -> None:
    gap, settled = (
        Obligation.objects.filter(meeting=meeting, state="unsettled")[0],
        Obligation.objects.get(code="hq-1398-11/3.1"),
    )
    with pytest.raises(Invalid):
        services.set_gap_reason(settled, by=world.secretary, reason="نمی‌دانیم")
    with pytest.raises(Invalid):
        services.set_gap_reason(gap, by=world.secretary, reason="ن" * 301)
    with pytest.raises(Refused):
        services.set_gap_reason(gap, by=world.officer, reason="نمی‌دانیم")
    services.settle(
        services.set_gap_reason(gap, by=world.secretary, reason="نمی‌دانیم"),
        by=world.secretary,
        lead=world.parties["roads"],
    )
    assert gap in missing(meeting).uncommunicated
