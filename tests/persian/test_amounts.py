from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.persian.amounts import amount_of
from dabir.persian.digits import int_to_words
from dabir.persian.letters import same_length_fold


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("ده میلیون", 10_000_000),
        ("10.000.000", 10_000_000),
        ("۱۰٫۰۰۰٫۰۰۰", 10_000_000),
        ("10 میلیون", 10_000_000),
        ("150/000", 150_000),
        ("یک میلیارد و دویست میلیون", 1_200_000_000),
        ("سه میلیون و پانصد هزار", 3_500_000),
        ("دو هزار و پانصد", 2_500),
        ("هزار و سیصد و نود و هشت", 1398),
        ("بیست و پنج", 25),
        ("هزار", 1000),
    ],
)
def test_an_amount_in_digits_words_or_both(text: str, amount: int) -> None:
    assert amount_of(same_length_fold(text)) == amount


@pytest.mark.parametrize("text", ["", "و", "سوم", "اول", "بیستم", "شهرداری", "10/20", "3 و 4", "ده شهر", "میلیون شهر"])
def test_ordinals_and_other_words_are_no_amount(text: str) -> None:
    assert amount_of(same_length_fold(text)) is None


@given(st.integers(1, 999), st.sampled_from([("", 1), (" هزار", 10**3), (" میلیون", 10**6), (" میلیارد", 10**9)]))
def test_words_of_a_number_say_that_number(number: int, scale: tuple[str, int]) -> None:
    assert amount_of(int_to_words(number) + scale[0]) == number * scale[1]
