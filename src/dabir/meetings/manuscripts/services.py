"""What happens to minutes that are written here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.meetings.manuscripts import revisions, rules  # noqa: F401  (declares the permissions)
from dabir.meetings.manuscripts.skeleton import skeleton
from dabir.meetings.models import Manuscript, Meeting, MeetingState
from dabir.persian import clock

WRITTEN_IN = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD)
"""Minutes can be prepared before the meeting, and are written once it was held."""


def open_manuscript(meeting: Meeting, *, by: Acting) -> Manuscript:
    """Begin the minutes of a meeting, with the office's form filled from its record as revision 1.

    `Conflict` holds those that have been begun already; `Invalid` for a meeting that has minutes, or was cancelled.
    """
    require(by, "manuscripts.open_manuscript", meeting)
    with ledger.change("manuscripts.open_manuscript", by=by, on=meeting) as change:
        now = Meeting.objects.select_related("kept_by__party").get(pk=meeting.pk)
        if existing := Manuscript.objects.filter(meeting=now).first():
            raise Conflict(_("The minutes of this meeting have been begun already."), existing=existing)
        if now.state not in WRITTEN_IN:
            raise Invalid(_("The minutes of this meeting are not written here: it has some, or was cancelled."))
        manuscript = change.create(Manuscript(meeting=now, opened_at=clock.now(), opened_by=by.name))
        revisions.add(manuscript, skeleton(now), by=by)
    return manuscript
