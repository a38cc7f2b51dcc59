"""When a backup is due: each night at `settings.BACKUP_AT`; a night that was missed, some minutes after the start."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from dabir.foundation import ledger
from dabir.foundation.backup import shelf
from dabir.foundation.errors import Invalid
from dabir.foundation.jobs import line
from dabir.foundation.jobs.model import GOING_ON, JobState
from dabir.foundation.jobs.schedule import each_minute
from dabir.foundation.models import BackupJob, Event
from dabir.persian import clock

SETTLED = timedelta(minutes=5)
"""How long a worker must have been at work before it makes up for a night: a start has enough to do."""
AGAIN = timedelta(hours=1)
"""How long after a failure the next try is."""


def night(now: datetime) -> datetime | None:
    """The last moment at which a backup was to be made; none where none is to be."""
    at = hour()
    if at is None:
        return None
    moment = datetime.combine(now.date(), at, clock.TEHRAN)
    return moment if moment <= now else moment - timedelta(days=1)


def hour() -> time | None:
    """`settings.BACKUP_AT`; none for "off"."""
    if settings.BACKUP_AT.strip().lower() == "off":
        return None
    try:
        return time.fromisoformat(settings.BACKUP_AT.strip().zfill(5))
    except ValueError:
        raise Invalid(f"BACKUP_AT is “{settings.BACKUP_AT}”; write it like 02:30, or off") from None


@each_minute
def join_if_due(running_for: float) -> None:
    """Put a backup into the line when one is due; once, however many processes look."""
    now = clock.machine_now()
    if not is_due(now, timedelta(seconds=running_for)):
        return
    with transaction.atomic(durable=True), ledger.standstill():
        if is_due(now, timedelta(seconds=running_for)):
            moment = night(now)
            assert moment
            line.join(BackupJob(night=moment.date()))


def is_due(now: datetime, running_for: timedelta) -> bool:
    """Whether the last night has no backup, neither made nor on its way, nor one tried within the hour."""
    moment = night(now)
    if moment is None or (running_for < SETTLED and now - moment > SETTLED):
        return False
    if any(one.made >= moment for one in shelf.kept(Path(settings.BACKUPS))[:1]):
        return False
    return not _tried(moment.date(), now) and Event.objects.exists()


def _tried(night: date, now: datetime) -> bool:
    jobs = BackupJob.objects.filter(night=night)
    if jobs.filter(state__in=[*GOING_ON, JobState.DONE]).exists():
        return True
    last = jobs.order_by("-queued_at").values_list("queued_at", flat=True).first()
    return last is not None and now.timestamp() - last < AGAIN.total_seconds()
