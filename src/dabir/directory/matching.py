"""Whom the words of a paper may mean: suggestions for a person to choose from. Nothing is ever matched in silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from dabir.directory.context import build_context
from dabir.persian.honorifics import strip_honorifics
from dabir.persian.letters import fold, squash
from dabir.reading.matching import EXACT, LIKE

LEAST = 60.0
"""Likeness (0–100) below which a name is no help: lower than the reader's, since here somebody chooses."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A party, the one of its names that came closest, and how close: 1.0 and `exact`, or less and `like`."""

    party_id: int
    name: str
    score: float
    reason: str


def suggest(text: str, day: date, *, limit: int = 5) -> list[Suggestion]:
    """The parties of that day whose names are closest to the words, best first; at most one suggestion for each."""
    words = strip_honorifics(text)[:300]
    if not squash(words):
        return []
    names = [(party.key, name) for party in build_context(day).parties for name in (party.name, *party.aliases)]
    found = {key: Suggestion(key, name, 1.0, EXACT) for key, name in names if squash(name) == squash(words)}
    alike = process.extract(
        fold(words), [fold(name) for _, name in names], scorer=fuzz.token_sort_ratio, score_cutoff=LEAST, limit=None
    )
    for _form, score, index in alike:
        key, name = names[index]
        found.setdefault(key, Suggestion(key, name, min(0.99, round(score / 100, 2)), LIKE))
    return sorted(found.values(), key=lambda suggestion: -suggestion.score)[:limit]
