"""What the reader may know besides the paper itself. May be empty; `directory` builds a full one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dabir.persian.calendar import Calendar


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party that the directory knows: its key, canonical name, other names, and whether it is a group or a body;
    `members_of` is the body whose members a group is."""

    key: int
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "organization"
    members_of: int | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """A province or a county, with how many places of each lower kind it had on the meeting's day."""

    kind: str
    name: str
    counties: int = 0
    districts: int = 0
    rural_districts: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """`parties` to match names against; `places` by name; `divisions` to check counts by; `closures` that override the
    official calendar (True: a holiday, False: a working day), `holiday_names` and `thursdays` as in `Calendar`;
    `session_date` where the paper itself has none."""

    parties: tuple[KnownParty, ...] = ()
    places: frozenset[str] = frozenset()
    divisions: tuple[Division, ...] = ()
    closures: Mapping[date, bool] = field(default_factory=dict)
    holiday_names: Mapping[date, str] = field(default_factory=dict)
    thursdays: tuple[tuple[date, bool], ...] = ()
    session_date: date | None = None

    @property
    def calendar(self) -> Calendar:
        """The working days by which limits are counted."""
        return Calendar(self.closures, names=self.holiday_names, thursdays=self.thursdays)
