"""What may be done to the house itself."""

from __future__ import annotations

import logging
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from dabir.foundation import ledger, sending
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.backup import making, overview, shelf
from dabir.foundation.backup.manifest import Manifest
from dabir.foundation.backup.overview import Overview
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.jobs import line, running
from dabir.foundation.jobs import overview as jobs_overview
from dabir.foundation.jobs.model import GOING_ON
from dabir.foundation.jobs.overview import Overview as JobsOverview
from dabir.foundation.models import BackupJob, Digests, User
from dabir.foundation.prepared import fresh

logger = logging.getLogger(__name__)


def audit(*, by: Acting) -> list[ledger.Fault]:
    """Replay the ledger and compare it with the tables (`ledger.audit`). Faults name rows, not what they say."""
    require(by, "foundation.audit")
    if faults := list(ledger.audit()):
        # What was written while it read looks like a fault: look again while nobody writes.
        with ledger.standstill():
            faults = list(ledger.audit())
    return faults


def back_up(path: Path, *, by: Acting, key: str = "") -> Manifest:
    """Write an archive of all that is on record to `path` (`backup.making`); it changes nothing, and is no event."""
    require(by, "foundation.back_up")
    made = making.make(path, key=key)
    shelf.put_note(path, made, sealed=bool(key))
    return made


def ask_for_backup(*, by: Acting) -> BackupJob:
    """Let a job make a backup, and restore it as a test; `Conflict` while one is under way."""
    require(by, "foundation.ask_for_backup")
    with ledger.standstill():
        if BackupJob.objects.filter(state__in=GOING_ON).exists():
            raise Conflict(_("A backup is being made already."))
        return line.join(BackupJob(asked_by_id=by.user_id))


def look_at_backups(*, by: Acting) -> Overview:
    """How backups stand: what is kept, when the last good one was made and restored as a test, what failed."""
    require(by, "foundation.look_at_backups")
    return overview.look()


def look_at_jobs(*, by: Acting, state: str = "", before: str = "") -> JobsOverview:
    """What is done by itself: what ran, failed and waits; names of papers are not told."""
    require(by, "foundation.look_at_jobs")
    return jobs_overview.look(state=state, before=before)


def retry_job(kind: str, pk: int, *, by: Acting) -> None:
    """Try a job of the installation now that failed, or that waits for its next try."""
    require(by, "foundation.retry_job")
    job = jobs_overview.job_in_hand(kind, pk)
    with ledger.change("foundation.retry_job", by=by, job=f"{kind} {job}"):
        if not line.try_now(job):
            raise Conflict(_("This job has not failed, or is being done already."))


def cancel_job(kind: str, pk: int, *, by: Acting) -> None:
    """End a job of the installation that waits or is under way; it is not made again for its time."""
    require(by, "foundation.cancel_job")
    job = jobs_overview.job_in_hand(kind, pk)
    with ledger.change("foundation.cancel_job", by=by, job=f"{kind} {job}"):
        if not line.cancel(job):
            raise Conflict(_("This job has ended already."))
    running.stop_here(job)


def set_digests(user: User, *, by: Acting, email: str, digests: str) -> User:
    """How the user hears of what waits for them besides on the desk, and at which address; once a day at most."""
    require(by, "foundation.set_digests", user)
    email = email.strip()
    if digests not in Digests.values:
        raise Invalid(_("Choose one."), field="digests")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Invalid(_("This is no e-mail address."), field="email") from None
    if digests == Digests.EMAIL and not email:
        raise Invalid(_("Write your e-mail address."), field="email")
    if digests == Digests.SMS and not user.mobile:
        raise Invalid(_("Your mobile number is not known here; the secretariat enters it."), field="digests")
    if digests and digests not in sending.ways():
        raise Invalid(_("Messages do not go this way from here."), field="digests")
    with ledger.change("foundation.set_digests", by=by, on=user) as change:
        user = fresh(user)
        change.update(user, email=email, digests=digests)
    return user


def send_test_message(user: User, *, by: Acting) -> None:
    """Send the user a message that says that messages reach them; `Invalid` where it was not taken."""
    require(by, "foundation.send_test_message", user)
    if not user.digests:
        raise Invalid(_("Choose first how messages are to reach you."))
    subject, text = _("Dabir: a test"), _("Messages of Dabir reach you here, one a day at most.")
    try:
        if user.digests == Digests.SMS:
            sending.by_sms(user.mobile or "", text)
        else:
            sending.by_email(user.email, subject, text)
    except Exception as error:
        logger.warning("a test message was not sent", exc_info=True)
        raise Invalid(_("The message was not taken: tell the administrator.")) from error
