"""How often something comes again, where its words tell that and no more."""

from __future__ import annotations

import pytest

from dabir.reading.dates import Recurs, recurs

TOLD = {
    "هر سه ماه یکبار": Recurs("month", 3),
    "هر ۳ ماه": Recurs("month", 3),
    "سه‌ماه یک‌بار": Recurs("month", 3),
    "حداقل هر دو هفته یک‌بار": Recurs("week", 2),
    "به صورت ماهانه": Recurs("month"),
    "ماهیانه": Recurs("month"),
    "بصورت فصلی": Recurs("month", 3),
    "سالیانه": Recurs("month", 12),
    "هر هفته": Recurs("week"),
    "هفتگی": Recurs("week"),
    "در هر جلسه": Recurs("session"),
    "جلسات بعدی ستاد": Recurs("session"),  # seed ج/۷
}
NOT_TOLD = ["پایان هر ماه", "دهم هر ماه", "ماهی دو بار", "روزانه", "مستمر", "سه‌ماهه", "هر ۰ ماه", "", "هر سه ماه گزارش"]


@pytest.mark.parametrize("text", TOLD)
def test_words_that_tell_a_rhythm(text: str) -> None:
    assert recurs(text) == TOLD[text]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_words_that_tell_more_or_less_are_left_to_a_person(text: str) -> None:
    assert recurs(text) is None
