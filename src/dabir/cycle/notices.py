"""That somebody is to hear of something: a notice to a post, once for each thing, and only of what the post may see.

A notice holds no text: what it says is made when it is read, of what it points to and by who may read that. It belongs
to the post, as debts do: whoever holds it next finds what was not read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet

from dabir.cycle.models import Notice, NoticeKind
from dabir.directory import tenures
from dabir.directory.models import Body, Office, Party, PartyKind, Post, Seat
from dabir.directory.spans import in_force
from dabir.directory.tenures import SECRETARIAT
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import READERS, Acting, Function
from dabir.foundation.prepared import rows_of
from dabir.foundation.secrecy import KEEPERS
from dabir.letters import queries as letters
from dabir.letters.models import Letter
from dabir.meetings.calls import calls_visible_to
from dabir.meetings.models import Meeting
from dabir.obligations import queries as obligations
from dabir.obligations.models import Obligation
from dabir.persian import clock

OWING = frozenset(Function) - READERS
"""Whose posts speak for what their organization owes."""
SECRETARIES = frozenset(KEEPERS)


T = TypeVar("T", "News", Notice)


@dataclass(frozen=True, slots=True)
class News:
    """What these posts are to hear of; `key` makes it one."""

    posts: Collection[Post]
    kind: NoticeKind
    key: str
    obligation: Obligation | None = None
    meeting: Meeting | None = None
    letter: Letter | None = None


def tell(
    posts: Collection[Post],
    kind: NoticeKind,
    key: str,
    *,
    by: Acting,
    obligation: Obligation | None = None,
    meeting: Meeting | None = None,
    letter: Letter | None = None,
) -> list[Notice]:
    """Let those of the posts hear of it that may see it and have not heard of it; the new notices."""
    return tell_all([News(posts, kind, key, obligation, meeting, letter)], by=by)


def tell_all(news: Iterable[News], *, by: Acting) -> list[Notice]:
    """The same of many things, in one event."""
    with ledger.change("cycle.tell", by=by) as change:
        return write(change, news)


def write(change: ledger.Change, news: Iterable[News]) -> list[Notice]:
    """The same within a verb's own event. A bounded number of queries for each post."""
    wanted = [(post, one) for one in news for post in one.posts]
    keys = {one.key for _post, one in wanted}
    there = set(Notice.objects.filter(key__in=keys).values_list("post", "key"))
    by_post: dict[int, list[News]] = {}
    posts = {post.pk: post for post, _one in wanted}
    for post, one in wanted:
        if (post.pk, one.key) not in there:
            there.add((post.pk, one.key))
            by_post.setdefault(post.pk, []).append(one)
    now = clock.now()
    made = [
        Notice(
            post=posts[key],
            kind=one.kind,
            key=one.key,
            obligation=one.obligation,
            meeting=one.meeting,
            letter=one.letter,
            at=now,
        )
        for key, several in by_post.items()
        for one in seen_by(tenures.acting_of(posts[key]), several)
    ]
    return change.create_many(made)


def seen_by(by: Acting, things: Sequence[T]) -> list[T]:
    """Those of which the actor may see what they point to; three queries at most."""
    debts = _visible(obligations.visible_to, by, {one.obligation.pk for one in things if one.obligation})
    found = _visible(letters.visible_to, by, {one.letter.pk for one in things if one.letter})
    met = _visible(calls_visible_to, by, {one.meeting.pk for one in things if one.meeting})
    return [
        one
        for one in things
        if (one.obligation is None or one.obligation.pk in debts)
        and (one.letter is None or one.letter.pk in found)
        and (one.meeting is None or one.meeting.pk in met)
    ]


def posts_of(parties: Iterable[int], functions: Collection[Function] = OWING) -> dict[int, list[Post]]:
    """The posts with these functions that speak for each party, by its key: those of an organization, of a unit those
    of what it belongs to as well, of a body those of its secretariat; a post that owes speaks for itself. Queries as
    deep as units lie."""
    above: dict[int, Party] = {}
    missing = set(parties)
    wanted = set(missing)
    while missing:
        rows = Party.objects.filter(pk__in=missing)
        above |= {row.pk: row for row in rows}
        missing = {row.parent_id for row in rows if row.kind == PartyKind.UNIT and row.parent_id} - set(above)
    chains = {key: _chain(key, above) for key in wanted}
    inside = {one for chain in chains.values() for one in chain}
    posts = Post.objects.filter(Q(party__parent__in=inside) | Q(party__in=wanted), function__in=functions)
    found = list(posts.select_related("party").order_by("id"))
    speaking = {
        key: [post for post in found if post.party_id == key or post.party.parent_id in chain]
        for key, chain in chains.items()
    }
    for key in wanted:
        if key in above and above[key].kind == PartyKind.BODY:
            speaking[key] = secretariat_of(Body.objects.get(party=key), set(functions) & SECRETARIAT)
    return speaking


def secretariat_of(body: Body | int, functions: Collection[Function] = SECRETARIAT) -> list[Post]:
    """The posts of its secretariat."""
    key = body if isinstance(body, int) else body.pk
    seats = Seat.objects.filter(in_force(clock.today()), body=key, office=Office.SECRETARY)
    found = posts_of(seats.values_list("party", flat=True), functions)
    return [post for posts in found.values() for post in posts]


def notices_visible_to(by: Acting) -> QuerySet[Notice]:
    """Those to the actor's own post."""
    if by.post_id is None or by.function == Function.ADMIN:
        return Notice.objects.none()
    return Notice.objects.filter(post=by.post_id)


def unread(by: Acting) -> int:
    """How many of the actor's notices nobody has read; one query."""
    return sum(row["number"] for row in rows_of(_unread, by, planned=True))


def _unread(by: Acting) -> QuerySet[Any, Any]:
    return notices_visible_to(by).filter(read_at=None).order_by().values("post").annotate(number=Count("pk"))


def mark_read(notices: Iterable[Notice], *, by: Acting) -> int:
    """Say that these were read, of the actor's own; how many were unread."""
    require(by, "cycle.mark_read")
    return _read(notices_visible_to(by).filter(pk__in=[one.pk for one in notices]), by)


def mark_all_read(*, by: Acting) -> int:
    """The same of all that wait."""
    require(by, "cycle.mark_all_read")
    return _read(notices_visible_to(by), by)


def _read(notices: QuerySet[Notice], by: Acting) -> int:
    with ledger.change("cycle.mark_read", by=by) as change:
        rows = list(notices.filter(read_at=None))
        for row in rows:
            change.update(row, read_at=clock.now())
    return len(rows)


def _visible(rows: Callable[[Acting], QuerySet[Any]], by: Acting, keys: set[int]) -> set[int]:
    """To write down what may be seen takes longer than to ask for it: only where there is something to ask for."""
    return set(rows(by).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _chain(key: int, above: dict[int, Party]) -> list[int]:
    chain = []
    party = above.get(key)
    while party and party.pk not in chain:
        if party.kind != PartyKind.POST:
            chain.append(party.pk)
        party = above.get(party.parent_id or 0) if party.kind == PartyKind.UNIT else None
    return chain
