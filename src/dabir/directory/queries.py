"""What may be seen of the directory, and who was what on a day.

Whoever has a function sees parties and bodies: a name is no secret among those who owe each other work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from dabir.directory.divisions import places_on
from dabir.directory.models import (
    Body,
    Capacity,
    ContentAccess,
    Invitation,
    Office,
    Party,
    PartyName,
    Person,
    Place,
    PlaceKind,
    Post,
    Seat,
    Tenure,
    TenureKind,
)
from dabir.directory.rules import AGENCY, is_administrator, keeps_minutes
from dabir.directory.spans import in_force
from dabir.foundation.acting import Acting, Function
from dabir.foundation.prepared import AMONG, models_of, rows_of
from dabir.foundation.remembered import until_the_next_event
from dabir.foundation.secrecy import KEEPERS
from dabir.persian import clock
from dabir.persian.letters import canonical, squash


def parties_visible_to(by: Acting) -> QuerySet[Party]:
    """All parties but those that turned out to be another one, and none for a stranger."""
    return Party.objects.none() if by.is_stranger else Party.objects.filter(merged_into=None)


def bodies_visible_to(by: Acting) -> QuerySet[Body]:
    """All bodies with their party, and none for a stranger."""
    return Body.objects.none() if by.is_stranger else Body.objects.select_related("party")


@until_the_next_event
def body_names(by: Acting) -> tuple[tuple[str, str], ...]:
    """Code and name of these bodies, by name."""
    return tuple((row["code"], row["party__name"]) for row in rows_of(_names, by))


def _names(by: Acting) -> QuerySet[Body, Any]:
    return bodies_visible_to(by).order_by("party__sort_key").values("code", "party__name")


def people_visible_to(by: Acting) -> QuerySet[Person]:
    """People and their users, for those who keep the directory; for a secretary those who hold no post but an
    agency's, since their numbers are hers to keep."""
    people = Person.objects.select_related("user")
    if by.operator or is_administrator(by):
        return people
    if keeps_minutes(by):
        of_others = Tenure.objects.filter(person=OuterRef("pk")).exclude(post__function__in=AGENCY)
        return people.filter(~Exists(of_others))
    return people.none()


def places_visible_to(by: Acting) -> QuerySet[Place]:
    """The country's divisions, those that have ended too; none for a stranger."""
    return Place.objects.none() if by.is_stranger else Place.objects.all()


ABOVE = "parent__parent__parent"


def find_places(words: str, *, exact: bool = False, limit: int = 50) -> list[Place]:
    """The places of today whose name holds the words, the wider ones first; with `exact`, is the words.

    Names from above down may stand before it: «زنجان/ایجرود/حلب» or «ایجرود/حلب».
    """
    *above, name = [canonical(part) for part in words.split("/")]
    if not name:
        return []
    found = places_on(clock.today()).filter(**{"name" if exact else "name__contains": name})
    line = [part for part in reversed(above) if part]
    for depth, part in enumerate(line[:3], 1):
        found = found.filter(**{f"{'parent__' * depth}name": part})
    kinds = {kind: number for number, kind in enumerate(PlaceKind)}
    rank = Case(*(When(kind=kind, then=Value(number)) for kind, number in kinds.items()))
    return list(found.select_related(ABOVE).order_by(rank, "sort_key", "id")[:limit])


def places_named(text: str) -> list[Place]:
    """The places of today that the text names: the one whose whole path it is, or else all that are called so."""
    found = find_places(text, exact=True)
    path = "/".join(canonical(part) for part in text.split("/"))
    return [place for place in found if place.path == path] or found


def speaks_for(party: Party, day: date) -> list[Post]:
    """The party's posts by name, each with `today`: who has it on that day, holder first. Two queries."""
    posts = models_of(_posts_of, AMONG, among=[party.pk])
    tenures = models_of(_held_on, day, AMONG, among=[post.pk for post in posts])
    for post in posts:
        post.today = [one for one in tenures if one.post_id == post.pk]  # type: ignore[attr-defined]
    return posts


def _posts_of(parties: tuple[int, ...]) -> QuerySet[Post]:
    posts = Post.objects.filter(party__parent__in=parties, party__merged_into=None).select_related("party")
    return posts.order_by("party__sort_key", "id")


def _held_on(day: date, posts: tuple[int, ...]) -> QuerySet[Tenure]:
    last = Case(When(kind=TenureKind.SUBSTITUTE, then=Value(1)), default=Value(0))
    tenures = Tenure.objects.filter(in_force(day), post__in=posts).select_related("person")
    return tenures.order_by(last, "starts", "id")


def called(words: str) -> QuerySet[PartyName]:
    """The names, of any day, that hold the words, joined: for a condition on whose they are."""
    return PartyName.objects.filter(squash__contains=squash(words))


def called_by(words: Iterable[str]) -> dict[str, set[int]]:
    """The keys of the parties of which some name, of any day, holds the word, by the word; those that no name holds are
    left out, as are empty ones. One query."""
    sought = {word: squash(word) for word in words if squash(word)}
    if not sought:
        return {}
    some = Q(*(("squash__contains", text) for text in sought.values()), _connector=Q.OR)
    found: dict[str, set[int]] = {}
    for party, name in PartyName.objects.filter(some).values_list("party", "squash"):
        for word, text in sought.items():
            if text in name:
                found.setdefault(word, set()).add(party)
    return found


def answers_to(code: str) -> QuerySet[Party]:
    """The party of this code, and the one that it was merged into."""
    return Party.objects.filter(Q(code=code) | Q(merged__code=code))


def standing(ids: Iterable[int]) -> dict[int, Party]:
    """The parties of these keys by them: for one that was merged, the party that it is now."""
    rows = Party.objects.filter(pk__in=set(ids)).select_related("merged_into")
    return {row.pk: row.merged_into or row for row in rows}


def told_of_leave(by: Acting) -> bool:
    """Whether the actor sees who took leave to read: those whose record it is, and the administrators themselves."""
    told = by.operator or by.function in (Function.GOVERNOR, Function.AUDITOR, Function.ADMIN)
    return told or bool(keeps_minutes(by))


def content_accesses_visible_to(by: Acting) -> QuerySet[ContentAccess]:
    """When administrators took leave to read, and why, each with what they read by it (`reads`)."""
    accesses = ContentAccess.objects.select_related("user__person").prefetch_related("reads")
    return accesses if told_of_leave(by) else accesses.none()


def invitations_visible_to(by: Acting) -> QuerySet[Invitation]:
    """Invitations, with their mobile numbers: for the secretary of the body that issued them, and the administrator."""
    invitations = Invitation.objects.select_related("body__party", "post__party__parent", "person")
    if by.operator or is_administrator(by):
        return invitations
    return invitations.filter(body__in=by.secretariats) if by.function in KEEPERS else invitations.none()


def find_parties(by: Acting, words: str, *, limit: int = 10, kinds: Iterable[str] = ()) -> list[Party]:
    """The parties with a name that holds every word, whatever its ZWNJs; names that start with the words come first.
    Of all kinds, or of these."""
    parts = [part for part in map(squash, words.split()[:8]) if part]
    if not parts:
        return []
    names = PartyName.objects.filter(party=OuterRef("pk"))
    start = Exists(names.filter(squash__startswith="".join(parts)))
    for part in parts:
        names = names.filter(squash__contains=part)
    found = parties_visible_to(by).filter(Exists(names)).select_related("parent")
    if kinds := tuple(kinds):
        found = found.filter(kind__in=kinds)
    return list(found.order_by(Case(When(start, then=Value(0)), default=Value(1)), "sort_key", "id")[:limit])


def members_on(group: Party, day: date) -> list[Party]:
    """Who was in a group on that day, by name.

    Where the group is the members of a body, its chair and secretary are left out: they call for what the members owe,
    and would owe it to themselves (seed ج/۲: the agencies write to the committee's secretariat).
    """
    if group.members_of_id is None:
        rows = Party.objects.filter(pk__in=group.memberships.filter(in_force(day)).values("member"))
    else:
        seats = Seat.objects.filter(in_force(day), body=group.members_of_id, capacity=Capacity.MEMBER, office="")
        rows = Party.objects.filter(pk__in=seats.values("party"))
    return list(rows.filter(merged_into=None).order_by("sort_key", "id"))


def seats_on(body: Body, day: date) -> list[Seat]:
    """The seats of a body on that day with their parties: chair, secretary, members, invitees, each by name."""
    found = models_of(_seats_on, day, AMONG, among=[body.pk])
    for seat in found:
        seat.body = body
    return found


def _seats_on(day: date, bodies: tuple[int, ...]) -> QuerySet[Seat]:
    rank = Case(
        When(office=Office.CHAIR, then=Value(0)),
        When(office=Office.SECRETARY, then=Value(1)),
        When(capacity=Capacity.MEMBER, then=Value(2)),
        default=Value(3),
    )
    seats = Seat.objects.filter(in_force(day), body__in=bodies, party__merged_into=None).select_related("party")
    return seats.order_by(rank, "party__sort_key", "id")
