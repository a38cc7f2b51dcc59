"""Tables leave as XLSX and CSV that other programs open, and nothing in them is carried out."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dabir.writing import sheets
from dabir.writing.sheets import JALALI_FORMAT, TooLong, csv_parts, to_csv, to_xlsx
from dabir.writing.table import Column, Kind, Table, Value

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

DAY = date(2019, 10, 9)
COLUMNS = [
    Column("شناسه", Kind.CODE),
    Column("تکلیف"),
    Column("مهلت", Kind.DAY),
    Column("مهلت (متن)", Kind.JALALI),
    Column("مهلت (میلادی)", Kind.ISO),
    Column("مانده", Kind.NUMBER),
]
ROWS: list[list[Value]] = [
    ["hq-1398-11/3.1", "پیش‌نویس دوم «سند»", DAY, DAY, DAY, -3],
    ["hq-1398-11/4.1", "دو\nسطر، و ویرگول", None, None, None, None],
]
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\u3000=1",
    "＝1",
    "=cmd|'/C calc'!A0",
]


def table(*texts: str) -> Table:
    return Table("متن", [Column("متن")], [[text] for text in texts])


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cells(data: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()]


def by_office(data: bytes, folder: Path) -> list[list[str]]:
    """The workbook's first sheet as LibreOffice shows it."""
    (folder / "a.xlsx").write_bytes(data)
    form = "csv:Text - txt - csv (StarCalc):44,34,76"
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", form]
    for _ in range(2):  # the first run may only make the profile
        subprocess.run([*command, "--outdir", "out", "a.xlsx"], cwd=folder, check=False, capture_output=True)
    return list(csv.reader(io.StringIO((folder / "out" / "a.csv").read_text(encoding="utf-8"), newline="")))


def test_a_workbook_reads_from_right_to_left_with_a_frozen_head_and_a_filter() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(Table("دفتر پیگیری", COLUMNS, ROWS)))).worksheets[0]
    assert sheet.title == "دفتر پیگیری"
    assert sheet.sheet_view.rightToLeft is True
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F3")
    assert sheet.print_title_rows == "$1:$1"


def test_days_are_real_dates_that_excel_shows_in_the_persian_calendar() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(Table("دفتر", COLUMNS, ROWS)))).worksheets[0]
    cell = sheet["C2"]
    assert cell.is_date and cell.value == datetime(2019, 10, 9) and cell.number_format == JALALI_FORMAT
    assert [sheet[f"{letter}2"].value for letter in "ADEF"] == ["hq-1398-11/3.1", "۱۳۹۸/۰۷/۱۷", "2019-10-09", -3]
    assert [sheet[f"{letter}3"].value for letter in "CDEF"] == [None] * 4


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2199, 12, 31)])
def test_every_day_of_ours_comes_back(day: date) -> None:
    data = to_xlsx(Table("روز", [Column("روز", Kind.DAY)], [[day]]))
    assert cells(data)[1][0].date() == day


def test_a_moment_is_put_down_in_the_time_of_tehran() -> None:
    moment = datetime(2019, 10, 9, 22, 30, tzinfo=UTC)
    one = Table("وقت", [Column("وقت", Kind.DAY), Column("روز", Kind.ISO)], [[moment, moment]])
    assert cells(to_xlsx(one))[1] == [datetime(2019, 10, 10, 2, 0), "2019-10-10"]
    assert read_csv(to_csv(one))[1] == ["۱۳۹۸/۰۷/۱۸", "2019-10-10"]


def test_csv_is_utf_8_with_its_mark_and_keeps_lines_within_cells() -> None:
    data = to_csv(Table("دفتر", COLUMNS, ROWS))
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\xef\xbb\xbf") == 1
    assert read_csv(data) == [
        [column.head for column in COLUMNS],
        ["hq-1398-11/3.1", "پیش‌نویس دوم «سند»", "۱۳۹۸/۰۷/۱۷", "۱۳۹۸/۰۷/۱۷", "2019-10-09", "-3"],
        ["hq-1398-11/4.1", "دو\nسطر، و ویرگول", "", "", "", ""],
    ]


def test_csv_is_made_while_its_rows_are_read() -> None:
    taken = []

    def rows() -> Any:
        for n in range(10):
            taken.append(n)
            yield [str(n)]

    parts = csv_parts(Table("x", [Column("x")], rows()), size=2)
    next(parts), next(parts)
    assert taken == [0, 1]
    assert sum(part.count(b"\r\n") for part in parts) == 8


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_is_a_text_in_a_workbook_also_when_it_is_edited(text: str) -> None:
    cell = load_workbook(io.BytesIO(to_xlsx(table(text)))).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", "\n")  # as XML says
    assert cell.quotePrefix is (text[0] not in " \u00a0\u3000")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_is_quoted_in_csv(text: str) -> None:
    one, cell, two = read_csv(to_csv(table("یک", text, "دو")))[1:]
    assert cell[0].startswith("'") and cell[0].replace("'", "") == text.replace("'", "")
    assert (one, two) == (["یک"], ["دو"])


@pytest.mark.parametrize("text", ["a;=1", "a\t@b", "a\n=1", "a; -1"])
def test_a_formula_is_quoted_where_another_program_parts_the_cells(text: str) -> None:
    """Excel in Persian takes «;» for the mark between columns."""
    assert read_csv(to_csv(table(text)))[1][0].replace("'", "") == text
    assert read_csv(to_csv(table(text)))[1] != [text]


@pytest.mark.parametrize("text", ["الف - ب", "a=b", "کد 1-2", "دو\n- بند", "x;y"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert read_csv(to_csv(table(text)))[1] == [text]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(st.sampled_from("=+-@;\t\r\n '،a۱<&\0\ufffe"), max_size=12), min_size=1, max_size=4))
def test_no_cell_begins_a_formula_whatever_is_in_it(texts: list[str]) -> None:
    for (cell,) in read_csv(to_csv(table(*["سر", *texts])))[1:]:
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))
        assert not any(piece.lstrip(" ").startswith(("=", "+", "-", "@")) for piece in cell.split(";")[1:])
    for row in load_workbook(io.BytesIO(to_xlsx(table(*texts)))).worksheets[0].iter_rows(min_row=2):
        assert all(cell.data_type in "sn" for cell in row)


def test_what_no_sheet_can_hold_is_left_out_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cells(to_xlsx(table("a\0b\x1bc\ufffe\ud800d<>&")))[1] == ["abcd<>&"]
    assert read_csv(to_csv(table("a\0b\ud800c")))[1] == ["abc"]
    assert len(cells(to_xlsx(table("x" * 40_000)))[1][0]) == 32_767
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    with pytest.raises(TooLong):
        to_xlsx(table("1", "2", "3"))


def test_sheets_of_one_workbook_have_names_that_excel_takes() -> None:
    tables = [
        Table(title, COLUMNS, ROWS)
        for title in ("a/b:c", "'", "ن" * 40, "ن" * 40, "مختومه از جلسه گذشته تا همین امروز")
    ]
    book = load_workbook(io.BytesIO(to_xlsx(*tables)))
    assert book.sheetnames == ["a b c", "Sheet", "ن" * 31, "ن" * 27 + " (2)", "مختومه از جلسه گذشته تا همین"]
    assert all(sheet.max_row == 3 for sheet in book.worksheets)


@needs_office
def test_libreoffice_shows_the_same_cells(tmp_path: Path) -> None:
    hostile: list[list[Value]] = [["=2+3", text, DAY, DAY, DAY, n] for n, text in enumerate(HOSTILE)]
    shown = by_office(to_xlsx(Table("دفتر پیگیری", COLUMNS, [*ROWS, *hostile])), tmp_path)
    assert shown[0] == [column.head for column in COLUMNS]
    assert shown[1] == ["hq-1398-11/3.1", "پیش‌نویس دوم «سند»", "2019/10/09", "۱۳۹۸/۰۷/۱۷", "2019-10-09", "-3"]
    assert shown[2] == ["hq-1398-11/4.1", "دو\nسطر، و ویرگول", "", "", "", ""]
    assert [row[0] for row in shown[3:]] == ["=2+3"] * len(HOSTILE)
    assert [row[1].strip() for row in shown[3:]] == [text.strip() for text in HOSTILE]
