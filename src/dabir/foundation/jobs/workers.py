"""The threads that take jobs up. One of them at a time watches the line; one more gives signs of life for all."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils.module_loading import autodiscover_modules

from dabir.foundation import child, files, once, small_pictures
from dabir.foundation.jobs import line, running, schedule
from dabir.foundation.jobs.model import Job

LOOK = 0.5
"""Seconds between two looks at the line, for jobs that other processes have put there."""
TICK = 1.0
"""Seconds within which a job that was cancelled elsewhere stops."""
SIGNS = 6
"""How many signs of life a lease has room for."""
AGAIN = 5.0
"""Seconds before the next try, while the database cannot be used."""
SWEEP = 3600.0

logger = logging.getLogger(__name__)


class Workers:
    """`settings.JOBS_AT_ONCE` threads, which is also how many jobs all processes together do at once."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._turn = Lock()
        self._swept_at = float("-inf")
        self._started_at = self._looked_at = time.monotonic()
        names = [(f"job-{number}", self._work) for number in range(settings.JOBS_AT_ONCE)]
        self._threads = [
            Thread(target=work, name=name, daemon=True) for name, work in [*names, ("job-signs", self._give_signs)]
        ]

    def start(self) -> None:
        autodiscover_modules("tasks")
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop at once; what was under way goes back into the line."""
        self._stopping.set()
        for run in running.under_way():
            run.goes_back = True
            run.stop.set()
        line.joined.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                if job := self._next():
                    running.carry_out(job)
            except Exception:  # the thread must outlive whatever one job or one look at the line brings up
                logger.exception("no job could be done; the next try in %s s", AGAIN)
                self._stopping.wait(AGAIN)
            finally:
                close_old_connections()
        connections.close_all()

    def _next(self) -> Job | None:
        """The next job, when there is one; None when it is time to stop."""
        with self._turn:
            while not self._stopping.is_set():
                line.joined.clear()
                if job := line.claim_next(settings.JOBS_AT_ONCE):
                    return job
                if time.monotonic() > self._swept_at + SWEEP:
                    self._swept_at = time.monotonic()
                    line.sweep()
                    files.sweep()
                    small_pictures.sweep()
                    child.sweep()
                    once.sweep()
                if time.monotonic() > self._looked_at + schedule.MINUTE:
                    self._looked_at = time.monotonic()
                    schedule.look(self._looked_at - self._started_at)
                close_old_connections()
                line.joined.wait(LOOK)
        return None

    def _give_signs(self) -> None:
        signed_at = time.monotonic()
        while not self._stopping.wait(TICK):
            due = time.monotonic() > signed_at + settings.JOB_LEASE / SIGNS
            signed_at = time.monotonic() if due else signed_at
            for run in running.under_way():
                try:
                    if not (line.keep(run.job) if due else line.holds(run.job)):
                        run.stop.set()
                except Exception:  # one missed sign is no harm, a dead thread is
                    logger.warning("no sign of life could be given", exc_info=True)
            close_old_connections()
        connections.close_all()


@contextmanager
def at_work() -> Iterator[None]:
    """Workers for as long as the block runs."""
    workers = Workers()
    workers.start()
    try:
        yield
    finally:
        workers.stop()
