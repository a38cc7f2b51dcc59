"""The line in which jobs wait, and all that is written of them. Oldest first; no more at once than the limit says."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from dabir.foundation import ledger
from dabir.foundation.jobs import spool
from dabir.foundation.jobs.model import GOING_ON, Job, JobState, kinds
from dabir.persian import clock

MOST_TRIES = 3
"""How often a job is taken up whose worker dies, before it counts as what kills them: cause "lost". One that is tried
again after failures has these tries more."""
DAYS_KEPT = 7
"""How long a job that has ended can be looked at."""

if TYPE_CHECKING:
    from dabir.foundation.models import Chore

J = TypeVar("J", bound=Job)

joined = Event()
"""Set when a job of this process has come into the line."""


class Lost(Exception):
    """The job is no longer this claim's: it was cancelled, or given to another."""


def join(job: J) -> J:
    """Put a new job at the end of the line."""
    job.queued_at = time.time()
    job.save(force_insert=True)
    transaction.on_commit(joined.set)
    return job


def claim_next(limit: int) -> Job | None:
    """Take up the first job in the line, unless `limit` are under way; those whose worker has died go back into it.

    Not inside a transaction: what is claimed must be seen by all.
    """
    if not _has_work(limit):
        return None
    with transaction.atomic(durable=True), ledger.standstill():
        _take_back()
        if sum(_rows(kind, JobState.RUNNING).count() for kind in kinds()) >= limit:
            return None
        first = [job for kind in kinds() if (job := _ready(kind).order_by("queued_at", "pk").first())]
        if not first:
            return None
        job = min(first, key=lambda one: one.queued_at)
        job.state, job.claim, job.tries = JobState.RUNNING, uuid4().hex, job.tries + 1
        job.alive_at, job.started_at = time.time(), clock.now()
        job.save(update_fields=["state", "claim", "tries", "alive_at", "started_at"])
    return job


def step(job: Job, name: str) -> None:
    """Say what is being done now; `Lost` when the job is no longer this claim's."""
    if not _own(job).update(step=name, alive_at=time.time()):
        raise Lost


def leave_mark(chore: Chore, word: str) -> None:
    """Say what it has come past that must not be done twice, in the transaction of what says the same; `Lost` when the
    chore is no longer this claim's."""
    if not _own(chore).update(mark=word):
        raise Lost
    chore.mark = word


def holds(job: Job) -> bool:
    """Whether the job is still this claim's."""
    return _own(job).exists()


def keep(job: Job) -> bool:
    """Give a sign of life; False when the job is no longer this claim's."""
    return bool(_own(job).update(alive_at=time.time()))


def done(job: Job, **outcome: Any) -> None:
    """End the job; call it in the transaction of what has come of it, which `Lost` then undoes."""
    if not _own(job).update(**outcome, **_ended(JobState.DONE)):
        raise Lost


def fail(job: Job, cause: str, error: str = "") -> bool:
    """End the job for a cause; False when it is no longer this claim's. `error` is the name of what went wrong."""
    return bool(_own(job).update(**_ended(JobState.FAILED), cause=cause, trouble=_trouble(cause, error)))


def try_later(job: Job, cause: str, error: str = "") -> bool:
    """Let a job that failed wait for its next try, as its kind says; False where it has had them all."""
    if job.tries > len(job.AGAIN_AFTER):
        return False
    later = time.time() + job.AGAIN_AFTER[job.tries - 1]
    _own(job).update(**{**_waits(), "not_before": later}, trouble=_trouble(cause, error))
    return True


def try_now(job: Job) -> bool:
    """Put a job that failed, or that waits for its next try, at the end of the line, with all its tries; False where it
    is neither."""
    fresh = {**_waits(), "queued_at": time.time(), "tries": 0, "cause": "", "ended_at": None}
    later = Q(state=JobState.WAITING, not_before__isnull=False)
    rows = type(job)._default_manager.filter(Q(state=JobState.FAILED) | later, pk=job.pk)
    moved = bool(rows.update(**fresh))
    transaction.on_commit(joined.set)
    return moved


def give_back(job: Job) -> None:
    """Put a job back in its place, as if it had not been taken up: its worker stops."""
    _own(job).update(**_waits(), tries=job.tries - 1)


def cancel(job: Job) -> bool:
    """End a job that waits or is under way, whoever does it; False when it has ended before."""
    return bool(type(job)._default_manager.filter(pk=job.pk, state__in=GOING_ON).update(**_ended(JobState.CANCELLED)))


def forget(job: Job) -> None:
    """Take away a job that has ended."""
    type(job)._default_manager.filter(pk=job.pk).exclude(state__in=GOING_ON).delete()


def waiting() -> list[float]:
    """When those that wait for their turn came into the line, in its order."""
    return sorted(at for kind in kinds() for at in _ready(kind).values_list("queued_at", flat=True))


def is_moving() -> bool:
    """Whether any job is under way, with a sign of life."""
    alive = time.time() - settings.JOB_LEASE
    return any(_rows(kind, JobState.RUNNING).filter(alive_at__gte=alive).exists() for kind in kinds())


def wait_for(job: J, seconds: float) -> J:
    """The job as it stands when it has ended, or after so many seconds; as it was where it is gone by then."""
    deadline = time.monotonic() + seconds
    while True:
        now = type(job)._default_manager.filter(pk=job.pk).first()
        if now is None or not now.is_going_on or time.monotonic() > deadline:
            return now or job
        time.sleep(0.03)


def sweep() -> None:
    """Take away what nobody asks for any longer: jobs that ended long ago, and bytes that no job waits with."""
    old = clock.now() - timedelta(days=DAYS_KEPT)
    named: set[str] = set()
    for kind in kinds():
        kind._default_manager.filter(ended_at__lt=old).delete()
        named |= set(kind._default_manager.filter(state__in=GOING_ON).values_list("spooled", flat=True))
    spool.sweep(named)


def _has_work(limit: int) -> bool:
    """By reading alone, since it is asked twice a second."""
    states = [
        row
        for kind in kinds()
        for row in kind._default_manager.filter(_is_on(time.time())).values_list("state", "alive_at")
    ]
    alive = [at for state, at in states if state == JobState.RUNNING and at and at >= time.time() - settings.JOB_LEASE]
    return len(alive) < min(len(states), limit)


def _take_back() -> None:
    for kind in kinds():
        dead = _rows(kind, JobState.RUNNING).filter(alive_at__lt=time.time() - settings.JOB_LEASE)
        most = MOST_TRIES + len(kind.AGAIN_AFTER)
        dead.filter(tries__gte=most).update(**_ended(JobState.FAILED), cause="lost", trouble="lost")
        dead.update(**_waits())


def _rows(kind: type[J], state: JobState) -> QuerySet[J]:
    return kind._default_manager.filter(state=state)


def _ready(kind: type[J]) -> QuerySet[J]:
    """Those that wait for their turn alone."""
    return _rows(kind, JobState.WAITING).filter(_is_on(time.time()))


def _is_on(now: float) -> Q:
    """Going on, and not put off."""
    return Q(state__in=GOING_ON) & (Q(not_before=None) | Q(not_before__lte=now))


def _own(job: J) -> QuerySet[J]:
    """The row, while it is this claim's."""
    return type(job)._default_manager.filter(pk=job.pk, claim=job.claim, state=JobState.RUNNING)


def _ended(state: JobState) -> dict[str, Any]:
    return {
        "state": state,
        "claim": "",
        "alive_at": None,
        "step": "",
        "not_before": None,
        "ended_at": clock.now(),
    }


def _waits() -> dict[str, Any]:
    return {
        "state": JobState.WAITING,
        "claim": "",
        "alive_at": None,
        "step": "",
        "started_at": None,
        "not_before": None,
    }


def _trouble(cause: str, error: str) -> str:
    return f"{cause}: {error}"[:60] if error else cause
