"""A file of an office becomes rows of plain cells, numbered as in the sheet; what is none is refused by its cause."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dabir.foundation.tables import NotRead
from dabir.foundation.tables import read_tables as read_in_child
from dabir.persian.letters import squash
from dabir.reading.sheets import table
from dabir.reading.sheets.refused import NoTable
from dabir.reading.sheets.table import read_tables
from tests.reading.sheets.books import saved, with_part, xlsx

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def cells(data: bytes) -> list[tuple[int, tuple[table.Value, ...]]]:
    return [(row.number, row.cells) for row in read_tables(data)[0].rows]


def sheet_of(body: str) -> bytes:
    return with_part(xlsx([["x"]]), SHEET, f"<worksheet {MAIN}>{body}</worksheet>".encode())


def cause(data: bytes) -> str:
    with pytest.raises(NoTable) as refused:
        read_tables(data)
    return refused.value.cause


def test_rows_keep_their_number_and_empty_ones_are_left_out() -> None:
    assert cells(xlsx([["ردیف", "شرح"], [], [None, ""], [1, " متن "]])) == [(1, ("ردیف", "شرح")), (4, (1, "متن"))]


def test_a_merged_cell_stands_in_all_that_it_covers() -> None:
    data = xlsx([["جلسه", None, "x"], [11, None, "a"], [None, None, "b"]], merges=["A1:B1", "A2:A3"])
    assert cells(data) == [(1, ("جلسه", "جلسه", "x")), (2, (11, None, "a")), (3, (11, None, "b"))]


def test_a_merge_of_the_whole_sheet_fills_only_what_is_there() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B3"] = "x", "y"
    sheet.merged_cells.add("A1:XFD1048576")
    assert cells(saved(book)) == [(1, ("x", "x")), (3, ("x", "x"))]


def test_days_come_as_days_and_numbers_as_numbers() -> None:
    row = cells(xlsx([[datetime(2019, 10, 9), 43747, 1.5, True, "۱۳۹۸/۰۷/۱۷"]]))[0][1]
    assert row == (datetime(2019, 10, 9), 43747, 1.5, "TRUE", "۱۳۹۸/۰۷/۱۷")


@pytest.mark.parametrize("number", ["1E999", "-1e999", "9" * 400])
def test_a_number_beyond_those_of_excel_is_text(number: str) -> None:
    """Infinity has no whole part, and PostgreSQL's JSON has no word for it."""
    body = f'<sheetData><row r="1"><c r="A1"><v>{number}</v></c></row></sheetData>'
    assert [type(value) for _, row in cells(sheet_of(body)) for value in row] == [str]


def test_a_formula_is_its_saved_value_else_its_own_text() -> None:
    made = sheet_of(
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c></row></sheetData>'
    )
    assert cells(made) == [(1, (2, "=NOW()"))]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = '=HYPERLINK("http://example.org")'
    sheet["A1"].data_type = "s"
    assert cells(saved(book)) == [(1, ('=HYPERLINK("http://example.org")',))]


def test_controls_are_dropped_and_the_letters_of_the_author_kept() -> None:
    assert table.clean(" \x00كتاب\x0b\r\nعلي\u200c\ud800_x000D_ ") == "كتاب\nعلي\u200c".strip()
    assert table.clean("\x00 ") is None
    assert table.clean("#N/A") is None


def test_hidden_sheets_come_last() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    book.create_sheet("دوم").append(["shown"])
    assert [t.rows[0].cells[0] for t in read_tables(saved(book))] == ["shown", "hidden"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_any_encoding_and_separator(encoding: str, separator: str) -> None:
    text = f'ردیف{separator}شرح مصوبه\r\n\r\n1{separator}"سطر، اول\r\nسطر دوم; و, سوم"\r\n'
    if encoding == "cp1256":  # it has no Persian ye
        text = text.replace("ی", "ي")
    first, second = cells(text.encode(encoding))
    assert (first[0], squash(str(first[1][1]))) == (1, "شرحمصوبه")
    assert (second[0], second[1][0], str(second[1][1]).count("\n")) == (3, "1", 1)
    assert len(first[1]) == len(second[1]) == 2


def test_csv_says_its_separator_itself() -> None:
    assert cells("sep=;\nالف;ب\n".encode()) == [(1, ("الف", "ب"))]


def test_a_million_empty_rows_cost_nothing_that_is_kept() -> None:
    rows = "".join(f'<row r="{n}"/>' for n in range(2, 1_000_001))
    data = sheet_of(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{rows}</sheetData>')
    assert read_in_child(data, name="x.xlsx")[0].rows == (table.Row(1, (1,)),)


def test_a_declared_dimension_is_not_believed() -> None:
    body = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData>'
    assert cells(sheet_of(body)) == [(1_048_576, (None, 1))]


def test_too_many_rows_or_columns_are_refused() -> None:
    assert cause("\n".join(f"{n},الف" for n in range(table.MOST_ROWS + 1)).encode()) == "too-much"
    assert cause(xlsx([["x"] * (table.MOST_COLUMNS + 1)])) == "too-wide"
    assert cause(sheet_of('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>')) == "too-wide"


def test_a_zip_bomb_is_refused_unopened() -> None:
    made = io.BytesIO(xlsx([["x"]]))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/bomb.xml", bytes(120 * 1024 * 1024))
    assert cause(made.getvalue()) == "too-much"


def test_a_document_type_is_refused() -> None:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        + f"<worksheet {MAIN}>&b;</worksheet>".encode()
    )
    assert cause(with_part(xlsx([["x"]]), SHEET, bomb)) == "unsafe"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (xlsx([]), "empty"),
        (b"%PDF-1.7 x", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected"),
        (b"<html><table><tr><td>1</td></tr></table>", "markup"),
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
        (xlsx([["x"]])[:-200], "damaged"),
        (os.urandom(5_000) + b"\x00\x01\x02", "binary"),
        (b"a,b\n\x00\x00\x01\x02,c", "binary"),
        (b"x" * (table.LARGEST + 1), "too-large"),
    ],
)
def test_what_is_no_table_is_refused_by_its_cause(data: bytes, expected: str) -> None:
    assert cause(data) == expected


def test_a_word_document_is_told_from_a_sheet() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert cause(made.getvalue()) == "word"


def test_the_doors_hear_a_sentence_that_names_the_file() -> None:
    with pytest.raises(NotRead, match=r"دفتر\.xlsx"):
        read_in_child(b"%PDF-1.7", name="دفتر\u202e.xlsx")


def test_the_child_gives_what_was_read() -> None:
    data = xlsx([["الف", 1, datetime(2019, 10, 9, 8, 30)], [2.5]])
    assert read_in_child(data, name="x") == read_tables(data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 5_000))
def test_a_workbook_with_bytes_changed_is_read_or_refused(noise: bytes, at: int) -> None:
    whole = xlsx([["ردیف", "شرح"], [1, "متن"]], merges=["A1:B1"])
    at %= len(whole)
    try:
        read_tables(whole[:at] + noise + whole[at + len(noise) :])
    except NoTable as refused:
        assert refused.cause


def test_nothing_is_written_beside_the_file(tmp_path: Path) -> None:
    read_tables(xlsx([["x"]]))
    assert not list(tmp_path.iterdir())
