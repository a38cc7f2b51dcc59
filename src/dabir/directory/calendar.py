"""Which days offices work, for whoever acts."""

from __future__ import annotations

from dabir.foundation.acting import Acting
from dabir.persian.calendar import Calendar


def calendar_of(by: Acting) -> Calendar:
    """The calendar that holds where the actor works."""
    return Calendar()
