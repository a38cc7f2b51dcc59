"""A short cut of the long drills of `make drill`."""

from __future__ import annotations

from tools.drill import kill_while_accepting


def test_a_kill_leaves_all_of_a_meeting_or_nothing_of_it() -> None:
    assert sum(kill_while_accepting(times=3, seed=7).values()) == 3
