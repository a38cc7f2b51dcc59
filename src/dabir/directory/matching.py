"""Whom the words of a paper may mean: suggestions for a person to choose from. Nothing is ever matched in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dabir.directory.context import build_context
from dabir.directory.models import AGENCIES, Party, Place, PlaceKind
from dabir.persian.letters import squash
from dabir.reading.matching import Register

LEAST = 0.6
"""Likeness (0–1) below which a name is no help: lower than the reader's, since here somebody chooses."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A party of the directory, how surely the words mean it (1.0 for a name that is its alone), and why
    (`reading.minutes.Reason`)."""

    party_id: int
    name: str
    score: float
    reason: str


def suggest(text: str, day: date, *, limit: int = 5) -> list[Suggestion]:
    """The parties of that day whose names are closest to the words, best first; at most one suggestion for each."""
    if not squash(text[:300]):
        return []
    found = Register(build_context(day).parties).candidates(text[:300], least=LEAST, limit=limit)
    return [Suggestion(one.party.key, one.party.name, one.score, one.reason) for one in found]


GENERIC = frozenset(
    squash(word)
    for word in ("اداره", "کل", "سازمان", "استان", "شهرستان", "شرکت", "مدیریت", "محترم", "دفتر", "ایران", "و", "امور")
)
"""Words that tell no agency from another one."""
ALIKE = 90.0
MOST_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties that may be one, and how alike their names are, 0–100."""

    one: Party
    other: Party
    score: float


def duplicates(parties: Iterable[Party], *, limit: int = 50) -> list[Pair]:
    """Organizations, units and firms whose names are nearly the same, the likeliest first; a person decides.

    Compared are the names in force, without provinces and the words that every agency has. One that belongs to the
    other is left out.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (its import takes longer than most pages)

    provinces = {squash(name) for name in Place.objects.filter(kind=PlaceKind.PROVINCE).values_list("name", flat=True)}
    rows = [party for party in parties if party.kind in AGENCIES][:MOST_COMPARED]
    keys = [_telling(party.name, provinces) or None for party in rows]
    found = []
    for n, key in enumerate(keys[:-1]):
        if key is None:
            continue
        later = keys[n + 1 :]
        for _key, score, after in process.extract(key, later, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5):
            m = n + 1 + after
            if rows[n].pk != rows[m].parent_id and rows[m].pk != rows[n].parent_id:
                found.append(Pair(rows[n], rows[m], score))
    return sorted(found, key=lambda pair: -pair.score)[:limit]


def _telling(name: str, provinces: set[str]) -> str:
    words = [squash(word) for word in name.replace("\u200c", "").split()]
    return "".join(word for word in words if word not in GENERIC and word not in provinces)
