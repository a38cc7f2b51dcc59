"""Report forms go out to agencies without an account, come back signed, and are recorded without loss."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from dabir.cycle.courier_in import Fate, Returned
from dabir.cycle.report_forms import report_forms
from dabir.cycle.report_forms_in import preview_report_forms, record_report_forms
from dabir.foundation import files, ledger
from dabir.foundation.errors import Invalid, Refused
from dabir.obligations.models import Obligation, Report
from dabir.obligations.reporting import services
from dabir.persian.jalali import to_gregorian
from dabir.reading.sheets.table import read_tables
from dabir.reading.sheets.word import read_word
from dabir.writing.courier import CODE, ID, CourierForm, to_xlsx
from dabir.writing.courier_docx import to_docx
from dabir.writing.report_form import (
    DATED,
    DONE,
    NARRATIVE,
    NUMBER,
    OBSTACLE,
    PERCENT,
    PERIOD,
    SIGNER,
    WANTED,
)
from tests import reported
from tests.personas import Personas

Typed = str | int | float

SIGNATURE = {SIGNER: "مدیر جهاد کشاورزی", NUMBER: "۴۴/۱", DATED: "۱۳۹۸/۰۷/۱۸"}
SAID = {PERCENT: "۴۰٪", NARRATIVE: "نیمی از زمین‌ها آبیاری شد", OBSTACLE: "اعتبار نرسیده است", WANTED: "تخصیص اعتبار"}


@pytest.fixture
def debt(world: Personas) -> Obligation:
    debt = reported.owed(world)
    services.plan_path(debt, [(to_gregorian(1398, 6, 31), 50)], by=world.secretary)
    return debt


@pytest.fixture
def form(world: Personas, debt: Obligation) -> CourierForm:
    ((_name, made),) = report_forms(world.bodies["hq"], by=world.staff, everyone=True)
    return made


def in_xlsx(form: CourierForm, **cells: Typed) -> bytes:
    book = load_workbook(io.BytesIO(to_xlsx(form)))
    (sheet,) = book.worksheets
    heads = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    for head, value in cells.items():
        cell = sheet.cell(heads[head].row + 1, heads[head].column, value)
        if isinstance(value, str):
            cell.data_type = "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def in_docx(form: CourierForm, **cells: str) -> bytes:
    document = Document(io.BytesIO(to_docx(form)))
    for table in document.tables:
        heads = [cell.text for cell in table.rows[0].cells]
        for head, value in cells.items():
            if head in heads:
                table.rows[1].cells[heads.index(head)].text = value
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def returned(data: bytes) -> Returned:
    tables = read_word(data) if b"word/document" in data else read_tables(data)
    return Returned("برگه", tables, files.put(data))


def test_a_form_says_what_is_owed_how_far_it_should_be_and_asks_the_rest(world: Personas, debt: Obligation) -> None:
    ((name, form),) = report_forms(world.bodies["hq"], by=world.staff, everyone=True)
    assert debt.lead and name == debt.lead.name and debt.lead.name in form.heads[0]
    (row,) = form.rows
    assert row.given[1] == debt.code and row.given[4:] == ("۵۰", "—", "۱۳۹۸/۰۴/۱۰ تا ۱۳۹۸/۰۶/۳۱")
    services.report(debt, reported.progress(30), by=world.officer)
    ((_name, later),) = report_forms(world.bodies["hq"], by=world.staff, everyone=True)
    assert later.rows[0].given[5].startswith("۳۰٪ تا ۱۳۹۸/۰۶/۳۱: آبیاری")
    assert later.rows[0].given[6].startswith("۱۳۹۸/۰۷/۰۱ تا ")
    # Its agency has an account, other secretariats have no part in it, and agencies take out no forms.
    assert not report_forms(world.bodies["hq"], by=world.staff)
    assert not report_forms(world.bodies["hq"], by=world.other_secretary, everyone=True)
    with pytest.raises(Refused):
        report_forms(world.bodies["hq"], by=world.officer)


@pytest.mark.parametrize("fill", [in_xlsx, in_docx])
def test_a_signed_form_is_recorded_whole_and_only_once(
    world: Personas, debt: Obligation, form: CourierForm, fill: object
) -> None:
    data = fill(form, **SAID, **SIGNATURE)  # type: ignore[operator]
    (line,) = preview_report_forms([returned(data)], by=world.staff)
    assert (line.fate, line.why) == (Fate.NEW, "") and not Report.objects.exists()
    record_report_forms([returned(data)], by=world.staff)
    report = debt.reports.get()
    assert (report.percent, report.narrative, report.state) == (40, SAID[NARRATIVE], "confirmed")
    assert (report.planned_percent, report.said_by) == (50, SIGNATURE[SIGNER]) and report.form
    step = report.steps.get()
    assert (step.said_by, step.number, step.dated) == (SIGNATURE[SIGNER], "44/1", to_gregorian(1398, 7, 18))
    obstacle = debt.obstacles.get()
    assert (obstacle.text, obstacle.asks, obstacle.wanted) == (SAID[OBSTACLE], "decision", SAID[WANTED])
    assert Obligation.objects.get(pk=debt.pk).reported_percent == 40
    head = ledger.head()
    (again,) = record_report_forms([returned(data)], by=world.staff)
    assert again.fate == Fate.SAME and ledger.head() == head and not list(ledger.audit())


def test_a_letter_that_comes_later_confirms_the_report_that_is_here(
    world: Personas, debt: Obligation, form: CourierForm
) -> None:
    record_report_forms([returned(in_xlsx(form, **SAID))], by=world.staff)
    assert debt.reports.get().state == "reported"
    record_report_forms([returned(in_xlsx(form, **SAID, **SIGNATURE))], by=world.staff)
    assert debt.reports.get().state == "confirmed" and debt.obstacles.count() == 1


@pytest.mark.parametrize(
    ("typed", "percent"), [("40", 40), ("٤٠ ٪", 40), ("۴۰ درصد", 40), ("%۴۰", 40), (0.4, 40), (40, 40)]
)
def test_a_percentage_is_read_in_any_digits(world: Personas, form: CourierForm, typed: Typed, percent: int) -> None:
    (line,) = preview_report_forms([returned(in_xlsx(form, **(SAID | {PERCENT: typed})))], by=world.staff)
    assert line.progress and line.progress.percent == percent


@pytest.mark.parametrize(("cells", "why"), [
    ({ID: "R99-AAAA-AAAA"}, "unknown"),
    ({ID: "12-AAAA-AAAA"}, "unknown"),
    ({CODE: "hq-1398-11/3.1"}, "changed"),
    ({PERCENT: "۱۴۰"}, "from 0 to 100"),
    ({PERCENT: "زیاد"}, "no part"),
    ({PERCENT: 1}, "1 % or 100 %"),
    ({PERCENT: ""}, "no percentage"),
    ({DONE: "شاید"}, "neither yes nor no"),
    ({DONE: "بله"}, "not whole"),
    ({NARRATIVE: ""}, "few words"),
    ({PERIOD: "پاییز"}, "is no day"),
    ({PERIOD: "۱۳۹۸/۰۷/۰۱ تا ۱۳۹۸/۰۹/۳۰"}, "today or earlier"),
    ({NUMBER: ""}, "letter's number"),
    ({DATED: ""}, "letter's date"),
    ({SIGNER: ""}, "who signed"),
])  # fmt: skip
def test_a_row_that_cannot_be_is_refused_with_its_reason(
    world: Personas, form: CourierForm, cells: dict[str, Typed], why: str
) -> None:
    from django.utils.translation import override

    with override("en"):
        (line,) = record_report_forms([returned(in_xlsx(form, **(SAID | SIGNATURE | cells)))], by=world.staff)
    assert line.fate == Fate.REFUSED and why in line.why, line.why
    assert not Report.objects.exists()


def test_done_needs_the_evidence_that_the_debt_demands(world: Personas, debt: Obligation, form: CourierForm) -> None:
    done = returned(in_xlsx(form, **(SAID | {DONE: "بله", PERCENT: ""})))
    assert preview_report_forms([done], by=world.staff)[0].fate == Fate.NEW
    services.set_reporting(debt, by=world.secretary, months=3, demands_evidence=True)
    assert preview_report_forms([done], by=world.staff)[0].fate == Fate.REFUSED


def test_what_stands_here_is_not_overwritten(world: Personas, debt: Obligation, form: CourierForm) -> None:
    services.report(debt, reported.progress(30), by=world.officer)
    (line,) = record_report_forms([returned(in_xlsx(form, **SAID))], by=world.staff)
    assert line.fate == Fate.REFUSED and debt.reports.get().percent == 30


def test_rows_that_stand_twice_count_once_or_not_at_all(world: Personas, form: CourierForm) -> None:
    def fates(*more: dict[str, Typed]) -> list[Fate]:
        back = [returned(in_xlsx(form, **(SAID | one))) for one in more]
        return [line.fate for line in preview_report_forms(back, by=world.staff)]

    assert fates({}, {}) == [Fate.NEW, Fate.SAME]
    assert fates({}, {PERCENT: "۵۰"}) == [Fate.REFUSED, Fate.REFUSED]


def test_another_secretariat_learns_nothing_of_a_row(world: Personas, form: CourierForm) -> None:
    back = [returned(in_xlsx(form, **SAID))]
    (line,) = record_report_forms(back, by=world.other_secretary)
    (made_up,) = record_report_forms([returned(in_xlsx(form, **(SAID | {ID: "R9-AAAA-AAAA"})))], by=world.staff)
    assert line.fate == Fate.REFUSED and line.why == made_up.why and line.debt is None
    with pytest.raises(Refused):
        preview_report_forms(back, by=world.officer)
    with pytest.raises(Invalid):
        preview_report_forms([Returned("x", read_tables("الف,ب\n۱,۲".encode()))], by=world.staff)
