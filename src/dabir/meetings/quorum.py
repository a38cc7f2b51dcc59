"""Whether enough members of a body were there, by the body's own rule."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dabir.directory.models import Body, Capacity, Quorum
from dabir.directory.queries import seats_on
from dabir.meetings.calls import bodies_of
from dabir.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Count:
    """How many members the body had on the meeting's day and how many of them came, themselves or by a delegate.
    `needed` is none where the body has no rule."""

    body: Body
    members: frozenset[int]
    present: int
    needed: int | None

    @property
    def reached(self) -> bool | None:
        return None if self.needed is None else self.present >= self.needed

    @property
    def rule(self) -> str:
        """In words: which rule, and what it asks for here."""
        if self.needed is None:
            return _("no rule")
        values = {"rule": Quorum(self.body.quorum).label, "needed": self.needed, "members": len(self.members)}
        return _("%(rule)s: %(needed)s of %(members)s") % values


def quorum_of(meeting: Meeting) -> list[Count]:
    """Of each body that met; a party that has a seat in both counts in both."""
    there = set(meeting.attendance.filter(present=True, party__isnull=False).values_list("party_id", flat=True))
    found = []
    for met in bodies_of(meeting):
        seats = seats_on(met.body, meeting.date)
        members = frozenset(seat.party_id for seat in seats if seat.capacity == Capacity.MEMBER)
        found.append(Count(met.body, members, len(members & there), needed(met.body, len(members))))
    return found


def needed(body: Body, members: int) -> int | None:
    """How many of so many members the body's rule asks for; none without a rule."""
    if body.quorum == Quorum.MAJORITY:
        return members // 2 + 1
    if body.quorum == Quorum.TWO_THIRDS:
        return -(-2 * members // 3)
    return body.quorum_count if body.quorum == Quorum.COUNT else None
