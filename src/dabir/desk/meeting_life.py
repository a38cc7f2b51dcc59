"""The life of a meeting as one line: which of its stages are behind it, where it is, and what is still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.meetings.models import Meeting, MeetingState, MinutesVersion

ORDER = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD, MeetingState.SEALED)
FINISHED = _("finished")


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, and the day on which it was reached, where that is known."""

    title: str | Promise
    standing: str
    """`done`, `now` (the last one reached) or `next`."""
    day: date | None = None


def life(meeting: Meeting, version: MinutesVersion | None = None) -> list[Step]:
    """From planned to finished. A meeting that is known from paper begins with what the paper tells; a cancelled one
    ends there."""
    state = MeetingState(meeting.state)
    if state == MeetingState.CANCELLED:
        return [Step(MeetingState.PLANNED.label, "done"), Step(state.label, "now")]
    finished = timezone.localtime(meeting.finished_at).date() if meeting.finished_at else None
    stages: list[tuple[str | Promise, date | None]] = [
        (MeetingState.PLANNED.label, None),
        (MeetingState.CALLED.label, meeting.invitation_date),
        (MeetingState.HELD.label, meeting.date),
    ]
    if state == MeetingState.RECORDED:
        stages = stages[1:] if meeting.invitation_date else stages[2:]
        reached = len(stages)
    else:
        reached = ORDER.index(state)
    sealed = timezone.localtime(version.at).date() if version and version.at else None
    stages += [
        (state.label if state == MeetingState.RECORDED else MeetingState.SEALED.label, sealed),
        (FINISHED, finished),
    ]
    reached += bool(finished)
    return [
        Step(title, "done" if at < reached else "now" if at == reached else "next", day if at <= reached else None)
        for at, (title, day) in enumerate(stages)
    ]
