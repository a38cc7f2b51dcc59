from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.desk.history import WORDS
from dabir.directory.models import Post
from dabir.foundation import files
from dabir.foundation.models import Event
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting
from dabir.obligations import services
from dabir.obligations.models import Act, Obligation, OrderWay
from dabir.persian.digits import to_persian
from tests import builders
from tests.desk.conftest import SignIn
from tests.personas import Personas


@pytest.mark.parametrize("persona", ["governor", "secretary", "staff", "auditor"])
def test_readers_see_the_meeting_whole(sign_in: SignIn, meeting: Meeting, persona: str) -> None:
    page = sign_in(persona).get(f"/m/{meeting.code}/")
    assert page.status_code == 200
    for words in ("سند شهرستان", "گزارش ارائه شد", "مشاور پیش‌نویس دوم", "جهاد کشاورزی", "اتاق تعاون", "متن صورتجلسه"):
        assert words in page.content.decode()


@pytest.mark.parametrize("persona", ["officer", "head"])
def test_those_who_were_there_read_the_minutes_and_not_the_record(
    sign_in: SignIn, meeting: Meeting, persona: str
) -> None:
    client = sign_in(persona)
    assert client.get(f"/m/{meeting.code}/").status_code == 404
    assert client.get(f"/m/{meeting.code}/file/").status_code == 404
    assert f"/m/{meeting.code}/versions/1/" in client.get("/meetings/").content.decode()
    assert client.get(f"/m/{meeting.code}/versions/1/").status_code == 200


@pytest.mark.parametrize("persona", ["consultant", "admin", "other_secretary", "outsider", "county"])
def test_others_are_not_told_that_the_meeting_exists(sign_in: SignIn, meeting: Meeting, persona: str) -> None:
    client = sign_in(persona)
    assert client.get(f"/m/{meeting.code}/").status_code == 404
    assert client.get(f"/m/{meeting.code}/file/").status_code == 404
    assert meeting.code not in client.get("/meetings/").content.decode()


def test_a_classified_meeting_is_hidden_from_those_who_see_all(world: Personas, sign_in: SignIn) -> None:
    secret = builders.meeting(world, secrecy=SecrecyClass.SECRET)
    for persona in ("auditor", "staff"):
        assert sign_in(persona).get(f"/m/{secret.code}/").status_code == 404
    assert sign_in("secretary").get(f"/m/{secret.code}/").status_code == 200


def test_the_history_is_in_words(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.post(f"/m/{meeting.code}/class/", {"secrecy": SecrecyClass.SECRET})
    client.post(f"/m/{meeting.code}/readers/", {"post": Post.objects.earliest("pk").pk})
    client.post(f"/readers/{meeting.readers.get().pk}/remove/")
    page = client.get(f"/m/{meeting.code}/").content.decode()
    assert "اجازه خواندن پس گرفته شد" in page
    assert not [event.verb for event in Event.objects.all() if event.verb in page]


def test_whatever_a_body_decides_on_a_debt_has_its_words_in_the_history() -> None:
    assert {f"obligations.{act}" for act in Act} <= WORDS.keys()


def test_the_original_file_is_an_attachment_that_no_browser_opens(sign_in: SignIn, meeting: Meeting) -> None:
    response = sign_in("secretary").get(f"/m/{meeting.code}/file/")
    version = meeting.versions.get()
    assert response.content == files.get(version.file)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"


def test_the_meetings_are_listed_with_their_figures(sign_in: SignIn, meeting: Meeting) -> None:
    page = sign_in("secretary").get("/meetings/").content.decode()
    assert f"/m/{meeting.code}/" in page and '<td class="num">۷</td>' in page
    assert 'class="empty"' in sign_in("secretary").get("/meetings/?body=committee").content.decode()


def test_a_resolution_shows_its_debts_and_what_happened(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    debt = Obligation.objects.get(resolution__number="۳")
    services.release([debt], by=world.secretary)
    page = sign_in("secretary").get(f"/r/{meeting.code}/3/").content.decode()
    assert "پیش‌نویس دوم را ارائه نماید" in page
    event = Event.objects.get(verb="obligations.release", label=debt.code)
    assert page.count(to_persian(str(event.number))) == 1


def test_a_debtor_sees_the_resolution_of_a_released_debt_and_not_its_meeting(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    client = sign_in("consultant")
    assert client.get(f"/r/{meeting.code}/3/").status_code == 404
    services.release(Obligation.objects.filter(resolution__number="۳"), by=world.secretary)
    page = client.get(f"/r/{meeting.code}/3/").content.decode()
    assert f'href="/m/{meeting.code}/"' not in page and "<form" in page
    assert "/debts/" not in page
    assert client.get(f"/r/{meeting.code}/2/").status_code == 404


def test_a_group_stands_once_with_its_members_beneath(sign_in: SignIn, meeting: Meeting) -> None:
    page = sign_in("secretary").get(f"/r/{meeting.code}/2/").content.decode()
    assert page.count('<article class="debt"') == 2 and page.count('<ul class="members">') == 1


def test_a_debt_of_an_order_has_a_page_of_its_source(world: Personas, sign_in: SignIn) -> None:
    body = world.bodies["hq"]
    debt = services.record_order(
        by=world.secretary, body=body, way=OrderWay.NOTE, day=builders.SESSION_11, text="پیگیری شود"
    )[0]
    assert "پیگیری شود" in sign_in("secretary").get(f"/o/{debt.code}/").content.decode()
    assert sign_in("officer").get(f"/o/{debt.code}/").status_code == 404


def test_the_meeting_page_asks_no_more_for_more_resolutions(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    read = builders.minutes(world, number=12, session="1398/07/18")
    read.resolutions = read.resolutions[:2]
    short = builders.meeting(world, read)
    client.get(f"/m/{meeting.code}/")

    def queries(code: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/m/{code}/").status_code == 200
        return len(captured)

    assert queries(short.code) == queries(meeting.code) <= 40
