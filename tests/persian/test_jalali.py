from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from dabir.persian.jalali import (
    LAST_YEAR,
    DayError,
    format_day,
    format_long,
    from_gregorian,
    month_length,
    parse_day,
    parse_entry,
    to_gregorian,
    weekday_number,
)

SESSION = date(2019, 10, 9)


def test_every_day_is_converted_as_an_independent_library_does() -> None:
    day = date(1900, 1, 1)
    while day.year < 2200:
        theirs = JalaliDate(day)
        assert from_gregorian(day) == (theirs.year, theirs.month, theirs.day)
        if theirs.year <= LAST_YEAR:
            assert to_gregorian(theirs.year, theirs.month, theirs.day) == day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", [1278, 1399, 1403, 1502, 1503, 1577])
def test_a_year_is_as_long_as_an_independent_library_says(year: int) -> None:
    assert month_length(year, 12) == (30 if JalaliDate.is_leap(year) else 29)


def test_the_first_and_the_last_day_of_the_calendar() -> None:
    assert to_gregorian(1278, 10, 11) == date(1900, 1, 1)
    assert to_gregorian(1577, 12, 30) == date(2199, 3, 20)
    with pytest.raises(DayError):
        to_gregorian(1278, 10, 10)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_what_is_written_is_read(day: date) -> None:
    assert parse_day(format_day(day)) == day
    assert parse_day(format_day(day, persian_digits=False)) == day
    assert parse_day(format_long(day).split(" ", 1)[1]) == day


@pytest.mark.parametrize(
    "day", [(1400, 12, 30), (1403, 13, 1), (1403, 7, 31), (1403, 0, 1), (1249, 1, 1), (1601, 1, 1)]
)
def test_a_day_that_the_calendar_does_not_have_is_refused(day: tuple[int, int, int]) -> None:
    with pytest.raises(DayError) as error:
        to_gregorian(*day)
    assert error.value.code == "impossible"


def test_leap_years_where_the_33_year_rule_errs() -> None:
    assert month_length(1403, 12) == 30
    assert month_length(1404, 12) == 29


@pytest.mark.parametrize(
    ("text", "jalali"),
    [
        ("۱۳۹۸/۰۷/۱۷", "1398/07/17"),
        ("1398-7-17", "1398/07/17"),
        ("17/7/98", "1398/07/17"),
        ("98.7.17", "1398/07/17"),
        ("13/10/1402", "1402/10/13"),
        ("۱۷ مهر ۱۳۹۸", "1398/07/17"),
        ("17مهرماه 98", "1398/07/17"),
        ("١٣٩٨/٠٧/١٧", "1398/07/17"),
        ("05/2/1", "1405/02/01"),
    ],
)
def test_absolute_days_are_read(text: str, jalali: str) -> None:
    day = parse_day(text)
    assert day is not None
    assert format_day(day, persian_digits=False) == jalali


@pytest.mark.parametrize("text", ["", "1398/13/1", "۳۰ اسفند ۱۴۰۰", "24/5", "1398/7-17", "17 تیرک 98", "2019/10/09"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text) is None


def test_an_ambiguous_order_is_settled_by_the_nearer_day() -> None:
    assert parse_day("01/05/12", near=to_gregorian(1412, 4, 1)) == to_gregorian(1412, 5, 1)
    assert parse_day("01/05/12", near=to_gregorian(1401, 4, 1)) == to_gregorian(1401, 5, 12)


def test_a_date_field_takes_days_from_today() -> None:
    assert parse_entry("+۱۵", SESSION) == SESSION + timedelta(days=15)
    assert parse_entry(" ۹۸/۷/۲۰ ", SESSION) == to_gregorian(1398, 7, 20)


@pytest.mark.parametrize(("text", "code"), [(" ", "empty"), ("فردا", "unreadable"), ("98/13/1", "impossible")])
def test_a_date_field_says_why_it_refuses(text: str, code: str) -> None:
    with pytest.raises(DayError) as error:
        parse_entry(text, SESSION)
    assert error.value.code == code


def test_weekdays_in_any_spelling() -> None:
    assert format_long(SESSION) == "چهارشنبه ۱۷ مهر ۱۳۹۸"
    assert {weekday_number(text) for text in ("سه‌شنبه", "سه شنبه", "سهشنبه")} == {1}
    assert weekday_number("پنج‌شنبه") == weekday_number("پنجشنبه") == 3
