"""What holds of every day and of any text, whatever the table says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.persian.digits import int_to_words, ordinal, to_persian
from dabir.persian.jalali import MONTHS, from_gregorian, month_length, to_gregorian, weekday_name
from dabir.reading.dates import find_days, find_dues, impossible_days, read_due

DAYS = st.dates(date(1995, 1, 1), date(2045, 1, 1))
YEARS = st.integers(1370, 1450)
STYLES = {
    "slashes": "{y}/{m:02}/{d:02}",
    "no zeros": "{y}/{m}/{d}",
    "day first": "{d:02}/{m:02}/{y}",
    "dots": "{y}.{m:02}.{d:02}",
    "dashes": "{y}-{m:02}-{d:02}",
    "long dashes": "{y}–{m:02}–{d:02}",
    "backslashes": "{y}\\{m:02}\\{d:02}",
    "tatweel": "{y}ـ{m:02}ـ{d:02}",
    "spaces around": "{y} / {m:02} / {d:02}",
    "bidi marks": "\u200f{y}\u200f/{m:02}\u200f/{d:02}",
    "month's name": "{d} {name} {y}",
    "with mah": "{d} {name}\u200cماه {y}",
    "mah joined": "{d} {name}ماه {y}",
    "glued": "{d}{name}{y}",
    "ordinal sign": "{d}ام {name} {y}",
    "of the year": "{d} {name} سال {y}",
    "words": "{ordinal} {name} {y}",
    "all words": "{ordinal} {name}\u200cماه {year_words}",
    "weekday": "{weekday} {y}/{m:02}/{d:02}",
    "weekday and word": "روز {weekday} مورخ {y}/{m:02}/{d:02}",
}


def written(day: date, style: str) -> str:
    year, month, number = from_gregorian(day)
    thousand, rest = ("یک هزار و سیصد", year - 1300) if year < 1400 else ("یک هزار و چهارصد", year - 1400)
    return STYLES[style].format(
        y=year,
        m=month,
        d=number,
        name=MONTHS[month - 1],
        ordinal=ordinal(number),
        weekday=weekday_name(day),
        year_words=f"{thousand} و {int_to_words(rest)}" if rest else thousand,
    )


@pytest.mark.parametrize("style", STYLES)
@given(day=DAYS, persian=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_day_in_any_style_is_read_back_to_itself(style: str, day: date, persian: bool) -> None:
    words = to_persian(written(day, style)) if persian else written(day, style)
    (found,) = find_days(f"گزارش تا {words} ارسال شود")
    assert found.date == day
    (limit,) = find_dues(f"گزارش تا {words} ارسال شود", day - timedelta(days=1))
    assert limit.due.iso == day.isoformat()
    due = read_due(words, day)
    assert due is not None
    assert due.iso == day.isoformat()


@given(day=DAYS, ahead=st.integers(-300, 300), order=st.sampled_from(["{y:02}/{m}/{d}", "{d}/{m}/{y:02}"]))
@settings(deadline=None)
def test_a_two_digit_year_beside_its_weekday_is_read_back_to_itself(day: date, ahead: int, order: str) -> None:
    year, month, number = from_gregorian(day)
    words = order.format(y=year % 100, m=month, d=number)
    (found,) = find_days(f"روز {weekday_name(day)} مورخ {words}", day + timedelta(days=ahead))
    assert found.date.weekday() == day.weekday()
    if number == year % 100 or abs((found.date - day).days) > 31:  # both orders may fall on that weekday
        return
    assert found.date == day


@given(year=YEARS, month=st.integers(1, 12))
def test_a_month_ends_on_its_last_day_and_not_a_day_later(year: int, month: int) -> None:
    last = to_gregorian(year, month, month_length(year, month))
    (found,) = find_dues(f"کار تا پایان {MONTHS[month - 1]} {year} تمام شود", last - timedelta(days=9))
    assert found.due.iso == last.isoformat()
    if month <= 6:
        return
    beyond = f"{month_length(year, month) + 1} {MONTHS[month - 1]} {year}"
    assert find_days(beyond) == []
    assert impossible_days(beyond) == [beyond]


@pytest.mark.parametrize(("year", "last"), [(1399, 30), (1400, 29), (1402, 29), (1403, 30), (1404, 29), (1408, 30)])
def test_a_leap_year_has_thirty_days_of_esfand(year: int, last: int) -> None:
    (found,) = find_dues(f"کار تا پایان سال {year} تمام شود", to_gregorian(year, 5, 1))
    assert found.due.jalali == f"{year}/12/{last}"
    assert bool(find_days(f"30/12/{year}")) == (last == 30)


@given(day=DAYS, number=st.integers(1, 99), unit=st.sampled_from(["روز", "هفته"]))
def test_days_and_weeks_are_counted_from_the_session(day: date, number: int, unit: str) -> None:
    (found,) = find_dues(f"ظرف {number} {unit} پاسخ دهد", day)
    assert found.due.iso == (day + timedelta(days=number * (7 if unit == "هفته" else 1))).isoformat()


@given(day=DAYS, number=st.integers(1, 60))
def test_months_end_on_the_same_day_or_on_the_shorter_month_s_last(day: date, number: int) -> None:
    (found,) = find_dues(f"ظرف {number} ماه پاسخ دهد", day)
    assert found.due.iso is not None
    start, end = from_gregorian(day), from_gregorian(date.fromisoformat(found.due.iso))
    assert (end[0] - start[0]) * 12 + end[1] - start[1] == number
    assert end[2] == min(start[2], month_length(*end[:2]))


ALPHABET = "۰۱۲۳۴۵۶۷۸۹019/.-–\\ـ \n\t\u200c\u200f«»():،؛اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئءًaZ"
WORDS = st.sampled_from(
    """تا ظرف حداکثر پایان آبان دی مهر ماه سال جاری آینده هفته روز ساعت ۱۵ ۹۸/۰۸/۰۵ پس از ابلاغ قبل جلسه هر یک بار دوم
    نیمه مورخ شنبه سه فردا امروز مدت کاری و نیم ۱۳۹۸ ( ) ، . « » لغایت بین در دهه فجر نوروز به محض تأیید را شود بهار
    24/5 درصد""".split()
)


@given(
    text=st.text(alphabet=ALPHABET, max_size=80) | st.lists(WORDS, max_size=14).map(" ".join),
    session=st.none() | DAYS,
    hour=st.none() | st.just("10:30"),
)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_its_words_stand_where_they_are_said_to(
    text: str, session: date | None, hour: str | None
) -> None:
    end = 0
    for found in find_dues(text, session, hour):
        assert text[found.start : found.end].strip() == found.due.text
        assert found.start >= end
        end = found.end
        assert (found.due.iso is None) == (found.due.jalali is None)
        assert found.due.time is None or found.due.iso is not None
    for day in find_days(text, session):
        assert text[day.start : day.end].strip() == day.day.text
    read_due(text, session, hour)
    impossible_days(text, session)
