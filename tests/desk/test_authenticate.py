"""Authenticating minutes: what a stranger with a paper is told, and what not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dabir.cycle.classifying import classify_meeting
from dabir.desk import authenticate
from dabir.foundation import ledger
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.services import set_letterhead
from dabir.meetings import services
from dabir.meetings.documents import stamp_of
from dabir.meetings.issuing import Form
from dabir.meetings.models import Meeting
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db
ADDRESS = "/authenticate/"


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    return builders.meeting(world)


def taken_out(world: Personas, meeting: Meeting, form: str, audience: str = "internal") -> bytes:
    """The file as the secretary takes it out."""
    client = Client()
    client.force_login(world.users["secretary"])
    parts = {"code": meeting.code, "number": 1, "audience": audience, "form": form}
    return client.get(reverse("meeting-document", kwargs=parts)).content


def dropped(client: Client, data: bytes, name: str = "minutes.pdf") -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})


def test_the_stamp_tells_number_date_version_state_and_hash(client: Client, meeting: Meeting) -> None:
    stamp = stamp_of(meeting.versions.get())
    response = client.get(stamp.address(""))
    page = response.content.decode()
    assert response.status_code == 200 and response["X-Robots-Tag"] == "noindex"
    for words in (meeting.code, "چهارشنبه ۱۷ مهر ۱۳۹۸", "۱۱", stamp.short, "نسخه", "ثبت از برگه امضاشده"):
        assert words in page, words


def test_the_form_may_say_where_it_comes_from(client: Client) -> None:
    """Without it a browser's form is refused as a stranger's."""
    assert client.get(ADDRESS)["Referrer-Policy"] == "same-origin"


def test_nothing_of_the_content_is_told(client: Client, meeting: Meeting) -> None:
    page = client.get(stamp_of(meeting.versions.get()).address("")).content.decode()
    for secret in (meeting.venue, meeting.chair, *meeting.resolutions.values_list("text", flat=True)):
        assert secret and secret not in page


@pytest.mark.parametrize("change", ["hash", "code", "version"])
def test_what_is_wrong_is_answered_alike(client: Client, meeting: Meeting, change: str) -> None:
    stamp = stamp_of(meeting.versions.get())
    code = "nowhere-1398-1" if change == "code" else stamp.code
    version = 2 if change == "version" else 1
    short = "0" * 12 if change == "hash" else stamp.short
    response = client.get(f"{ADDRESS}{code}/{version}/{short}/")
    other = client.get(f"{ADDRESS}unknown/1/{'1' * 12}/")
    assert response.status_code == other.status_code == 404
    assert body(response) == body(other)


def body(response: Any) -> str:
    """The page's own part; what is around it has a token, another each time."""
    page = str(response.content.decode())
    return page[page.index('class="verdict') : page.index("<form class=")]


def test_of_a_classified_meeting_it_says_that_there_is_such_a_version_alone(client: Client, meeting: Meeting) -> None:
    open_ = body(client.get(stamp_of(meeting.versions.get()).address("")))
    Meeting.objects.filter(pk=meeting.pk).update(secrecy=SecrecyClass.SECRET)
    version = meeting.versions.get()
    version.meeting.refresh_from_db()
    closed = body(client.get(stamp_of(version).address("")))
    for told in ("۱۷ مهر ۱۳۹۸", meeting.code, "<dl", "SHA-256"):
        assert told in open_ and told not in closed


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_file_as_it_left_is_known(
    client: Client, world: Personas, meeting: Meeting, form: str, audience: str
) -> None:
    services.classify_statement(meeting.statements.all()[0], SecrecyClass.SECRET, by=world.secretary)
    page = dropped(client, taken_out(world, meeting, form, audience), f"a.{form}").content.decode()
    assert "verdict good" in page and meeting.code in page
    assert ("برای عموم" in page) == (audience == "public")


def test_each_state_in_which_a_version_left_stays_known(client: Client, world: Personas, meeting: Meeting) -> None:
    """Whoever holds the paper that was printed to be signed, or one with the first two signatures, holds a true one."""
    version = meeting.versions.get()

    def sign(name: str) -> None:
        services.record_signatures(version, [(None, name)], day=builders.SESSION_11, by=world.secretary)

    changes: list[Callable[[], object]] = [
        lambda: sign("نجفی"),
        lambda: services.record_dissent(meeting, by=world.secretary, name="فتحی", text="مخالفم"),
        lambda: services.remove_signature(version.signatures.get(), by=world.secretary),
        lambda: sign("قاسملو"),
        lambda: set_letterhead(by=world.secretary, body=meeting.kept_by, values={"footer": "نشانی"}),
    ]
    left = [taken_out(world, meeting, "docx")]
    for change in changes:
        change()
        left.append(taken_out(world, meeting, "docx"))
    assert len(set(left)) == len(left) == version.issued.count()
    assert taken_out(world, meeting, "docx") == left[-1] and version.issued.count() == len(left)
    for one in left:
        assert "همان است که از دبیر بیرون آمده" in dropped(client, one, "minutes.docx").content.decode()
    assert list(ledger.audit()) == []


def test_of_a_file_of_a_classified_meeting_no_more_is_told_than_of_its_stamp(
    client: Client, world: Personas, meeting: Meeting
) -> None:
    data = taken_out(world, meeting, "docx", "public")
    classify_meeting(meeting, SecrecyClass.SECRET, by=world.secretary)
    told = body(dropped(client, data, "a.docx"))
    assert "verdict good" in told and meeting.code not in told and "<dl" not in told


def test_a_changed_file_with_our_record_inside_is_told_apart(client: Client, world: Personas, meeting: Meeting) -> None:
    data = taken_out(world, meeting, "pdf")
    page = dropped(client, data + b"\n% changed").content.decode()
    assert "verdict doubtful" in page and meeting.code in page
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(taken_out(world, meeting, "docx"))) as old, zipfile.ZipFile(held, "w") as new:
        for one in old.namelist():
            data = old.read(one)
            new.writestr(one, data if one.endswith(".json") else data.replace("گزارش".encode(), "نقشه".encode()))
    assert "verdict doubtful" in dropped(client, held.getvalue(), "a.docx").content.decode()


@pytest.mark.parametrize("data", [b"x", b"%PDF-1.7\n%broken", b"PK\x03\x04broken", "متن".encode()])
def test_any_other_file_is_not_known(client: Client, meeting: Meeting, data: bytes) -> None:
    told = body(dropped(client, data))
    assert "verdict bad" in told and meeting.code not in told


def test_a_record_that_was_changed_is_not_ours(client: Client, world: Personas, meeting: Meeting) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(taken_out(world, meeting, "docx"))) as old, zipfile.ZipFile(held, "w") as new:
        for one in old.namelist():
            data = old.read(one)
            new.writestr(one, data.replace("برنامه".encode(), "نقشه‌ا".encode()) if one.endswith(".json") else data)
    told = body(dropped(client, held.getvalue(), "a.docx"))
    assert "verdict bad" in told and meeting.code not in told


def test_the_address_under_the_code_can_be_typed(client: Client, meeting: Meeting) -> None:
    stamp = stamp_of(meeting.versions.get())
    for typed in (stamp.address("https://dabir.example"), stamp.address("").lstrip("/")):
        assert client.post(ADDRESS, {"address": typed})["Location"] == stamp.address("")
    assert client.post(ADDRESS, {"address": "x"}).status_code == 422
    assert client.post(ADDRESS, {}).status_code == 422


def test_too_many_attempts_have_to_wait(client: Client, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticate, "MOST_WRONG", 2)
    monkeypatch.setattr(authenticate, "MOST_FILES", 1)
    wrong = f"{ADDRESS}nowhere/1/{'0' * 12}/"
    assert [client.get(wrong).status_code for _ in range(3)] == [404, 404, 429]
    assert [dropped(client, b"x").status_code for _ in range(2)] == [200, 429]
