"""What runs later: the chores of all rooms; making a backup, trying it out, and taking away what need not be kept."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings

from dabir.foundation import child
from dabir.foundation.backup import making, nightly, restoring, shelf
from dabir.foundation.errors import Invalid
from dabir.foundation.jobs import schedule
from dabir.foundation.jobs.running import NotDone, Run, does
from dabir.foundation.models import BackupJob, Chore

__all__ = ["back_up", "do_chore", "nightly"]  # importing it lets workers look when one is due

logger = logging.getLogger(__name__)


@does(Chore)
def do_chore(chore: Chore, run: Run) -> None:
    """What its name stands for; one whose name this version does not know has failed."""
    try:
        work = schedule.work_of(chore.name)
    except KeyError:
        raise NotDone("unknown") from None
    work(chore, run)


@does(BackupJob)
def back_up(_job: BackupJob, run: Run) -> None:
    """Make an archive on the shelf, and restore it as a test; a bad one stays there, and is called so."""
    try:
        key = shelf.key()
        keep = shelf.keep(settings.BACKUP_KEEP)
        path = shelf.new_path(None, None, sealed=bool(key))
    except Invalid as error:
        logger.error("no backup: %s", error)
        raise NotDone("settings") from None
    steps = _Steps(run)
    made = making.make(path, key=key, step=steps)
    shelf.put_note(path, made, sealed=bool(key))
    steps("test")
    try:
        restoring.test(path, key=key, step=lambda _name: steps("test"), within=Path(settings.BACKUPS))
    except Invalid as error:
        logger.error("the backup %s cannot be restored: %s", path, error)
        shelf.put_note(path, made, sealed=bool(key), tested=True, fault=str(error))
        raise NotDone("test") from None
    shelf.put_note(path, made, sealed=bool(key), tested=True)
    shelf.thin_out(path.parent, keep)
    for fault in made.faults:
        logger.error("the backup %s: %s", path, fault)
    logger.info("backup %s: %s events", path, made.head_number)
    run.done()


class _Steps:
    """Says each step once, and ends the work when the job is to stop."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._said = ""

    def __call__(self, name: str) -> None:
        if self._run.stop.is_set():
            raise child.Stopped
        if name != self._said:
            self._said = name
            self._run.step(name)
