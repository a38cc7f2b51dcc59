"""Limits that start with a communication: which they are, and on which day they end once it has a day."""

from __future__ import annotations

from datetime import date

import pytest

from dabir.persian.calendar import Calendar
from dabir.persian.jalali import to_gregorian
from dabir.reading.dates import awaits, counted_from, find_dues

START = to_gregorian(1398, 7, 20)


@pytest.mark.parametrize(("text", "what"), [
    ("ظرف یک هفته پس از ابلاغ گزارش دهد", "communication"),
    ("ظرف ۴۸ ساعت از تاریخ ابلاغ", "communication"),
    ("حداکثر ۱۵ روز پس از ابلاغ این مصوبه", "communication"),
    ("یک ماه بعد از ابلاغ مصوبات جلسه", "communication"),
    ("پس از ابلاغ صورت جلسه ظرف ۲۰ روز نقشه را تهیه نماید", "communication"),
    ("ظرف ۱۵ روز پس از ابلاغیه", "communication"),
    ("ظرف یک ماه از تاریخ دریافت صورتجلسه", "receipt"),
    ("دو ماه پس از وصول نامه", "receipt"),
    ("ظرف یک هفته پس از ابلاغ اعتبار", None),
    ("ظرف یک ماه پس از دریافت اعتبار", None),
    ("ظرف یک هفته پس از تأیید نهایی سند", None),
])  # fmt: skip
def test_a_limit_after_the_communication_is_told_from_other_events(text: str, what: str | None) -> None:
    (due,) = (found.due for found in find_dues(text, START))
    assert awaits(due.trigger or "") == what


@pytest.mark.parametrize(("text", "day"), [
    ("ظرف یک هفته پس از ابلاغ", (1398, 7, 27)),
    ("ظرف ۴۸ ساعت از تاریخ ابلاغ", (1398, 7, 22)),
    ("حداکثر ۱۵ روز پس از ابلاغ", (1398, 8, 5)),
    ("یک ماه و نیم پس از ابلاغ", (1398, 9, 5)),
    ("ظرف سه ماه پس از ابلاغ", (1398, 10, 20)),
    # 1398/7/20 is a Saturday; the 26th a Friday, the 27th Arba'een.
    ("ظرف پنج روز کاری پس از ابلاغ", (1398, 7, 25)),
    ("ظرف شش روز کاری پس از ابلاغ", (1398, 7, 28)),
    ("پس از ابلاغ", None),
    ("ظرف دو سه روز پس از ابلاغ", None),
])  # fmt: skip
def test_it_is_counted_from_the_day_that_starts_it(text: str, day: tuple[int, int, int] | None) -> None:
    assert counted_from(text, START, Calendar()) == (to_gregorian(*day) if day else None)


def test_working_days_go_by_the_calendar_given() -> None:
    closed = Calendar({to_gregorian(1398, 7, 21): True})
    assert counted_from("ظرف یک روز کاری پس از ابلاغ", START, closed) == date(2019, 10, 14)
