"""The columns of an old register are told by their headers, in any order and wording, with one or two rows of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from dabir.reading.sheets.columns import Column, Layout, column_of, recognise, told
from dabir.reading.sheets.table import read_tables
from tests.reading.sheets.books import xlsx

C = Column
HEADS = ["ردیف", "شماره جلسه", "تاریخ جلسه", "شرح مصوبه", "مسئول پیگیری", "همکار", "مهلت", "وضعیت"]
KINDS = (C.ITEM, C.NUMBER, C.DATE, C.TEXT, C.LEAD, C.HELPER, C.DUE, C.STATE)


def layout(rows: Sequence[Sequence[Any]], merges: tuple[str, ...] = ()) -> Layout:
    found = recognise(read_tables(xlsx(rows, merges=merges)))
    assert found is not None
    return found.layout


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("شماره و تاریخ جلسه", C.SESSION),
        ("تاریخ و شماره صورت جلسه", C.SESSION),
        ("جلسه/تاریخ", C.SESSION),
        ("تاریخ صورت جلسه", C.DATE),
        ("مسؤول اجرا", C.LEAD),
        ("مسئول پيگيري", C.LEAD),
        ("دستگاه مجری", C.LEAD),
        ("دستگاه‌های همکار", C.HELPER),
        ("مهلت اجرای مصوبه", C.DUE),
        ("تاریخ سررسید", C.DUE),
        ("وضعیت مصوبه", C.STATE),
        ("شماره مصوبه", C.ITEM),
        ("متن مصوبات", C.TEXT),
        ("شناسه دبیر", C.CODE),
        ("ش.ج", C.NUMBER),
        ("ش جلسه", C.NUMBER),
        ("ت.ج", C.DATE),
        ("ت جلسه", C.DATE),
        ("ش. مصوبه", C.ITEM),
        ("ش.م", C.ITEM),
        ("گزارش عملکرد", C.STATE),
        ("دستگاه مجری و ناظر", C.LEAD),
        ("دستگاه ناظر", None),
        ("محل جلسه", None),
        ("شماره نامه ابلاغ", None),
        ("تاریخ ابلاغ", None),
        ("درصد پیشرفت", None),
        ("ملاحظات", None),
    ],
)
def test_a_header_says_what_its_column_holds(label: str, column: Column | None) -> None:
    assert column_of(label) == column


def test_columns_in_any_order() -> None:
    assert told(HEADS) == KINDS
    assert told(HEADS[::-1]) == KINDS[::-1]


def test_the_text_is_not_its_title() -> None:
    assert told(["عنوان مصوبه", "شرح مصوبه", "مجری"]) == (None, C.TEXT, C.LEAD)
    assert told(["متن", "موضوع مصوبه", "مجری"]) == (C.TEXT, None, C.LEAD)
    assert told(["عنوان مصوبه", "مجری"]) == (C.TEXT, C.LEAD)


def test_titles_above_the_header_are_passed_over() -> None:
    rows: list[list[Any]] = [["دفتر پیگیری مصوبات", *[None] * 7], [], HEADS, [1, 11, "1398/07/17", "متن", "استانداری"]]
    found = layout(rows, ("A1:H1",))
    assert (found.header.first, found.header.last, found.columns) == (1, 1, KINDS)


def test_two_rows_of_header_are_read_together() -> None:
    rows: list[list[Any]] = [
        ["ردیف", "جلسه", None, "شرح مصوبه", "دستگاه", None, "مهلت", "وضعیت"],
        [None, "شماره", "تاریخ", None, "مسئول", "همکار", None, None],
        [1, 11, "1398/07/17", "متن", "استانداری", None, None, None],
    ]
    found = layout(rows, ("A1:A2", "B1:C1", "D1:D2", "E1:F1", "G1:G2", "H1:H2"))
    assert (found.header.first, found.header.last, found.columns) == (0, 1, KINDS)


def test_the_number_in_the_meeting_goes_before_that_in_the_sheet() -> None:
    assert told(["ردیف", "شماره مصوبه", "شرح"]) == (None, C.ITEM, C.TEXT)


def test_a_bare_number_beside_a_row_number_is_the_meetings() -> None:
    assert told(["ردیف", "شماره", "تاریخ", "شرح"]) == (C.ITEM, C.NUMBER, C.DATE, C.TEXT)


def test_several_columns_of_agencies_count_together() -> None:
    assert told(["شرح", "مسئول اول", "مسئول دوم"]) == (C.TEXT, C.LEAD, C.LEAD)


def test_the_sheet_that_tells_most_is_the_register() -> None:
    first, second = read_tables(xlsx([["x", "y"]]))[0], read_tables(xlsx([HEADS]))[0]
    found = recognise([first, second])
    assert found is not None
    assert found.table == 1


def test_no_header_is_made_up() -> None:
    assert recognise(read_tables(xlsx([["نام", "تلفن"], ["الف", 1]]))) is None


def test_a_mapping_is_remembered_by_the_words_whatever_their_order() -> None:
    first = layout([HEADS])
    known = first.by_label() | {"همکار": "lead"}
    second = layout([[*HEADS[::-1], "شناسه دبیر"]])
    assert second.header.key == first.header.key
    again = second.with_labels(known)
    assert again.columns == (*KINDS[:5][::-1][:0], *[C.LEAD if k is C.HELPER else k for k in KINDS[::-1]], C.CODE)
