"""What may be known of minutes that are being written: by those who write them."""

from __future__ import annotations

from dabir.meetings.manuscripts import revisions
from dabir.meetings.manuscripts.merging import Merged, merge
from dabir.meetings.models import Manuscript, ManuscriptState, MeetingState, Revision

WRITTEN_IN = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD)
"""Minutes can be prepared before the meeting, and are written once it was held."""


def is_written(manuscript: Manuscript) -> bool:
    """Whether their text can still change."""
    return manuscript.state != ManuscriptState.SEALED and manuscript.meeting.state in WRITTEN_IN


def clash_of(mine: Revision, theirs: Revision) -> Merged:
    """A text that clashed, beside another one that was made from the same. One query."""
    was = revisions.based_on(mine.manuscript, mine.base or 1)
    return merge(was.text, mine.text, theirs.text)
