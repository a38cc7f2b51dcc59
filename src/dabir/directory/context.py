"""The directory as the reader knows it: plain values, of the paper's day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q

from dabir.directory.divisions import places_on
from dabir.directory.models import NameKind, Party, PartyName, Place
from dabir.reading.context import Context, KnownParty


def build_context(day: date) -> Context:
    """The parties in force on that day with all the names they had until then, and the places of their provinces.

    A name that ended stays as an alias, since papers go on using it, unless another party has taken it over.
    A party that had no official name on that day was not there. Three queries, and one for the places.
    """
    official: dict[int, str] = {}
    current: dict[str, set[int]] = defaultdict(set)
    others: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    names = PartyName.objects.filter(Q(starts=None) | Q(starts__lte=day)).order_by("id")
    for party, name, key, kind, ends in names.values_list("party_id", "name", "squash", "kind", "ends"):
        in_force = ends is None or ends >= day
        if in_force:
            current[key].add(party)
        if in_force and kind == NameKind.OFFICIAL:
            official[party] = name
        else:
            others[party].append((name, key, in_force))
    kinds = {party: more for party, *more in Party.objects.values_list("id", "kind", "members_of__party")}
    parties = tuple(
        KnownParty(
            key=party,
            name=name,
            aliases=tuple(
                dict.fromkeys(alias for alias, key, in_force in others[party] if in_force or current[key] <= {party})
            ),
            kind=kinds[party][0],
            members_of=kinds[party][1],
        )
        for party, name in official.items()
    )
    return Context(parties=parties, places=_place_names(day))


def _place_names(day: date) -> frozenset[str]:
    """The names of all places in the provinces that some party is in."""
    above = ("id", "parent", "parent__parent", "parent__parent__parent")
    lines = Place.objects.filter(parties__isnull=False).values_list(*above).distinct()
    provinces = {[step for step in line if step is not None][-1] for line in lines}
    within = Q()
    for step in above:
        within |= Q(**{f"{step}__in": provinces})
    return frozenset(places_on(day).filter(within).values_list("name", flat=True))
