from __future__ import annotations

import pytest

from dabir.persian.digits import (
    in_prose,
    int_to_words,
    number_in,
    ordinal,
    parse_int,
    to_ascii,
    to_persian,
    words_to_int,
)


def test_three_sets_of_digits_are_one() -> None:
    assert to_ascii("۱۲٣4") == "1234"
    assert to_persian("۱۲٣4") == "۱۲۳۴"
    said = "بند 2: تکلیف «تا 28» به شماره zanjan-hq-1403-2/11.1: طرح3.xlsx، 5 روز"
    assert in_prose(said) == "بند ۲: تکلیف «تا ۲۸» به شماره zanjan-hq-1403-2/11.1: طرح۳.xlsx، ۵ روز"


@pytest.mark.parametrize(
    ("text", "number"), [(" ۱۲ ", 12), ("٠٧", 7), ("", None), ("1.5", None), ("-1", None), ("²", None)]
)
def test_only_whole_numbers_are_read(text: str, number: int | None) -> None:
    assert parse_int(text) == number


def test_a_run_of_digits_that_no_record_holds_is_no_number() -> None:
    assert parse_int("9" * 5000) is None


@pytest.mark.parametrize("number", range(1, 1000))
def test_words_and_ordinals_are_read_back(number: int) -> None:
    assert words_to_int(int_to_words(number)) == number
    assert words_to_int(ordinal(number)) == number
    assert words_to_int(ordinal(number) + "ین") == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("یازدهمین", 11),
        ("بیستویکم", 21),
        ("سی ام", 30),
        ("سیام", 30),
        ("اولین", 1),
        ("یکصد و بیستم", 120),
        ("هیجدهم", 18),
    ],
)
def test_real_spellings_are_read(words: str, number: int) -> None:
    assert words_to_int(words) == number


@pytest.mark.parametrize("words", ["", "م", "ین", "و", "صد و", "دور", "سهم", "بیست و", "جلسه", "د" * 1000])
def test_what_is_no_number_is_none(words: str) -> None:
    assert words_to_int(words) is None


def test_digits_or_words_alike() -> None:
    assert number_in("۱۵") == number_in("پانزده") == 15
