"""Whose calendar is asked for at a secret address, and what its owner may see right now."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dabir.directory.models import Feed
from dabir.directory.tenures import acting_in
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Missing


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def feeds_visible_to(by: Acting) -> QuerySet[Feed]:
    """One's own addresses that still answer, in all of one's posts."""
    open_ones = Feed.objects.filter(ended_at=None).select_related("party", "post__party")
    return open_ones.none() if by.user_id is None else open_ones.filter(user=by.user_id)


def open_feed(token: str) -> tuple[Feed, Acting]:
    """The calendar of this token and its owner in the post that it was made in.

    `Missing` when it is unknown or taken back, and when the owner has lost the post or cannot sign in: whoever holds
    the address learns nothing of which.
    """
    found = Feed.objects.filter(digest=digest_of(token), ended_at=None).select_related("user", "party__merged_into")
    feed = found.first()
    by = acting_in(feed.user, feed.post_id) if feed else None
    if feed is None or by is None:
        raise Missing(_("There is no such page."))
    return feed, by
