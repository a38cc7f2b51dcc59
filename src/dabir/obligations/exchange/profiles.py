"""Profiles: which columns another system's table has, which of our values each holds, and whether it is read back.

One comes with Dabir (`nipa.json`, which is not official); others are JSON files of the same shape in
`DABIR_HOME/profiles/`, one of the same name in the place of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.persian.letters import squash

READ = frozenset("code year quarter forecast performance done narrative agency_by agency_number agency_day".split())
"""Values that a table may bring back."""
VALUES = READ | frozenset(
    "project lead helpers body plan due obstacle secretariat_percent secretariat_by secretariat_day".split()
)
NEEDED = ("code", "year", "quarter")
"""By what a row is known: it has to be among what is read."""
WAYS = ("out", "in", "both")
SHIPPED = Path(__file__).parent / "nipa.json"
LARGEST, MOST_FILES, MOST_COLUMNS, LONGEST = 100_000, 50, 60, 1_000


@dataclass(frozen=True, slots=True)
class ProfileColumn:
    title: str
    value: str
    way: str = "out"
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """`notice` stands on the first sheet and says how far the profile can be relied on."""

    name: str
    title: str
    notice: str
    columns: tuple[ProfileColumn, ...]

    @property
    def out(self) -> tuple[ProfileColumn, ...]:
        return tuple(column for column in self.columns if column.way != "in")

    @property
    def heads(self) -> dict[str, str]:
        """The values that are read, by the folded head of their column."""
        return {squash(column.title): column.value for column in self.columns if column.way != "out"}


def profiles() -> tuple[dict[str, Profile], list[str]]:
    """Those that can be used, by name, and why others cannot."""
    found: dict[str, Profile] = {}
    faults = []
    for path in _files():
        try:
            profile = read_profile(path)
        except Invalid as error:
            faults.append(str(error))
        else:
            found[profile.name] = profile
    return found, faults


def read_profile(path: Path) -> Profile:
    """`Invalid` with the file's name and what is wrong in it."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise Invalid(_("it is too large"))
        return _profile(json.loads(data.decode("utf-8-sig")))
    except Invalid as error:
        fault = str(error)
    except OSError:
        fault = _("it cannot be read")
    except (ValueError, RecursionError):
        fault = _("it is no JSON")
    raise Invalid(_("The profile %(file)s cannot be used: %(fault)s.") % {"file": path.name, "fault": fault})


def _files() -> Iterator[Path]:
    yield SHIPPED
    yield from sorted((Path(settings.DABIR_HOME) / "profiles").glob("*.json"))[:MOST_FILES]


def _profile(said: Any) -> Profile:
    if not isinstance(said, dict) or not isinstance(said.get("columns"), list):
        raise Invalid(_("it has no list “columns”"))
    name = _text(said, "name")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name):
        raise Invalid(_("“name” is not made of small Latin letters, digits and hyphens"))
    columns = tuple(_column(number, column) for number, column in enumerate(said["columns"][:MOST_COLUMNS], 1))
    profile = Profile(name, _text(said, "title"), _text(said, "notice"), columns)
    heads = [squash(column.title) for column in columns]
    if twice := next((column.title for at, column in enumerate(columns) if heads[at] in heads[:at]), None):
        raise Invalid(_("the column “%(title)s” stands twice") % {"title": twice})
    for way in ("in", "out"):
        values = [column.value for column in columns if column.way in (way, "both")]
        if twice := next((value for value in values if values.count(value) > 1), None):
            raise Invalid(_("the value “%(value)s” stands twice") % {"value": twice})
        for value in NEEDED:
            if value not in values:
                raise Invalid(_("no column has the value “%(value)s” with the way “both”") % {"value": value})
    return profile


def _column(number: int, said: Any) -> ProfileColumn:
    if not isinstance(said, dict):
        raise Invalid(_("column %(number)s is no object") % {"number": number})
    value, way, hidden = said.get("value"), said.get("way", "out"), said.get("hidden", False)
    if not isinstance(value, str) or value not in VALUES:
        raise Invalid(_("column %(number)s has a value that is unknown here") % {"number": number})
    if way not in WAYS or (way != "out" and value not in READ):
        raise Invalid(_("column %(number)s cannot go the way “%(way)s”") % {"number": number, "way": str(way)[:20]})
    if not isinstance(hidden, bool):
        raise Invalid(_("“hidden” of column %(number)s is neither true nor false") % {"number": number})
    title = _text(said, "title")
    if not squash(title):
        raise Invalid(_("column %(number)s has no title") % {"number": number})
    return ProfileColumn(title, value, way, hidden)


def _text(said: dict[str, Any], name: str) -> str:
    text = said.get(name)
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        raise Invalid(_("“%(name)s” is missing, or no text") % {"name": name})
    return " ".join(text.split())
