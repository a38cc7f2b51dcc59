"""Whose meeting it is: the parties that attend it or sit in its bodies, and who acts for them."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dabir.directory.models import Party, Seat
from dabir.foundation.acting import Acting, Function
from dabir.meetings.models import Attendance, Meeting, MeetingBody

SPEAKING = (
    Function.GOVERNOR,
    Function.SECRETARY,
    Function.COUNTY,
    Function.OFFICER,
    Function.HEAD,
    Function.CONSULTANT,
)
"""Who speaks for a party about minutes; an auditor reads, an administrator sees no content."""


def parties_of(meeting: Meeting) -> QuerySet[Party]:
    """The parties that attend the meeting, or sit in one of its bodies on its day."""
    seats = _in_force(Seat.objects.filter(body__meetings__meeting=meeting), meeting.date)
    attend = Q(attendance__meeting=meeting) | Q(seats__in=seats)
    found = Party.objects.filter(attend, merged_into=None).values("pk")
    return Party.objects.filter(pk__in=found).order_by("sort_key")


def own_parties(by: Acting, meeting: Meeting) -> list[Party]:
    """For which of them the actor speaks."""
    if by.function not in SPEAKING:
        return []
    return list(parties_of(meeting).filter(pk__in=by.parties))


def is_theirs(by: Acting, meeting: str = "meeting_id") -> Q:
    """The condition on a row, with the meeting's key in that column, that the actor speaks for one of its parties."""
    if by.function not in SPEAKING or not by.parties:
        return Q(pk__in=[])
    key = OuterRef(meeting)
    attends = Attendance.objects.filter(meeting=key, party__in=by.parties)
    sits = MeetingBody.objects.filter(meeting=key).filter(
        Q(body__seats__starts=None) | Q(body__seats__starts__lte=F("meeting__date")),
        Q(body__seats__ends=None) | Q(body__seats__ends__gte=F("meeting__date")),
        body__seats__party__in=by.parties,
    )
    return Q(Exists(attends)) | Q(Exists(sits))


def _in_force(seats: QuerySet[Seat], day: object) -> QuerySet[Seat]:
    return seats.filter(Q(starts=None) | Q(starts__lte=day), Q(ends=None) | Q(ends__gte=day))
