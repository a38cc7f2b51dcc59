"""The directory as the reader knows it: plain values, of the paper's day."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.db.models import Q

from dabir.directory.calendar import calendar_for, only, province_of_party
from dabir.directory.divisions import ABOVE, is_counted, places_on, provinces_in_use
from dabir.directory.models import NameKind, Party, PartyName, PlaceKind
from dabir.reading.context import Context, Division, KnownParty


def build_context(day: date, kept_by: int | None = None) -> Context:
    """The parties in force on that day with all the names they had until then, and the places of their provinces.

    A name that ended stays as an alias, since papers go on using it, unless another party has taken it over.
    A party that had no official name on that day was not there. The calendar is that of the province where the party
    `kept_by` is, or of the only province that any party is in, else the country's. Five queries, and some for the
    province of `kept_by`.
    """
    official: dict[int, str] = {}
    current: dict[str, set[int]] = defaultdict(set)
    others: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    names = PartyName.objects.filter(Q(starts=None) | Q(starts__lte=day), party__merged_into=None).order_by("id")
    for party, name, key, kind, ends in names.values_list("party_id", "name", "squash", "kind", "ends"):
        in_force = ends is None or ends >= day
        if in_force:
            current[key].add(party)
        if in_force and kind == NameKind.OFFICIAL:
            official[party] = name
        else:
            others[party].append((name, key, in_force))
    rows = Party.objects.values_list("id", "kind", "members_of__party")
    kinds = {party: (kind, members_of) for party, kind, members_of in rows}
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
    provinces = provinces_in_use()
    places, divisions = _places(day, provinces)
    where = province_of_party(kept_by) if kept_by else None
    known = calendar_for(where.pk if where else only(provinces))
    return Context(
        parties=parties,
        places=places,
        divisions=divisions,
        closures=known.closures,
        holiday_names=known.names,
        thursdays=known.thursdays,
    )


def turning_days() -> list[date]:
    """The days, in order, on which some name begins or is no longer in force: between two of them the parties and their
    names are the same, and one context serves. Two queries."""
    begins = PartyName.objects.exclude(starts=None).values_list("starts", flat=True).distinct()
    ends = PartyName.objects.exclude(ends=None).values_list("ends", flat=True).distinct()
    return sorted({*filter(None, begins), *(day + timedelta(days=1) for day in ends if day)})


def _places(day: date, provinces: set[int]) -> tuple[frozenset[str], tuple[Division, ...]]:
    """The names of all places in these provinces; and those provinces and their counties with the
    number of places in each, where the day is near enough to what the divisions are known for."""
    within = Q()
    for step in ABOVE:
        within |= Q(**{f"{step}__in": provinces})
    rows = list(places_on(day).filter(within).values_list("kind", "name", *ABOVE))
    names = frozenset(name for _, name, *_ in rows)
    if not is_counted(day):
        return names, ()
    counts = Counter((step, kind) for kind, _, _, *higher in rows for step in higher if step is not None)
    return names, tuple(
        Division(
            kind,
            name,
            counts[place, PlaceKind.COUNTY],
            counts[place, PlaceKind.DISTRICT],
            counts[place, PlaceKind.RURAL_DISTRICT],
        )
        for kind, name, place, *_ in rows
        if kind in (PlaceKind.PROVINCE, PlaceKind.COUNTY)
    )
