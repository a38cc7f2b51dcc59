"""Closing the file of a meeting: when each of its debts is communicated, or unsettled for a reason that stands on
record. A debt that has ended, or was communicated on paper before it came here, is no longer asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.meetings import parts as meetings
from dabir.meetings.models import Meeting
from dabir.obligations.models import RUNNING, Obligation, State
from dabir.persian.letters import canonical

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands between a meeting and its end: debts that are not communicated, and unsettled ones without a
    reason."""

    uncommunicated: list[Obligation]
    unexplained: list[Obligation]

    def __bool__(self) -> bool:
        return bool(self.uncommunicated or self.unexplained)


def missing(meeting: Meeting) -> Missing:
    """One query each."""
    owed = meeting.obligations.filter(is_group=False, state__in=RUNNING, on_paper=False, communicated_at=None)
    unsettled = meeting.obligations.filter(state=State.UNSETTLED, gap_reason="")
    return Missing(list(owed.order_by("id")), list(unsettled.order_by("id")))


def finish_meeting(meeting: Meeting, *, by: Acting) -> Meeting:
    """Close the file; `Invalid` while something is missing, with how much."""
    require(by, "cycle.finish_meeting", meeting)
    with ledger.standstill():
        left = missing(meeting)
        if left.uncommunicated:
            raise Invalid(
                _("%(count)s debts are not communicated yet: %(codes)s.")
                % {"count": len(left.uncommunicated), "codes": _codes(left.uncommunicated)}
            )
        if left.unexplained:
            raise Invalid(_("Say why these stay unsettled: %(codes)s.") % {"codes": _codes(left.unexplained)})
        return meetings.finish(meeting, by=by)


def reopen_meeting(meeting: Meeting, *, by: Acting, reason: str) -> Meeting:
    """Open the file again, and say why; nothing else changes."""
    require(by, "cycle.reopen_meeting", meeting)
    clean = canonical(reason.replace("\0", ""))[:LONGEST_REASON]
    if not clean:
        raise Invalid(_("Say why."), field="reason")
    return meetings.reopen(meeting, by=by, reason=clean)


def open_where_missing(meetings_of: Iterable[int], by: Acting, because: str) -> None:
    """Those of these meetings, by key, that are finished but miss something again are open from now on, with an event
    that says why. Call it in the transaction of what has made it so."""
    for meeting in Meeting.objects.filter(pk__in=set(meetings_of), finished_at__isnull=False).order_by("pk"):
        if missing(meeting):
            meetings.reopen(meeting, by=by, reason=because)


def _codes(debts: list[Obligation]) -> str:
    shown = "، ".join(debt.code for debt in debts[:5])
    return f"{shown}، …" if len(debts) > 5 else shown
