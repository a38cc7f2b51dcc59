"""What shows that a letter arrived: on which day, who took it, under which number of theirs, and the scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.letters.models import LetterState, Recipient
from dabir.letters.numbering import MOST_AT_ONCE, Faults, clean_number
from dabir.persian import clock
from dabir.persian.letters import canonical

LONGEST_NAME = 200
LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Receipt:
    """Of one recipient. `name` took it, `number` is theirs; `scan` are the bytes of the signed copy, none for no new
    one."""

    recipient: Recipient
    day: date | None
    name: str = ""
    number: str = ""
    scan: bytes = b""

    @property
    def clean_name(self) -> str:
        return canonical(self.name)

    @property
    def clean_number(self) -> str:
        return clean_number(self.number)


def check(receipts: Sequence[Receipt]) -> None:
    """`Faults` where any of these cannot be. The recipients come with their letters as they are now."""
    if not receipts:
        raise Invalid(_("Choose at least one letter."))
    if len(receipts) > MOST_AT_ONCE:
        raise Invalid(_("At most %(count)s letters at once.") % {"count": MOST_AT_ONCE})
    if faults := faults_of(receipts):
        raise Faults(_("No receipt is recorded yet: some rows need a second look."), faults)


def faults_of(receipts: Sequence[Receipt]) -> dict[int, Invalid]:
    """What is wrong with each, by its place."""
    faults: dict[int, Invalid] = {}
    seen: set[int] = set()
    for at, receipt in enumerate(receipts):
        fault = _of_receipt(receipt)
        if fault is None and receipt.recipient.pk in seen:
            fault = Invalid(_("This recipient stands in the list twice."))
        if fault:
            faults[at] = fault
        seen.add(receipt.recipient.pk)
    return faults


def _of_receipt(receipt: Receipt) -> Invalid | None:
    letter = receipt.recipient.letter
    if letter.state != LetterState.NUMBERED or letter.dated is None:
        return Invalid(_("Only a letter that has its number can have been received."))
    if fault := _of_day(receipt.day, letter.dated):
        return Invalid(fault, field="day")
    if len(receipt.clean_name) > LONGEST_NAME:
        return Invalid(_("At most 200 letters."), field="name")
    if len(receipt.clean_number) > LONGEST_NUMBER:
        return Invalid(_("Write the letter's number, at most 40 characters."), field="registered")
    return None


def _of_day(day: date | None, dated: date) -> str:
    """What is wrong with the day on which a letter of `dated` arrived; empty for nothing."""
    if day is None:
        return _("Write the day.")
    if day > clock.today():
        return _("This day is still to come.")
    return _("This day is before the letter's date.") if day < dated else ""
