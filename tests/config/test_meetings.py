"""`dabir meetings`: what programs and people read of the meetings."""

from __future__ import annotations

import json

import pytest

from dabir.config.commands import run
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db


def test_json_has_a_meeting_on_each_line_the_newest_first(world: Personas, capsys: pytest.CaptureFixture[str]) -> None:
    builders.meeting(world)
    builders.meeting(world, builders.minutes(world, number=10, session="1398/07/10"))
    assert run(["meetings", "--json"]) == 0
    said = capsys.readouterr().out
    newest, older = json.loads(said)
    assert newest == {
        "code": "hq-1398-11",
        "number": 11,
        "date": {"jalali": "1398/07/17", "iso": "2019-10-09"},
        "bodies": [{"code": "hq", "name": world.bodies["hq"].party.name, "number": 11}],
        "state": "recorded",
        "title": Meeting.objects.get(code="hq-1398-11").title,
    }
    assert older["code"] == "hq-1398-10" and newest["code"].isascii() and len(said.splitlines()) == 3


def test_an_actor_gets_what_they_may_read(world: Personas, capsys: pytest.CaptureFixture[str]) -> None:
    builders.meeting(world, secrecy=SecrecyClass.CONFIDENTIAL)
    for persona, there in (("secretary", 1), ("staff", 0), ("officer", 0)):
        assert run(["meetings", "--json", "--user", world.users[persona].username]) == 0
        assert len(json.loads(capsys.readouterr().out)) == there, persona


def test_people_get_a_table(world: Personas, capsys: pytest.CaptureFixture[str]) -> None:
    builders.meeting(world)
    assert run(["meetings"]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert "شناسه" in head.split("\t") and "hq-1398-11" in row.split("\t") and "۱۳۹۸/۰۷/۱۷" in row
