"""The directory as a workbook: what goes out comes in again without a change, and what was changed in it is."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dabir.directory import services
from dabir.directory.leaving import workbook
from dabir.directory.loading import Line, Outcome, bring, lines_at, lines_of, load_directory
from dabir.directory.models import Body, Party, Person, Place, Seat
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import DomainError, Invalid, Refused
from dabir.persian.jalali import to_gregorian
from dabir.reading.sheets.table import read_tables
from tests.conftest import TODAY
from tests.personas import Personas

OPERATOR = Acting.host_operator()
EXAMPLES = Path(__file__).parents[2] / "examples" / "zanjan"
pytestmark = pytest.mark.django_db
Edit = Callable[[Any], None]


def edited(data: bytes, edit: Edit) -> bytes:
    book, out = load_workbook(io.BytesIO(data)), io.BytesIO()
    edit(book)
    book.save(out)
    return out.getvalue()


def brought(by: Acting, data: bytes, *, save: bool = True) -> list[Line]:
    return bring(by, lines_of(read_tables(data)), save=save)


def counts(lines: list[Line]) -> Counter[str]:
    return Counter(str(line.outcome) for line in lines)


def row_of(sheet: Any, code: str, column: int = 1) -> Any:
    return next(row for row in sheet.iter_rows(min_row=2) if row[column - 1].value == code)


def column(sheet: Any, head: str) -> int:
    return int(next(cell.column for cell in sheet[1] if cell.value == head))


def cell(sheet: Any, code: str, head: str) -> Any:
    return row_of(sheet, code)[column(sheet, head) - 1]


def test_what_goes_out_comes_in_without_a_change(world: Personas) -> None:
    by = world.operator
    services.rename_party(by=by, party=world.parties["roads"], name="اداره راه", starts=TODAY)
    services.end_seat(by=by, seat=world.bodies["hq"].seats.get(party=world.parties["housing"]), ends=TODAY)
    services.end_name(by=by, name=world.parties["housing"].names.filter(kind="alias")[0], ends=TODAY)
    before = ledger.head()
    lines = brought(by, workbook(by))
    assert ledger.head() == before, [line.where for line in lines if line.outcome != Outcome.SAME]
    assert set(counts(lines)) == {"same"} and len(lines) > 40


def test_the_sample_leaves_as_it_came_and_a_second_load_changes_nothing() -> None:
    load_directory(OPERATOR, EXAMPLES)
    before = ledger.head()
    assert set(counts(load_directory(OPERATOR, EXAMPLES))) == {"same"}
    assert set(counts(brought(OPERATOR, workbook(OPERATOR)))) == {"same"} and ledger.head() == before


def test_a_workbook_fills_an_empty_house_with_the_same_directory(world: Personas, tmp_path: Path) -> None:
    data = workbook(world.operator)
    sheets = {sheet.title: [[c.value for c in row] for row in sheet] for sheet in load_workbook(io.BytesIO(data))}
    assert "اشخاص" in sheets and len(sheets) == 8
    renamed = edited(data, _other_codes)
    lines = brought(world.operator, renamed, save=False)
    assert counts(lines)["new"] > 40 and counts(lines)["refused"] == 0, [line.reason for line in lines if line.error]


def _other_codes(book: Any) -> None:
    """The same directory as of another house: every code and user name begins with x-, no number is taken."""
    for sheet in book:
        for n, head in enumerate(sheet[1]):
            for row in sheet.iter_rows(min_row=2):
                if "شناسه" in str(head.value) and row[n].value:
                    row[n].value = f"x-{row[n].value}"
                if head.value == "نام کاربری" and row[n].value:
                    row[n].value = f"x{row[n].value}"
                if head.value == "شماره همراه":
                    row[n].value = None


def test_a_changed_row_updates_with_events_and_a_row_taken_out_changes_nothing(world: Personas) -> None:
    def edit(book: Any) -> None:
        parties = book["دستگاه‌ها"]
        cell(parties, "roads", "نام").value = "اداره کل مسکن"
        cell(parties, "roads", "از تاریخِ این نام").value = "۱۳۹۸/۰۷/۱۸"
        cell(parties, "housing", "نام‌های دیگر").value = "بنیاد مسکن؛ بنیاد"
        parties.delete_rows(row_of(parties, "agriculture")[0].row)
        parties.append(["schools", "دستگاه", "اداره کل نوسازی مدارس", None, "نوسازی", None, None, None])
        cell(book["نهادها"], "hq", "ستادِ این سامانه").value = "بله"
        people = book["اشخاص"]
        row_of(people, "officer", 2)[2].value = "۰۹۱۲ ۱۱۱ ۲۲۳۳"
        seats = book["کرسی‌ها"]
        row = next(r for r in seats.iter_rows(min_row=2) if (r[0].value, r[1].value) == ("hq", "agriculture"))
        row[column(seats, "تا") - 1].value = "1398/07/19"

    lines = brought(world.admin, edited(workbook(world.admin), edit))
    assert counts(lines) == Counter(same=counts(lines)["same"], changed=5, new=1)
    assert [body.code for body in Body.objects.filter(headquarters=True)] == ["hq"]
    roads = Party.objects.get(code="roads")
    assert roads.name == "اداره کل مسکن" and roads.names.filter(ends=to_gregorian(1398, 7, 17)).exists()
    assert Party.objects.get(code="housing").names.filter(name="بنیاد").exists()
    assert Party.objects.filter(code__in=["agriculture", "schools"]).count() == 2
    assert Person.objects.get(user__username="officer").user.mobile == "09121112233"  # type: ignore[union-attr]
    assert Seat.objects.get(body__code="hq", party__code="agriculture").ends == to_gregorian(1398, 7, 19)
    assert list(ledger.audit()) == []


def test_a_refused_row_keeps_all_of_them_out_and_says_why(world: Personas) -> None:
    def edit(book: Any) -> None:
        parties = book["دستگاه‌ها"]
        parties.append(["new-one", "دستگاه", "تازه", None, None, None, None, None])
        cell(parties, "roads", "نام").value = "نامی دیگر"

    data, before = edited(workbook(world.admin), edit), ledger.head()
    lines = brought(world.admin, data, save=False)
    assert (counts(lines)["new"], counts(lines)["refused"]) == (1, 1) and ledger.head() == before
    assert "اداره کل راه و شهرسازی" in next(line.reason for line in lines if line.error)
    with pytest.raises(Invalid, match="دستگاه‌ها:"):
        brought(world.admin, data)
    assert ledger.head() == before


def test_a_preview_stores_nothing(world: Personas) -> None:
    data = edited(
        workbook(world.admin),
        lambda book: book["دستگاه‌ها"].append(["n", "شرکت", "نو", None, None, None, None, None]),
    )
    before = ledger.head()
    assert counts(brought(world.admin, data, save=False))["new"] == 1
    assert ledger.head() == before and not Party.objects.filter(code="n").exists()
    assert counts(brought(world.admin, data))["new"] == 1


def test_a_list_without_codes_brought_twice_is_one(world: Personas, tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text("نام,نوع,شناسه\nاداره کل اوقاف,دستگاه,\nاداره کل ثبت,دستگاه,\n", "utf-8")
    assert counts(load_directory(world.secretary, tmp_path)) == Counter(new=2)
    assert counts(load_directory(world.secretary, tmp_path)) == Counter(same=2)


def test_what_names_something_further_down_is_read_when_that_is_there(world: Personas, tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text(
        "code,kind,name,parent\nu,unit,واحد,o\nv,unit,دبیرخانه,nb\no,organization,دستگاه,\n", "utf-8"
    )
    (tmp_path / "bodies.csv").write_text("code,name\nnb,نهاد نو\n", "utf-8")
    assert counts(load_directory(world.operator, tmp_path)) == Counter(new=4)
    assert Party.objects.get(code="v").parent == Party.objects.get(code="nb")


def test_a_secretary_brings_agencies_in_and_no_seats(world: Personas) -> None:
    def edit(book: Any) -> None:
        book["دستگاه‌ها"].append(["schools", "دستگاه", "نوسازی مدارس", None, None, None, None, None])

    assert "نمونه admin" not in str(
        [[c.value for c in r] for r in load_workbook(io.BytesIO(workbook(world.secretary)))["اشخاص"]]
    )
    assert counts(brought(world.secretary, edited(workbook(world.secretary), edit)))["new"] == 1

    def seat(book: Any) -> None:
        book["کرسی‌ها"].append(["hq", "roads", "عضو", None, None, None])

    with pytest.raises(Refused):
        brought(world.secretary, edited(workbook(world.secretary), seat))
    with pytest.raises(Refused):
        brought(world.officer, workbook(world.officer), save=False)


def test_numbers_are_for_those_who_may_see_them(world: Personas) -> None:
    book = load_workbook(io.BytesIO(workbook(world.officer)))
    assert "اشخاص" not in book.sheetnames and "دستگاه‌ها" in book.sheetnames


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("دستگاه‌ها", ["roads", "شرکت", "اداره کل راه و شهرسازی استان زنجان"]),
        ("دستگاه‌ها", ["new", "دستگاه", "نو", "دیروز"]),
        ("دستگاه‌ها", ["new", "دستگاه", "نو", None, None, "nobody"]),
        ("دستگاه‌ها", ["new", "دستگاه", "نو", None, None, None, "ناکجا"]),
        ("دستگاه‌ها", ["new", "چیزی", "نو"]),
        ("دستگاه‌ها", ["بد", "دستگاه", "نو"]),
        ("دستگاه‌ها", ["merged", "دستگاه", "نو"]),
        ("کرسی‌ها", ["hq", "agriculture", "مدعو"]),
        ("کرسی‌ها", ["nobody", "agriculture"]),
        ("سمت‌ها", ["new", "سمت", None, None, "roads", "هیچ"]),
        ("اشخاص", ["کسی", "officer2", None, "post-head", "متصدی"]),
        ("دستگاه‌ها", ["roads", "دستگاه", "اداره کل راه و شهرسازی استان زنجان", "1398/01/01"]),
        ("نام‌های تاریخ‌دار", ["roads", "نام", "نام رسمی", None, "1398/01/01"]),
    ],
)
def test_a_row_that_cannot_be_is_refused_alone(world: Personas, sheet: str, row: list[Any]) -> None:
    with ledger.change("tests.merge", by=world.operator) as change:
        gone = services.create_party(by=world.operator, kind="firm", code="merged", name="رفته")
        change.update(gone, merged_into=world.parties["roads"])
    lines = brought(world.admin, edited(workbook(world.admin), lambda book: book[sheet].append(row)), save=False)
    assert [line.outcome for line in lines if line.outcome != Outcome.SAME] == [Outcome.REFUSED]


def test_a_file_without_such_sheets_is_refused(world: Personas, tmp_path: Path) -> None:
    with pytest.raises(DomainError):
        brought(world.admin, edited(workbook(world.admin), _retitle))
    with pytest.raises(DomainError):
        lines_at(tmp_path / "nothing.xlsx")


def _retitle(book: Any) -> None:
    for n, sheet in enumerate(book):
        sheet.title = f"برگه {n}"


def test_cells_that_look_like_formulas_stay_text(world: Personas) -> None:
    services.add_name(by=world.operator, party=world.parties["roads"], name="=cmd راه")
    data = workbook(world.operator)
    assert cell(load_workbook(io.BytesIO(data))["دستگاه‌ها"], "roads", "نام‌های دیگر").data_type == "s"
    assert set(counts(brought(world.operator, data))) == {"same"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_what_it_saves_changes_nothing(world: Personas, tmp_path: Path) -> None:
    source = tmp_path / "directory.xlsx"
    services.rename_party(by=world.operator, party=world.parties["roads"], name="اداره راه", starts=TODAY)
    source.write_bytes(workbook(world.operator))
    office = [
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run(
        ["soffice", *office, "--outdir", tmp_path / "out", source], check=True, capture_output=True, timeout=120
    )
    lines = bring(world.operator, lines_at(tmp_path / "out" / "directory.xlsx"), save=True)
    assert set(counts(lines)) == {"same"} and len(lines) > 40


def test_a_place_is_named_by_its_path(world: Personas, tmp_path: Path) -> None:
    services.load_divisions(by=world.operator)
    (tmp_path / "parties.csv").write_text(
        "code,kind,name,place\nroads,organization,اداره کل راه و شهرسازی استان زنجان,زنجان\n", "utf-8"
    )
    assert counts(load_directory(world.operator, tmp_path)) == Counter(changed=1)
    assert Party.objects.get(code="roads").place == Place.objects.get(name="زنجان", kind="province")
    assert counts(brought(world.operator, workbook(world.operator)))["same"] > 40


def test_a_person_without_a_user_name_is_given_one(world: Personas) -> None:
    person = services.create_person(by=world.operator, name="نو نمونه")

    def edit(book: Any) -> None:
        people = book["اشخاص"]
        row_of(people, "نو نمونه")[1].value = "newcomer"

    assert counts(brought(world.admin, edited(workbook(world.admin), edit)))["changed"] == 1
    assert Person.objects.get(pk=person.pk).user.username == "newcomer"  # type: ignore[union-attr]
