"""The class of a meeting, and with it of the letters about it, which never stand below it."""

from __future__ import annotations

from dabir.cycle.letters_of import letters_about
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import parts as letters
from dabir.letters.models import Letter
from dabir.meetings import parts as meetings
from dabir.meetings.models import Meeting


def classify_meeting(
    meeting: Meeting, secrecy: SecrecyClass, *, by: Acting, lowers_letters: bool = False
) -> list[Letter]:
    """Say a meeting's class; above normal its secretary, its chair and named readers alone see it.

    Letters about it that stood below are raised to it. A lower class leaves them where they are, unless it
    `lowers_letters` too: no letter that has left comes below the class on its paper. Returns the letters that changed.
    """
    require(by, "cycle.classify_meeting", meeting)
    with ledger.standstill():
        before = meetings.classify(meeting, secrecy, by=by)
        about = list(letters_about(meeting))
        changed = letters.raise_class(about, secrecy, by=by)
        if lowers_letters and before.is_above(secrecy):
            changed += letters.lower_class(about, secrecy, by=by)
    return changed
