"""How far a reader of the ledger has come, which is no record: kept so that each event is read once by all together."""

from __future__ import annotations

from dabir.cycle.models import Reader
from dabir.foundation import ledger
from dabir.persian import clock


def position(name: str) -> int | None:
    """The newest event that was read; none the first time, from when on what is newer will be read."""
    found = Reader._default_manager.filter(name=name).values_list("number", flat=True).first()
    if found is None:
        begin = {"number": ledger.head().number, "at": clock.now()}
        Reader._default_manager.get_or_create(name=name, defaults=begin)
    return found


def move(name: str, before: int, to: int) -> bool:
    """Say that the events up to `to` are read, in the transaction of what comes of them; False where another has read
    them meanwhile."""
    rows = Reader._default_manager.filter(name=name, number=before)
    return bool(rows.update(number=to, at=clock.now()))
