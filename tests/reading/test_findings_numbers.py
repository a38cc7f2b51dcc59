"""What the proofreader says of numbers: words and digits, parts and wholes, counts of lists and of places."""

from __future__ import annotations

import pytest

from dabir.reading.context import Context, Division
from dabir.reading.minutes import Minutes, Resolution, ResolutionKind, Severity
from tests.reading.papers import found, minutes


@pytest.mark.parametrize(
    "line",
    [
        "ظرف مدت سه (۴) ماه اقدام شود.",
        "مبلغ ده میلیون (۱۰۰٫۰۰۰٫۰۰۰) ریال پرداخت شود.",
        "مبلغ ده میلیون ریال (۱۰۰٫۰۰۰٫۰۰۰) پرداخت شود.",
        "مبلغ ۲۰/۰۰۰/۰۰۰ ریال (بیست و پنج میلیون ریال) پرداخت شود.",
        "مبلغ ۵۰٫۰۰۰٫۰۰۰ ریال (پنجاه میلیون تومان) پرداخت شود.",
        "تعداد ۱۵ (شانزده) دستگاه خریداری شود.",
    ],
)
def test_words_and_digits_that_disagree_are_an_error(line: str) -> None:
    (finding,) = found(minutes(line), "number.words")
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    "line",
    [
        "ظرف مدت سه (۳) ماه و پانزده (15) روز اقدام شود.",
        "مبلغ ده میلیون ریال (۱۰٫۰۰۰٫۰۰۰) و ۲۵/۰۰۰/۰۰۰ ریال (بیست و پنج میلیون ریال).",
        "مبلغ ۵۰٫۰۰۰٫۰۰۰ ریال (پنج میلیون تومان) پرداخت شود.",
        "یک میلیارد و دویست میلیون (۱٫۲۰۰٫۰۰۰٫۰۰۰) ریال",
        "سال هزار و سیصد و نود و هشت (۹۸) به پایان رسید.",
        "بند سه (۴) و تبصره دو (۵) و ماده ده (۱)",
        "نفر دوم (۴۰) و مرحله اول (۱۲) آغاز شد.",
        "سه نفر (احمدی، کریمی و نوری) و پنج طرح (به شرح جدول ۳)",
        "نامه شماره ۱۲۳۴ (پیوست ۲) و تلفن (۰۲۴)",
        "یک دستگاه خودرو (۳ نفر)",
    ],
)
def test_numbers_that_agree_or_say_other_things_are_let_be(line: str) -> None:
    assert not found(minutes(line), "number.words")


@pytest.mark.parametrize(
    "line",
    [
        "۳۰ درصد نقد، ۴۰ درصد در دو قسط و مابقی ۲۰ درصد پس از تحویل پرداخت شود.",
        "قطعه یک ۵ هکتار و قطعه دو ۷ هکتار، جمعاً ۱۳ هکتار واگذار شد.",
    ],
)
def test_parts_that_do_not_make_the_whole_are_an_error(line: str) -> None:
    assert found(minutes(line), "number.sum")


@pytest.mark.parametrize(
    "line",
    [
        "۳۰ درصد نقد و مابقی ۷۰ درصد پس از تحویل پرداخت شود.",
        "از ۵۰ درصد باقیمانده ۲۰ درصد نقد پرداخت شود.",
        "پیشرفت ۳۰ درصد و مابقی پس از تأمین اعتبار.",
        "قطعه الف ۵ هکتار و قطعه ب ۷ هکتار، جمعاً ۱۲ هکتار واگذار شد.",
        "از ۲۰ نفر عضو ۸ نفر موافق و ۴ نفر مخالف، جمعاً ۱۲ نفر رأی دادند.",
        "در ۳ نوبت ۵ نفر و ۷ نفر، جمعاً ۱۵ نفر رفتند.",
        "مجموعاً ۱۵ طرح در ۳ شهر",
    ],
)
def test_sums_that_are_right_or_cannot_be_told_are_let_be(line: str) -> None:
    assert not found(minutes(line), "number.sum")


def test_a_comma_in_a_percentage_is_noted_once_with_what_to_write() -> None:
    (note,) = found(minutes("نرخ بیکاری ۵,۲ درصد و مشارکت ۵۰,۲ درصد است."), "number.decimal")
    assert [(fix.old, fix.new) for fix in note.fixes] == [("۵,۲", "۵٫۲"), ("۵۰,۲", "۵۰٫۲")]


@pytest.mark.parametrize(
    "line", ["۵٫۲ درصد و ۵/۲ درصد", "۱,۲۵۰ درصد", "بندهای ۳، ۵ و ۲۰ درصد از سهم", "مبلغ ۵,۲۰۰ ریال"]
)
def test_other_commas_are_let_be(line: str) -> None:
    assert not found(minutes(line), "number.decimal")


def test_a_list_shorter_than_the_text_says() -> None:
    lines = ["موارد به شرح ۵ بند زیر تصویب شد:", "۱- الف", "۲- ب", "", "۳- پ", "۴- ت"]
    (finding,) = found(minutes(*lines), "count.items")
    assert finding.lines == (1, 1)
    assert "۴" in finding.message
    assert not found(minutes(*lines, "۵- ث"), "count.items")


def test_a_title_may_stand_between_the_number_and_the_list() -> None:
    assert found(minutes("در ۳ بند زیر تصمیم گرفته شد.", "", "مصوبات:", "۱- الف", "۲- ب"), "count.items")


def test_bullets_count_too_and_other_texts_end_a_list() -> None:
    lines = ["در دو محور زیر بحث شد:", "• آب", "• برق", "• گاز"]
    assert found(minutes(*lines), "count.items")
    assert not found(minutes(*lines[:3], "پس از آن رأی گرفته شد.", *lines[3:]), "count.items")
    assert not found(minutes("به شرح ۵ بند زیر:", "متن بدون شماره"), "count.items")


def numbered(line: str, count: int) -> Minutes:
    items = [Resolution(f"کار {n}", (n, n), ResolutionKind.OBLIGATION, number=str(n)) for n in range(1, count + 1)]
    return minutes(line, resolutions=items)


def test_a_number_of_resolutions_that_is_not_theirs() -> None:
    line = "این صورتجلسه در ۳ بند و دو نسخه تنظیم شد."
    assert found(numbered(line, 4), "count.resolutions")
    assert not found(numbered(line, 3), "count.resolutions")
    assert not found(numbered("در اجرای مصوبات ۳ بند از قانون اجرا شود.", 4), "count.resolutions")


PLACES = Context(
    divisions=(Division("province", "زنجان", counties=8, districts=18), Division("county", "ایجرود", districts=2))
)


@pytest.mark.parametrize(
    "line",
    [
        "اجرای مطالعات به تفکیک و در سطح ۱۷ بخش جغرافیایی استان",
        "کلیه ۹ شهرستان استان زنجان",
        "۲۰ بخش استان در طرح هستند.",
        "هر سه بخش شهرستان ایجرود",
    ],
)
def test_a_number_of_places_that_the_directory_does_not_have(line: str) -> None:
    (finding,) = found(minutes(line), "number.places", PLACES)
    assert finding.severity is Severity.WARNING
    assert not found(minutes(line), "number.places")


@pytest.mark.parametrize(
    "line",
    [
        "به تفکیک و در سطح ۱۸ بخش جغرافیایی استان",
        "در ۵ شهرستان استان اجرا شد.",
        "هر دو بخش شهرستان ایجرود",
        "هر ۹ بخش شهرستان طارم",
        "۳ بخش بیمارستان استان تجهیز شد.",
    ],
)
def test_a_right_number_some_of_them_and_unknown_places_are_let_be(line: str) -> None:
    assert not found(minutes(line), "number.places", PLACES)
