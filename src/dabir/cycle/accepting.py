"""Accepting a reading: a paper that was corrected on the workbench becomes a meeting, its resolutions and its debts."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from dabir.cycle.deciding import apply_acts
from dabir.cycle.letters_of import letters_about
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import parts as letters
from dabir.meetings import parts as meetings
from dabir.meetings.identity import identity_of
from dabir.meetings.models import Draft, DraftState, Meeting
from dabir.meetings.reviewing import corrected
from dabir.obligations import parts as obligations
from dabir.reading.minutes import Minutes


def accept_reading(draft: Draft, *, by: Acting, version: int) -> Meeting:
    """Record the meeting of a draft as its `version` shows it: all in one transaction, or nothing.

    What it decides on debts that are there is decided with it, as far as it can be (`cycle.deciding`).
    A meeting that stands already without minutes gets them, and with its letters the higher class of both. Raises
    `Conflict` when somebody has corrected the draft since, or that meeting's minutes are on record; `Invalid` when it
    has ended, lacks what a meeting must have (a date, its bodies and numbers), or is of bodies other than the one that
    keeps it.
    """
    require(by, "cycle.accept_reading", draft)
    with transaction.atomic():
        with ledger.change("cycle.accept_reading", by=by, on=draft) as change:
            draft = fresh(draft, "file", "kept_by__party")
            if draft.state != DraftState.OPEN:
                raise Invalid(_("This paper is no longer under review."))
            if draft.version != version:
                raise Conflict(
                    _("Somebody has corrected this paper since you opened it. Look at it again."), existing=draft
                )
            minutes = corrected(draft)
            _refuse_meeting_of_others(draft, minutes)
            there = identity_of(draft, minutes).there
            if there:  # it may be another secretariat's, which met with this one
                require(by, "cycle.accept_reading", there)
            recorded = meetings.record_meeting(draft, minutes, by=by)
            meeting = recorded.meeting
            letters.raise_class(letters_about(meeting), SecrecyClass(meeting.secrecy), by=by)
            debts = obligations.create_from_minutes(recorded, minutes, by=by)
            change.facts |= {
                "meeting": meeting.code,
                "resolutions": len(minutes.resolutions),
                "debts": len(debts),
            }
            if decided := apply_acts(recorded, minutes, debts, by=by):
                change.facts["decided"] = decided
    return meeting


def _refuse_meeting_of_others(draft: Draft, minutes: Minutes) -> None:
    """A secretariat gives numbers in its own body, also where it met with another one; never in another's alone."""
    parties = {body.party for body in minutes.bodies if body.party}
    if parties and draft.kept_by.party_id not in parties:
        raise Invalid(
            _("This paper is kept by %(body)s, which is not among the bodies that met. Correct them in the header.")
            % {"body": draft.kept_by},
            field="bodies",
        )
