"""A short cut of the long drills of `make drill`."""

from __future__ import annotations

from django.utils.module_loading import autodiscover_modules

from dabir.foundation.access import REASONS
from dabir.foundation.jobs import schedule
from dabir.foundation.jobs.model import kinds
from dabir.reading import figures
from tools.drill import acts, growth
from tools.drill.acknowledging import acknowledge_at_once
from tools.drill.acts import cases
from tools.drill.backup_killed import kill_while_backing_up, kill_while_moving, kill_while_restoring
from tools.drill.strange import strange
from tools.drill.texts import read_strange_texts
from tools.drill.verbs_killed import kill_verbs
from tools.drill.workers_killed import ELSEWHERE, WORK, kill_workers

CUT = ("cycle.seal_minutes, with acts", "obligations.grant_extension", "reporting.verify", "cycle.look")


def test_a_kill_leaves_all_that_a_verb_does_or_nothing_and_a_form_sent_again_has_one_effect() -> None:
    found = kill_verbs(times=1, seed=7, verbs=CUT)
    assert found.nothing + found.everything == len(CUT) == found.verbs


def test_what_a_killed_worker_had_taken_up_another_does_once_and_no_message_goes_twice() -> None:
    assert kill_workers(times=1, seed=7) == {"taken back": 1, "unsure": 1}


def test_every_chore_and_job_has_its_drill() -> None:
    autodiscover_modules("tasks")
    assert set(schedule._work) == WORK
    assert {kind._meta.label for kind in kinds()} == {"foundation.Chore", "meetings.Reading", *ELSEWHERE}


def test_every_verb_that_writes_has_its_drill() -> None:
    """Each in the table of rights, where `test_every_permission_has_a_row` lets none be missing."""
    left = set(REASONS) - {case.permission for case in cases().values()} - acts.READS
    assert {verb.partition(".")[0] for verb in left} == acts.ELSEWHERE


def test_a_kill_leaves_a_whole_archive_or_none() -> None:
    assert sum(kill_while_backing_up(times=1, seed=7).values()) == 1


def test_a_kill_leaves_what_was_there_or_all_of_what_is_restored() -> None:
    assert sum(kill_while_restoring(times=1, seed=7).values()) == 1


def test_a_kill_leaves_a_whole_copy_of_the_database_or_none() -> None:
    assert sum(kill_while_moving(times=1, seed=7).values()) == 1


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


def test_blanks_and_links_between_a_figure_and_its_subject_are_parted_in_one_way_alone() -> None:
    """Two to the power of their number would be the ways in which this does not match."""
    assert figures._GAP.match(f"{' ' * 39}و") is None
    assert figures._GAP.match(f"{'برابر با ' * 60}و") is None
    assert figures._GAP.match("  برابر با  حدود ") is not None
