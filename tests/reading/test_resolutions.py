"""Which items and sentences are resolutions, and of which kind: the forms that councils, cabinets and boards use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dabir.reading.context import Context
from dabir.reading.reader import read_text

Expected = list[tuple[str | None, str, str]]  # number, kind, first words


def read(text: str) -> Expected:
    resolutions = read_text(text, Context()).resolutions
    return [(one.number, str(one.kind), one.text) for one in resolutions]


TABLE = Path(__file__).with_name("resolutions_table.txt")


def forms() -> Iterator[tuple[str, Expected]]:
    for paper in TABLE.read_text(encoding="utf-8").split("\n\n")[1:]:
        text, *rows = paper.strip().split("\n→")
        cells = [[cell.strip() for cell in row.split("|")] for row in rows if row.strip()]
        yield text, [(None if number == "-" else number, kind, words) for number, kind, words in cells]


@pytest.mark.parametrize(("text", "expected"), list(forms()))
def test_decisions_are_read_in_the_forms_of_offices(text: str, expected: Expected) -> None:
    found = read(text)
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    assert all(have[2].startswith(want[2]) for have, want in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "نشست هم‌اندیشی مدیران برگزار شد. فرماندار خواستار تسریع در تکمیل پروژه‌ها شد.",
        "در جلسه امروز دکتر نوری گفت: قصد داریم در سال آینده دوره‌ها از سر گرفته شود.",
        "جلسه انجمن برگزار شد. در این جلسه پیش‌بینی شده است کارها در چند بخش بررسی شوند.",
        "در جلسه امنا گفته شد این جلسه به برنامه‌های فرهنگی می‌پردازد و موضوعات دیگر در جلسات آتی مطرح می‌شود.",
        "جلسه با حضور افراد زیر تشکیل شد:\n۱- آقای نوری\n۲- خانم احمدی\n۳- رئیس اداره آب",
        "جلسه شورا تشکیل شد. آقای نوری گفت: به نظر ایشان مجوز قبلی در سال گذشته کافی بود.",
        "جلسه شورا تشکیل شد. خانم بهار گزارشی از بودجه داد و پیشنهاد کرد بودجه افزایش یابد.",
        "جلسه شورا تشکیل گردید که پس از بحث و تبادل نظر مصوب گردید.",
        "در جلسه شورا نوری گفت: احداث سالن از مصوبات سال گذشته بود و هنوز آغاز نشده است.",
        "وزیر در جلسه گفت: ورود زمین به محدوده شهر موافقت شهرداری را می‌خواهد و تاکنون مکاتبه‌ای نشده است.",
    ],
)
def test_what_is_told_wished_or_planned_is_no_decision(text: str) -> None:
    assert read(text) == []


def test_owner_and_limit_of_the_opening_sentence_pass_to_its_items() -> None:
    minutes = read_text(
        "هیئت وزیران در جلسه مورخ ۱۳۹۰/۲/۳ موافقت نمود:\n\n"
        "وزارت نیرو موظف است با همکاری استانداری تا پایان سال ۱۳۹۱ نسبت به اجرای تصمیمات زیر اقدام نماید:\n\n"
        "۱- تأمین آب شهرک صنعتی که خط آن اجرا گردیده است\n\n۲- احداث مخزن دوم",
        Context(),
    )
    assert [(one.number, str(one.kind)) for one in minutes.resolutions] == [("1", "obligation"), ("2", "obligation")]
    duties = [duty for one in minutes.resolutions for duty in one.obligations]
    assert [duty.lead and duty.lead.text for duty in duties] == ["وزارت نیرو"] * 2
    assert [duty.due and duty.due.jalali for duty in duties] == ["1391/12/30"] * 2


def test_items_with_verbs_of_their_own_are_the_decisions_not_what_introduces_them() -> None:
    found = read(
        "صورتجلسه\nمصوبات:\nالف- دعوت از استاد تمدید شود.\n"
        "ب- تا پایان دوره تلاش کنیم تا:\n۱- کتابچه را چاپ کنیم\n۲- فهرست به انتشارات برسد"
    )
    assert [(number, words.split()[0]) for number, _, words in found] == [
        ("الف", "دعوت"),
        ("ب-1", "کتابچه"),
        ("ب-2", "فهرست"),
    ]


def test_people_named_in_a_list_are_part_of_the_decision_that_introduces_them() -> None:
    found = read(
        "هیئت وزیران در جلسه مورخ ۱۳۸۱/۱/۲۵ تصویب نمود:\nشورای هماهنگی با حضور افراد زیر تشکیل گردد:\n"
        "۱- وزیر کشور\n۲- وزیر نیرو\n۳- دو نفر از استانداران به انتخاب آنان\n"
        "دبیرخانه شورا در وزارت کشور مستقر خواهد بود."
    )
    assert [words.split()[0] for _, _, words in found] == ["شورای", "دبیرخانه"]
    assert "وزیر نیرو" in found[0][2]


@pytest.mark.parametrize(
    "text",
    [
        "در پایان جلسه مصوبات ذیل اتخاذ گردید ۱ :مقرر شد کلاس برگزار شود ۲:مقرر شد گزارش ارسال گردد",
        "جلسه کارگروه برگزار شد.\nمصوبات آن به شرح ذیل بوده است: _نظارت بر بازار _بازدید از نانوایی‌ها",
        "جلسه به مصوباتی در این زمینه منتج شد:\n۱_ پیگیری آب شرب\n۲_ پیگیری مجوزها",
        "صورتجلسه\nمصوبات:\n۱٫ گزارش تهیه شود.\n۲٫ نامه ارسال گردد.",
    ],
)
def test_lists_are_parted_by_whatever_mark_they_have(text: str) -> None:
    assert len(read(text)) == 2


def test_order_goes_on_in_the_paragraph_after_a_decision() -> None:
    found = read(
        "جلسه کارگروه برگزار شد.\n\nدر این جلسه مقرر شد دهیاری‌ها قرارداد را منعقد کنند.\n\n"
        "و در پایان هر ماه گزارش آن را به بخشداری ارسال نمایند."
    )
    assert [words[:14] for _, _, words in found][1:] == ["در پایان هر ما"]


def test_order_without_a_decision_before_it_is_only_told() -> None:
    assert read("جلسه کارگروه برگزار شد.\n\nرئیس گفت مقررات روشن است.\n\nو همچنین گزارش‌ها هر ماه مرور می‌شود.") == []


def test_points_of_a_letter_belong_to_the_item_that_quotes_it() -> None:
    found = read(
        "صورتجلسه شورا\n۱۱- مقرر شد پارک مرمت شود.\n۱۲- نامه شهرداری به شرح ذیل قرائت گردید:\n"
        "۱- اجاره‌بها دو میلیون ریال باشد\n۲- مدت اجاره یک سال باشد\nپس از بحث و بررسی مقرر شد موضوع کارشناسی شود.\n"
        "۱۳- درخواست نانوایان مبنی بر ۱- افزایش سهمیه ۲- تمدید پروانه مطرح و مقرر شد کارشناسی شود."
    )
    assert [number for number, _, _ in found] == ["11", "12", "13"]


def test_decisions_under_a_letter_stay_apart() -> None:
    found = read("صورتجلسه\n۱- نامه شهرداری مطرح شد:\n۱-۱- مقرر شد پارک مرمت شود.\n۱-۲- مقرر شد خیابان آسفالت شود.")
    assert [number for number, _, _ in found][-2:] == ["1-1", "1-2"]


def test_headline_that_the_report_tells_again_is_counted_once() -> None:
    found = read(
        "مقرر شد طرح آسفالت معابر تا پایان سال اجرا شود\n\nدر جلسه شورای اداری که امروز برگزار شد از راه‌ها بحث شد.\n"
        "در پایان مقرر شد طرح آسفالت معابر با اعتبار استانی تا پایان سال اجرا شود و گزارش آن داده شود."
    )
    assert len(found) == 1 and "اعتبار استانی" in found[0][2]


def test_articles_and_notes_of_an_act_are_decisions() -> None:
    found = read(
        "مصوبه شورا\nماده ۱- عوارض پسماند وصول می‌شود.\nماده ۲- خانه‌های متروک معاف هستند.\nتبصره: مالک مدرک دارد."
    )
    assert [number for number, _, _ in found] == ["1", "2", "تبصره"]


def test_whom_a_decision_obliges_in_the_present_tense_owes_it() -> None:
    (one,) = read_text("مصوبات:\n۱- شهرداری مکلف می‌گردد طرح را تهیه نماید.", Context()).resolutions
    assert [duty.lead and duty.lead.text for duty in one.obligations] == ["شهرداری"]


def test_address_on_the_web_does_not_end_a_sentence() -> None:
    text = "در جلسه شورا مقرر شد نقشه‌ها در نشانی www.example.ir منتشر شود."
    assert [words for _, _, words in read(text)] == [text]


def test_person_without_a_title_speaks_behind_the_meeting_named() -> None:
    text = """جلسه کارگروه
در این نشست محمد کریمی رئیس اداره آب ضمن معرفی طرح اظهار داشت اجرای طرح ضروری به نظر می‌رسد.
سپس بخشدار مرکزی به بیان مشکلات روستا پرداخته‌اند."""
    spoken = read_text(text, Context()).discussion
    assert [one.speakers[0].name for one in spoken] == ["محمد کریمی", "بخشدار مرکزی"]
