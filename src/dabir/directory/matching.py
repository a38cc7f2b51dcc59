"""Whom the words of a paper may mean: suggestions for a person to choose from. Nothing is ever matched in silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dabir.directory.context import build_context
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
