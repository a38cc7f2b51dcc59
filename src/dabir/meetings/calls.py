"""Who is called to a meeting, by which letters, and who may see that they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from dabir.directory.models import Capacity, Office, Party, Seat
from dabir.directory.queries import seats_on
from dabir.directory.spans import in_force
from dabir.foundation.acting import Acting, Function
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, LetterKind, LetterState
from dabir.letters.queries import visible_to as letters_visible_to
from dabir.meetings.models import Attachment, Attendance, Call, Meeting, MeetingBody, MeetingState
from dabir.meetings.queries import meetings_visible_to, minutes_visible_to

AHEAD = (MeetingState.PLANNED, MeetingState.CALLED)
"""States of a meeting that is still to be held."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who is to come: by their seats in the bodies that meet, or because they were named for this meeting."""

    text: str
    party: Party | None
    capacity: str
    """Empty in a meeting without a body, that has neither members nor invitees."""
    seats: tuple[Seat, ...] = ()
    row: Attendance | None = None
    """Where they were named for this meeting."""

    @property
    def office(self) -> str:
        """The first one that they hold."""
        return next((seat.get_office_display() for seat in self.seats if seat.office), "")


def called_to(meeting: Meeting) -> list[Called]:
    """Who has a seat in the bodies that meet, on the meeting's day, then who was named besides. Member of one of two
    bodies is a member. Two queries and one for each body."""
    rows = list(meeting.attendance.select_related("party").order_by("order", "id"))
    of_party = {row.party_id: row for row in rows if row.party_id}
    seats: dict[int, list[Seat]] = {}
    for met in meeting.bodies.select_related("body__party"):
        for seat in seats_on(met.body, meeting.date):
            seats.setdefault(seat.party_id, []).append(seat)
    found = []
    for key, held in seats.items():
        member = any(seat.capacity == Capacity.MEMBER for seat in held)
        capacity = Capacity.MEMBER if member else Capacity.INVITEE
        party = held[0].party
        found.append(Called(party.name, party, capacity, tuple(held), of_party.pop(key, None)))
    found.sort(key=lambda one: min(_rank(seat) for seat in one.seats))
    left = [row for row in rows if row.party_id is None or row.party_id in of_party]
    return found + [Called(row.text, row.party, row.capacity, row=row) for row in left]


def _rank(seat: Seat) -> int:
    if seat.office:
        return 0 if seat.office == Office.CHAIR else 1
    return 2 if seat.capacity == Capacity.MEMBER else 3


@dataclass(frozen=True, slots=True)
class Invitation:
    """Number and day of the letter that called to a meeting; both empty while it waits for them."""

    number: str = ""
    day: date | None = None


def invitation_of(meeting: Meeting, by: Acting | None = None) -> Invitation:
    """From the newest letter that calls and has its number, of those that `by` may read where somebody is named; else
    as the record has it, whose head is no secret to whoever reads the record."""
    calls = Call.objects.filter(meeting=meeting, letter__kind=LetterKind.CALL, letter__state=LetterState.NUMBERED)
    if by is not None:
        calls = calls.filter(letter__in=letters_visible_to(by))
    newest = calls.order_by("-letter_id").values_list("letter__number", "letter__dated").first()
    return Invitation(*newest) if newest else Invitation(meeting.invitation_number, meeting.invitation_date)


def letters_of(meeting: Meeting) -> list[Letter]:
    """The letters about the meeting that stand, the older ones first; of one that was cancelled and revived those since
    it was cancelled."""
    found = Letter.objects.filter(call__meeting=meeting).exclude(state=LetterState.WITHDRAWN)
    ended = found.filter(kind=LetterKind.CALLED_OFF).aggregate(last=Max("pk"))["last"] or 0
    return list(found.filter(pk__gt=ended).prefetch_related("recipients__party").order_by("pk"))


def calls_visible_to(by: Acting) -> QuerySet[Meeting]:
    """Meetings whose call the actor may read, with agenda and normal attachments: those whose minutes they may read,
    and those that their organization was called to by a letter that has its number. Above the normal class its head
    alone.

    What is planned is nobody's yet; what was called off and planned anew is so until it is called to again.
    """
    read = minutes_visible_to(by)
    if by.operator or by.sees_nothing:
        return read
    sent = Call.objects.filter(
        meeting=OuterRef("pk"), letter__state=LetterState.NUMBERED, letter__recipients__party__in=by.parties
    )
    off = Q(letter__kind=LetterKind.CALLED_OFF)
    later = Call.objects.filter(off, meeting=OuterRef("meeting"), letter__gt=OuterRef("letter"))
    holds = Q(Exists(sent.exclude(off).exclude(Exists(later)))) & ~Q(state=MeetingState.PLANNED)
    called = holds | Q(Exists(sent), state=MeetingState.CANCELLED)
    if by.function != Function.HEAD:
        called &= Q(secrecy=SecrecyClass.NORMAL)
    return Meeting.objects.filter(Q(pk__in=read.order_by().values("pk")) | called)


def listed_meetings(by: Acting, *, body: str = "", state: str = "") -> QuerySet[Meeting]:
    """What a list of meetings holds: `calls_visible_to`, of all bodies or of the one with that code, in all states or
    in one."""
    visible = calls_visible_to(by)
    if body:
        visible = visible.filter(bodies__body__code=body)
    return visible.filter(state=state) if state in MeetingState.values else visible


def attachments_visible_to(by: Acting) -> QuerySet[Attachment]:
    """All of a meeting that may be read; the normal ones of one that they are called to."""
    whole = Q(meeting__in=meetings_visible_to(by).order_by().values("pk"))
    called = Q(meeting__in=calls_visible_to(by).order_by().values("pk"), secrecy=SecrecyClass.NORMAL)
    return Attachment.objects.filter(whole | called).select_related("file", "meeting")


def meetings_of_day(day: date) -> QuerySet[Meeting]:
    """What takes place, or took place, on that day."""
    return Meeting.objects.filter(date=day).exclude(state=MeetingState.CANCELLED)


def has_seat(row: Attendance) -> bool:
    """Whether the party has a seat, on the meeting's day, in a body that meets."""
    on_day = in_force(row.meeting.date)
    return (
        row.party_id is not None
        and Seat.objects.filter(on_day, party=row.party_id, body__meetings__meeting=row.meeting_id).exists()
    )


def bodies_of(meeting: Meeting) -> list[MeetingBody]:
    return list(meeting.bodies.select_related("body__party"))
