"""Which duty a time limit binds: before the decision, beside its clause, and several in one clause."""

from __future__ import annotations

import pytest

from dabir.persian.calendar import Calendar
from dabir.persian.jalali import to_gregorian
from dabir.reading.context import Context
from dabir.reading.decided import Paper, resolution_of
from dabir.reading.lines import Passage
from dabir.reading.minutes import Obligation
from dabir.reading.reader import read_text

SESSION = to_gregorian(1401, 3, 10)


def duties(text: str, calendar: Calendar | None = None) -> list[Obligation]:
    paper = Paper([], SESSION, calendar=calendar or Calendar())
    return resolution_of(Passage.of([(1, text)]), "1", paper).obligations


def limits(text: str) -> list[tuple[str | None, str | None]]:
    """Who owes and until when, for each duty."""
    return [(one.lead.text if one.lead else None, one.due.text if one.due else None) for one in duties(text)]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("شهرداری معابر را ترمیم کند، حداکثر تا پایان تیر ۱۴۰۱.", "حداکثر تا پایان تیر ۱۴۰۱"),
        ("شهرداری نسبت به ترمیم معابر اقدام نماید (ظرف یک ماه).", "ظرف یک ماه"),
        ("شهرداری معابر را ترمیم کند. مهلت انجام این کار تا پایان تیر ۱۴۰۱ است.", "تا پایان تیر ۱۴۰۱"),
        ("تا پایان تیر ۱۴۰۱؛ شهرداری معابر را ترمیم کند.", "تا پایان تیر ۱۴۰۱"),
        ("مقرر شد روز شنبه از ساعت ۹ الی ۱۱؛ شهرداری معابر را بازدید کند.", "روز شنبه"),
        ("ظرف یک ماه مقرر شد شهرداری معابر را ترمیم کند.", "ظرف یک ماه"),
    ],
)
def test_limit_that_stands_apart_binds_the_duty_beside_it(text: str, limit: str) -> None:
    assert limits(text) == [("شهرداری", limit)]


@pytest.mark.parametrize(
    "text",
    [
        "پس از ارائه گزارش و بحث توسط اعضا قرار شد شهرداری معابر را ترمیم کند.",
        "پس از تصویب صورت‌جلسه پیشین، موضوع مطرح و مقرر شد شهرداری معابر را ترمیم کند.",
        "شهرداری معابر را ترمیم کند. قرارداد پیمانکار تا پایان سال ۱۴۰۱ معتبر است.",
        "شهرداری معابر را ترمیم کند. طرح جامع در سال ۱۴۰۲ به بهره‌برداری رسیده است.",
        "شهرداری برنامه سال ۱۴۰۲ را تدوین نماید.",
    ],
)
def test_what_is_told_beside_a_duty_is_no_limit_of_it(text: str) -> None:
    assert limits(text) == [("شهرداری", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "شهرداری نقشه را تا پایان تیر ۱۴۰۱ تهیه و در جلسه بعدی ارائه نماید.",
            [("شهرداری", "تا پایان تیر ۱۴۰۱"), ("شهرداری", "در جلسه بعدی")],
        ),
        (
            "مقرر شد شهرداری ظرف یک ماه معابر را ترمیم و اداره برق ظرف دو هفته تیرها را جابه‌جا نماید.",
            [("شهرداری", "ظرف یک ماه"), ("اداره برق", "ظرف دو هفته")],
        ),
        (
            "شهرداری ظرف یک ماه انبارها را بررسی کرده و در صورت کمبود، با فوریت جبران شود.",
            [("شهرداری", "ظرف یک ماه"), (None, "با فوریت")],
        ),
        (
            "توافق شد ظرف پنج روز گزارش توسط دبیرخانه ارائه و موضوع در جلسه بعدی مطرح شود.",
            [("دبیرخانه", "ظرف پنج روز"), ("دبیرخانه", "در جلسه بعدی")],
        ),
        (
            "پس از هماهنگی با فرمانداری، مجوز اخذ و سپس جشنواره در تیر ۱۴۰۱ برگزار گردد.",
            [(None, "پس از هماهنگی با فرمانداری"), (None, "در تیر ۱۴۰۱")],
        ),
    ],
)
def test_second_limit_behind_an_act_begins_a_new_duty(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert limits(text) == expected


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("شهرداری ظرف یک ماه و حداکثر تا پایان تیر ۱۴۰۱ معابر را ترمیم کند.", "حداکثر تا پایان تیر ۱۴۰۱"),
        ("شهرداری نقشه را تا پایان تیر ۱۴۰۱ جهت بررسی و تأیید در جلسه بعدی ارسال کند.", "تا پایان تیر ۱۴۰۱"),
        ("شهرداری پس از تهیه و تصویب نقشه ظرف یک ماه کار را آغاز کند.", "ظرف یک ماه"),
        ("شهرداری گزارش هفتگی را تهیه و هر شنبه ارسال کند.", "هفتگی"),
    ],
)
def test_two_limits_of_one_act_are_one_duty(text: str, limit: str) -> None:
    assert limits(text) == [("شهرداری", limit)]


def test_working_days_pass_over_the_closures_of_the_calendar() -> None:
    closed = Calendar({to_gregorian(1401, 3, 11): True})
    (before,), (after,) = (duties("شهرداری ظرف یک روز کاری پاسخ دهد.", one) for one in (Calendar(), closed))
    assert before.due and after.due
    assert (before.due.jalali, after.due.jalali) == ("1401/03/11", "1401/03/12")


def test_closures_of_the_context_move_limits_of_running_text_labels_and_tables() -> None:
    paper = """صورت‌جلسه شورای شهر
تاریخ: ۱۴۰۱/۰۳/۱۰
مصوبات:
۱- شهرداری ظرف یک روز کاری پاسخ دهد.
۲- شهرداری معابر را ترمیم کند. مهلت: ظرف یک روز کاری
"""
    table = """صورت‌جلسه شورای شهر
تاریخ: ۱۴۰۱/۰۳/۱۰
مصوبات:
| ردیف | شرح مصوبه | مسئول پیگیری | مهلت اجرا |
|---|---|---|---|
| ۱ | ترمیم معابر | شهرداری | ظرف یک روز کاری |
"""
    context = Context(closures={to_gregorian(1401, 3, 11): True})
    found = [one for text in (paper, table) for one in read_text(text, context).resolutions]
    assert [one.due.jalali for each in found for one in each.obligations if one.due] == ["1401/03/12"] * 3
