"""Days in any form, numbers of meetings, deadlines and "done", as offices write them into cells."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.persian import jalali
from dabir.persian.digits import to_persian
from dabir.reading.minutes import DueKind
from dabir.reading.sheets.cells import day_of, due_of, is_done, session_of
from dabir.reading.sheets.table import Value

SESSION = date(2019, 10, 9)
NEAR = date(2019, 10, 12)


@pytest.mark.parametrize(
    "cell",
    [
        "۱۳۹۸/۰۷/۱۷", "98/7/17", "17/07/1398", "1398-07-17", "98.7.17", "۱۷ مهر ۱۳۹۸", "چهارشنبه ۱۷ مهر ۹۸",
        "مورخ ١٣٩٨/٠٧/١٧", 43747, 43747.0, "43747", 13980717, "13980717", 980717, "2019-10-09", "2019/10/09 00:00:00",
        datetime(2019, 10, 9), datetime(1398, 7, 17),
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_form(cell: Value) -> None:
    assert day_of(cell, NEAR) == SESSION


@pytest.mark.parametrize("cell", ["", "-", "x", 12, 1.5, "1398/13/01", "1398/07/17 - 1398/07/18", "10/9/2019", None])
def test_what_is_no_day_is_none(cell: Value) -> None:
    assert day_of(cell, NEAR) is None


@given(st.dates(date(1960, 1, 1), date(2100, 1, 1)))
def test_every_way_to_write_a_day_gives_that_day(day: date) -> None:
    text = jalali.format_day(day, persian_digits=False)
    year, month, number = jalali.from_gregorian(day)
    serial = day.toordinal() - 693_594
    ways: list[Value] = [text, to_persian(text), text.replace("/", ""), int(text.replace("/", "")), serial, str(serial)]
    ways += [datetime(day.year, day.month, day.day), f"{number} {jalali.MONTHS[month - 1]} {year}", day.isoformat()]
    assert {day_of(way, NEAR) for way in ways} == {day}


@pytest.mark.parametrize(
    "cells",
    [
        (11, "1398/07/17", None), ("۱۱", 43747, None), (11.0, datetime(1398, 7, 17), None), ("یازدهم", "98/7/17", None),
        ("جلسه ۱۱", "98/7/17", None), ("11/98", "98/7/17", None), ("11 - 1398/07/17", None, None),
        (None, None, "جلسه ۱۱ مورخ ۹۸/۷/۱۷"), (None, None, "۱۱\n۱۷ مهر ۱۳۹۸"), (None, None, "11/1398/07/17"),
        (None, None, "1398/07/17 (11)"), (None, None, "شماره 11 تاریخ 13980717"),
        (None, None, "مصوبات یازدهمین جلسه ستاد اقتصاد مقاومتی مورخ ۱۷ مهر ماه ۱۳۹۸"),
    ],
)  # fmt: skip
def test_number_and_day_of_a_meeting_from_one_cell_or_two(cells: tuple[Value, Value, Value]) -> None:
    assert session_of(*cells, NEAR) == (11, SESSION)


@pytest.mark.parametrize("number", ["x", "11 و 12", "چهل و چند", 0, -3, 1.5, 20_000])
def test_a_number_that_is_none_is_not_guessed(number: Value) -> None:
    assert session_of(number, "98/7/17", None, NEAR) == (None, SESSION)


def test_a_compound_ordinal_is_whole() -> None:
    assert session_of(None, None, "بیست و یکمین جلسه ستاد 98/7/17", NEAR) == (21, SESSION)


@pytest.mark.parametrize(
    ("cell", "kind", "day"),
    [
        ("1398/08/15", DueKind.DATE, "1398/08/15"),
        (43784, DueKind.DATE, "1398/08/24"),
        (datetime(1398, 8, 15), DueKind.DATE, "1398/08/15"),
        ("یک ماه", DueKind.DURATION, "1398/08/17"),
        ("پایان آبان 98", DueKind.PERIOD, "1398/08/30"),
        ("مستمر", DueKind.RECURRING, None),
        ("مستمر و دائمی", DueKind.RECURRING, None),
        ("پس از تأیید نقشه", DueKind.EVENT, None),
        ("فوری", DueKind.VAGUE, None),
        ("1398/02/32", DueKind.VAGUE, None),
        ("98/8/15 تا 98/9/15", DueKind.PERIOD, "1398/09/15"),
        ("98/8/15 و 98/9/15", DueKind.VAGUE, None),
        ("98/8/15 به بعد", DueKind.VAGUE, None),
        ("شروع 98/8/15", DueKind.VAGUE, None),
        ("از 98/8/15", DueKind.VAGUE, None),
        (1.5, DueKind.VAGUE, None),
    ],
)
def test_a_deadline_is_a_day_a_recurrence_an_event_or_words(cell: Value, kind: DueKind, day: str | None) -> None:
    due = due_of(cell, SESSION)
    assert due is not None
    assert (due.kind, due.jalali) == (kind, day)
    assert due.text


@pytest.mark.parametrize("cell", [None, "", "-", "—", "ـ"])
def test_an_empty_deadline_is_none(cell: Value) -> None:
    assert due_of(cell, SESSION) is None


@pytest.mark.parametrize(
    "text",
    [
        "انجام شد",
        "انجام شد.",
        "انجام‌شده است",
        "انجامشد",
        "خاتمه یافت",
        "مختومه",
        "کاملاً انجام شد",
        "به طور کامل اجرا شد",
    ],
)
def test_done_is_heard(text: str) -> None:
    assert is_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "در حال انجام",
        "انجام نشد",
        "انجام نشده است",
        "بخشی انجام شد",
        "انجام شد ولی ناقص",
        "انجام خواهد شد",
        "اقدام شد",
        "انجام شد؟",
        "انجام شد - نیازمند پیگیری",
        "انجام شد از طرف گاز، دامپزشکی انجام نداده",
        "انجام شد به استثنای بند ۲",
        "انجام شد مگر در حلب",
        "انجام شد به صورت ناتمام",
        "خاتمه یافت با عدم توافق",
        "پایان یافت بدون نتیجه",
        "انجام شد تا ۵۰٪",
        "انجام شده باشد",
    ],
)
def test_what_is_not_done_or_only_in_part_is_not(text: str) -> None:
    assert not is_done(text)
