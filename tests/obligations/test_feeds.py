"""What a secret calendar address gives: what its owner may see now, with what changed told by a growing number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.cycle.classifying import classify_meeting
from dabir.directory import services as directory
from dabir.directory.feeds import feeds_visible_to, open_feed
from dabir.directory.models import Body, Feed, Party, Tenure
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Missing, Refused
from dabir.foundation.models import Event, User
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import AgendaItem, Meeting, MeetingBody, MeetingState
from dabir.obligations import services
from dabir.obligations.feeds import feed_ics, meeting_ics
from dabir.obligations.models import Obligation
from dabir.persian import clock
from tests import builders
from tests.conftest import TODAY
from tests.personas import Personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    return builders.meeting(world)


def entries(data: bytes) -> dict[str, Any]:
    """By their UID without its end."""
    found = icalendar.Calendar.from_ical(data).subcomponents
    return {str(entry["uid"]).removesuffix("@dabir"): entry for entry in found}


def fed(by: Acting, of: Body | Party | None = None) -> Callable[[], dict[str, Any]]:
    """A new address of theirs, to be asked again and again."""
    _feed, token = directory.make_feed(by=by, of=of)
    return lambda: entries(feed_ics(*open_feed(token)))


def plan(world: Personas, state: MeetingState = MeetingState.PLANNED) -> Meeting:
    with ledger.change("tests.plan", by=world.operator) as change:
        row = Meeting(
            code="hq-1398-12", kept_by=world.bodies["hq"], title="جلسهٔ ۱۲", date=date(2019, 10, 20), state=state
        )
        row.starts_at = time(9)
        made = change.create(row)
        change.create(MeetingBody(meeting=made, body=world.bodies["hq"], year=1398, number=12))
        change.create(AgendaItem(meeting=made, order=1, text="بررسی سند"))
    return made


def test_one_meeting_comes_with_its_dated_debts_settled_or_not(world: Personas, meeting: Meeting) -> None:
    found = entries(meeting_ics(world.secretary, meeting))
    dated = set(Obligation.objects.filter(due_day__isnull=False, is_group=False).values_list("code", flat=True))
    assert set(found) == {meeting.code} | dated and len(dated) > 2
    unsettled = Obligation.objects.get(resolution__number="۴")
    assert unsettled.state == "unsettled" and found[unsettled.code]["due"].dt == unsettled.due_day
    assert found[unsettled.code]["status"] == "NEEDS-ACTION" and "بلاتکلیف" in found[unsettled.code]["summary"]
    assert found[meeting.code]["dtstart"].dt == meeting.date and "سند شهرستان" in found[meeting.code]["description"]


def test_an_officer_gets_what_is_released_to_them_and_no_meeting(world: Personas, meeting: Meeting) -> None:
    ask = fed(world.consultant)
    assert ask() == {}
    debt = Obligation.objects.get(resolution__number="۳")
    services.release([debt], by=world.secretary)
    assert set(ask()) == {debt.code}
    services.withdraw([debt], by=world.secretary)
    assert ask() == {}


def test_a_body_and_a_party_have_calendars_of_their_own(world: Personas, meeting: Meeting) -> None:
    of_body = fed(world.secretary, world.bodies["hq"])()
    assert meeting.code in of_body and len(of_body) > 3
    assert fed(world.secretary, world.bodies["committee"])() == {}
    debt = Obligation.objects.get(resolution__number="۳")
    assert debt.code in fed(world.secretary, world.parties["monitoring"])()
    assert debt.code not in fed(world.secretary, world.parties["roads"])()
    assert fed(world.outsider, world.bodies["hq"])() == {}  # whoever asks sees no more than on the pages


@pytest.mark.parametrize("state", ["planned", "called", "held", "cancelled"])
def test_a_planned_meeting_stands_as_it_is(world: Personas, state: str) -> None:
    made = plan(world, MeetingState(state))
    event = fed(world.governor)()[made.code]
    assert event["status"] == {"planned": "TENTATIVE", "cancelled": "CANCELLED"}.get(state, "CONFIRMED")
    assert event["dtstart"].dt.isoformat() == "2019-10-20T05:30:00+00:00"
    assert event["summary"].startswith("لغو شد") is (state == "cancelled")


def test_what_is_classified_is_at_no_address_and_marked_in_a_file(world: Personas, meeting: Meeting) -> None:
    ask = fed(world.secretary, world.bodies["hq"])
    classify_meeting(meeting, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    assert ask() == {}
    assert {str(entry["class"]) for entry in entries(meeting_ics(world.secretary, meeting)).values()} == {
        "CONFIDENTIAL"
    }


def test_an_address_ends_with_the_post_the_sign_in_or_by_its_owner(world: Personas, meeting: Meeting) -> None:
    feed, token = directory.make_feed(by=world.secretary)
    assert open_feed(token)[1] == world.secretary
    user = User.objects.get(pk=world.users["secretary"].pk)
    directory.set_active(by=world.operator, person=user.person, active=False)
    with pytest.raises(Missing):
        open_feed(token)
    user.refresh_from_db()
    directory.set_active(by=world.operator, person=user.person, active=True)
    newer = directory.renew_feed(feed, by=world.secretary)
    with pytest.raises(Missing):
        open_feed(token)
    directory.end_tenure(by=world.operator, tenure=Tenure.objects.get(person__user=user), ends=builders.SESSION_11)
    with pytest.raises(Missing):
        open_feed(newer)
    with pytest.raises(Missing):
        open_feed("")


def test_a_feed_that_was_taken_back_answers_no_more(world: Personas) -> None:
    feed, token = directory.make_feed(by=world.secretary)
    directory.end_feed(feed, by=world.secretary)
    with pytest.raises(Missing):
        open_feed(token)
    with pytest.raises(Conflict):
        directory.renew_feed(feed, by=world.secretary)
    assert list(feeds_visible_to(world.secretary)) == [] and list(ledger.audit()) == []


def test_one_address_each_and_nobody_elses(world: Personas) -> None:
    feed, token = directory.make_feed(by=world.secretary, of=world.bodies["hq"])
    with pytest.raises(Conflict):
        directory.make_feed(by=world.secretary, of=world.bodies["hq"])
    directory.make_feed(by=world.secretary, of=world.parties["roads"])
    directory.make_feed(by=world.governor, of=world.bodies["hq"])
    with pytest.raises(Refused):
        directory.end_feed(feed, by=world.governor)
    assert feeds_visible_to(world.secretary).count() == 2
    assert token not in str(list(Feed.objects.values())) and token not in str(list(Event.objects.values("data")))


def test_the_number_grows_with_what_happens_and_the_bytes_stay_without(
    world: Personas, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = datetime(2019, 10, 13, 10, tzinfo=clock.TEHRAN)  # after the meeting, whatever the hour of this test
    monkeypatch.setattr(clock, "now", lambda: morning)
    _feed, token = directory.make_feed(by=world.secretary, of=world.bodies["hq"])
    before = feed_ics(*open_feed(token))
    assert feed_ics(*open_feed(token)) == before
    debt = Obligation.objects.get(resolution__number="۳")
    seen = [entries(before)[debt.code]["sequence"]]
    services.release([debt], by=world.secretary)
    seen.append(entries(feed_ics(*open_feed(token)))[debt.code]["sequence"])
    services.withdraw([debt], by=world.secretary)
    seen.append(entries(feed_ics(*open_feed(token)))[debt.code]["sequence"])
    directory.rename_party(by=world.operator, party=world.parties["consultants"], name="مشاوران", starts=TODAY)
    after = entries(feed_ics(*open_feed(token)))
    seen.append(after[debt.code]["sequence"])
    assert seen == sorted(set(seen)) and "مشاوران" in after[debt.code]["description"]
    assert after[debt.code]["last-modified"].dt == Event.objects.latest("number").at.replace(microsecond=0)
    others = {code: entry.to_ical() for code, entry in after.items() if code != debt.code}
    unchanged = {code: entry.to_ical() for code, entry in entries(before).items() if code in others}
    assert others == unchanged


def test_queries_do_not_grow_with_the_rows(world: Personas) -> None:
    _feed, token = directory.make_feed(by=world.secretary, of=world.bodies["hq"])

    def cost() -> int:
        feed, by = open_feed(token)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            feed_ics(feed, by)
        return len(asked)

    builders.meeting(world)
    few = cost()
    for number in (12, 13, 14):
        builders.meeting(world, builders.minutes(world, number=number))
    assert cost() == few <= 14
