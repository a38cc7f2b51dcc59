"""Reads the tables of written time limits: `dates_table.txt` says at its head how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dabir.persian.jalali import parse_day

_SPEC = re.compile(r"(?P<kind>[a-z]+)(?: (?P<day>\d{4}/\d\d/\d\d))?(?: (?P<time>\d\d:\d\d))?(?: ← (?P<trigger>.+))?")
_WORDS = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class Limit:
    """A time limit as the table says it: its words, kind, last day ("1398/08/05"), hour ("14:00") and trigger."""

    words: str
    kind: str
    day: str | None
    time: str | None
    trigger: str | None


@dataclass(frozen=True)
class Row:
    """A sentence, or a table's cell, of a session, with the limits that it has."""

    text: str
    limits: tuple[Limit, ...]
    session: date | None
    hour: str | None
    is_cell: bool


def rows(name: str) -> Iterator[Row]:
    """The rows of the table `name` beside this file."""
    session, hour = None, None
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            said, _, rest = line[1:].strip().partition(" ")
            session, hour = parse_day(said), rest or None
        elif line and not line.startswith("#"):
            yield _row(line, session, hour)


def _row(line: str, session: date | None, hour: str | None) -> Row:
    text, _, said = line.partition(" | ")
    is_cell = text.startswith("= ")
    text = text.removeprefix("= ")
    words = [text] if is_cell else _WORDS.findall(text)
    specs = [_SPEC.fullmatch(spec.strip()) for spec in said.split(";")] if said else []
    limits = tuple(
        Limit(part, spec["kind"], spec["day"], spec["time"], spec["trigger"])
        for part, spec in zip(words, specs, strict=True)
        if spec
    )
    assert len(limits) == len(words), line
    return Row(text if is_cell else text.replace("[", "").replace("]", ""), limits, session, hour, is_cell)
