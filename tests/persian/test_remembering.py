"""What is remembered of a text is what would be worked out anew, and no texts fill the memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.persian import remembering
from dabir.persian.remembering import remembered

asked: list[str] = []


@dataclass(frozen=True)
class Sentence:
    text: str
    line: int


@remembered
def _turned(text: str, times: int = 1) -> str:
    asked.append(text)
    return text[::-1] * times


@remembered
def _line_of(sentence: Sentence) -> int:
    asked.append(sentence.text)
    return sentence.line


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    asked.clear()
    remembering.forget()
    yield
    remembering.forget()


@given(st.text(max_size=20), st.integers(0, 3))
def test_an_answer_is_that_of_its_own_arguments(text: str, times: int) -> None:
    with remembering.remembering():
        assert _turned(text, times) == _turned(text, times) == _turned(text, times=times) == text[::-1] * times
        assert _turned(text) == text[::-1]
        assert [_line_of(Sentence(text, line)) for line in (1, 2, 1)] == [1, 2, 1]


def test_a_text_is_asked_about_once_unless_it_is_long() -> None:
    long, short = "ب" * (remembering.LONGEST + 1), "ب" * remembering.LONGEST
    with remembering.remembering():
        assert _turned(short) == _turned(short) == short
        assert _turned(long) == _turned(long) == long
        assert _line_of(Sentence(short, 1)) == _line_of(Sentence(short, 1))
    assert asked == [short, long, long, short]


def test_only_whoever_asks_for_it_remembers() -> None:
    assert _turned("الف") == _turned("الف")
    with remembering.remembering():
        assert _turned("الف") == _turned("الف")
    assert _turned("الف")
    assert asked == ["الف"] * 4


def test_texts_without_number_are_forgotten_and_what_is_asked_again_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 10_000)
    memory = remembering._MEMORY
    with remembering.remembering():
        for number in range(2_000):
            _turned(f"{number:0100}")
            _turned("again and again")
            assert sum(len(text) for _, text in memory.now | memory.older) <= 20_000
    assert asked.count("again and again") == 1
    assert len(asked) == 2_001
