"""Carries one job out, from its claim to its end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any, TypeVar

from django.db import OperationalError

from dabir.foundation import child, files
from dabir.foundation.jobs import line, spool
from dabir.foundation.jobs.model import Job

J = TypeVar("J", bound=Job)

logger = logging.getLogger(__name__)

_work: dict[type[Job], Callable[[Any, Run], None]] = {}
_under_way: dict[tuple[type[Job], int], Run] = {}


class NotDone(Exception):
    """The job cannot be done; `cause` says why, in a word of its kind. `again`: another try may succeed."""

    def __init__(self, cause: str, *, again: bool = False) -> None:
        super().__init__(cause)
        self.cause = cause
        self.again = again


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job was not done; no cause where it was. `error` is the name of what went wrong."""

    cause: str = ""
    error: str = ""
    again: bool = True


DONE = Failure()
STOPPED = Failure("stopped")


class Run:
    """A job under way, as the function that does it has it: it says its steps, hears when to stop, and says the end."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.stop = Event()
        """Set when the job is cancelled or the worker stops; `child.run` takes it."""
        self.goes_back = False
        """Whether another is to do it."""
        self.ended = False

    def step(self, name: str) -> None:
        line.step(self.job, name)

    def done(self, **outcome: Any) -> None:
        """Call it in the transaction of what has come of the job."""
        line.done(self.job, **outcome)
        self.ended = True


def does(kind: type[J]) -> Callable[[Callable[[J, Run], None]], Callable[[J, Run], None]]:
    """Makes a function what is done for a kind of job. It ends with `run.done`, or raises `NotDone`."""

    def declared(function: Callable[[J, Run], None]) -> Callable[[J, Run], None]:
        _work[kind] = function
        return function

    return declared


def carry_out(job: Job) -> None:
    """Do a job that was claimed. Whatever happens in it ends it, and nothing comes out of here but a lost database."""
    run = Run(job)
    key = (type(job), job.pk)
    _under_way[key] = run
    try:
        failure = _do(run)
    finally:
        del _under_way[key]
    if failure == STOPPED:  # whoever cancelled it, or has it now, sees to the rest
        if run.goes_back:
            line.give_back(job)
    elif failure.cause and failure.again and line.try_later(job, failure.cause, failure.error):
        return
    elif failure == DONE or line.fail(job, failure.cause, failure.error):
        spool.drop(job.spooled)


def stop_here(job: Job) -> None:
    """Stop a cancelled job at once where this process does it; elsewhere its worker sees it within a second."""
    if run := _under_way.get((type(job), job.pk)):
        run.stop.set()


def under_way() -> list[Run]:
    """What this process does now."""
    return list(_under_way.values())


def _do(run: Run) -> Failure:
    """Do it; why it was not done, where it was not."""
    try:
        _work[type(run.job)](run.job, run)
        assert run.ended, "a job ends with `run.done`"
    except (child.Stopped, line.Lost):
        return STOPPED
    except NotDone as refusal:
        return Failure(refusal.cause, type(refusal.__cause__).__name__ if refusal.__cause__ else "", refusal.again)
    except Exception as error:
        name = type(error).__name__
        if isinstance(error, OSError | OperationalError) and files.is_full(error):
            return Failure("disk", name)
        logger.exception("%s %s", run.job._meta.label, run.job.pk)
        return Failure("crash", name)
    return DONE
