"""A short cut of the long drills of `make drill`."""

from __future__ import annotations

from tools.drill import growth
from tools.drill.acknowledging import acknowledge_at_once
from tools.drill.backup_killed import kill_while_backing_up, kill_while_moving, kill_while_restoring
from tools.drill.follow_up_killed import kill_while_following_up
from tools.drill.killing import kill_while_accepting
from tools.drill.numbering_killed import kill_while_numbering
from tools.drill.reading_killed import kill_while_reading
from tools.drill.sealing_killed import kill_while_sealing
from tools.drill.strange import strange
from tools.drill.texts import read_strange_texts


def test_a_kill_leaves_all_of_a_meeting_or_nothing_of_it() -> None:
    assert sum(kill_while_accepting(times=3, seed=7).values()) == 3


def test_a_kill_leaves_all_numbers_of_forty_letters_or_none() -> None:
    assert sum(kill_while_numbering(times=1, seed=7).values()) == 1


def test_a_kill_leaves_sealed_minutes_with_their_debts_or_minutes_that_are_written() -> None:
    assert sum(kill_while_sealing(times=2, seed=7).values()) == 2


def test_a_kill_leaves_all_of_a_reading_or_a_paper_that_waits_to_be_read() -> None:
    assert sum(kill_while_reading(times=2, seed=7).values()) == 2


def test_a_kill_leaves_a_whole_archive_or_none() -> None:
    assert sum(kill_while_backing_up(times=1, seed=7).values()) == 1


def test_a_kill_leaves_what_was_there_or_all_of_what_is_restored() -> None:
    assert sum(kill_while_restoring(times=1, seed=7).values()) == 1


def test_a_kill_leaves_a_whole_copy_of_the_database_or_none() -> None:
    assert sum(kill_while_moving(times=1, seed=7).values()) == 1


def test_a_kill_loses_no_act_of_follow_up_and_doubles_none() -> None:
    assert sum(kill_while_following_up(times=1, seed=7).values()) == 1


def test_agencies_that_acknowledge_twice_at_once_while_the_server_is_killed_do_it_once() -> None:
    assert acknowledge_at_once(agencies=8, seed=7, kills=1)["agencies"] == 8


def test_strange_texts_are_read_or_refused() -> None:
    report = read_strange_texts(times=400, seed=7)
    assert report.read + report.refused == 400 and report.read > report.refused > 0


def test_a_strange_text_comes_from_its_number_alone() -> None:
    assert strange(5, seed=7) == strange(5, seed=7)
    assert len({strange(number, seed=7) for number in range(200)}) > 190


def test_every_pattern_of_the_reader_compiles() -> None:
    """They are compiled when they are first needed; a fault in one would wait for its paper."""
    assert len(growth.patterns()) > 300


def test_no_pattern_tries_a_short_text_in_every_way() -> None:
    rows = growth.of_patterns(["1", "ا ـ ", "و ", "، ", "-"], most=1_250)
    assert [str(row) for row in rows if row.explodes] == []
