"""What may be done to the house itself."""

from __future__ import annotations

from pathlib import Path

from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.backup import making
from dabir.foundation.backup.manifest import Manifest


def audit(*, by: Acting) -> list[ledger.Fault]:
    """Replay the ledger and compare it with the tables (`ledger.audit`). Faults name rows, not what they say."""
    require(by, "foundation.audit")
    if faults := list(ledger.audit()):
        # What was written while it read looks like a fault: look again while nobody writes.
        with ledger.standstill():
            faults = list(ledger.audit())
    return faults


def back_up(path: Path, *, by: Acting, key: str = "") -> Manifest:
    """Write an archive of all that is on record to `path` (`backup.making`); it changes nothing, and is no event."""
    require(by, "foundation.back_up")
    return making.make(path, key=key)
