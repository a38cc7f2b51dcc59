"""How the work stands that is done by itself: what the administrator's page shows."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime

from dabir.foundation.errors import Missing
from dabir.foundation.jobs import line, schedule
from dabir.foundation.jobs.model import GOING_ON, Job, JobState, kinds
from dabir.persian import clock

SIZE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A job as its row stands; `kind` is its table's name, `name` and `slot` are those of a chore. Times are told as
    pages tell them; `later` is when it is tried again."""

    kind: str
    pk: int
    name: str
    slot: str
    state: str
    trouble: str
    tries: int
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    later: datetime | None
    in_hand: bool

    @property
    def day(self) -> date | None:
        """Of which day it is, where its slot says so."""
        try:
            return date.fromisoformat(self.slot.partition(":")[0])
        except ValueError:
            return None

    @property
    def user(self) -> int | None:
        """Whom it is for, where its slot says so."""
        key = self.slot.partition(":")[2]
        return int(key) if key.isdecimal() else None

    @property
    def can_be_tried(self) -> bool:
        return self.in_hand and (self.state == JobState.FAILED or self.later is not None)

    @property
    def can_be_cancelled(self) -> bool:
        return self.in_hand and self.state in GOING_ON


@dataclass(frozen=True, slots=True)
class Overview:
    """The newest first; `older` is the cursor of the next page. `failed` counts those of the last days that have come
    to nothing, `waiting` and `running` those under way; `next` are the daily chores with the time of the next one."""

    rows: list[Row]
    older: str
    failed: int
    waiting: int
    running: int
    moves: bool
    next: list[tuple[str, datetime]]


def look(*, state: str = "", before: str = "") -> Overview:
    """Of one state, or of all; a cursor that is none gives the first page. Six queries a kind of job at most."""
    found = sorted((row for kind in kinds() for row in _newest(kind, state, before)), key=lambda one: -one.queued_at)
    page = found[:SIZE]
    now = clock.now()
    counts = {one: sum(kind._default_manager.filter(state=one).count() for kind in kinds()) for one in JobState.values}
    return Overview(
        rows=[_row(job) for job in page],
        older=repr(page[-1].queued_at) if len(found) > SIZE else "",
        failed=counts[JobState.FAILED],
        waiting=counts[JobState.WAITING],
        running=counts[JobState.RUNNING],
        moves=line.is_moving(),
        next=sorted(((name, when.next(now)) for name, when in schedule.times().items()), key=lambda one: one[1]),
    )


def job_in_hand(kind: str, pk: int) -> Job:
    """One that is the installation's own; `Missing` where there is none."""
    for one in kinds():
        if one.IN_HAND and one._meta.model_name == kind and (job := one._default_manager.filter(pk=pk).first()):
            return job
    raise Missing("")


def _newest(kind: type[Job], state: str, before: str) -> list[Job]:
    jobs = kind._default_manager.order_by("-queued_at")
    if state in JobState.values:
        jobs = jobs.filter(state=state)
    try:
        jobs = jobs.filter(queued_at__lt=float(before)) if before else jobs
    except ValueError:
        pass
    return list(jobs[: SIZE + 1])


def _row(job: Job) -> Row:
    return Row(
        kind=str(job._meta.model_name),
        pk=job.pk,
        name=getattr(job, "name", "") if job._meta.model_name == "chore" else "",  # a paper's name is not its business
        slot=getattr(job, "slot", ""),
        state=job.state,
        trouble=job.trouble or job.cause,
        tries=job.tries,
        queued_at=_told(job.queued_at),
        started_at=job.started_at,
        ended_at=job.ended_at,
        later=_told(job.not_before) if job.not_before and job.not_before > time.time() else None,
        in_hand=job.IN_HAND,
    )


def _told(seconds: float) -> datetime:
    return clock.told(datetime.fromtimestamp(seconds, clock.TEHRAN))
