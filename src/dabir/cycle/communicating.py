"""Letters get their number, arrive, or are taken back: whatever follows from that for what they are about.

A number comes from the office-automation system, for forty letters as for one: all at once or none. The debts that a
letter tells of follow it in the same transaction (`obligations.communication`).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dabir.cycle.finishing import open_where_missing
from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.letters import parts as letters
from dabir.letters.models import Letter, LetterKind, Recipient, Way
from dabir.letters.numbering import Numbered
from dabir.letters.receipts import Receipt
from dabir.obligations import parts as obligations
from dabir.obligations.models import Obligation
from dabir.persian.letters import canonical

LONGEST_REASON = 200
NOT_COMMUNICATED = "شماره نامه ابلاغ پس گرفته شد"
"""Why a finished meeting is open again; in the language of the record."""


def number_letters(rows: Sequence[Numbered], *, by: Acting, way: Way) -> list[Letter]:
    """Record number, date and way of these letters; `numbering.Faults`, by row, and nothing where one cannot be."""
    for row in rows:
        require(by, "cycle.number_letters", row.letter)
    with ledger.standstill():
        numbered = letters.give_numbers(rows, by=by, way=way)
        obligations.follow_letters(numbered, by=by)
    return numbered


def take_numbers_back(chosen: Sequence[Letter], *, by: Acting, reason: str) -> list[Letter]:
    """Let letters wait for their number again, while nothing has followed; the reason is kept, as is what they had.

    What they told of is no longer communicated, unless another letter tells of it; `Conflict` where somebody has
    answered that it came.
    """
    for letter in chosen:
        require(by, "cycle.take_numbers_back", letter)
    why = _reason(reason)
    with ledger.standstill():
        keys = [letter.pk for letter in chosen]
        answered = Obligation.objects.filter(extracts__letter__in=keys, acknowledged_at__isnull=False).first()
        if answered:
            raise Conflict(
                _("%(code)s has been acknowledged; its letter keeps its number.") % {"code": answered.code},
                existing=answered,
            )
        waiting = letters.take_numbers_back(chosen, by=by, reason=why)
        debts = obligations.follow_letters(waiting, by=by)
        open_where_missing((debt.meeting_id for debt in debts if debt.meeting_id), by=by, because=NOT_COMMUNICATED)
    return waiting


def record_receipts(rows: Sequence[Receipt], *, by: Acting) -> list[Recipient]:
    """Record that letters arrived, or correct what was recorded; `numbering.Faults`, by row, and nothing otherwise."""
    for row in rows:
        require(by, "cycle.record_receipts", row.recipient.letter)
    for row in rows:
        if row.scan:
            files.put(row.scan)
    with ledger.standstill():
        received = letters.record_receipts(rows, by=by)
        obligations.follow_letters([recipient.letter for recipient in received], by=by)
    return received


def take_receipt_back(recipient: Recipient, *, by: Acting, reason: str) -> Recipient:
    """A receipt was recorded by mistake: it is none any more, for the reason that is kept."""
    require(by, "cycle.take_receipt_back", recipient.letter)
    why = _reason(reason)
    with ledger.standstill():
        recipient = letters.take_receipt_back(recipient, by=by, reason=why)
        obligations.follow_letters([recipient.letter], by=by)
    return recipient


def withdraw_letters(chosen: Sequence[Letter], *, by: Acting, reason: str) -> list[Letter]:
    """Take back letters that wait for their number. A covering letter goes with its code: `revoke_invitation`."""
    for letter in chosen:
        require(by, "cycle.withdraw_letters", letter)
    if any(letter.kind == LetterKind.COVERING for letter in chosen):
        raise Invalid(_("A covering letter is withdrawn by revoking its code, in the list of invitations."))
    why = _reason(reason)
    with ledger.standstill():
        return letters.withdraw_letters(chosen, by=by, reason=why)


def _reason(text: str) -> str:
    clean = canonical(text.replace("\0", ""))
    if not clean:
        raise Invalid(_("Say why."), field="reason")
    if len(clean) > LONGEST_REASON:
        raise Invalid(_("At most 200 letters."), field="reason")
    return clean
