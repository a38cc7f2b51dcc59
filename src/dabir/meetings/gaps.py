"""What a secretary still has to say before a paper is complete: a gap stays one until it is filled, never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dabir.meetings.corrections.lookup import binding
from dabir.reading.minutes import Minutes


class GapKind(StrEnum):
    DATE = "date"
    BODY = "body"
    LEAD = "lead"
    PARTY = "party"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Gap:
    """`id` is the obligation's, or for the header the kind's own name."""

    kind: GapKind
    id: str


def gaps_of(minutes: Minutes) -> list[Gap]:
    """In the order of the paper: no date; a joint meeting whose bodies are not known; obligations without a lead, with
    one that nobody has recognised, or without a limit."""
    found = [] if minutes.header.date else [Gap(GapKind.DATE, "date")]
    if len(minutes.bodies) > 1 and not all(body.party and body.number for body in minutes.bodies):
        found.append(Gap(GapKind.BODY, "body"))
    for obligation in binding(minutes):
        if obligation.lead is None:
            found.append(Gap(GapKind.LEAD, obligation.id))
        elif obligation.lead.known is None:
            found.append(Gap(GapKind.PARTY, obligation.id))
        if obligation.due is None:
            found.append(Gap(GapKind.DUE, obligation.id))
    return found
