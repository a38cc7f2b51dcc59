"""What may be done to the house itself."""

from __future__ import annotations

from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting


def audit(*, by: Acting) -> list[ledger.Fault]:
    """Replay the ledger and compare it with the tables (`ledger.audit`). Faults name rows, not what they say."""
    require(by, "foundation.audit")
    if faults := list(ledger.audit()):
        # What was written while it read looks like a fault: look again while nobody writes.
        with ledger.standstill():
            faults = list(ledger.audit())
    return faults
