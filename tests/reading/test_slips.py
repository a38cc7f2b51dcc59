from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.reading.slips import find_slips


@pytest.mark.parametrize(
    ("text", "written", "right"),
    [
        ("توزیع در چابوب برنامه", "چابوب", "چارچوب"),
        ("برای ننگ داشتن نرخ", "ننگ داشتن", "نگه داشتن"),
        ("گزارش آرایه گردید", "آرایه", "ارائه"),
        ("جهت آرايه خدمات", "آرايه", "ارائه"),
        ("کلیه دستگاه‌های اجرای و شهرداری‌ها", "دستگاه‌های اجرای", "دستگاه‌های اجرایی"),
        ("راهبردی طرح توسط مشاور", "راهبردی طرح", "راهبری طرح"),
        ("صور تجلسه شورا", "صور تجلسه", "صورتجلسه"),
        ("تصمیماتی اتخاد شد", "اتخاد", "اتخاذ"),
        ("تصیمم‌گیری شد", "تصیمم", "تصمیم"),
        ("انتخخاب نماینده", "انتخخاب", "انتخاب"),
        ("از طریق شهردای‌ها", "شهردای", "شهرداری"),
    ],
)
def test_a_slip_is_found_with_what_was_meant(text: str, written: str, right: str) -> None:
    (slip,) = find_slips(text)
    assert (text[slip.start : slip.end], slip.right) == (written, right)


@pytest.mark.parametrize(
    "text",
    [
        "مایه ننگ است و از آن ننگ داشتند",
        "آرایه خورشیدی نیروگاه و آرایه‌های ادبی",
        "ارائه گزارش و ارایه آمار",
        "دستگاههای اجرایی و اجرای طرح",
        "سند راهبردی توسعه و مطالعات راهبردی",
        "نظرات و نظارت؛ کمیته تخصصی؛ تحولی بزرگ",
        "تخصص اعضای کارگروه",
        "بررسی و پیگیری مصوبات کمیسیون‌ها در شهرداری‌ها",
        "هر جا که لازم است",
    ],
)
def test_right_words_are_let_be(text: str) -> None:
    assert find_slips(text) == []


@given(st.text(max_size=80))
def test_slips_lie_within_any_text(text: str) -> None:
    for slip in find_slips(text):
        assert 0 <= slip.start < slip.end <= len(text)
