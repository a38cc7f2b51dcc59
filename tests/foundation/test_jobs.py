"""Jobs wait in a line, are done once, and end; whoever has lost a job can write nothing more of it."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from dabir.foundation import child, files
from dabir.foundation.jobs import line, running, spool
from dabir.foundation.jobs.model import JobState
from dabir.foundation.jobs.running import NotDone, Run
from dabir.meetings.models import Reading
from dabir.persian import clock
from tests import builders
from tests.jobs import done_by
from tests.personas import Personas

Wait = Callable[..., Reading]
Do = Callable[[Callable[[Reading, Run], None]], Reading]


@pytest.fixture
def wait(world: Personas) -> Wait:
    """Puts a job into the line."""

    def joined(name: str = "a.txt") -> Reading:
        row = Reading(name=name, sha256=name, kept_by=world.bodies["hq"], brought_by=world.users["secretary"])
        row.brought_at, row.spooled = clock.now(), spool.put(name.encode())
        return line.join(row)

    return joined


@pytest.fixture
def do(monkeypatch: pytest.MonkeyPatch, wait: Wait) -> Do:
    """Carries a job out by a function of the test's own, and gives it as it stands then."""

    def done(work: Callable[[Reading, Run], None]) -> Reading:
        done_by(monkeypatch, work)
        wait()
        job = claimed()
        running.carry_out(job)
        return now(job)

    return done


def claimed() -> Reading:
    job = line.claim_next(limit=9)
    assert isinstance(job, Reading)
    return job


def now(job: Reading) -> Reading:
    return Reading.objects.get(pk=job.pk)


def die(job: Reading, settings: Settings) -> None:
    """Its worker gives no sign of life for long."""
    Reading.objects.filter(pk=job.pk).update(alive_at=time.time() - settings.JOB_LEASE - 1)


def bytes_kept(home: Path) -> int:
    return len(list((home / "incoming").glob("*")))


def test_first_come_is_first_done_and_no_more_at_once_than_the_limit(wait: Wait) -> None:
    names = [wait(name).name for name in ("a", "b", "c")]
    jobs = [line.claim_next(limit=2) for _ in range(3)]
    assert [job.name for job in jobs if isinstance(job, Reading)] == names[:2]
    assert line.waiting() == [Reading.objects.get(name="c").queued_at]
    assert isinstance(jobs[0], Reading)
    line.fail(jobs[0], "time")
    assert claimed().name == "c"


def test_job_of_a_dead_worker_is_taken_up_again_before_all_others(wait: Wait, settings: Settings) -> None:
    first = wait("a")
    dead = claimed()
    wait("b")
    assert claimed().name == "b"
    assert line.claim_next(limit=9) is None
    die(first, settings)
    again = claimed()
    assert (again.pk, again.tries, again.claim == dead.claim) == (first.pk, 2, False)


def test_dead_worker_that_comes_back_writes_nothing(world: Personas, wait: Wait, settings: Settings) -> None:
    wait()
    dead = claimed()
    die(dead, settings)
    alive = claimed()
    line.step(alive, "reading")
    with pytest.raises(line.Lost):
        line.step(dead, "proofreading")
    with pytest.raises(line.Lost):
        line.done(dead, draft=builders.draft(world))
    assert not line.fail(dead, "crash") and not line.keep(dead) and not line.holds(dead)
    line.give_back(dead)
    assert (now(alive).state, now(alive).step) == (JobState.RUNNING, "reading")
    assert line.holds(alive) and line.keep(alive)


def test_job_that_its_workers_die_of_is_given_up(wait: Wait, settings: Settings) -> None:
    job = wait()
    for _ in range(line.MOST_TRIES):
        die(claimed(), settings)
    assert line.claim_next(limit=9) is None
    assert (now(job).state, now(job).cause) == (JobState.FAILED, "lost")


def test_job_that_was_given_back_has_lost_no_try(wait: Wait) -> None:
    job = wait()
    for _ in range(line.MOST_TRIES + 1):
        line.give_back(claimed())
    assert (now(job).state, now(job).tries) == (JobState.WAITING, 0)


@pytest.mark.parametrize("under_way", [False, True])
def test_cancelled_job_is_done_by_nobody(wait: Wait, under_way: bool) -> None:
    job = wait()
    doing = claimed() if under_way else None
    assert line.cancel(job)
    assert now(job).state == JobState.CANCELLED and line.claim_next(limit=9) is None
    assert doing is None or not line.holds(doing)
    assert not line.cancel(job)


def test_what_came_of_a_cancelled_job_is_undone(world: Personas, wait: Wait) -> None:
    job = wait()
    doing = claimed()
    line.cancel(job)
    with pytest.raises(line.Lost), transaction.atomic():
        draft = builders.draft(world)
        line.done(doing, draft=draft)
    assert not Reading.objects.exclude(draft=None).exists()


def test_the_same_file_is_not_read_twice_at_once(wait: Wait) -> None:
    job = wait("a")
    with pytest.raises(IntegrityError), transaction.atomic():
        wait("a")
    line.cancel(job)
    wait("a")


def test_done_job_is_done_with_what_came_of_it(world: Personas, home: Path, do: Do) -> None:
    draft = builders.draft(world)

    def work(reading: Reading, run: Run) -> None:
        assert spool.get(reading.spooled) == b"a.txt"
        run.step("reading")
        assert now(reading).step == "reading"
        run.done(draft=draft)

    job = do(work)
    assert (job.state, job.draft, job.step, job.claim) == (JobState.DONE, draft, "", "")
    assert bytes_kept(home) == 0


def refuse(cause: str) -> Callable[[Reading, Run], None]:
    def work(_reading: Reading, _run: Run) -> None:
        raise NotDone(cause)

    return work


def no_room(_reading: Reading, _run: Run) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def break_off(_reading: Reading, _run: Run) -> None:
    raise ZeroDivisionError


def forget_the_end(_reading: Reading, _run: Run) -> None:
    pass


@pytest.mark.parametrize(("work", "cause"), [(refuse("empty"), "empty"), (no_room, "disk")])
def test_job_that_fails_says_why_and_keeps_nothing(
    home: Path, do: Do, work: Callable[[Reading, Run], None], cause: str
) -> None:
    job = do(work)
    assert (job.state, job.cause, bytes_kept(home)) == (JobState.FAILED, cause, 0)


@pytest.mark.parametrize(("work", "logged"), [(break_off, "ZeroDivisionError"), (forget_the_end, "AssertionError")])
def test_fault_of_ours_is_logged_and_fails_the_job(
    do: Do, caplog: pytest.LogCaptureFixture, work: Callable[[Reading, Run], None], logged: str
) -> None:
    job = do(work)
    assert (job.state, job.cause) == (JobState.FAILED, "crash")
    assert logged in caplog.text


def test_stopped_job_goes_back_into_the_line_with_its_bytes(home: Path, do: Do) -> None:
    def work(_reading: Reading, run: Run) -> None:
        run.goes_back = True  # as `Workers.stop` says to all that is under way
        raise child.Stopped

    job = do(work)
    assert (job.state, bytes_kept(home)) == (JobState.WAITING, 1)


def test_bytes_of_a_job_that_another_has_taken_up_stay(home: Path, do: Do, settings: Settings) -> None:
    def work(reading: Reading, run: Run) -> None:
        die(reading, settings)
        claimed()
        run.step("reading")

    job = do(work)
    assert (job.state, bytes_kept(home)) == (JobState.RUNNING, 1)


def test_ended_jobs_and_bytes_without_a_job_are_swept_away(home: Path, wait: Wait) -> None:
    old, new, going_on = wait("a"), wait("b"), wait("c")
    for job in (old, new):
        line.cancel(job)
    Reading.objects.filter(pk=old.pk).update(ended_at=clock.now() - timedelta(days=line.DAYS_KEPT + 1))
    long_ago = time.time() - files.MINUTES_FOR_A_ROW * 60 - 1
    for name in (spool.put(b"left by a kill"), old.spooled, going_on.spooled):
        os.utime(home / "incoming" / name, (long_ago, long_ago))
    just_written = spool.put(b"its row comes yet")
    line.sweep()
    assert set(Reading.objects.all()) == {new, going_on}
    assert {path.name for path in (home / "incoming").iterdir()} == {new.spooled, going_on.spooled, just_written}


def test_only_an_ended_job_is_forgotten(wait: Wait) -> None:
    job = wait()
    line.forget(job)
    assert now(job)
    line.cancel(job)
    line.forget(job)
    assert not Reading.objects.exists()


def test_waiting_for_a_job_ends_with_it_or_with_patience(wait: Wait) -> None:
    job = wait()
    began = time.monotonic()
    assert line.wait_for(job, 0.2).is_going_on
    assert 0.2 <= time.monotonic() - began < 2
    line.cancel(job)
    assert line.wait_for(job, 60).state == JobState.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_no_job_is_claimed_inside_a_transaction(wait: Wait) -> None:
    wait()
    with pytest.raises(RuntimeError), transaction.atomic():
        line.claim_next(limit=9)
    assert claimed()
