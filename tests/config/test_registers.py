"""`dabir import register`: what it prints, what it stores, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dabir.config.commands import run
from dabir.foundation import ledger
from dabir.obligations.models import Obligation, State
from tests.personas import Personas
from tests.sheets import register, row

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "دفتر.xlsx"
    rows = [
        row(1, due="1398/08/15", state="انجام شد"),
        row(2, lead="دامپزشکی - جهاد کشاورزی", due="مستمر"),
        row(3, None),
        row(2, lead="دامپزشکی - جهاد کشاورزی", due="مستمر"),
    ]
    path.write_bytes(register(*rows))
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    status = run(["import", "register", *arguments, "--body", "hq", "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_another_sheet_that_looks_like_a_register_is_named(
    world: Personas, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(old)
    book.copy_worksheet(book.worksheets[0]).title = "مصوبات 1397"
    book.create_sheet("راهنما").append(["این فایل را نگه دارید"])
    book.save(old)
    run(["import", "register", str(old), "--body", "hq", "--json", "--dry-run"])
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)["rows"]) == 4
    assert "مصوبات 1397" in printed.err
    assert "راهنما" not in printed.err


def test_the_json_says_what_each_row_becomes_and_what_is_asked(
    world: Personas, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = ledger.head()
    status, said = told(capsys, str(old), "--dry-run")
    assert (status, ledger.head()) == (1, head)
    assert [(r["row"], r["outcome"], r["meeting"]) for r in said["rows"]] == [
        (2, "new", "hq-1398-5"),
        (3, "new", "hq-1398-5"),
        (4, "refused", None),
        (5, "same", "hq-1398-5"),
    ]
    first, second, third, fourth = said["rows"]
    assert first["due"] == {"jalali": "1398/08/15", "kind": "day", "text": "1398/08/15"}
    assert (first["state"], first["old_state"], first["text"]) == ("closed", "انجام شد", "گزارش بنویسد")
    assert first["parties"] == [
        {"text": "جهاد کشاورزی", "organization": world.parties["agriculture"].name, "role": "lead"}
    ]
    assert (second["due"]["kind"], second["state"]) == ("recurrence", "unsettled")
    assert [party["organization"] for party in second["parties"]] == [None, world.parties["agriculture"].name]
    assert third["reason"]
    assert (fourth["state"], fourth["parties"]) == (second["state"], second["parties"])
    assert said["questions"] == [{"text": "دامپزشکی", "rows": [3], "candidates": []}]


def test_what_was_said_is_stored_and_the_second_time_nothing(
    world: Personas, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _ = told(capsys, str(old))
    assert status == 1
    states = list(Obligation.objects.order_by("code").values_list("code", "state"))
    assert states == [
        ("hq-1398-5/1.1", State.CLOSED),
        ("hq-1398-5/2.1", State.UNSETTLED),
        ("hq-1398-5/2.2", State.OPEN),
    ]
    head = ledger.head()
    _, said = told(capsys, str(old))
    assert [r["outcome"] for r in said["rows"]] == ["same", "same", "refused", "same"]
    assert ledger.head() == head
    assert world.bodies["hq"].sheets.count() == 1


def test_a_clean_sheet_ends_well(world: Personas, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.csv"
    path.write_text("شماره جلسه;تاریخ جلسه;شرح مصوبه;مجری\n25;1398/02/01;گزارش دهد;راه و شهرسازی\n", encoding="utf-8")
    assert run(["import", "register", str(path), "--body", "hq"]) == 0
    assert "1 new" in capsys.readouterr().out
    assert Obligation.objects.get().lead == world.parties["roads"]


def test_what_cannot_be_ends_with_2_and_its_reason(
    world: Personas, tmp_path: Path, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.csv").write_text("نام,تلفن\nالف,1\n", encoding="utf-8")
    for path, body in ((tmp_path / "a.xlsx", "hq"), (tmp_path / "b.csv", "hq"), (tmp_path / "none", "hq"), (old, "x")):
        assert run(["import", "register", str(path), "--body", body]) == 2
        assert capsys.readouterr().err
    assert world.bodies["hq"].sheets.count() == 0
