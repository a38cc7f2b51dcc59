"""The country's divisions, as two editions of `iran-cities` (MIT, data/LICENSE-iran-cities.txt) have them.

An edition says which places there were in its days, not since when: no place has a `starts` or `ends` from it, for
every such day would be made up. What is known stands in `Place.editions`, and `places_on` answers from the edition
that was the newest on that day. A place is told by its names from the province down, so one that moved to another
district is two places, each in its own editions.
"""

from __future__ import annotations

import csv
import hashlib
from datetime import date, timedelta
from pathlib import Path

from django.db.models import Q, QuerySet

from dabir.directory.models import Place, PlaceKind
from dabir.directory.spans import in_force
from dabir.foundation.ledger import Change
from dabir.persian.jalali import to_gregorian
from dabir.persian.letters import canonical, sort_key, squash

DATA = Path(__file__).parent / "data"
EDITIONS = {"2.0": to_gregorian(1398, 12, 29), "3.0": to_gregorian(1399, 5, 31)}
"""The day that each edition holds for: the end of 1398, and Mordad 1399, of which the source names no day."""

LEVELS = {
    "ostan": PlaceKind.PROVINCE,
    "shahrestan": PlaceKind.COUNTY,
    "bakhsh": PlaceKind.DISTRICT,
    "dehestan": PlaceKind.RURAL_DISTRICT,
}
"""The files of an edition from the top down; each names its parents in columns called like the files above it."""

PlacePath = tuple[str, ...]
"""The squashed names of a place and all above it, from the province down."""


def places_on(day: date) -> QuerySet[Place]:
    """The places there were on that day: those of the newest edition of then (of the oldest one before them all),
    and those that were written down by hand with their days."""
    edition = max((e for e in EDITIONS if EDITIONS[e] <= day), default=min(EDITIONS))
    return Place.objects.filter(Q(editions__contains=edition) | Q(editions=""), in_force(day))


def is_counted(day: date) -> bool:
    """Whether the places of that day can be counted: the oldest edition holds for its own year, and not before."""
    return day > min(EDITIONS.values()) - timedelta(days=366)


ABOVE = ("id", "parent", "parent__parent", "parent__parent__parent")
"""A place and all that it can lie in."""


def provinces_in_use() -> set[int]:
    """The provinces that some party is in."""
    lines = Place.objects.filter(parties__isnull=False).values_list(*ABOVE).distinct()
    return {[step for step in line if step is not None][-1] for line in lines}


def digests() -> dict[str, str]:
    """The SHA-256 of each source file, for the event that loads them."""
    files = (_file(edition, level) for edition in EDITIONS for level in LEVELS)
    return {f"{file.parent.name}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def load(change: Change) -> int:
    """Write the places of all editions, level by level, and return how many there are."""
    editions = {edition: _read(edition) for edition in EDITIONS}
    written: dict[PlacePath, Place] = {}
    for depth, kind in enumerate(LEVELS.values(), 1):
        level: dict[PlacePath, Place] = {}
        for edition, places in editions.items():
            for path, (name, code) in places.items():
                if len(path) != depth:
                    continue
                place = level.setdefault(path, Place(kind=kind, parent=written.get(path[:-1])))
                # The newest edition has the last word on the spelling; 3.0 alone has codes.
                place.name, place.sort_key, place.code = name, sort_key(name), code
                place.editions = f"{place.editions} {edition}".strip()
        change.create_many(level.values())
        written |= level
    return len(written)


def _read(edition: str) -> dict[PlacePath, tuple[str, str]]:
    """Name and code ("" in 2.0) of each place in an edition."""
    places: dict[PlacePath, tuple[str, str]] = {}
    paths: dict[tuple[str, str], PlacePath] = {}
    above: str | None = None
    for level in LEVELS:
        with _file(edition, level).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                path = (*(paths[above, row[above]] if above else ()), squash(row["name"]))
                paths[level, row["id"]] = path
                places[path] = canonical(row["name"]), row.get("amar_code", "")
        above = level
    return places


def _file(edition: str, level: str) -> Path:
    return DATA / f"iran-cities-{edition}" / f"{level}.csv"
