"""What happens to letters: they get their number from the office-automation system, and a body its own words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.models import Body
from dabir.directory.spans import check_span
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.letters import rules, wordings  # noqa: F401  (rules declares the permissions)
from dabir.letters.models import Letter, LetterState, Wording
from dabir.persian import clock
from dabir.persian.digits import to_ascii
from dabir.persian.letters import canonical

LONGEST_NUMBER = 40


def number_letter(letter: Letter, *, by: Acting, number: str, day: date) -> Letter:
    """Record the number and the date that the office-automation system gave a letter that waits for them."""
    require(by, "letters.number_letter", letter)
    clean = to_ascii(canonical(number))
    if not any(map(str.isalnum, clean)) or len(clean) > LONGEST_NUMBER:
        raise Invalid(_("Write the letter's number, at most 40 characters."), field="number")
    check_span(day, None)
    if day > clock.today():
        raise Invalid(_("This day is still to come."), field="day")
    with ledger.change("letters.number_letter", by=by, on=letter) as change:
        letter = Letter.objects.get(pk=letter.pk)  # now that no other writer can number it
        if letter.state != LetterState.AWAITING:
            raise Conflict(_("This letter does not wait for a number."), existing=letter)
        if existing := Letter.objects.filter(body=letter.body_id, number=clean, dated=day).first():
            raise Conflict(_("Another letter has this number and date."), existing=existing)
        letter.give_number()
        letter.number, letter.dated = clean, day
        change.touch(letter, "state", "number", "dated")
    return letter


def set_wording(*, by: Acting, body: Body, kind: str, subject: str, text: str) -> None:
    """How a body words its letters of a kind from now on; letters that are written stay as they are."""
    require(by, "letters.set_wording", body)
    words = wordings.clean(subject, text)
    with ledger.change("letters.set_wording", by=by, on=body) as change:
        own = Wording.objects.filter(body=body, kind=kind).first()
        if own:
            change.update(own, subject=words.subject, text=words.text)
        elif words != wordings.words_of(body, kind):
            change.create(Wording(body=body, kind=kind, subject=words.subject, text=words.text))
