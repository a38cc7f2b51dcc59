from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dabir.persian.letters import NON_CANONICAL, canonical, fold, same_length_fold, sort_key, squash

persian_text = st.text(
    st.one_of(
        st.sampled_from("اآأإبپتهةۀیيىئکكگمدول ء\u200c\u200d\u200f\u0640\u064b\u0654۱١1-/ﻻﷲﷺFa"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=30,
)


@given(persian_text)
@example("ا\u0640\u0654")
def test_fold_squash_and_canonical_are_idempotent(text: str) -> None:
    for form in (fold, squash, canonical):
        assert form(form(text)) == form(text)


@given(persian_text)
def test_same_length_fold_keeps_every_offset(text: str) -> None:
    assert len(same_length_fold(text)) == len(text)


@given(persian_text)
def test_canonical_text_holds_no_refused_character(text: str) -> None:
    assert not set(canonical(text)) & set(NON_CANONICAL)
    assert "\x00" not in canonical(text)


@given(persian_text)
def test_names_with_one_canonical_form_are_found_by_one_key(text: str) -> None:
    assert squash(canonical(text)) == squash(text)


@pytest.mark.parametrize("text", ["بهره‌وری", "بهره وری", "بهرهوری", "بهره‌وري", "بهره\u200fوری", "بهــره‌وری"])
def test_spellings_with_and_without_zwnj_are_one(text: str) -> None:
    assert squash(text) == "بهرهوری"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("كمیتهٔ برنامه‌ريزي", "کمیته برنامه ریزی"),
        ("مؤسّسهٔ  عالیِ۱۲٣4", "موسسه عالی1234"),
        ("ﻻﻟﻪ", "لاله"),
        ("Ministry ۲", "ministry 2"),
        ("«شورا»، \u202bجلسه\u202c", "«شورا»، جلسه"),
    ],
)
def test_folding_leaves_one_form(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_canonical_keeps_letters_that_carry_meaning() -> None:
    assert canonical(" \u200cمسئول  مؤسسه\u200c آب\u200cهاي \u200c") == "مسئول مؤسسه آب\u200cهای"


def test_canonical_turns_arabic_digits_persian_and_keeps_latin_ones() -> None:
    assert canonical("٤٥ ۴۵ 45") == "۴۵ ۴۵ 45"


def test_names_sort_by_the_persian_alphabet() -> None:
    names = [
        "۲ شهر",
        "آب",
        "ابهر",
        "بهزیستی",
        "پارس",
        "زنجان",
        "ژاله",
        "کار",
        "گاز",
        "لار",
        "وزارت",
        "هنر",
        "یزد",
        "abc",
    ]
    assert sorted(reversed(names), key=sort_key) == names
    assert all(sort_key(name).isascii() for name in names)


@given(persian_text)
def test_sort_key_does_not_see_how_a_name_is_typed(text: str) -> None:
    assert sort_key(text) == sort_key(canonical(text))
    assert sort_key(text).isascii()
