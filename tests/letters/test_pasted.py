"""Columns of numbers as they are copied from office automation and Excel."""

from __future__ import annotations

from datetime import date

import pytest

from dabir.letters.pasted import read
from dabir.persian.jalali import to_gregorian

TODAY = to_gregorian(1398, 7, 20)
DAY = to_gregorian(1398, 7, 18)


@pytest.mark.parametrize(("text", "number", "day"), [
    ("385966", "385966", None),
    ("۳۸۵۹۶۶\t۱۳۹۸/۰۷/۱۸", "385966", DAY),
    ("٣٨٥٩٦٦ ١٣٩٨-٧-١٨", "385966", DAY),
    ("1398/07/18\t12/34/56", "12/34/56", DAY),
    ("1234/الف مورخ ۱۳۹۸/۰۷/۱۸", "1234/الف", DAY),
    ("شماره: 1234   تاریخ: 1398/07/18", "1234", DAY),
    ("12/ص، 18 مهر 1398", "12/ص", DAY),
    ("12\t98/7/18", "12", DAY),
    ("12 13980718", "12", DAY),
    ("12\t2019-10-10 00:00:00", "12", DAY),
    ("بنیاد مسکن\t12\t1398/07/18", "12", DAY),
    ("98/4/1234", "98/4/1234", None),
    ("1402/123", "1402/123", None),
    ("13980718", "13980718", None),
])  # fmt: skip
def test_a_line_gives_its_number_and_its_day(text: str, number: str, day: date | None) -> None:
    (line,) = read(text, TODAY).lines
    assert (line.number, line.day, line.fault) == (number, day, "")


@pytest.mark.parametrize("text", ["1398/07/18", "12\t13\t1398/07/18", "12\t1398/07/18\t1398/07/19"])
def test_a_line_that_is_not_a_number_and_a_day_says_so(text: str) -> None:
    (line,) = read(text, TODAY).lines
    assert "۱" in line.fault


def test_a_head_is_passed_over_and_lines_keep_their_places() -> None:
    pasted = read("\n شماره نامه\tتاریخ \n1\t1398/07/18\n\n3\n\n\n", TODAY)
    assert pasted.has_head and [(line.at, line.number) for line in pasted.lines] == [(2, "1"), (3, ""), (4, "3")]


def test_a_column_that_counts_its_rows_is_no_number() -> None:
    pasted = read("۱\t۷۱\n۲\t۷۲\n۳\t۷۳", TODAY)
    assert [line.number for line in pasted.lines] == ["71", "72", "73"]


def test_more_lines_than_letters_at_once_are_left_away_and_said() -> None:
    pasted = read("\n".join(map(str, range(1, 700))), TODAY)
    assert len(pasted.lines) == 500 and pasted.too_many


@pytest.mark.parametrize("text", ["", "\0\0", "\u202e12\u202c\t1398/07/18", "9" * 100_000, "\t" * 5_000 + "\n" * 5_000])
def test_whatever_is_pasted_is_read_without_end(text: str) -> None:
    assert len(read(text, TODAY).lines) <= 500
