"""A profile's workbook leaves with each debt's quarters, and what comes back in it is recorded once, or in conflict."""

from __future__ import annotations

import io
import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dabir.cycle.courier_in import Fate, Returned
from dabir.cycle.exchange_in import Line, preview_exchange, record_exchange
from dabir.foundation import files, ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting
from dabir.obligations.exchange.profiles import Profile, profiles
from dabir.obligations.exchange.tables import Quarter, exchange_tables
from dabir.obligations.models import Milestone, Obligation, Report
from dabir.obligations.reporting import services
from dabir.persian.jalali import to_gregorian
from dabir.reading.sheets.table import read_tables
from dabir.writing.sheets import to_xlsx
from tests import reported
from tests.personas import Personas

FORECAST, PERFORMANCE = "پیش‌بینی تا پایان فصل (٪)", "عملکرد تا پایان فصل (٪)"
NARRATIVE, CODE, QUARTER = "شرح عملکرد", "شناسه دبیر", "فصل"
NUMBER, SIGNER, SIGNED = "شماره نامه تأیید دستگاه", "تأیید بالاترین مقام دستگاه", "تاریخ تأیید دستگاه"
SUMMER = Quarter(1398, 2)
Cells = dict[str, str | int | float]


@pytest.fixture
def debt(world: Personas) -> Obligation:
    return reported.owed(world)


@pytest.fixture
def nipa() -> Profile:
    return profiles()[0]["nipa"]


def workbook(world: Personas, by: Acting, nipa: Profile, **summer: str | int | float) -> bytes:
    """The year's table, with these cells in the row of the summer."""
    data = to_xlsx(*exchange_tables(nipa, by, body=world.bodies["hq"], year=1398))
    book: Any = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[1]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[heads[QUARTER] - 1].value == "تابستان")
    for head, value in summer.items():
        sheet.cell(row, heads[head], value)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def brought(data: bytes) -> list[Returned]:
    return [Returned("نیپا", read_tables(data), files.put(data))]


def summer_of(lines: list[Line]) -> Line:
    return next(line for line in lines if line.quarter == SUMMER)


SAID: Cells = {FORECAST: 50, PERFORMANCE: "۴۰٪", NARRATIVE: "نیمی از زمین‌ها"}


def test_quarters_of_the_jalali_year_lie_side_by_side() -> None:
    quarters = [Quarter(1398, number) for number in range(1, 5)]
    assert (quarters[0].starts, quarters[3].ends) == (to_gregorian(1398, 1, 1), to_gregorian(1398, 12, 29))
    assert all((after.starts - before.ends).days == 1 for before, after in pairwise(quarters))


def test_the_workbook_says_that_it_is_not_official_and_holds_what_is_known(
    world: Personas, debt: Obligation, nipa: Profile
) -> None:
    services.plan_path(debt, [(date(2019, 9, 22), 50)], by=world.secretary)
    report = services.report(debt, reported.progress(30, narrative="=1+1"), by=world.officer)
    services.confirm(report, by=world.head)
    book: Any = load_workbook(io.BytesIO(workbook(world, world.staff, nipa)))
    first, sheet = book.worksheets
    assert "رسمی نیست" in first["A2"].value and first.sheet_view.rightToLeft and sheet.sheet_view.rightToLeft
    heads = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.column_dimensions[heads[CODE]].hidden
    summer = next(row for row in sheet.iter_rows(min_row=2) if row[7].value == "تابستان")
    said = {head: summer[at].value for at, head in enumerate(heads)}
    assert (said[CODE], said[FORECAST], said[PERFORMANCE], said[NARRATIVE]) == (debt.code, 50, 30, "=1+1")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert said[SIGNER] == world.head.name
    assert len(exchange_tables(nipa, world.outsider, body=world.bodies["hq"], year=1398)[1].rows) == 0  # type: ignore[arg-type]
    Meeting.objects.filter(obligations=debt).update(secrecy=SecrecyClass.CONFIDENTIAL)
    assert len(exchange_tables(nipa, world.secretary, body=world.bodies["hq"], year=1398)[1].rows) == 0  # type: ignore[arg-type]


def test_forecast_and_performance_are_recorded_together_and_only_once(
    world: Personas, debt: Obligation, nipa: Profile
) -> None:
    data = workbook(world, world.secretary, nipa, **SAID, **{SIGNER: "مدیر", NUMBER: "۴۴", SIGNED: "۱۳۹۸/۰۷/۱۸"})
    line = summer_of(preview_exchange(brought(data), nipa, by=world.secretary))
    assert (line.forecast.fate, line.performance.fate, line.why) == (Fate.NEW, Fate.NEW, "")
    assert not Report.objects.exists() and not Milestone.objects.exists()
    record_exchange(brought(data), nipa, by=world.secretary)
    milestone, report = debt.milestones.get(), debt.reports.get()
    assert (milestone.day, milestone.percent) == (SUMMER.ends, 50)
    assert (report.percent, report.ends, report.planned_percent, report.state) == (40, SUMMER.ends, 50, "confirmed")
    assert (report.said_by, report.steps.get().number) == ("مدیر", "44") and report.form
    head = ledger.head()
    assert {line.fate for line in record_exchange(brought(data), nipa, by=world.secretary)} == {Fate.SAME}
    again = workbook(world, world.secretary, nipa)
    assert {line.fate for line in record_exchange(brought(again), nipa, by=world.secretary)} == {Fate.SAME}
    assert ledger.head() == head and not list(ledger.audit())


def test_what_stands_here_is_a_conflict_and_stays(world: Personas, debt: Obligation, nipa: Profile) -> None:
    record_exchange(brought(workbook(world, world.secretary, nipa, **SAID)), nipa, by=world.secretary)
    other = workbook(world, world.secretary, nipa, **{FORECAST: 60, PERFORMANCE: 45})
    line = summer_of(record_exchange(brought(other), nipa, by=world.secretary))
    assert (line.forecast.fate, line.forecast.was, line.forecast.says) == (Fate.REFUSED, 50, 60)
    assert (line.performance.fate, line.performance.was, line.performance.says) == (Fate.REFUSED, 40, 45)
    assert (debt.milestones.get().percent, debt.reports.get().percent) == (50, 40)


def test_each_records_what_is_theirs(world: Personas, debt: Obligation, nipa: Profile) -> None:
    data = brought(workbook(world, world.secretary, nipa, **SAID))
    with pytest.raises(Invalid):
        preview_exchange([Returned("x", read_tables("الف,ب\n۱,۲".encode()))], nipa, by=world.officer)
    for by in (world.other_secretary, world.outsider):
        lines = record_exchange(data, nipa, by=by)
        assert all(line.why and line.debt is None for line in lines) and lines[0].fate == Fate.REFUSED
    assert summer_of(preview_exchange(data, nipa, by=world.governor)).performance.fate == Fate.REFUSED
    line = summer_of(record_exchange(data, nipa, by=world.officer))
    assert (line.forecast.fate, line.performance.fate) == (Fate.REFUSED, Fate.NEW)
    report = debt.reports.get()
    assert (report.percent, report.said_by, report.state) == (40, "", "reported") and not debt.milestones.exists()


@pytest.mark.parametrize("said", [
    {PERFORMANCE: 140},
    {PERFORMANCE: "=40"},
    {PERFORMANCE: 1},
    {PERFORMANCE: -5},
    {NARRATIVE: ""},
    {NUMBER: "۴"},
    {SIGNED: "۱۳۹۸/۱۳/۴۰", NUMBER: "۴"},
    {QUARTER: "پنجم"},
    {CODE: "hq-1398-11/۹۹"},
])  # fmt: skip
def test_a_row_that_cannot_be_is_refused(world: Personas, debt: Obligation, nipa: Profile, said: Cells) -> None:
    data = workbook(world, world.secretary, nipa, **(Cells({PERFORMANCE: 40, NARRATIVE: "-"}) | said))
    assert Fate.REFUSED in {line.fate for line in record_exchange(brought(data), nipa, by=world.secretary)}
    assert not Report.objects.exists()


def test_a_path_that_would_go_down_is_refused_whole(world: Personas, debt: Obligation, nipa: Profile) -> None:
    services.plan_path(debt, [(to_gregorian(1398, 5, 1), 60)], by=world.secretary)
    data = workbook(world, world.secretary, nipa, **{FORECAST: 50})
    assert summer_of(record_exchange(brought(data), nipa, by=world.secretary)).forecast.fate == Fate.REFUSED
    assert debt.milestones.count() == 1


def test_the_look_costs_the_same_however_many_rows(world: Personas, debt: Obligation, nipa: Profile) -> None:
    data = brought(workbook(world, world.secretary, nipa, **SAID))
    costs = []
    for forms in (data, data * 5):
        with CaptureQueriesContext(connection) as captured:
            preview_exchange(forms, nipa, by=world.secretary)
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_another_profile_is_a_file_and_a_broken_one_says_what_is_wrong(home: Path, nipa: Profile) -> None:
    folder = Path(settings.DABIR_HOME) / "profiles"
    folder.mkdir(parents=True)
    column = {"title": "کد", "value": "code", "way": "both"}
    good = {
        "name": "mine",
        "title": "قالب ما",
        "notice": "برای آزمون",
        "columns": [column, *({"title": name, "value": name, "way": "both"} for name in ("year", "quarter"))],
    }

    def keep(name: str, said: object) -> None:
        (folder / name).write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")

    keep("a.json", good)
    keep("b.json", "{")
    keep("c.json", good | {"columns": [column]})
    keep("d.json", good | {"columns": [*good["columns"], {"title": "x", "value": "password"}]})
    keep("e.json", good | {"columns": [*good["columns"], {"title": "x", "value": "project", "way": "in"}]})
    keep("f.json", good | {"columns": [*good["columns"], column | {"title": "کد "}]})
    keep("g.json", "[" * 90_000)
    found, faults = profiles()
    assert set(found) == {"nipa", "mine"} and found["nipa"] == nipa
    assert len(faults) == 6 and all(f"{letter}.json" in fault for letter, fault in zip("bcdefg", faults, strict=True))
