"""How backups stand: what the administrator's page shows, and when the desk warns."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from dabir.foundation.acting import Acting, Function
from dabir.foundation.backup import nightly, shelf
from dabir.foundation.backup.shelf import Keep, Kept
from dabir.foundation.errors import Invalid
from dabir.foundation.jobs.model import JobState
from dabir.foundation.models import BackupJob, Event
from dabir.persian import clock

TOO_OLD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Overview:
    """`last` is the newest good one, `tested` the newest of those that were restored as a test and found whole; `job`
    the latest that was made by a job, if that can still be looked at; `hour` and `keep` are none where the settings
    cannot be understood, which `misset` then says."""

    folder: Path
    kept: list[Kept]
    job: BackupJob | None
    free: int
    hour: time | None
    keep: Keep | None
    has_key: bool
    misset: str

    @property
    def last(self) -> Kept | None:
        return next((one for one in self.kept if one.is_good), None)

    @property
    def tested(self) -> Kept | None:
        return next((one for one in self.kept if one.is_good and one.note and one.note.tested), None)

    @property
    def failed(self) -> BackupJob | None:
        """The latest job, when it has failed."""
        return self.job if self.job and self.job.state == JobState.FAILED else None

    @property
    def is_late(self) -> bool:
        return not self.last or clock.machine_now() - self.last.made > TOO_OLD

    @property
    def runs_short(self) -> bool:
        """Whether the disk has no room for three more."""
        return bool(self.last and self.free < 3 * self.last.size)


def look() -> Overview:
    folder = Path(settings.BACKUPS)
    hour, keep, has_key, misset = None, None, False, ""
    try:
        hour, keep = nightly.hour(), shelf.keep(settings.BACKUP_KEEP)
        has_key = bool(shelf.key())
    except Invalid as error:
        misset = str(error)
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    return Overview(
        folder=folder,
        kept=shelf.kept(folder),
        job=BackupJob.objects.select_related("asked_by").order_by("-queued_at").first(),
        free=shutil.disk_usage(there).free,
        hour=hour,
        keep=keep,
        has_key=has_key,
        misset=misset,
    )


def neglected(by: Acting) -> bool:
    """Whether to warn: the last good backup is older than two days, or there is none; to those who can see to it.

    A home whose calendar stands still is a sample, and a home of the last two days has had no chance.
    """
    if by.function not in (Function.ADMIN, Function.SECRETARY) or clock.fixed():
        return False
    last = next((one for one in shelf.kept(Path(settings.BACKUPS)) if one.is_good), None)
    since: datetime | None = (
        last.made if last else Event.objects.order_by("number").values_list("at", flat=True).first()
    )
    return since is not None and clock.machine_now() - since > TOO_OLD
