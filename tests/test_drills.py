"""A short cut of the long drills of `make drill`."""

from __future__ import annotations

from tools.drill import kill_while_accepting, read_strange_texts


def test_a_kill_leaves_all_of_a_meeting_or_nothing_of_it() -> None:
    assert sum(kill_while_accepting(times=3, seed=7).values()) == 3


def test_strange_texts_are_read() -> None:
    assert read_strange_texts(times=200, seed=7) < 10
