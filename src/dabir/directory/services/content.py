"""The administrator's leave to read: for a reason, for some hours, on record, and for others to see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from dabir.directory.models import ContentAccess, ContentRead
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.persian import clock

LONGEST = 4
"""Hours."""


def open_content(*, by: Acting, reason: str, hours: int = 1) -> ContentAccess:
    """Leave to read for some hours what is of the normal class, and to write nothing of it."""
    require(by, "directory.open_content")
    if by.user_id is None:
        raise Refused(_("The host's operator reads without leave."))
    if not (why := " ".join(reason.split())):
        raise Invalid(_("Say why you must read."), field="reason")
    if len(why) > 300:
        raise Invalid(_("The reason is too long."), field="reason")
    if not 1 <= hours <= LONGEST:
        raise Invalid(_("Leave to read lasts 1 to %(hours)s hours.") % {"hours": LONGEST}, field="hours")
    now = clock.machine_now()
    with ledger.change("directory.open_content", by=by, reason=why, hours=hours) as change:
        if ContentAccess.objects.filter(user=by.user_id, ends_at__gt=now).exists():
            raise Conflict(_("You have leave to read already."))
        access = ContentAccess(user_id=by.user_id, reason=why, starts_at=now, ends_at=now + timedelta(hours=hours))
        return change.create(access)


def note_read(*, by: Acting, address: str, codes: Iterable[str] = ()) -> None:
    """Keep that this was read by leave: each address once in a leave, so that it costs one query from then on.
    `Refused` to whoever never took any."""
    require(by, "directory.note_read")
    now = clock.machine_now()
    leaves = ContentAccess.objects.filter(user=by.user_id).order_by("-id")
    access, address = leaves.first() if by.user_id else None, address[: ContentRead.LONGEST]
    if access is None:
        raise Refused(_("You have no leave to read."))
    if access.reads.filter(address=address).exists():
        return
    with ledger.change("directory.note_read", by=by, on=access, address=address) as change:
        if not access.reads.filter(address=address).exists():  # nobody else writes from here on
            named = ", ".join(dict.fromkeys(codes))[:200]
            change.create(ContentRead(access=access, address=address, codes=named, at=now))


def close_content(*, by: Acting) -> None:
    """Give the leave back before its time."""
    require(by, "directory.close_content")
    if by.user_id is None:
        raise Refused(_("The host's operator reads without leave."))
    now = clock.machine_now()
    with ledger.change("directory.close_content", by=by) as change:
        access = ContentAccess.objects.filter(user=by.user_id, ends_at__gt=now).first()
        if access is None:
            raise Conflict(_("You have no leave to read."))
        change.subject = access
        change.update(access, ends_at=now)
