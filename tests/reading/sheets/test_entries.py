"""Rows of an old register become plain values; what a title, a merge or the row above tells counts where it may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dabir.persian.letters import squash
from dabir.reading.sheets.agencies import parted_helpers, split_agencies
from dabir.reading.sheets.columns import recognise
from dabir.reading.sheets.entries import Entry, read_entries
from dabir.reading.sheets.table import read_tables
from tests.reading.sheets.books import xlsx

TODAY = date(2019, 10, 12)
KNOWN = {
    squash(name)
    for name in (
        "جهاد کشاورزی", "جهاد کشاورزی و منابع طبیعی", "صنعت، معدن و تجارت", "سازمان مدیریت و برنامه‌ریزی", "استانداری",
        "محیط زیست", "آموزش و پرورش",
    )
}  # fmt: skip
HEADS = ["ردیف", "شماره جلسه", "تاریخ جلسه", "شرح مصوبه", "مسئول پیگیری", "همکار", "مهلت", "وضعیت"]
GOOD = [1, 11, "1398/07/17", "متن", "استانداری", None, None, None]


def knows(name: str) -> bool:
    return squash(name) in KNOWN


def of_day(_day: date) -> Callable[[str], bool]:
    return knows


def entries(
    rows: Sequence[Sequence[Any]],
    *,
    merges: tuple[str, ...] = (),
    same_above: bool = False,
    first_leads: bool = False,
) -> list[Entry]:
    tables = read_tables(xlsx(rows, merges=merges))
    found = recognise(tables)
    assert found is not None
    layout = replace(found.layout, same_above=same_above, first_leads=first_leads)
    return list(read_entries(tables[found.table], layout, TODAY, of_day))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("جهاد کشاورزی - دامپزشکی", ["جهاد کشاورزی", "دامپزشکی"]),
        ("جهاد کشاورزی-دامپزشکی/شیلات", ["جهاد کشاورزی", "دامپزشکی", "شیلات"]),
        ("جهاد کشاورزی و منابع طبیعی", ["جهاد کشاورزی و منابع طبیعی"]),
        ("جهاد کشاورزی و دامپزشکی", ["جهاد کشاورزی", "دامپزشکی"]),
        ("دامپزشکی و جهاد کشاورزی", ["دامپزشکی", "جهاد کشاورزی"]),
        ("دامپزشکی و شیلات", ["دامپزشکی و شیلات"]),
        ("صنعت، معدن و تجارت، جهاد کشاورزی و محیط زیست", ["صنعت، معدن و تجارت", "جهاد کشاورزی", "محیط زیست"]),
        ("سازمان مدیریت و برنامه‌ریزی و استانداری", ["سازمان مدیریت و برنامه‌ریزی", "استانداری"]),
        ("تعاون، کار و رفاه اجتماعی و آموزش و پرورش", ["تعاون، کار و رفاه اجتماعی", "آموزش و پرورش"]),
        ("آموزش و پرورش ناحیه یک", ["آموزش و پرورش ناحیه یک"]),
        ("۱- جهاد کشاورزی\n۲- دامپزشکی", ["جهاد کشاورزی", "دامپزشکی"]),
        ("۱- آموزش و پرورش ۲- دامپزشکی", ["آموزش و پرورش", "دامپزشکی"]),
        ("۱-استانداری۲-دامپزشکی", ["استانداری", "دامپزشکی"]),
        ("شهرداری منطقه ۲- استانداری", ["شهرداری منطقه ۲", "استانداری"]),
        ("جهاد کشاورزی (دامپزشکی و شیلات) و استانداری", ["جهاد کشاورزی (دامپزشکی و شیلات)", "استانداری"]),
        ("استانداری - استانداری", ["استانداری"]),
        ("-", []),
        ("ندارد", []),
    ],
)
def test_agencies_of_a_cell_are_taken_apart(text: str, names: list[str]) -> None:
    assert split_agencies(text, knows) == names


def test_thousands_of_spaces_in_a_cell_are_one() -> None:
    """Each of them was once tried as the beginning of a separator: five seconds for a cell."""
    assert split_agencies("بنیاد" + " " * 3_000 + "مسکن", knows) == ["بنیاد مسکن"]
    assert split_agencies("شیلات" + " \n" * 1_500 + "دامپزشکی", knows) == ["شیلات", "دامپزشکی"]


def test_a_number_or_a_day_is_not_looked_for_behind_a_long_text() -> None:
    long = "." * 600
    (entry,) = entries([HEADS, [f"۷{long}الف", f"{long} 11", "1398/07/17", *GOOD[3:]]])
    assert entry.item == "۷" and entry.fault == "bad-number"


def test_who_helps_may_stand_in_the_leads_cell() -> None:
    assert parted_helpers("جهاد کشاورزی با همکاری دامپزشکی") == ("جهاد کشاورزی", "دامپزشکی")


def test_a_row_is_told_with_its_number_in_the_sheet() -> None:
    (entry,) = entries(
        [["دفتر"], [], HEADS, ["۱", 11, "98/7/17", " متن\nدو ", "استانداری - دامپزشکی", "-", "مستمر", "انجام شد"]]
    )
    assert (entry.row, entry.number, entry.day, entry.item) == (4, 11, date(2019, 10, 9), "۱")
    assert (entry.text, entry.leads, entry.helpers) == ("متن\nدو", ("استانداری", "دامپزشکی"), ())
    assert (entry.state, entry.done, entry.fault) == ("انجام شد", True, "")


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        (1, None, "no-number"),
        (1, "x", "bad-number"),
        (2, None, "no-date"),
        (2, "1398/13/01", "bad-date"),
        (2, "1399/01/01", "future"),
        (3, None, "no-text"),
        (3, " - ", "no-text"),
        (3, "ب" * 25_000, "long-text"),
    ],
)
def test_a_row_that_cannot_be_has_its_reason(column: int, value: object, fault: str) -> None:
    row = [*GOOD[:column], value, *GOOD[column + 1 :]]
    (entry,) = entries([HEADS, row])
    assert entry.fault == fault


def test_a_day_that_is_none_beside_the_meetings_number_is_the_reason() -> None:
    heads = ["ردیف", "شماره و تاریخ جلسه", "شرح مصوبه", "مسئول پیگیری"]
    found = entries([heads, [1, "11 مورخ 1397/13/10", "متن", "استانداری"], [2, "الف", "متن دو", "استانداری"]])
    assert [entry.fault for entry in found] == ["bad-date", "bad-number"]


def test_a_merged_meeting_counts_for_all_its_rows() -> None:
    rows: list[list[Any]] = [HEADS, GOOD, [2, None, None, "دوم", "استانداری"], [3, None, None, "سوم", "استانداری"]]
    assert [entry.fault for entry in entries(rows)] == ["", "no-number", "no-number"]
    assert [entry.number for entry in entries(rows, merges=("B2:B4", "C2:C4"))] == [11, 11, 11]


def test_an_empty_cell_means_the_row_above_only_where_a_person_said_so() -> None:
    rows: list[list[Any]] = [
        HEADS,
        GOOD,
        [2, None, None, "دوم", "استانداری"],
        [3, 12, "1398/07/18", "سوم"],
        [4, None, None, "چهارم"],
    ]
    told = entries(rows, same_above=True)
    assert [(entry.number, entry.fault) for entry in told] == [(11, ""), (11, ""), (12, ""), (12, "")]


def test_a_title_over_rows_names_their_meeting() -> None:
    heads = ["ردیف", "شرح مصوبه", "مسئول پیگیری"]
    rows: list[list[Any]] = [
        ["مصوبات یازدهمین جلسه ستاد مورخ ۱۳۹۸/۰۷/۱۷", None, None],
        heads,
        [1, "اول", "استانداری"],
        ["جلسه ۱۲ - ۱۳۹۸/۰۷/۱۸", None, None],
        [1, "دوم", "استانداری"],
    ]
    told = entries(rows, merges=("A1:C1", "A4:C4"))
    assert [(entry.row, entry.number, entry.text) for entry in told] == [(3, 11, "اول"), (5, 12, "دوم")]


def test_repeated_headers_and_rows_that_were_only_numbered_are_no_rows() -> None:
    assert [entry.row for entry in entries([HEADS, GOOD, HEADS, [2], [3, 11, "1398/07/17", "متن"]])] == [2, 5]


def test_the_first_of_several_agencies_leads_where_a_person_said_so() -> None:
    row = [*GOOD[:4], "استانداری - دامپزشکی", "شیلات", None, None]
    (entry,) = entries([HEADS, row], first_leads=True)
    assert (entry.leads, entry.helpers) == (("استانداری",), ("دامپزشکی", "شیلات"))
