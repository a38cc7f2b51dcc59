"""Whom the names of an old register mean: certain where they are one party's alone on the meeting's day, or where the
secretariat has said so; a question otherwise. A likeness is never an identity."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dabir.directory.context import build_context, turning_days
from dabir.directory.models import Body
from dabir.obligations.sheets.queries import meanings
from dabir.persian.letters import squash
from dabir.reading.matching import Register

LEAST = 0.6
"""Likeness (0–1) of a party that is offered as an answer."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the sheet with the ids of the parties that it means; `is_question` where nobody has said so."""

    text: str
    parties: tuple[int, ...] = ()
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that a question may mean."""

    party_id: int
    name: str
    score: float


class Names:
    """The directory on the days that are asked for, and what the secretariat has answered."""

    def __init__(self, body: Body) -> None:
        self._said = meanings(body)
        self._turns = turning_days()
        self._registers: dict[int, Register] = {}
        self._found: dict[tuple[int, str], tuple[int, ...] | None] = {}

    def knows(self, day: date) -> Callable[[str], bool]:
        """Whether a name is known whole, so that it is not divided."""
        return lambda name: self._meant(name, day) is not None

    def named(self, name: str, day: date) -> Named:
        """Whom the name means on that day."""
        meant = self._meant(name, day)
        return Named(name, meant or (), is_question=meant is None)

    def candidates(self, name: str, day: date, *, limit: int = 5) -> list[Candidate]:
        """The likest parties, best first."""
        found = self._register(day).candidates(name, least=LEAST, limit=limit)
        return [Candidate(one.party.key, one.party.name, one.score) for one in found]

    def _meant(self, name: str, day: date) -> tuple[int, ...] | None:
        key = squash(name)
        if (said := self._said.get(key[:200])) is not None:
            return tuple(said)
        found = (self._stretch(day), key)
        if found not in self._found:
            party = self._register(day).certain(name)
            self._found[found] = None if party is None else (party,)
        return self._found[found]

    def _register(self, day: date) -> Register:
        stretch = self._stretch(day)
        if stretch not in self._registers:
            self._registers[stretch] = Register(build_context(day).parties)
        return self._registers[stretch]

    def _stretch(self, day: date) -> int:
        """Which of the stretches in which no name changes the day lies in."""
        return bisect_right(self._turns, day)
