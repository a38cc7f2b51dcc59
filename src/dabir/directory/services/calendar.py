"""What is announced of the calendar, and taken back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.directory import announcing
from dabir.directory.models import CalendarEntry
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid


def announce_calendar(*, by: Acting, entries: list[CalendarEntry]) -> list[CalendarEntry]:
    """Store what was announced of the calendar (`announcing` makes the entries), in one event."""
    for entry in entries:
        require(by, "directory.announce_calendar", entry)
    if not entries:
        raise Invalid(_("There is nothing to announce."))
    with ledger.change("directory.announce_calendar", by=by) as change:
        for entry in entries:
            announcing.check_new(entry)
        return [change.create(entry) for entry in entries]


def withdraw_calendar(*, by: Acting, entry: CalendarEntry) -> None:
    """Take back what was announced of the calendar; the event keeps what it was."""
    require(by, "directory.withdraw_calendar", entry)
    with ledger.change("directory.withdraw_calendar", by=by, on=entry) as change:
        if not CalendarEntry.objects.filter(pk=entry.pk).exists():
            raise Conflict(_("It was taken back already."))
        change.delete(entry)
