"""A document that this register has made leads back to its record; what stands inside any other is not believed."""

from __future__ import annotations

import json
from functools import cache

import pytest
from django.apps import apps
from django.db import connection

from dabir.cycle.classifying import classify_meeting
from dabir.foundation import ledger
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.audiences import view_of
from dabir.meetings.issuing import Form
from dabir.meetings.models import Draft, Meeting, MinutesVersion
from dabir.meetings.refusals import NotRead, version_in
from dabir.reading.minutes import source_of
from dabir.reading.sources import own
from dabir.writing.minutes import Audience
from dabir.writing.minutes_docx import to_docx
from dabir.writing.minutes_pdf import to_pdf
from tests import builders
from tests.personas import Personas
from tests.writing.papers import paper

BASE = "https://dabir.example"


@cache
def foreign() -> dict[str, bytes]:
    """Minutes of another register, as PDF and as DOCX."""
    return {"pdf": to_pdf(paper()), "docx": to_docx(paper())}


def printed(world: Personas, meeting: Meeting, form: str, audience: Audience = Audience.INTERNAL) -> bytes:
    version = meeting.versions.get()
    return services.issue_document(version, Form(form), audience=audience, base=BASE, by=world.secretary)


def bring(world: Personas, data: bytes, form: str) -> Draft:
    return services.open_draft(data, name=f"minutes.{form}", body=world.bodies["hq"], by=world.secretary)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_our_own_document_leads_to_its_record_and_makes_no_second_one(world: Personas, form: str) -> None:
    meeting = builders.meeting(world)
    with pytest.raises(NotRead) as refused:
        bring(world, printed(world, meeting, form), form)
    assert version_in(refused.value.cause) == meeting.versions.get().pk
    assert "از همین دفتر است" in str(refused.value)
    assert Draft.objects.exclude(meeting=meeting).count() == 0


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_public_version_leads_to_the_whole_record_whoever_may_see_it(world: Personas, form: str) -> None:
    meeting = builders.meeting(world)
    services.classify_statement(meeting.statements.all()[0], SecrecyClass.CONFIDENTIAL, by=world.secretary)
    data = printed(world, meeting, form, Audience.PUBLIC)
    with pytest.raises(NotRead) as refused:
        bring(world, data, form)
    assert version_in(refused.value.cause) == meeting.versions.get().pk
    assert "نسخه عمومی" in str(refused.value)
    classify_meeting(meeting, SecrecyClass.SECRET, by=world.secretary)
    draft = services.open_draft(data, name=f"x.{form}", body=world.bodies["committee"], by=world.county)
    assert [one["rule"] for one in draft.minutes["source"]] == [own.UNKNOWN.rule]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_record_that_the_register_does_not_know_is_not_believed(world: Personas, form: str) -> None:
    draft = bring(world, foreign()[form], form)
    assert [one["rule"] for one in draft.minutes["source"]] == [own.UNKNOWN.rule]
    assert own.UNKNOWN.rule in [one["rule"] for one in draft.minutes["findings"]]
    assert [one["number"] for one in draft.minutes["resolutions"]] == [
        one.number for one in paper().minutes.resolutions
    ]


def test_who_may_not_see_the_meeting_learns_nothing_of_it(world: Personas) -> None:
    secret = builders.meeting(world, secrecy=SecrecyClass.CONFIDENTIAL)
    data = printed(world, secret, "docx")
    draft = services.open_draft(data, name="x.docx", body=world.bodies["committee"], by=world.county)
    assert [one["rule"] for one in draft.minutes["source"]] == [own.UNKNOWN.rule]


def test_recorded_minutes_have_the_hash_of_their_document(world: Personas) -> None:
    version = builders.meeting(world).versions.get()
    assert version.sha256 == own.hash_of(source_of(version.document))


def test_minutes_recorded_before_hashes_get_theirs_and_the_ledger_agrees(world: Personas) -> None:
    version = builders.meeting(world).versions.get()
    before = version.sha256
    fill = __import__("dabir.meetings.migrations.0006_hash_of_recorded", fromlist=["fill"]).fill
    MinutesVersion.objects.filter(pk=version.pk).update(sha256="", at=None)
    fill(apps, connection.schema_editor())
    version.refresh_from_db()
    assert version.sha256 == before
    assert [fault for fault in ledger.audit() if "sha256" in fault.message] == []


def test_the_command_believes_what_the_register_knows(
    world: Personas, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    from pathlib import Path

    from dabir.config.commands import run
    from dabir.reading.command import main

    meeting = builders.meeting(world)
    services.classify_statement(meeting.statements.all()[0], SecrecyClass.CONFIDENTIAL, by=world.secretary)
    path = Path(str(tmp_path)) / "minutes.docx"
    for audience in Audience:
        path.write_bytes(printed(world, meeting, "docx", audience))
        assert run(["read", "--register", str(path), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told == view_of(meeting.versions.get(), audience).document
    main([str(path), "--json"])
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)["source"]] == [own.UNKNOWN.rule]
