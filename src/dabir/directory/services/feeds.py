"""Secret calendar addresses: made, renewed and taken back by whoever they are for."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext as _

from dabir.directory.feeds import digest_of
from dabir.directory.models import Body, Feed, FeedKind, Party
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.persian import clock

MOST = 20
"""Addresses that one user may have open at a time."""


def make_feed(*, by: Acting, of: Body | Party | None = None) -> tuple[Feed, str]:
    """A calendar address for one's own meetings and debts, or for those of a body or party, as far as one may see
    them; and its token, which nobody can look up later."""
    require(by, "directory.make_feed")
    if by.user_id is None or by.post_id is None:
        raise Refused(_("Only somebody who holds a post has calendar addresses."))
    kind = FeedKind.OWN if of is None else FeedKind.BODY if isinstance(of, Body) else FeedKind.PARTY
    party = of.party if isinstance(of, Body) else of
    token = secrets.token_urlsafe(24)
    with ledger.change("directory.make_feed", by=by) as change:
        own = Feed.objects.filter(user=by.user_id, ended_at=None)
        if own.filter(post=by.post_id, kind=kind, party=party).exists():
            raise Conflict(_("You have this address already. Renew it if it is lost."))
        if own.count() >= MOST:
            raise Invalid(_("You have as many addresses as can be kept. Take one back first."))
        feed = Feed(user_id=by.user_id, post_id=by.post_id, kind=kind, party=party)
        feed.digest, feed.made_at = digest_of(token), clock.now()
        return change.create(feed), token


def renew_feed(feed: Feed, *, by: Acting) -> str:
    """Another token for the same calendar; the old address no longer answers."""
    require(by, "directory.renew_feed", feed)
    token = secrets.token_urlsafe(24)
    with ledger.change("directory.renew_feed", by=by, on=feed) as change:
        _refuse_ended(feed)
        feed.digest = digest_of(token)
        change.touch(feed, "digest")
        change.update(feed, renewed_at=clock.now())
    return token


def end_feed(feed: Feed, *, by: Acting) -> None:
    """Take an address back: it no longer answers."""
    require(by, "directory.end_feed", feed)
    with ledger.change("directory.end_feed", by=by, on=feed) as change:
        _refuse_ended(feed)
        change.update(feed, ended_at=clock.now())


def _refuse_ended(feed: Feed) -> None:
    if not Feed.objects.filter(pk=feed.pk, ended_at=None).exists():
        raise Conflict(_("This address has been taken back already."))
