"""What accepting a paper does to a meeting that stands here already without minutes, as the page before it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dabir.foundation.errors import Conflict, Invalid
from dabir.meetings.attending import Difference, differences
from dabir.meetings.identity import identity_of
from dabir.meetings.models import Draft, Meeting, Resolution
from dabir.meetings.recording import same_resolutions
from dabir.reading.minutes import Minutes


@dataclass(frozen=True, slots=True)
class Joined:
    """`same` are its resolutions that the paper has too, `others` how many it does not have; `day` is the paper's,
    `differing` are those of whom it tells another attendance than was recorded."""

    meeting: Meeting
    day: date
    same: list[Resolution]
    others: int
    differing: list[Difference]

    @property
    def other_day(self) -> bool:
        return self.meeting.date != self.day


def joined_by(draft: Draft, minutes: Minutes) -> Joined | None:
    """The meeting that the paper is of, where it stands already; None also where accepting will say what is wrong."""
    try:
        found = identity_of(draft, minutes)
    except (Invalid, Conflict):
        return None
    if found.there is None:
        return None
    resolutions = list(found.there.resolutions.all())
    same = list(same_resolutions(resolutions, minutes.resolutions).values())
    differing = differences(found.there, minutes.attendance)
    return Joined(found.there, found.day, same, len(resolutions) - len(same), differing)
