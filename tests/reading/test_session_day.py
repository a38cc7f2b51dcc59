"""When the meeting was and which it is: by labels, in titles, in the sentences that tell of it."""

from __future__ import annotations

import pytest

from dabir.reading.context import Context
from dabir.reading.minutes import Header
from dabir.reading.reader import read_text


def header(text: str) -> Header:
    return read_text(text, Context()).header


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("مصوبات جلسه ۱۲۴ – ۹۹/۰۲/۱۷ شورای اسلامی شهر\n\n۱- با درخواست آقای نوری موافقت شد.", "1399/02/17"),
        ("گزارش جلسه 31-1-90\n\nموارد زیر بررسی شد.\n۱- مقرر شد هزینه‌ها تقسیم شود.", "1390/01/31"),
        ("صورتجلسه هیئت مدیره ۲۸ فروردین ۹۲\n\nموارد زیر تصویب شد:\n۱- خرید رایانه", "1392/01/28"),
        ("جلسه روز دوشنبه سوم آذرماه ۱۳۹۹ شورای آموزش\nمصوبات:\n۱- مقرر شد گزارش شود.", "1399/09/03"),
        ("تاریخ تصویب: 1381/01/25\nهیئت وزیران تصویب نمود:\n۱- صندوق تشکیل شود.", "1381/01/25"),
        ("چهارمین جلسه شورای علمی دانشنامه روز یکشنبه مورخ ۱۵/۱۰/۸۷ تشکیل شد.", "1387/10/15"),
        ("سومین جلسه شورای برنامه‌ریزی مورخ ۱۲/۴/۹۸ برگزار شد.", "1398/04/12"),
    ],
)
def test_day_is_found_where_papers_have_it(text: str, day: str) -> None:
    found = header(text).date
    assert found is not None and found.jalali == day


@pytest.mark.parametrize(
    "text",
    [
        "ششمین جلسه شورا آغاز شد.\nمقرر شد جلسه فوق‌العاده تشکیل گردد.\n\nروابط عمومی شورا\n\n۱۳۹۶/۰۶/۱۲ - ۰۹:۰۰",
        "پیرو نامه شماره ۱۲ مورخ ۱۳۹۸/۰۲/۰۳ موضوع مطرح شد و موافقت گردید.",
        "مصوبات جلسه ۱۰\n\n۱- مقرر شد موضوع در جلسه رؤسا در مورخ ۵ و ۶ تیر ماه ۹۸ طرح شود.",
        "سال تصویب: ۱۳۹۷/۰۱/۰۱\nماده واحده: عوارض پسماند به شرح زیر اصلاح شد:\nعوارض ماهانه است.",
    ],
)
def test_day_of_something_else_is_not_the_sessions(text: str) -> None:
    assert header(text).date is None


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("جلسه شورا در مورخه 92/12/03 روز شنبه در محل کار شورا تشکیل گردید.", "شنبه"),
        ("جلسه شورا راس ساعت ۱۸ مورخ ۱۳۹۸/۳/۲۰ (دوشنبه) رسمیت یافت.", "دوشنبه"),
        ("گزارش جلسه 31-1-90\n\nجلسه هیئت مدیره روز چهارشنبه 31/1/90 تشکیل شد.", "چهارشنبه"),
        ("صورت‌جلسه\nجلسه شورای اداری در روز یکشنبه ساعت ۱۰ صبح در محل فرمانداری تشکیل شد.", "یکشنبه"),
        ("نشست کارگروه، صبح امروز (سه شنبه ۱۵ مهرماه) برگزار شد.", "سه شنبه"),
    ],
)
def test_weekday_is_read_beside_the_day_or_without_one(text: str, weekday: str) -> None:
    assert header(text).weekday == weekday


@pytest.mark.parametrize(
    "text",
    ["مقرر شد جلسه بعدی روز سه شنبه تشکیل شود.", "جلسه شورا مورخ ۱۳۹۸/۳/۲۰ برگزار شد.\nتلفن ثابت روزهای شنبه قطع است."],
)
def test_weekday_of_something_else_is_not_the_sessions(text: str) -> None:
    assert header(text).weekday is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("مصوبات جلسه ۱۲۴ – ۹۹/۰۲/۱۷ شورای اسلامی شهر\n\n۱- با درخواست آقای نوری موافقت شد.", 124),
        ("اولین مجمع عمومی انجمن در روز دوشنبه مورخ 16/12/1389 برگزار گردید.", 1),
        ("۱۲۳ مین جلسه شورا روز دوشنبه تشکیل شد.", 123),
        ("بیست و هشتمین صورتجلسه هیئت رئیسه مورخ ۱۴۰۰/۱/۲۹", 28),
        ("گزارش جلسه اول گردهمایی اعضا\n\n۱- گزارش کار ارائه شد.", 1),
    ],
)
def test_number_is_read_in_the_papers_own_title(text: str, number: int) -> None:
    assert header(text).number == number


@pytest.mark.parametrize(
    "text", ["صورتجلسه شورای معاونان\n\nمصوبات جلسه ۱۲ شورا بررسی شد.", "مجمع عمومی با حضور ۴۰ نفر تشکیل شد."]
)
def test_number_of_another_session_is_not_this_ones(text: str) -> None:
    assert header(text).number is None


def test_day_of_a_meeting_before_this_one_is_not_the_sessions() -> None:
    text = """روز چهارشنبه، ۱۵ آذر ماه ۱۳۹۱ نهمین جلسه انجمن تشکیل شد:
– گزارش مجمع که روز شنبه ۱۳۹۱.۹.۱۱ تشکیل شده بود، ارائه شد."""
    found = header(text)
    assert found.date is not None
    assert (found.date.jalali, found.weekday) == ("1391/09/15", "چهارشنبه")


def test_day_of_a_meeting_that_is_to_be_held_is_not_the_sessions() -> None:
    assert header("مقرر گردید جلسه‌ای در مورخ ۹۸/۳/۴ با حضور رئیس سازمان برگزار گردد.").date is None


def test_day_of_the_only_meeting_counts_in_whatever_tense() -> None:
    found = header("اعضا در جلسه‌ای که روز شنبه ۱۳۹۱/۹/۱۱ در فرمانداری تشکیل شده بود شرکت کردند.")
    assert found.date is not None
    assert found.date.jalali == "1391/09/11"
