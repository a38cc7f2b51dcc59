"""What may be seen of the directory, and who was what on a day.

Whoever has a function sees parties and bodies: a name is no secret among those who owe each other work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from dabir.directory.models import Body, Capacity, Office, Party, PartyName, Person, Seat
from dabir.directory.rules import is_administrator
from dabir.directory.spans import in_force
from dabir.foundation.acting import Acting
from dabir.persian.letters import squash


def parties_visible_to(by: Acting) -> QuerySet[Party]:
    """All parties, and none for a stranger."""
    return Party.objects.none() if by.is_stranger else Party.objects.all()


def bodies_visible_to(by: Acting) -> QuerySet[Body]:
    """All bodies with their party, and none for a stranger."""
    return Body.objects.none() if by.is_stranger else Body.objects.select_related("party")


def people_visible_to(by: Acting) -> QuerySet[Person]:
    """People and their users, for those who keep the directory."""
    may_see = by.operator or is_administrator(by)
    return Person.objects.select_related("user") if may_see else Person.objects.none()


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
    return list(rows.order_by("sort_key", "id"))


def seats_on(body: Body, day: date) -> list[Seat]:
    """The seats of a body on that day with their parties: chair, secretary, members, invitees, each by name."""
    rank = Case(
        When(office=Office.CHAIR, then=Value(0)),
        When(office=Office.SECRETARY, then=Value(1)),
        When(capacity=Capacity.MEMBER, then=Value(2)),
        default=Value(3),
    )
    seats = body.seats.filter(in_force(day)).select_related("party")
    return list(seats.order_by(rank, "party__sort_key", "id"))
