"""Downloads of minutes: each version, in each form, for those who may."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from dabir.foundation import child
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.issuing import Form
from dabir.meetings.manuscripts import services as manuscripts
from dabir.meetings.models import Meeting
from dabir.reading.minutes import Minutes
from tests import builders
from tests.personas import Personas
from tests.writing.test_minutes_pdf import embedded, pages

pytestmark = pytest.mark.django_db


def address(meeting: Meeting, form: str, audience: str = "internal", number: int = 1) -> str:
    parts = {"code": meeting.code, "number": number, "audience": audience, "form": form}
    return reverse("meeting-document", kwargs=parts)


@pytest.fixture
def recorded(world: Personas, client: Client) -> Meeting:
    client.force_login(world.users["secretary"])
    return builders.meeting(world)


def test_the_page_offers_each_form_for_both_audiences(client: Client, recorded: Meeting) -> None:
    page = client.get(reverse("meeting", kwargs={"code": recorded.code})).content.decode()
    for form in Form:
        assert address(recorded, form) in page and address(recorded, form, "public") in page


def test_the_pdf_holds_the_record_and_its_stamp(client: Client, recorded: Meeting) -> None:
    response = client.get(address(recorded, "pdf"))
    assert response["Content-Type"] == "application/pdf" and response["X-Content-Type-Options"] == "nosniff"
    assert f"{recorded.code}-v1.pdf" in response["Content-Disposition"]
    document = recorded.versions.get().document
    (source,) = embedded(response.content).values()
    assert json.loads(source) == document
    assert Minutes.from_json(json.loads(source)) == Minutes.from_json(document)
    assert recorded.code in pages(response.content)[0]


def test_a_second_download_typesets_nothing(client: Client, recorded: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(address(recorded, "pdf")).content

    def never(*_args: object, **_more: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(child, "run", never)
    assert client.get(address(recorded, "pdf")).content == first


def test_the_json_is_the_form_of_dabir_read(client: Client, recorded: Meeting) -> None:
    assert json.loads(client.get(address(recorded, "json")).content) == recorded.versions.get().document


def test_the_public_version_leaves_out_what_is_above_the_normal_class(
    client: Client, world: Personas, recorded: Meeting
) -> None:
    statement = recorded.statements.first()
    assert statement is not None
    services.classify_statement(statement, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    public, internal = (client.get(address(recorded, "pdf", audience)).content for audience in ("public", "internal"))
    hidden = statement.points.all()[0].text
    assert hidden in " ".join(pages(internal)) and hidden not in " ".join(pages(public))
    assert hidden.encode() in next(iter(embedded(internal).values()))
    assert hidden.encode() not in next(iter(embedded(public).values()))


def test_a_classified_meeting_has_its_class_on_its_paper_and_no_public_version(client: Client, world: Personas) -> None:
    client.force_login(world.users["secretary"])
    secret = builders.meeting(world, secrecy=SecrecyClass.CONFIDENTIAL)
    assert all("محرمانه" in text for text in pages(client.get(address(secret, "pdf")).content))
    assert client.get(address(secret, "pdf", "public")).status_code == 422
    page = client.get(reverse("meeting", kwargs={"code": secret.code})).content.decode()
    assert address(secret, "pdf", "public") not in page


@pytest.mark.parametrize(
    ("form", "audience", "number"), [("exe", "internal", 1), ("pdf", "all", 1), ("pdf", "internal", 2)]
)
def test_what_is_not_there_is_not_found(
    client: Client, recorded: Meeting, form: str, audience: str, number: int
) -> None:
    assert client.get(address(recorded, form, audience, number)).status_code == 404


def test_a_draft_can_be_printed_and_says_what_it_is(client: Client, world: Personas) -> None:
    client.force_login(world.users["secretary"])
    held = builders.held(world)
    manuscripts.open_manuscript(held, by=world.secretary)
    printed = reverse("meeting-draft", kwargs={"code": held.code, "form": "pdf"})
    assert printed in client.get(reverse("meeting", kwargs={"code": held.code})).content.decode()
    data = client.get(printed).content
    assert all("پیش‌نویس" in text for text in pages(data)) and not embedded(data)
