"""`dabir export`: the files of a meeting's page, from the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from dabir.config.commands import run
from dabir.cycle.classifying import classify_meeting
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting
from tests import builders
from tests.personas import Personas
from tests.writing.test_minutes_akn import source_in as source_in_akn
from tests.writing.test_minutes_docx import source_in as source_in_docx
from tests.writing.test_minutes_pdf import embedded

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(world: Personas) -> Meeting:
    return builders.meeting(world)


@pytest.mark.parametrize("form", ["pdf", "docx", "akn", "json"])
def test_each_format_holds_the_record(recorded: Meeting, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"minutes.{form}"
    assert run(["export", recorded.code, "--format", form, "-o", str(path)]) == 0
    data = path.read_bytes()
    inside = {
        "pdf": lambda: next(iter(embedded(data).values())),
        "docx": lambda: source_in_docx(data) or b"",
        "akn": lambda: source_in_akn(data),
        "json": lambda: data,
    }
    assert json.loads(inside[form]()) == recorded.versions.get().document
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [path.name]


def test_ics_is_the_meeting_and_its_debts_with_a_day(recorded: Meeting, tmp_path: Path) -> None:
    path = tmp_path / "minutes.ics"
    assert run(["export", recorded.code, "--format", "ics", "-o", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 1
    dated = recorded.obligations.filter(due_day__isnull=False, is_group=False)
    assert text.count("BEGIN:VTODO") == dated.count() > 0


def test_the_calendar_of_a_classified_meeting_says_so(world: Personas, recorded: Meeting, tmp_path: Path) -> None:
    classify_meeting(recorded, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    path = tmp_path / "minutes.ics"
    assert run(["export", recorded.code, "--format", "ics", "-o", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert text.count("CLASS:CONFIDENTIAL") == text.count("BEGIN:VEVENT") + text.count("BEGIN:VTODO") > 1


def test_it_can_go_to_standard_output(recorded: Meeting, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", recorded.code, "--format", "json", "-o", "-"]) == 0
    assert json.loads(capfdbinary.readouterr().out) == recorded.versions.get().document


def test_what_was_there_before_stays_where_nothing_can_be_written(
    recorded: Meeting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").mkdir()
    for place in (tmp_path / "there", tmp_path / "missing" / "minutes.pdf"):
        assert run(["export", recorded.code, "--format", "json", "-o", str(place)]) == 2
        assert "cannot be written" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["there"]


def test_the_file_can_be_read_by_others_as_any_new_file(recorded: Meeting, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        run(["export", recorded.code, "--format", "json", "-o", str(tmp_path / "m.json")])
    finally:
        os.umask(before)
    assert (tmp_path / "m.json").stat().st_mode & 0o777 == 0o644


def test_an_unknown_code_or_version_is_told(
    recorded: Meeting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "minutes.pdf"
    assert run(["export", "nowhere-1398-1", "--format", "pdf", "-o", str(path)]) == 2
    assert "there is no meeting nowhere-1398-1" in capsys.readouterr().err
    assert run(["export", recorded.code, "--format", "pdf", "-o", str(path), "--version", "2"]) == 2
    assert "has no version 2" in capsys.readouterr().err
    assert not path.exists()


def test_a_classified_meeting_has_no_public_file_and_is_not_there_for_others(
    world: Personas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = builders.meeting(world, secrecy=SecrecyClass.CONFIDENTIAL)
    asked = ["export", secret.code, "--format", "json", "-o", str(tmp_path / "minutes.json")]
    assert run([*asked, "--public"]) == 2 and capsys.readouterr().err
    assert run([*asked, "--user", world.users["auditor"].username]) == 2
    assert f"there is no meeting {secret.code}" in capsys.readouterr().err
    assert run([*asked, "--user", world.users["secretary"].username]) == 0
