"""A longer time for a debt: asked for with a reason, granted or refused by who decides on it, counted for ever.

The body's secretary decides as many times as the body has said (`Body.extensions_by_secretary`); from then on the body
itself does, by a resolution. What was the first deadline stays beside the one that holds.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.spans import check_span
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.letters.numbering import LONGEST_NUMBER, clean_number
from dabir.letters.wordings import tidy
from dabir.obligations.deciding import move_due
from dabir.obligations.extensions import secretary_decides, waiting_again
from dabir.obligations.models import Extension, ExtensionState, Obligation, State
from dabir.persian import clock

LONGEST = 2_000


def ask_extension(
    debt: Obligation, *, by: Acting, wanted: date, reason: str, number: str = "", dated: date | None = None
) -> Extension:
    """Ask for a later deadline, with the reason: whoever owes the debt, or the secretariat for them, by the number and
    date of the letter in which they asked, which may be entered late; for them, not without it. One request of a debt
    waits at a time."""
    require(by, "obligations.ask_extension", debt)
    check_span(wanted, None)
    clean, number = _words(reason, "reason"), clean_number(tidy(number))
    if not clean:
        raise Invalid(_("Say why more time is needed."), field="reason")
    if not (number or dated or by.speaks_for(debt.lead_id)):
        raise Invalid(_("Write number and date of the letter in which the agency asked."), field="number")
    if bool(number) != bool(dated):
        raise Invalid(_("Write both the number and the date of the letter."), field="dated" if number else "number")
    if len(number) > LONGEST_NUMBER:
        raise Invalid(_("This number is too long."), field="number")
    with ledger.change("obligations.ask_extension", by=by, on=debt, reason=clean[:200]) as change:
        debt = fresh(debt)
        if debt.state != State.OPEN:
            raise Invalid(_("Only the deadline of an open debt can be extended."))
        if debt.is_group:
            raise Invalid(_("Each member's debt is extended by itself."))
        if debt.due_day is None:
            raise Invalid(_("This debt has no deadline that could be extended."))
        _check_new(debt, wanted, dated, field="wanted")
        if waiting := debt.extension_requests.filter(state=ExtensionState.ASKED).first():
            raise Conflict(_("An extension of this debt has been asked for already."), existing=waiting)
        return change.create(
            Extension(
                obligation=debt,
                before=debt.due_day,
                wanted=wanted,
                reason=clean,
                number=number,
                dated=dated,
                asked_at=clock.now(),
                asked_by=by.name[:100],
            )
        )


def withdraw_extension(extension: Extension, *, by: Acting) -> Extension:
    """Take a request back that nobody has decided on; those who may ask may do it."""
    require(by, "obligations.withdraw_extension", extension.obligation)
    with ledger.change("obligations.withdraw_extension", by=by, on=extension.obligation) as change:
        extension = waiting_again(extension)
        extension.withdraw()
        change.touch(extension, "state")
    return extension


def grant_extension(extension: Extension, *, by: Acting, day: date | None = None, answer: str = "") -> Extension:
    """Move the deadline to the day that was wanted, or to another one after the present deadline; the secretary's, as
    long as the body has left it to them."""
    require(by, "obligations.grant_extension", extension.obligation)
    clean = _words(answer, "answer")
    with ledger.change("obligations.grant_extension", by=by, on=extension.obligation) as change:
        extension = waiting_again(extension)
        debt = extension.obligation
        if debt.state != State.OPEN:
            raise Invalid(_("Only the deadline of an open debt can be extended."))
        _check_whose(debt)
        day = day or extension.wanted
        check_span(day, None)
        _check_new(debt, day, extension.dated, field="day")
        extension.grant()
        extension.granted = day
        _answered(change, extension, clean, by)
        move_due(change, debt, day)
    return extension


def refuse_extension(extension: Extension, *, by: Acting, answer: str) -> Extension:
    """Leave the deadline as it is, and say why; the secretary's, as long as they may grant it too."""
    require(by, "obligations.refuse_extension", extension.obligation)
    clean = _words(answer, "answer")
    if not clean:
        raise Invalid(_("Say why it is refused."), field="answer")
    with ledger.change("obligations.refuse_extension", by=by, on=extension.obligation, reason=clean[:200]) as change:
        extension = waiting_again(extension)
        _check_whose(extension.obligation)
        extension.refuse()
        _answered(change, extension, clean, by)
    return extension


def _check_whose(debt: Obligation) -> None:
    if not secretary_decides(debt):
        raise Invalid(_("This debt was extended before: now the body itself decides, in a meeting."))


def _check_new(debt: Obligation, day: date, dated: date | None, *, field: str) -> None:
    """`Invalid` for a deadline that gives no more time: on paper, counted from the day of the letter."""
    if debt.due_day is None or day <= debt.due_day:
        raise Invalid(_("The new deadline must come after the present one."), field=field)
    if day <= (dated or clock.today()):
        if dated:
            raise Invalid(_("The new deadline must come after the day of the letter."), field=field)
        raise Invalid(_("The new deadline has passed already: choose a later day."), field=field)


def _answered(change: ledger.Change, extension: Extension, answer: str, by: Acting) -> None:
    extension.answer, extension.decided_at, extension.decided_by = answer, clock.now(), by.name[:100]
    change.touch(extension, "state", "granted", "answer", "decided_at", "decided_by")


def _words(text: str, field: str) -> str:
    clean = tidy(text)
    if len(clean) > LONGEST:
        raise Invalid(_("At most %(count)s letters.") % {"count": LONGEST}, field=field)
    return clean
