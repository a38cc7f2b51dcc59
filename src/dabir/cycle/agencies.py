"""Which agencies a body works with, and how far each has come in: not yet, invited, or signing in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from dabir.cycle.inviting import parties_of
from dabir.directory.models import Body, Invitation, Party, Post, Tenure
from dabir.directory.rules import AGENCY
from dabir.directory.spans import in_force
from dabir.persian import clock


class Standing(StrEnum):
    IN = "in"
    INVITED = "invited"
    OVER = "over"
    """Invited, and nobody came in time."""
    OUT = "out"


@dataclass(slots=True)
class Agency:
    """`posts` are those that an invitation may still open; `users` who signs in for it; `invitation` the newest open
    one."""

    party: Party
    posts: list[Post] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    invitation: Invitation | None = None

    @property
    def standing(self) -> Standing:
        if self.users:
            return Standing.IN
        if self.invitation is None:
            return Standing.OUT
        return Standing.INVITED if self.invitation.expires_at > clock.now() else Standing.OVER


def agencies_of(body: Body, also: Iterable[int] = ()) -> list[Agency]:
    """The agencies that sit in a body or owe it something, but for its own secretary and chair; `also` others, by key.

    The caller has made sure that the actor may invite them. Four queries whatever their number.
    """
    today = clock.today()
    officers = body.seats.filter(in_force(today)).exclude(office="").values_list("party", flat=True)
    keys = (parties_of(body) - set(officers)) | set(also)
    parties = Party.objects.filter(pk__in=keys).order_by("sort_key", "id")
    found = {party.pk: Agency(party) for party in parties}
    signing: dict[int, list[str]] = defaultdict(list)
    tenures = Tenure.objects.filter(in_force(today), post__party__parent__in=keys, person__user__isnull=False)
    for post_id, name in tenures.values_list("post", "person__name"):
        signing[post_id].append(name)
    posts = Post.objects.filter(party__parent__in=keys, function__in=AGENCY).select_related("party")
    for post in posts.order_by("party__sort_key", "id"):
        agency = found[post.party.parent_id or 0]
        agency.users += signing[post.pk]
        if not signing[post.pk]:
            agency.posts.append(post)
    invitations = Invitation.objects.filter(post__in=posts, used_at=None, revoked_at=None).order_by("issued_at", "id")
    for invitation in invitations.select_related("post__party"):
        found[invitation.post.party.parent_id or 0].invitation = invitation
    return list(found.values())


def tally(agencies: Iterable[Agency]) -> dict[Standing, int]:
    """How many stand how."""
    counts = dict.fromkeys(Standing, 0)
    for agency in agencies:
        counts[agency.standing] += 1
    return counts
