"""The one writer of revisions: work in progress and no record. What counts in the end is the sealed version."""

from __future__ import annotations

from dabir.foundation.acting import Acting
from dabir.meetings.models import Manuscript, Revision
from dabir.persian import clock


def add(manuscript: Manuscript, text: str, *, by: Acting) -> Revision:
    """Write the next revision, inside the transaction of a verb."""
    last = newest(manuscript)
    number = last.number + 1 if last else 1
    row = Revision(manuscript=manuscript, number=number, text=text, saved_at=clock.now())
    row.user_id, row.saved_by = by.user_id, by.name
    row.save(force_insert=True)
    return row


def newest(manuscript: Manuscript) -> Revision | None:
    return Revision.objects.filter(manuscript=manuscript).first()
