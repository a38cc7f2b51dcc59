"""`dabir agenda`: what the next meeting of a body should look at, for people and for programs."""

from __future__ import annotations

import json

import pytest

from dabir.config.commands import run
from dabir.cycle.next_agenda import agenda_of
from dabir.directory.services import set_follow_up
from dabir.persian.jalali import parse_day
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db


def mark(world: Personas, *codes: str) -> None:
    for code in codes:
        body = world.bodies[code]
        set_follow_up(by=world.operator, body=body, extensions_by_secretary=1, report_months=3, headquarters=True)


def test_without_a_body_it_is_the_only_headquarters_else_the_bodies_are_listed(
    world: Personas, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.meeting(world)
    assert run(["agenda"]) == 2
    said = capsys.readouterr()
    assert (said.out, [code in said.err for code in ("hq", "committee", "other")]) == ("", [True, True, True])
    assert run(["agenda", "nobody"]) == 2
    assert "committee" in capsys.readouterr().err
    mark(world, "hq")
    monkeypatch.setenv("DABIR_TODAY", "1398/10/20")
    assert run(["agenda", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    expected = agenda_of(world.bodies["hq"], by=world.operator, today=parse_day("1398/10/20"))
    assert (told["body"], told["day"]) == ("hq", {"jalali": "1398/10/20", "iso": "2020-01-10"})
    assert [(line["obligation"], line["score"]) for line in told["lines"]] == [
        (line.code, line.score) for line in expected.lines
    ]
    first = told["lines"][0]
    assert first["score"] == sum(first["points"].values()) and len(first["reasons"]) == len(first["points"])
    assert all(first["about"] in text for text in first["candidates"]) and len(first["candidates"]) == 2
    assert [(line["about"], line["more"]) for line in told["lines"]] == [
        (line.about.code, line.more) for line in expected.lines
    ]
    assert "روز" in first["reasons"][0] and "امتیاز" in first["reasons"][0]
    late = next(line for line in told["lines"] if line["obligation"] == "hq-1398-11/3.1")
    assert (late["days_late"], late["due"]["jalali"], late["lead"]["code"]) == (75, "1398/08/05", "consultants")
    assert {"code", "name", "roles", "seat", "obligations"} == set(told["invite"][0])
    mark(world, "committee")
    assert run(["agenda"]) == 2
    said = capsys.readouterr()
    assert "committee" in said.err and "other" not in said.err


def test_text_names_each_debt_with_its_score_reasons_and_decisions(
    world: Personas, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.meeting(world)
    assert run(["agenda", "hq"]) == 0
    said = capsys.readouterr().out
    for line in agenda_of(world.bodies["hq"], by=world.operator).lines:
        assert line.code in said and all(text in said for text in line.candidates)
    assert run(["agenda", "other"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
