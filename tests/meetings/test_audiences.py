"""The public version of minutes tells that something is left out, and not what."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from dabir.cycle.classifying import classify_meeting
from dabir.directory import services as directory
from dabir.directory.models import Post
from dabir.foundation import files, ledger
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.audiences import LEFT_OUT, Audience, view_of
from dabir.meetings.documents import paper_of
from dabir.meetings.models import Attachment, Meeting
from dabir.persian.jalali import to_gregorian
from dabir.reading.minutes import Finding, Minutes, Severity
from dabir.writing.minutes_body import WITHHELD, further
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db
SECRET = "محرمانه‌ترین سخن"
REASON = "به دستور استاندار چنین ماند"


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    read = builders.minutes(world)
    read.lines = ["صورتجلسه", "آقای نجفی گفت:", SECRET, "آقای فتحی گفت: گزارش شود", "مصوبات"]
    read.discussion[0].lines, read.discussion[0].points[0].lines = (2, 2), (3, 3)
    read.discussion[0].points[0].text = SECRET
    read.discussion[1].lines = read.discussion[1].points[0].lines = (4, 4)
    read.findings = [
        Finding("text.slip", Severity.NOTE, f"در «{SECRET}» …", (3, 3)),
        Finding("text.slip", Severity.NOTE, "در «گزارش» …", (4, 4), waived=REASON),
    ]
    return builders.meeting(world, read)


def test_the_internal_version_is_the_record(meeting: Meeting) -> None:
    version = meeting.versions.get()
    assert view_of(version, Audience.INTERNAL).document == version.document
    public = view_of(version, Audience.PUBLIC)
    assert public.is_whole
    assert [one["message"] for one in public.document["findings"]] == [
        one["message"] for one in version.document["findings"]
    ]
    assert {name for name in version.document if public.document[name] != version.document[name]} == {"findings"}


def test_why_a_finding_was_let_be_is_the_offices_own(meeting: Meeting) -> None:
    version = meeting.versions.get()
    told = {one: json.dumps(view_of(version, one).document, ensure_ascii=False) for one in Audience}
    assert REASON in told[Audience.INTERNAL] and REASON not in told[Audience.PUBLIC]


def test_a_classified_statement_is_in_no_part_of_the_public_version(world: Personas, meeting: Meeting) -> None:
    statement = meeting.statements.get(order=1)
    services.classify_statement(statement, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    version = meeting.versions.get()
    view = view_of(version, Audience.PUBLIC)
    assert SECRET not in json.dumps(view.document, ensure_ascii=False)
    assert "نجفی" not in json.dumps(view.document, ensure_ascii=False)
    assert view.document["lines"] == ["صورتجلسه", LEFT_OUT, "", "آقای فتحی گفت: گزارش شود", "مصوبات"]
    assert len(view.document["findings"]) == 1
    assert (view.statements_left_out, view.is_whole) == (1, False)
    assert len(Minutes.from_json(view.document).discussion) == 1
    assert SECRET in json.dumps(version.document, ensure_ascii=False)  # the record itself is whole


def test_a_classified_attachment_is_left_out_and_counted(world: Personas, meeting: Meeting) -> None:
    with ledger.change("tests.attach", by=world.operator) as change:
        for name, secrecy in (("نقشه", SecrecyClass.NORMAL), ("نامه", SecrecyClass.SECRET)):
            files.put(name.encode())
            file = files.register(change, name.encode())
            change.create(Attachment(meeting=meeting, file=file, name=name, secrecy=secrecy))
    view = view_of(meeting.versions.get(), Audience.PUBLIC)
    assert ([one.name for one in view.attachments], view.attachments_left_out) == (["نقشه"], 1)


def test_of_a_classified_dissent_the_public_version_tells_that_there_is_one(world: Personas, meeting: Meeting) -> None:
    said = services.record_dissent(
        meeting, by=world.secretary, name="مهندس نمونه", text=SECRET, about="۳", secrecy=SecrecyClass.CONFIDENTIAL
    )
    services.record_dissent(meeting, by=world.secretary, name="دکتر نمونه", text="با بند ۳ مخالفم", about="۳")

    def told(audience: Audience) -> str:
        paper = paper_of(meeting.versions.get(), audience=audience, base="")
        return "\n".join(block.text for part in further(paper) for block in part.blocks)

    since = "ثبت‌شده در ۱۳۹۸/۰۷/۲۰، پس از این نسخه"
    assert f"مهندس نمونه (مصوبه ۳، {since}): {SECRET}" in told(Audience.INTERNAL)
    assert told(Audience.PUBLIC) == f"دکتر نمونه (مصوبه ۳، {since}): با بند ۳ مخالفم\n{WITHHELD}"
    assert view_of(meeting.versions.get(), Audience.PUBLIC).dissents_left_out == 1
    with pytest.raises(Refused):
        services.classify_dissent(said, SecrecyClass.NORMAL, by=world.staff)
    services.classify_dissent(said, SecrecyClass.NORMAL, by=world.secretary)
    assert SECRET in told(Audience.PUBLIC) and WITHHELD not in told(Audience.PUBLIC)
    assert list(ledger.audit()) == []


def test_a_classified_meeting_has_no_public_version(world: Personas, meeting: Meeting) -> None:
    classify_meeting(meeting, SecrecyClass.SECRET, by=world.secretary)
    version = meeting.versions.get()
    with pytest.raises(Invalid):
        view_of(version, Audience.PUBLIC)


def test_those_called_read_the_minutes_without_what_is_classified_and_nothing_else(
    world: Personas, meeting: Meeting, client: Client
) -> None:
    services.classify_statement(meeting.statements.get(order=1), SecrecyClass.CONFIDENTIAL, by=world.secretary)
    seated_later = to_gregorian(1398, 7, 18)
    directory.give_seat(by=world.operator, body=world.bodies["hq"], party=world.parties["roads"], starts=seated_later)

    def shown(persona: str, address: str) -> str:
        """What the page says; its status where it says nothing."""
        client.force_login(world.users[persona])
        answer = client.get(f"/m/{meeting.code}/{address}")
        return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)

    assert SECRET in shown("secretary", "versions/1/") and SECRET in shown("auditor", "v1/internal.json")
    for persona in ("officer", "head"):
        page = shown(persona, "versions/1/")
        assert LEFT_OUT in page and "آقای فتحی گفت" in page and SECRET not in page
        assert not any(debt.code in page for debt in meeting.obligations.all())
        public = shown(persona, "v1/public.json")
        assert "پیش‌نویس دوم" in public and SECRET not in public
        for address in ("", "file/", "communicate/", "v1/internal.json"):
            assert shown(persona, address) == "404", address
        client.force_login(world.users[persona])
        assert f"/m/{meeting.code}/versions/1/" in client.get("/meetings/").content.decode()
    for persona in ("consultant", "outsider", "county", "admin", "other_secretary"):  # the consultant owes something
        assert shown(persona, "versions/1/") == shown(persona, "v1/public.json") == "404", persona
    services.name_reader(meeting, Post.objects.get(party__code="post-officer"), by=world.secretary)
    assert SECRET in shown("officer", "versions/1/")
    classify_meeting(meeting, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    assert shown("head", "versions/1/") == shown("head", "v1/public.json") == "404"
