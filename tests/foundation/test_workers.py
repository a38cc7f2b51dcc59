"""The threads that do the jobs, on a database that all of them see, with real children."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from dabir.foundation import child
from dabir.foundation.jobs import line, spool, workers
from dabir.foundation.jobs.model import JobState
from dabir.foundation.jobs.running import NotDone, Run
from dabir.foundation.jobs.workers import Workers, at_work
from dabir.meetings import services
from dabir.meetings.models import Reading
from dabir.persian import clock
from tests.foundation.test_child import assert_gone, is_alive, sleep_long
from tests.jobs import done_by
from tests.personas import Personas

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def children_can_import_tests(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))


@pytest.fixture
def sleeping(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Jobs are done by a child that sleeps long and writes its process id here."""
    told = tmp_path / "pid"

    def work(_reading: Reading, run: Run) -> None:
        child.run(sleep_long, str(told).encode(), stop=run.stop)
        raise NotDone("time")

    done_by(monkeypatch, work)
    return told


@pytest.fixture
def at_work_now(sleeping: Path) -> Iterator[None]:
    with at_work():
        yield


def wait(world: Personas, name: str = "a.txt") -> Reading:
    row = Reading(name=name, sha256=name, kept_by=world.bodies["hq"], brought_by=world.users["secretary"])
    row.brought_at, row.spooled = clock.now(), spool.put(name.encode())
    return line.join(row)


def pid_in(told: Path) -> int:
    deadline = time.monotonic() + 20
    while not told.exists() or not told.read_text():
        assert time.monotonic() < deadline, "no child has begun"
        time.sleep(0.02)
    return int(told.read_text())


def until(state: JobState, job: Reading, within: float = 20) -> Reading:
    deadline = time.monotonic() + within
    while (now := Reading.objects.get(pk=job.pk)).state != state:
        assert time.monotonic() < deadline, f"{now.state}, not {state}"
        time.sleep(0.02)
    return now


def test_cancelling_kills_the_child_at_once(world: Personas, at_work_now: None, sleeping: Path) -> None:
    job = wait(world)
    pid = pid_in(sleeping)
    assert is_alive(pid)
    began = time.monotonic()
    services.cancel_reading(job, by=world.secretary)
    assert_gone(pid, within=1)
    assert time.monotonic() - began < 1
    assert until(JobState.CANCELLED, job)
    with pytest.raises(OSError):
        spool.get(job.spooled)


def test_job_cancelled_by_another_process_stops_by_itself(world: Personas, at_work_now: None, sleeping: Path) -> None:
    job = wait(world)
    pid = pid_in(sleeping)
    line.cancel(job)  # all that another process can do: it writes the row
    assert_gone(pid, within=workers.TICK + 2)


def test_workers_that_stop_put_their_jobs_back(world: Personas, sleeping: Path) -> None:
    job = wait(world)
    crew = Workers()
    crew.start()
    pid = pid_in(sleeping)
    crew.stop()
    assert_gone(pid)
    assert until(JobState.WAITING, job).tries == 0
    assert spool.get(job.spooled)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("job-")]


def test_a_worker_gives_signs_of_life(world: Personas, at_work_now: None, sleeping: Path, settings: Settings) -> None:
    settings.JOB_LEASE = workers.TICK
    job = wait(world)
    pid_in(sleeping)
    first = Reading.objects.get(pk=job.pk).alive_at
    deadline = time.monotonic() + 20
    while Reading.objects.get(pk=job.pk).alive_at == first:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    line.cancel(job)


def test_no_more_jobs_at_once_than_the_setting_says_in_all_processes(
    world: Personas, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JOBS_AT_ONCE = 2
    lock, at_once, most, orders = threading.Lock(), 0, 0, []

    def work(reading: Reading, _run: Run) -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
            orders.append(reading.name)
        time.sleep(0.1)
        with lock:
            at_once -= 1
        raise NotDone("empty")

    done_by(monkeypatch, work)
    jobs = [wait(world, str(number)) for number in range(6)]
    with at_work(), at_work():  # as `dabir serve` and `dabir worker` beside it
        for job in jobs:
            until(JobState.FAILED, job)
    assert most == 2
    assert sorted(orders) == [job.name for job in jobs]  # each once
