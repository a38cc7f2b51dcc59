"""Sealing: minutes that were written here become version 1 of the record, with their resolutions and debts; what they
decide on debts that are there is decided in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from dabir.cycle.deciding import Planned, apply_acts, findings_beside, planned
from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.meetings import parts as meetings
from dabir.meetings.attending import Difference, differences
from dabir.meetings.models import Manuscript, MinutesVersion
from dabir.meetings.sealing import Ready, readiness
from dabir.obligations import parts as obligations
from dabir.obligations.deciding import bodies_of
from dabir.reading.minutes import Obligation


@dataclass(frozen=True, slots=True)
class Sealing:
    """What sealing makes of the minutes as they are: `owed` are the debts, `unsettled` those without a known lead,
    `differing` those of whom the text tells another attendance than was recorded, `deciding` what is decided on debts
    that are there."""

    ready: Ready
    owed: list[Obligation]
    unsettled: list[Obligation]
    differing: list[Difference]
    deciding: list[Planned]


def preview_sealing(manuscript: Manuscript, *, by: Acting) -> Sealing:
    """What `seal_minutes` would do now, and what stands in its way. Nothing is stored."""
    require(by, "cycle.preview_sealing", manuscript.meeting)
    ready = readiness(manuscript, findings_beside)
    owed = [duty for one in ready.minutes.resolutions if one.binds for duty in one.obligations]
    unsettled = [duty for duty in owed if duty.lead is None or duty.lead.known is None]
    meeting = manuscript.meeting
    differing = differences(meeting, ready.minutes.attendance)
    deciding = planned(ready.minutes, bodies=bodies_of(meeting), met=meeting.date)
    return Sealing(ready, owed, unsettled, differing, deciding)


def seal_minutes(manuscript: Manuscript, *, revision: int, by: Acting) -> MinutesVersion:
    """Fix the minutes as that revision of their text has them, make the debts, and decide on those that are there: all
    in one transaction, or nothing.

    `Conflict` when there is a newer revision; `Invalid` says what must be put right first: corrections without an
    answer, errors without a reason, a text of another meeting.
    """
    require(by, "cycle.seal_minutes", manuscript.meeting)
    seen = fresh(manuscript, "meeting__kept_by__party")
    ready = readiness(seen, findings_beside)  # outside the transaction, as the file is: both take their time
    if ready.revision != revision:
        raise Conflict(
            _("Somebody has written on since you looked at the minutes. Look at them again."), existing=manuscript
        )
    if ready.faults:
        raise Invalid(" ".join(ready.faults))
    files.put(ready.text.encode())
    with transaction.atomic():
        with ledger.change("cycle.seal_minutes", by=by, on=seen.meeting) as change:
            now = fresh(manuscript, "meeting__kept_by__party")
            if (now.overrides, now.meeting.date) != (seen.overrides, seen.meeting.date):
                raise Conflict(_("The meeting has changed since you looked at it. Look at it again."), existing=now)
            version, recorded = meetings.seal_text(now, ready, by=by)
            debts = obligations.create_from_minutes(recorded, ready.minutes, by=by)
            change.facts |= {
                "meeting": now.meeting.code,
                "sha256": version.sha256,
                "resolutions": len(ready.minutes.resolutions),
                "debts": len(debts),
            }
            if decided := apply_acts(recorded, ready.minutes, debts, by=by):
                change.facts["decided"] = decided
    return version
