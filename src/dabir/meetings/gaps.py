"""What a secretary still has to say before a paper is complete: a gap stays one until it is filled, never a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.core.cache import caches

from dabir.meetings.corrections.lookup import binding
from dabir.meetings.models import Draft
from dabir.meetings.reviewing import with_corrections
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


def counts_of(drafts: Iterable[Draft]) -> dict[int, dict[GapKind, int]]:
    """How many gaps of each kind each draft has, by its key, in the order of the kinds.

    One query at most, and none of a draft's minutes where it was counted before as it is now: a large paper takes long
    to look through.
    """
    keys = {f"gaps:{draft.pk}:{draft.version}": draft.pk for draft in drafts}
    cache = caches["process"]
    known = cache.get_many(keys)
    found = {keys[key]: counts for key, counts in known.items()}
    for draft in Draft.objects.filter(pk__in=[pk for key, pk in keys.items() if key not in known]):
        counted = Counter(gap.kind for gap in gaps_of(with_corrections(draft)))
        found[draft.pk] = {kind: counted[kind] for kind in GapKind if counted[kind]}
        cache.set(f"gaps:{draft.pk}:{draft.version}", found[draft.pk], timeout=None)
    return found
