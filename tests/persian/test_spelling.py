from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.persian import spelling
from dabir.persian.letters import fold
from dabir.persian.spelling import is_known, meant


@pytest.mark.parametrize(
    "word",
    [
        "گزارش",
        "گزارش‌هایشان",
        "تصمیماتی",
        "بفرستند",
        "ننمایند",
        "اعضاء",
        "نمایندگان",
        "مقررشد",
        "درجلسه",
        "ایجرود",
        "ماهنشان",
    ],
)
def test_words_with_endings_names_of_places_and_words_run_together_are_known(word: str) -> None:
    assert all(is_known(part) for part in fold(word).split())


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("تصیمم", "تصمیم"),
        ("مدیرریت", "مدیریت"),
        ("فراوده", "فرآورده"),
        ("تحصیح", "تصحیح"),
        ("نضارت", "نظارت"),
        ("پیشنهدات", "پیشنهادات"),
        ("بیمارستانن", "بیمارستان"),
    ],
)
def test_the_common_word_that_was_meant(word: str, right: str) -> None:
    assert not is_known(word)
    assert meant(word) == right


@pytest.mark.parametrize("word", ["گزارش", "کلاردره", "شهسوارپور", "نقاهتگاه", "پلی", "زاغیا", "abepi", "هیهاوند", ""])
def test_known_words_names_and_short_words_are_not_guessed_at(word: str) -> None:
    assert meant(fold(word)) is None


def test_the_list_is_folded_and_has_no_slip_of_one_letter_that_sounds_alike() -> None:
    assert "غشنگ" not in spelling.words()
    assert all(fold(word) == word for word in spelling.words())


def test_the_list_is_read_in_little_time() -> None:
    def seconds() -> float:
        spelling.words.cache_clear()
        spelling._blocks.cache_clear()
        start = time.process_time()
        spelling.words()
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) < 0.06  # a few ms; the machine of a test may be busy


@given(st.text(max_size=40))
def test_any_text_is_looked_up(text: str) -> None:
    is_known(fold(text))
    meant(fold(text))
