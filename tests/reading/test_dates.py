from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.persian.jalali import MONTHS, format_day, from_gregorian, to_gregorian
from dabir.reading.dates import find_days, find_dues, read_due
from dabir.reading.minutes import DueKind

SESSION = to_gregorian(1398, 7, 17)  # a Wednesday


def only(text: str, session: date | None = SESSION, session_time: str | None = None) -> tuple[str, str | None]:
    """Kind and day of the one limit of `text`."""
    (found,) = find_dues(text, session, session_time)
    assert text[found.start : found.end].strip() == found.due.text
    return found.due.kind, found.due.jalali


@pytest.mark.parametrize(
    ("text", "jalali", "words"),
    [
        ("نامه مورخ 30/3/86 واصل شد", "1386/03/30", "30/3/86"),
        ("جلسه ۹۸/۷/۲۰ برگزار شد", "1398/07/20", "۹۸/۷/۲۰"),
        ("تا۱۹دیماه۱۴۰۲ تمدید شد", "1402/10/19", "۱۹دیماه۱۴۰۲"),
        ("بیست و نهم دی ماه یکهزار و سیصد و نود و یک", "1391/10/29", None),
        ("نهم آبان ماه سال جاری", "1398/08/09", None),
        ("سی‌ام مهر ۱۳۹۸", "1398/07/30", None),
        ("اول آذرماه سال آینده", "1399/09/01", None),
        ("١٣٩٨/٠٧/١٧", "1398/07/17", None),
        ("1398-07-17", "1398/07/17", None),
        ("۱۳۹۸\u200f/۰۷\u200f/۱۷", "1398/07/17", None),
        ("بیستم آبـــان ۹۸", "1398/08/20", None),
    ],
)
def test_a_day_is_found_in_every_written_form(text: str, jalali: str, words: str | None) -> None:
    (found,) = find_days(text, SESSION)
    assert (found.day.jalali, found.day.text) == (jalali, words or text)


@pytest.mark.parametrize(
    "text",
    [
        "نرخ ۲۴/۵ درصد",
        "مبلغ 1/500/000/000 ریال",
        "نامه شماره ۱۱۰/۸۲۲۵",
        "بند 1-1-12 این فهرست",
        "خانم آبان‌دخت و ۵ تیر چراغ برق",
        "۱۵ آبان ۲۰ نفر آمدند",
        "۳۰ اسفند ۱۴۰۰",
        "1398/13/01",
    ],
)
def test_what_looks_like_a_day_and_is_none_stays_none(text: str) -> None:
    assert find_days(text, SESSION) == []


def test_a_day_remembers_its_weekday() -> None:
    assert [f.weekday for f in find_days("سه‌شنبه مورخ ۹۸/۷/۱۷ و ۱۳۹۸/۰۷/۲۰ (شنبه)")] == ["سه‌شنبه", "شنبه"]


@given(
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["{y}/{m:02}/{d:02}", "{d} {name} {y}", "{d}/{m}/{y}"]),
)
def test_every_day_is_read_back_from_running_text(day: date, form: str) -> None:
    year, month, number = from_gregorian(day)
    written = form.format(y=year, m=month, d=number, name=MONTHS[month - 1])
    (found,) = find_days(f"گزارش تا {written} ارسال شود")
    assert found.date == day
    assert found.day.text == written


@pytest.mark.parametrize(
    ("text", "kind", "jalali"),
    [
        ("گزارش را حداکثر تا ۹۸/۰۸/۰۵ بفرستد", DueKind.DATE, "1398/08/05"),
        ("فهرست لغایت بیستم آذر سال جاری آماده شود", DueKind.DATE, "1398/09/20"),
        ("تا پایان وقت اداری روز سه شنبه ۳۰ مهر ۹۸", DueKind.DATE, "1398/07/30"),
        ("قبل از ۱۳۹۸/۰۸/۰۵ بفرستد", DueKind.DATE, "1398/08/04"),
        ("تا شنبه هفته آینده پاسخ دهد", DueKind.DATE, "1398/07/20"),
        ("تا ۲۰ آبان‌ماه پاسخ دهد", DueKind.DATE, None),
        ("مهلت ارسال مدارک: ۱۳۹۸/۰۸/۱۱", DueKind.DATE, "1398/08/11"),
        ("ظرف مدت ۱۵ روز پاسخ دهد", DueKind.DURATION, "1398/08/02"),
        ("حداکثر ظرف یکماه آتی پاسخ دهد", DueKind.DURATION, "1398/08/17"),
        ("ظرف ده روز کاری پاسخ دهد", DueKind.DURATION, "1398/07/30"),
        ("ظرف یک ماه از تاریخ ۹۸/۰۸/۰۱ پاسخ دهد", DueKind.DURATION, "1398/09/01"),
        ("ظرف دو هفته از تاریخ این جلسه", DueKind.DURATION, "1398/08/01"),
        ("یک هفته پس از ابلاغ پاسخ دهد", DueKind.DURATION, None),
        ("حداکثر پس از دو ماه از ابلاغ", DueKind.DURATION, None),
        ("ده روز قبل از برگزاری جلسه", DueKind.DURATION, None),
        ("تا پایان آبان ۹۸ بسازد", DueKind.PERIOD, "1398/08/30"),
        ("حداکثر تا پایان بهمن ماه سال جاری", DueKind.PERIOD, "1398/11/30"),
        ("در نیمه دوم سال ۱۳۹۸ بسازد", DueKind.PERIOD, "1398/12/29"),
        ("در سه ماهه سوم سال ۹۸ بسازد", DueKind.PERIOD, "1398/09/30"),
        ("طی سالهای ۱۳۹۸ و ۱۳۹۹ بسازد.", DueKind.PERIOD, "1399/12/30"),
        ("در فاصله دوم تا دوازدهم آذر سال جاری", DueKind.PERIOD, "1398/09/12"),
        ("تا نیمه آبان ۹۸ بسازد", DueKind.PERIOD, "1398/08/15"),
        ("تا اول هفته آینده بسازد", DueKind.PERIOD, "1398/07/20"),
        ("تا هفته دوم آبان ۹۸ بسازد", DueKind.PERIOD, "1398/08/14"),
        ("ظرف ۱۰ الی ۱۵ روز بسازد", DueKind.DURATION, "1398/08/02"),
        ("مهلت پاسخ ده روز است", DueKind.DURATION, "1398/07/27"),
        ("تا ۵ روز مانده به سفر", DueKind.DURATION, None),
        ("تا آخر وقت امروز", DueKind.DATE, "1398/07/17"),
        ("ظرف مهلت قانونی پاسخ دهد", DueKind.VAGUE, None),
        ("تا شب عید پاسخ دهد", DueKind.EVENT, None),
        ("تا پایان شهریور بسازد", DueKind.PERIOD, None),
        ("تا پایان ماه آینده بسازد", DueKind.PERIOD, "1398/08/30"),
        ("پس از تأیید نهایی طرح، کار را آغاز کند", DueKind.EVENT, None),
        ("تا اتمام پروژه آب برساند", DueKind.EVENT, None),
        ("در جلسه آتی شورا گزارش دهد", DueKind.EVENT, None),
        ("تا قبل از شروع سال تحصیلی آماده شود", DueKind.EVENT, None),
        ("گزارش را ماهانه بفرستد", DueKind.RECURRING, None),
        ("هر سه ماه یکبار گزارش دهد", DueKind.RECURRING, None),
        ("به صورت مستمر نظارت کند", DueKind.RECURRING, None),
        ("تا دهم هر ماه گزارش دهد", DueKind.RECURRING, None),
        ("هفته‌ای دو بار بازدید کند", DueKind.RECURRING, None),
        ("پس از پایان هر بارش گزارش دهد", DueKind.RECURRING, None),
        ("در اسرع وقت پاسخ دهد", DueKind.VAGUE, None),
        ("در اولین فرصت پاسخ دهد", DueKind.VAGUE, None),
    ],
)
def test_a_limit_is_read_with_its_kind_and_last_day(text: str, kind: DueKind, jalali: str | None) -> None:
    assert only(text) == (kind, jalali)


@pytest.mark.parametrize(
    "text",
    [
        "نامه شماره ۱۲۳/۴۵ مورخ ۹۸/۷/۲۵ اداره کل خوانده شد",
        "از روز شنبه مورخ ۱۳۹۸/۰۷/۲۷ در دسترس است",
        "قرارداد تا پایان سال ۱۳۹۹ تمدید شود",
        "پروانه تا ۹۹/۰۱/۰۱ معتبر است",
        "قراردادی به مدت دو سال از تاریخ ابلاغ بسته شود",
        "پس از بحث و بررسی مقرر شد",
        "پس از دریافت گزارش‌ها مقرر گردید",
        "طی سه سال گذشته انجام نشده",
        "اعتبارات سال ۹۸ تخصیص یابد",
        "در تاریخ ۹۸/۰۵/۰۱ ابلاغ شده بود",
        "هزینه‌های سالانه شهرداری",
        "واژه «هفته‌ای یک بار» حذف شد",
    ],
)
def test_what_limits_no_duty_is_no_limit(text: str) -> None:
    assert find_dues(text, SESSION) == []


@pytest.mark.parametrize("text", ["تا ساعت ۲ عصر روز ۹۸/۰۸/۰۱ پاسخ دهد", "تا مورخ 1398/08/01 ساعت 14:00 پاسخ دهد"])
def test_an_hour_beside_a_day_is_kept(text: str) -> None:
    (found,) = find_dues(text, SESSION)
    assert (found.due.jalali, found.due.time) == ("1398/08/01", "14:00")


def test_hours_end_at_an_instant_where_the_session_has_one() -> None:
    (found,) = find_dues("ظرف ۴۸ ساعت نماینده معرفی شود", SESSION, "10:30")
    assert (found.due.jalali, found.due.time) == ("1398/07/19", "10:30")
    (found,) = find_dues("ظرف ۳۶ ساعت نماینده معرفی شود", SESSION)
    assert (found.due.jalali, found.due.time) == ("1398/07/19", None)


def test_an_event_before_a_duration_starts_its_clock() -> None:
    (found,) = find_dues("پس از تحویل زمین در حضور بخشدار، اداره گاز ظرف ۱۲ روز لوله‌ها را بخواباند.", SESSION)
    assert (found.due.text, found.due.jalali, found.due.trigger) == ("ظرف ۱۲ روز", None, "تحویل زمین")


def test_the_object_of_a_duty_is_no_part_of_the_event_before_it() -> None:
    (found,) = find_dues("پس از تحویل زمین نقشه را آماده کند", SESSION)
    assert found.due.text == "پس از تحویل زمین"


def test_the_verb_of_a_decision_is_no_part_of_the_event_before_it() -> None:
    (found,) = find_dues("تا پایان نیمسال موافقت کرد و مدیر مسئول آن شد", SESSION)
    assert (found.due.text, found.due.kind) == ("تا پایان نیمسال", DueKind.EVENT)


def test_weekday_and_date_after_a_comma_are_when_it_is_done() -> None:
    (found,) = find_dues("بازدید از روستا، چهارشنبه ۱۳۹۸/۰۸/۰۱ با حضور فرماندار انجام شود", SESSION)
    assert (found.due.text, found.due.jalali) == ("چهارشنبه ۱۳۹۸/۰۸/۰۱", "1398/08/01")


def test_without_a_session_a_duration_has_no_day() -> None:
    assert only("ظرف یک ماه پاسخ دهد", session=None) == (DueKind.DURATION, None)


@pytest.mark.parametrize(
    ("text", "kind", "jalali"),
    [
        ("1398/08/30", DueKind.DATE, "1398/08/30"),
        ("۱۵ روز", DueKind.DURATION, "1398/08/02"),
        ("پایان آذر ۹۸", DueKind.PERIOD, "1398/09/30"),
        ("مستمر", DueKind.RECURRING, None),
        ("هفتگي", DueKind.RECURRING, None),
        ("فوری", DueKind.VAGUE, None),
        ("طبق برنامه", DueKind.VAGUE, None),
        ("یک ماه پس از ابلاغ اعتبار", DueKind.DURATION, None),
    ],
)
def test_a_cell_is_a_limit_without_further_words(text: str, kind: DueKind, jalali: str | None) -> None:
    due = read_due(text, SESSION)
    assert due is not None
    assert (due.text, due.kind, due.jalali) == (text, kind, jalali)


@pytest.mark.parametrize("text", ["", " ", "-", "—", "…"])
def test_an_empty_cell_is_no_limit(text: str) -> None:
    assert read_due(text, SESSION) is None


@given(st.text(alphabet="۰۱98/-. \n\u200c\u200fتاظرفمهرآبنپایسوز«»()روزشنبه", max_size=120))
def test_any_text_is_read_and_offsets_hold(text: str) -> None:
    for found in find_dues(text, SESSION):
        assert text[found.start : found.end].strip() == found.due.text
    for day in find_days(text, SESSION):
        assert format_day(day.date, persian_digits=False) == day.day.jalali


@pytest.mark.parametrize(
    "part",
    [
        *(
            "تا ",
            "ظرف ۱ روز از تاریخ 1 ",
            "سال های 12, ",
            "پایان" + " " * 999,
            "98/7/1 ",
            "«",
            "۱/",
            "تا ۹۰/۷/۱ ",
            "(",
            "و ",
        ),
        *(
            "از ۹۸/۱/۱ ظرف ۲ روز ",
            "ظرف ۲ روز پس از ۹۸/۱/۱ ",
            "پس از ابلاغ ظرف ۲ روز ",
            "هر ماه ",
            "تا پایان آبان ",
            "یک ",
        ),
        *(
            "جلسه آینده ",
            "ظرف ۲ ماه ",
            "بیست و ",
            "پس از تایید ",
            "تا شنبه ",
            "روزهای شنبه و ",
            "از ",
            "قبل از ",
            "ماه ",
        ),
    ],
)
def test_hostile_text_takes_no_long_time(part: str) -> None:
    text, began = part * (100_000 // len(part)), time.process_time()
    find_dues(text, SESSION)
    assert time.process_time() - began < 5


def test_the_words_of_a_year_belong_to_the_limit_where_the_session_has_no_date() -> None:
    (found,) = find_dues("تا پایان خرداد سال آینده اقدام کند", None)
    assert (found.due.text, found.due.jalali) == ("تا پایان خرداد سال آینده", None)
