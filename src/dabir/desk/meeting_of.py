"""The meeting of an address."""

from __future__ import annotations

from dabir.desk.acting import DeskRequest
from dabir.foundation.access import get_visible
from dabir.meetings.models import Meeting
from dabir.meetings.queries import meetings_visible_to, minutes_visible_to


def meeting_of(request: DeskRequest, code: str) -> Meeting:
    """For those who may see its whole record; `Missing` for everybody else."""
    return get_visible(meetings_visible_to(request.acting).select_related("kept_by__party"), code=code)


def minutes_of(request: DeskRequest, code: str) -> Meeting:
    """For those who may read its minutes; `Missing` for everybody else."""
    return get_visible(minutes_visible_to(request.acting).select_related("kept_by__party"), code=code)
