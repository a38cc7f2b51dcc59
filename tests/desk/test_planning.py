"""A meeting is planned, written an agenda for, called to and cancelled through its pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dabir.cycle.calling import call_meeting
from dabir.letters.models import Letter
from dabir.meetings import services
from dabir.meetings.models import Meeting
from tests import builders
from tests.cycle.test_calling import with_agenda
from tests.meetings.test_planning import now, planned
from tests.personas import Personas

pytestmark = pytest.mark.django_db
FORM = {"body": "hq", "day": "۱۳۹۸/۰۷/۳۰", "starts_at": "۱۰:۳۰", "venue": "سالن"}


@pytest.fixture
def secretary(world: Personas, client: Client) -> Client:
    client.force_login(world.users["secretary"])
    return client


def test_planned_meeting_has_a_page_with_its_agenda_and_who_is_called(secretary: Client) -> None:
    response = secretary.post("/meetings/new/", FORM)
    assert response["Location"] == "/m/hq-1398-1/"
    secretary.post("/m/hq-1398-1/agenda/", {"text": "گزارش", "presenter": "بنیاد مسکن", "minutes": "۲۰"})
    secretary.post("/m/hq-1398-1/called/", {"who": "راه و شهرسازی"})
    secretary.post("/m/hq-1398-1/files/", {"file": SimpleUploadedFile("گزارش.pdf", b"%PDF"), "secrecy": "normal"})
    page = secretary.get("/m/hq-1398-1/").content.decode()
    for words in ("گزارش", "بنیاد مسکن انقلاب اسلامی استان زنجان", "۲۰ دقیقه", "راه و شهرسازی", "۱۰:۳۰", "گزارش.pdf"):
        assert words in page
    assert 'aria-current="step"' in page


def test_refused_plan_comes_back_filled(secretary: Client) -> None:
    response = secretary.post("/meetings/new/", FORM | {"starts_at": "ده", "venue": "تالار کوچک"})
    page = response.content.decode()
    assert response.status_code == 422 and "تالار کوچک" in page and "fault" in page
    assert not Meeting.objects.exists()
    without = secretary.post("/meetings/new/", FORM | {"without": "1", "title": "بازبینی"})
    assert without.status_code == 422
    named = FORM | {"without": "1", "title": "بازبینی", "attendees": "بنیاد مسکن؛ جهاد کشاورزی"}
    assert secretary.post("/meetings/new/", named)["Location"] == "/m/hq-13980730/"


def test_call_is_written_and_the_change_is_told(secretary: Client, world: Personas) -> None:
    meeting = with_agenda(world)
    assert "به آگاهی می‌رساند" in secretary.get(f"/m/{meeting.code}/call/").content.decode()
    secretary.post(f"/m/{meeting.code}/call/", {"form": "each", "urgency": "urgent"})
    assert {letter.urgency for letter in Letter.objects.all()} == {"urgent"}
    assert now(meeting).state == "called"
    secretary.post(f"/m/{meeting.code}/change/", FORM | {"tell": "1", "venue": "فرمانداری"})
    assert Letter.objects.filter(state="awaiting", text__contains="فرمانداری").count() == 3
    secretary.post(f"/m/{meeting.code}/cancel/", {"reason": "سفر", "tell": "1"})
    assert "hq-1398-1-cancelled" in secretary.get("/m/hq-1398-1-cancelled/").content.decode()
    secretary.post("/m/hq-1398-1-cancelled/revive/")
    assert now(meeting).code == "hq-1398-1"


def test_what_an_invitation_lacks_is_said_before_it_is_written(secretary: Client) -> None:
    secretary.post("/meetings/new/", FORM | {"venue": ""})
    page = secretary.get("/m/hq-1398-1/call/").content.decode()
    assert 'href="/m/hq-1398-1/change/#f-venue"' in page and 'href="/m/hq-1398-1/#agenda"' in page
    assert "#f-starts_at" not in page and "نوشتن نامه" not in page
    secretary.post("/m/hq-1398-1/change/", FORM)
    secretary.post("/m/hq-1398-1/agenda/", {"text": "بررسی سند"})
    page = secretary.get("/m/hq-1398-1/call/").content.decode()
    assert "#f-venue" not in page and "نوشتن نامه" in page


def test_list_begins_with_what_is_ahead(secretary: Client, world: Personas) -> None:
    meeting = planned(world)
    page = secretary.get("/meetings/").content.decode()
    assert "۱۰ روز مانده" in page and f"/m/{meeting.code}/" in page
    assert "روز مانده" not in secretary.get("/meetings/", {"state": "held"}).content.decode()


def test_officer_of_an_agency_that_is_called_sees_the_call_alone(world: Personas, client: Client) -> None:
    meeting = with_agenda(world)
    services.invite_party(meeting, world.parties["roads"], by=world.secretary)
    (letter,) = call_meeting(meeting, by=world.secretary)
    builders.numbered(world, letter)
    client.force_login(world.users["outsider"])
    assert f"/calls/{meeting.code}/" in client.get("/meetings/").content.decode()
    assert "گزارش" in client.get(f"/calls/{meeting.code}/").content.decode()
    assert client.get(f"/m/{meeting.code}/").status_code == 404
