"""What is remembered of a text is what would be worked out anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dabir.persian import remembering
from dabir.persian.remembering import remembered

asked: list[str] = []


@remembered
def _turned(text: str, times: int = 1) -> str:
    asked.append(text)
    return text[::-1] * times


@given(st.text(max_size=20), st.integers(0, 3))
def test_an_answer_is_that_of_its_own_arguments(text: str, times: int) -> None:
    assert _turned(text, times) == _turned(text, times) == text[::-1] * times
    assert _turned(text) == text[::-1]


def test_a_text_is_asked_about_once_unless_it_is_long() -> None:
    long, short = "ب" * (remembering.LONGEST + 1), "ب" * remembering.LONGEST
    asked.clear()
    assert _turned(short) == _turned(short) == short
    assert _turned(long) == _turned(long) == long
    assert asked == [short, long, long]
