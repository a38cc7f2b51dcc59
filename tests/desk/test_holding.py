"""A meeting is held and its attendance written through its pages; the year's absences are a list to take out."""

from __future__ import annotations

from datetime import time

import pytest
from django.test import Client

from dabir.directory.models import Body
from dabir.meetings.models import Meeting
from dabir.meetings.services.planning import Plan
from tests.conftest import TODAY
from tests.meetings.test_planning import now, planned
from tests.personas import Personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(world: Personas, client: Client) -> Client:
    client.force_login(world.users["staff"])
    return client


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    return planned(world, Plan(TODAY, time(10), None, "سالن"))


def attended(staff: Client, meeting: Meeting, **marks: str) -> dict[str, str]:
    """The form as it was answered: the party's code with a line for its hyphen."""
    keys = dict(now(meeting).attendance.values_list("party__code", "pk"))
    answered = {f"standing-{keys[code.replace('_', '-')]}": said for code, said in marks.items()}
    return {"starts_at": "۱۰:۱۰", "ends_at": "۱۱:۴۵", **answered}


def test_all_are_present_but_for_the_exceptions(staff: Client, meeting: Meeting) -> None:
    address = f"/m/{meeting.code}/attendance/"
    assert staff.post(f"/m/{meeting.code}/hold/", {"starts_at": "۱۰"})["Location"] == address
    staff.post(address, attended(staff, meeting, agriculture="excused") | {"do": "all-present"})
    rows = {row.party.code: row for row in meeting.attendance.select_related("party") if row.party}
    assert rows["agriculture"].excused and rows["housing"].present and rows["planning"].present
    key = rows["housing"].pk
    refused = staff.post(address, attended(staff, meeting, housing="delegate"))
    assert refused.status_code == 422 and f'id="f-delegate-{key}-note"' in refused.content.decode()
    sent = {f"delegate-{key}": "علی نمونه", f"letter-{key}": "۴۵"}
    staff.post(address, attended(staff, meeting, housing="delegate", agriculture="absent", planning="present") | sent)
    page = staff.get(f"/m/{meeting.code}/").content.decode()
    assert "علی نمونه" in page and "۱۰:۱۰ – ۱۱:۴۵" in page


def test_quorum_is_shown_with_its_rule(staff: Client, meeting: Meeting, world: Personas, client: Client) -> None:
    client.force_login(world.users["secretary"])
    client.post("/parties/hq/quorum/", {"quorum": "majority"})
    assert Body.objects.get(code="hq").quorum == "majority"
    client.post(f"/m/{meeting.code}/hold/", {"starts_at": "10"})
    page = client.get(f"/m/{meeting.code}/attendance/").content.decode()
    assert 'data-needed="2"' in page and "short" in page
    client.post(f"/m/{meeting.code}/attendance/", attended(client, meeting) | {"do": "all-present"})
    assert "quorum reached" in client.get(f"/m/{meeting.code}/").content.decode()


def test_absences_of_the_year_are_a_list_and_a_file(staff: Client, meeting: Meeting) -> None:
    staff.post(f"/m/{meeting.code}/hold/", {"starts_at": "10"})
    staff.post(f"/m/{meeting.code}/attendance/", attended(staff, meeting, agriculture="absent", planning="present"))
    page = staff.get("/parties/hq/attendance/").content.decode()
    assert "سازمان جهاد کشاورزی استان زنجان" in page and f"/m/{meeting.code}/" in page
    assert "agriculture" in staff.get("/parties/hq/attendance.csv").content.decode("utf-8-sig")
    assert "agriculture" not in staff.get("/parties/hq/attendance.csv", {"year": "1397"}).content.decode("utf-8-sig")
    assert "بدون اطلاع" in staff.get("/parties/agriculture/").content.decode()
    assert staff.get("/parties/roads/attendance/").status_code == 404


def test_somebody_who_was_not_called_came(staff: Client, meeting: Meeting) -> None:
    staff.post(f"/m/{meeting.code}/hold/", {"starts_at": "10"})
    staff.post(f"/m/{meeting.code}/attendance/add/", {"who": "راه و شهرسازی"})
    added = meeting.attendance.get(party__code="roads")
    assert added.present
    staff.post(f"/m/{meeting.code}/attendance/{added.pk}/remove/")
    assert not meeting.attendance.filter(party__code="roads").exists()
