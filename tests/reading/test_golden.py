"""Papers in the forms that offices use, written for this project, and what is read in each (tests/golden/reading).

`python -m tests.reading.test_golden` writes the expectations anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dabir.reading import minutes as types
from dabir.reading.context import Context
from dabir.reading.minutes import Attendance, Claim, DebtAct, Due, Minutes, Obligation, Party, Person
from dabir.reading.reader import read

GOLDEN = Path(__file__).parents[1] / "golden" / "reading"
PAPERS = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".json")
SCHEMA = json.loads((Path(types.__file__).parent / "minutes.schema.json").read_text(encoding="utf-8"))


@cache
def reading(path: Path) -> Minutes:
    return read(path.read_bytes(), Context())


def digest(minutes: Minutes) -> dict[str, Any]:
    """What a secretary would check first, without line numbers, in few words."""
    header = minutes.header
    return {
        "body": header.body,
        "number": header.number,
        "date": header.date.jalali if header.date else None,
        "hours": [header.starts_at, header.ends_at],
        "venue": header.venue,
        "chair": _person(header.chair),
        "agenda": [item.text for item in minutes.agenda],
        "speakers": [[speaker.name for speaker in one.speakers] for one in minutes.discussion],
        "claims": [_claim(one) for one in minutes.claims],
        "resolutions": [
            {"number": one.number, "kind": str(one.kind), "begins": one.text[:40], "duties": _duties(one.obligations)}
            | ({"acts": [_act(act) for act in one.acts]} if one.acts else {})
            for one in minutes.resolutions
        ],
        "attendance": [_entry(entry) for entry in minutes.attendance],
    }


def _person(person: Person | None) -> list[str | None] | None:
    return [person.name, person.post] if person else None


def _claim(claim: Claim) -> list[str | None]:
    return [claim.law] if claim.law else [claim.subject, claim.value, claim.unit, claim.source]


def _duties(obligations: list[Obligation]) -> list[dict[str, Any]]:
    return [
        {
            "lead": one.lead.text if one.lead else None,
            "helpers": _names(one.helpers),
            "recipients": _names(one.recipients),
            "due": _due(one.due),
        }
        for one in obligations
    ]


def _act(act: DebtAct) -> list[str | None]:
    return [str(act.act), act.debt, act.day.jalali if act.day else None, act.into]


def _names(parties: list[Party]) -> list[str]:
    return [party.text for party in parties]


def _due(due: Due | None) -> list[str | None] | None:
    return [due.text, str(due.kind), due.jalali] if due else None


def _entry(entry: Attendance) -> str:
    return f"{entry.text}{'' if entry.present else ' [غایب]'}{f' [{entry.capacity}]' if entry.capacity else ''}"


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_paper_is_read_as_expected(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert digest(reading(path)) == expected


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_reading_agrees_with_the_schema(path: Path) -> None:
    jsonschema.validate(reading(path).as_json(), SCHEMA)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_reading_comes_back_from_its_json(path: Path) -> None:
    minutes = reading(path)
    assert Minutes.from_json(json.loads(json.dumps(minutes.as_json()))) == minutes


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_value_keeps_lines_that_exist(path: Path) -> None:
    minutes = reading(path)
    spans = [one.lines for one in minutes.resolutions] + [one.lines for one in minutes.attendance]
    spans += [one.lines for one in minutes.sections] + [one.lines for one in minutes.agenda]
    spans += [one.lines for resolution in minutes.resolutions for one in resolution.obligations]
    assert all(1 <= first <= last <= len(minutes.lines) for first, last in spans)


if __name__ == "__main__":
    for paper in PAPERS:
        text = json.dumps(digest(reading(paper)), ensure_ascii=False, indent=1)
        paper.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
