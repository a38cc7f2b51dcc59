"""Holding: a meeting took place from one hour to another, and who was there; corrected until its minutes stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from dabir.directory.models import Capacity, Party
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.meetings.calls import AHEAD, called_to, has_seat, invitation_of
from dabir.meetings.models import Attendance, Manuscript, ManuscriptState, Meeting, MeetingState
from dabir.meetings.services.planning import Attendee
from dabir.persian import clock
from dabir.persian.letters import squash

LONGEST_NAME, LONGEST_LETTER = 200, 60


class Standing(StrEnum):
    """What became of somebody who was called."""

    UNKNOWN = ""
    PRESENT = "present"
    DELEGATE = "delegate"
    EXCUSED = "excused"
    ABSENT = "absent"

    @classmethod
    def of(cls, row: Attendance) -> Standing:
        """As it is recorded."""
        if row.present is None:
            return cls.UNKNOWN
        if row.present:
            return cls.DELEGATE if row.delegate else cls.PRESENT
        return cls.EXCUSED if row.excused else cls.ABSENT


@dataclass(frozen=True, slots=True)
class Mark:
    """For a delegate the name, and the number of the letter that sent them, where there is one."""

    standing: Standing
    delegate: str = ""
    delegate_letter: str = ""

    def values(self) -> dict[str, Any]:
        present = {
            Standing.UNKNOWN: None,
            Standing.PRESENT: True,
            Standing.DELEGATE: True,
            Standing.EXCUSED: False,
            Standing.ABSENT: False,
        }
        sent = self.standing == Standing.DELEGATE
        return {
            "present": present[self.standing],
            "excused": self.standing == Standing.EXCUSED,
            "delegate": self.delegate.strip()[:LONGEST_NAME] if sent else "",
            "delegate_letter": self.delegate_letter.strip()[:LONGEST_LETTER] if sent else "",
        }


def hold_meeting(meeting: Meeting, *, by: Acting, starts_at: time, ends_at: time | None = None) -> None:
    """It took place, from that hour on. Whoever was called is on its list of attendance now, with nothing said yet, and
    the record keeps the number and the day of the invitation, as far as it has them.

    `Invalid` on a day that is still to come, and for a meeting that is held or cancelled.
    """
    require(by, "meetings.hold_meeting", meeting)
    _check_hours(starts_at, ends_at)
    with ledger.change("meetings.hold_meeting", by=by, on=meeting) as change:
        meeting.refresh_from_db()
        if meeting.state not in AHEAD:
            raise Invalid(_("This meeting is no longer ahead."))
        if meeting.date > clock.today():
            raise Invalid(_("The day of this meeting is still to come."), field="starts_at")
        for order, one in enumerate(called_to(meeting), 1):
            if one.row:
                change.update(one.row, order=order)
            else:
                row = Attendance(meeting=meeting, order=order, text=one.text, party=one.party, capacity=one.capacity)
                change.create(row)
        invitation = invitation_of(meeting)
        meeting.hold()
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
        meeting.invitation_number, meeting.invitation_date = invitation.number, invitation.day
        change.touch(meeting, "state", "starts_at", "ends_at", "invitation_number", "invitation_date")


def take_holding_back(meeting: Meeting, *, by: Acting) -> None:
    """It has not taken place yet. What was said of who came stays on the list, and minutes that were begun stay too.

    `Invalid` once it is not held, or while its draft is with the members.
    """
    require(by, "meetings.take_holding_back", meeting)
    with ledger.change("meetings.take_holding_back", by=by, on=meeting) as change:
        _held(meeting)
        if Manuscript.objects.filter(meeting=meeting, state=ManuscriptState.CIRCULATING).exists():
            raise Invalid(_("The draft of its minutes is with the members: take that back first."))
        meeting.unhold()
        if meeting.calls.exists():
            meeting.call()
        change.touch(meeting, "state")


def set_hours(meeting: Meeting, *, by: Acting, starts_at: time, ends_at: time | None) -> None:
    """When it began and ended; the end is known later than the beginning."""
    require(by, "meetings.set_hours", meeting)
    _check_hours(starts_at, ends_at)
    with ledger.change("meetings.set_hours", by=by, on=meeting) as change:
        _held(meeting)
        change.update(meeting, starts_at=starts_at, ends_at=ends_at)


def mark_attendance(meeting: Meeting, marks: Mapping[int, Mark], *, by: Acting) -> int:
    """Say of these rows, by their keys, who was there; returns how many it changed. `Invalid` names the row of a
    delegate without a name."""
    require(by, "meetings.mark_attendance", meeting)
    for key, mark in marks.items():
        if mark.standing == Standing.DELEGATE and not mark.delegate.strip():
            raise Invalid(_("Write who came in their place."), field=f"delegate-{key}")
    with ledger.change("meetings.mark_attendance", by=by, on=meeting) as change:
        _held(meeting)
        rows = meeting.attendance.in_bulk(list(marks))
        return sum(change.update(rows[key], **mark.values()) for key, mark in marks.items() if key in rows)


def add_attendee(meeting: Meeting, who: Attendee, *, by: Acting, mark: Mark = Mark(Standing.PRESENT)) -> Attendance:
    """Somebody came who was not called; in a meeting of a body as an invitee."""
    require(by, "meetings.add_attendee", meeting)
    party, text = (who, who.name) if isinstance(who, Party) else (None, who.strip()[:300])
    if not text:
        raise Invalid(_("Write who came."), field="who")
    with ledger.change("meetings.add_attendee", by=by, on=meeting, who=text) as change:
        _held(meeting)
        rows = list(meeting.attendance.all())
        there = [row for row in rows if (row.party_id == party.pk if party else squash(row.text) == squash(text))]
        if there:
            raise Conflict(_("They are on the list already."), existing=there[0])
        order = max((row.order for row in rows), default=0) + 1
        capacity = Capacity.INVITEE if meeting.bodies.exists() else ""
        row = Attendance(meeting=meeting, order=order, text=text, party=party, capacity=capacity, **mark.values())
        return change.create(row)


def drop_attendee(row: Attendance, *, by: Acting) -> None:
    """Take somebody off the list who was put there by mistake; whoever has a seat in a body that met stays on it."""
    require(by, "meetings.drop_attendee", row.meeting)
    with ledger.change("meetings.drop_attendee", by=by, on=row.meeting, who=row.text) as change:
        _held(row.meeting)
        if has_seat(row):
            raise Invalid(_("Whoever has a seat in the body is on the list of its meetings."))
        change.delete(row)


def _held(meeting: Meeting) -> None:
    meeting.refresh_from_db()
    if meeting.state != MeetingState.HELD:
        raise Invalid(_("The attendance of a meeting is written from when it is held until its minutes stand."))


def _check_hours(starts_at: time, ends_at: time | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid(_("It ends before it begins."), field="ends_at")
