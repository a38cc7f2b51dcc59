"""What a row of an old register says, as it is kept, and what a corrected one says otherwise.

Cells are compared as they were written, whatever their spelling, so that nothing changes when the directory or the
grammar learns to read them better.
"""

from __future__ import annotations

from typing import Any

from dabir.cycle.import_register import KnownRow
from dabir.obligations.making import Due
from dabir.obligations.models import State
from dabir.persian.letters import squash
from dabir.reading.minutes import Due as PaperDue
from dabir.reading.sheets.entries import Entry

PARTS = ("text", "owing", "helping", "due", "state")


def said_by(entry: Entry) -> dict[str, Any]:
    """What is kept of a row."""
    due = entry.due.as_json() if entry.due else None
    return {"text": entry.text, "owing": entry.owing, "helping": entry.helping, "due": due, "state": entry.state}


def changed(before: dict[str, Any], now: dict[str, Any]) -> set[str]:
    """Which parts a row says otherwise than before."""
    return {part for part in PARTS if not _alike(before.get(part), now.get(part))}


def moved_since(known: KnownRow, parts: set[str]) -> bool:
    """Whether what a corrected row would change has been changed here since it came in, or has ended."""
    if parts <= {"text", "helping"}:
        return False
    due = known.said.get("due")
    day = Due.on_paper(PaperDue.from_json(due)).day if due else None
    for debt, meant in zip(known.debts, known.said.get("meant", []), strict=False):
        if debt.state not in (State.UNSETTLED, State.OPEN) and not debt.closed_before:
            return True
        if ("due" in parts and debt.due_day != day) or ("owing" in parts and debt.lead != meant):
            return True
    return False


def _alike(before: Any, now: Any) -> bool:
    if isinstance(before, dict) and isinstance(now, dict) and before.get("iso") == now.get("iso") is not None:
        return True
    return _words(before) == _words(now)


def _words(value: Any) -> str:
    return squash((value.get("text") if isinstance(value, dict) else value) or "")
