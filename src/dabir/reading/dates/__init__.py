"""Days and time limits in running Persian text, with the offsets of the words that say them.

`find_days` gives the absolute days; `find_dues` the time limits of a sentence or an item; `read_due` the limit that a
table's cell is; `counted_from` the day of one that starts with a communication; `recurs` how often something comes
again. Terms of contracts, the dates of
letters and the validity of rules are no limits.
"""

from __future__ import annotations

from dabir.reading.dates.counting import Awaits, awaits, counted_from
from dabir.reading.dates.days import FoundDay, find_days, impossible_days
from dabir.reading.dates.limits import FoundDue, find_dues, read_due
from dabir.reading.dates.rhythm import Recurs, recurs

__all__ = [
    "Awaits",
    "FoundDay",
    "FoundDue",
    "Recurs",
    "awaits",
    "counted_from",
    "find_days",
    "find_dues",
    "impossible_days",
    "read_due",
    "recurs",
]
