"""A table on paper: what is typeset, how long it may be, and that a page says which of how many it is."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import typst

from dabir.foundation import child
from dabir.writing import tables_pdf
from dabir.writing.table import Column, Kind, Table, Value
from dabir.writing.tables_pdf import HERE, TooLong, as_data, to_pdf

COLUMNS = [
    Column("تکلیف", share=4),
    Column("شناسه", Kind.CODE),
    Column("مهلت", Kind.JALALI),
    Column("مانده", Kind.NUMBER),
]


def table(count: int = 3) -> Table:
    rows: list[list[Value]] = [
        ["تهیه گزارش #strong[x] $x$ \\ */ «۱»", f"hq-{n}", date(2019, 10, 9), -n] for n in range(count)
    ]
    return Table("دفتر پیگیری", COLUMNS, rows, notes=["در تاریخ ۲۰ مهر"])


def pages(*made: Table, one_page: bool = False) -> int:
    files: Any = {"main.typ": (HERE / "tables.typ").read_bytes(), "table.json": as_data(*made, one_page=one_page)}
    drawn = typst.compile(files, font_paths=[str(HERE / "fonts")], ignore_system_fonts=True, format="svg")
    return len(drawn) if isinstance(drawn, list) else 1


def test_values_are_put_down_as_they_are_read() -> None:
    (data,) = json.loads(as_data(table(2)))["tables"]
    assert data["rows"][1] == [
        "۲", "تهیه گزارش #strong[x] $x$ \\ */ «۱»", "\u2066hq-\u200b1\u2069", "۱۳۹۸/۰۷/۱۷", "\u2066-۱\u2069",
    ]  # fmt: skip
    assert [column["head"] for column in data["columns"]] == ["ردیف", "تکلیف", "شناسه", "مهلت", "مانده"]


def test_sums_carry_no_number() -> None:
    (data,) = json.loads(as_data(Table("x", COLUMNS, table(3).rows, sums=1)))["tables"]
    assert [row[0] for row in data["rows"]] == ["۱", "۲", ""]


def test_what_people_wrote_is_no_markup() -> None:
    assert to_pdf(table()).startswith(b"%PDF-")  # «#strong[», «$» and «*/» would not even compile as such


def test_a_long_table_has_many_pages() -> None:
    assert pages(table(100)) > pages(table(10)) == 1


def test_what_is_to_be_one_page_is_set_in_smaller_letters() -> None:
    assert pages(table(55)) == 2 and pages(table(55), one_page=True) == 1
    assert pages(table(200), one_page=True) > 1  # nothing is left out


def test_several_tables_are_one_paper_each_under_its_name() -> None:
    none = Table("موانع", COLUMNS, [])
    data = json.loads(as_data(table(2), none))
    assert (data["title"], [one["head"] for one in data["tables"]]) == ("دفتر پیگیری", ["", "موانع"])
    assert pages(table(2), none) == 1 < pages(table(2), table(100))


def test_the_font_comes_with_the_file() -> None:
    data = to_pdf(table())
    assert b"Vazirmatn" in data and b"FontFile" in data


def test_more_rows_than_are_printed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_pdf, "MOST_ROWS", 2)
    with pytest.raises(TooLong):
        to_pdf(table(3))
    assert to_pdf(table(2))


def test_a_child_typesets_within_its_limits() -> None:
    made = child.run(tables_pdf.typeset, as_data(table(400)), memory=tables_pdf.MEMORY, seconds=tables_pdf.SECONDS)
    assert made.startswith(b"%PDF-")


def test_a_cell_without_an_end_is_cut() -> None:
    (row,) = json.loads(as_data(Table("x", [Column("x")], [["ا" * 5_000]])))["tables"][0]["rows"]
    assert row[1] == "ا" * 2_000 + "…"
