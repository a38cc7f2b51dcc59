"""What happens to letters without touching another room; what follows from a number or a receipt is `cycle`'s."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dabir.directory.models import Body
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.letters import letterheads, rules, wordings  # noqa: F401  (rules declares the permissions)
from dabir.letters.models import Letter, Letterhead, Wording
from dabir.persian import clock


def mark_printed(letters: Iterable[Letter], *, by: Acting) -> None:
    """Note of these letters that their paper has been printed; of those that were printed before nothing new."""
    letters = list(letters)
    for letter in letters:
        require(by, "letters.mark_printed", letter)
    with ledger.change("letters.mark_printed", by=by) as change:
        for letter in Letter.objects.filter(pk__in=[letter.pk for letter in letters], printed_at=None):
            change.update(letter, printed_at=clock.now())


def set_letterhead(*, by: Acting, body: Body, values: Mapping[str, str]) -> None:
    """How a body's letters and minutes look from now on; what is empty is as it comes with Dabir."""
    require(by, "letters.set_letterhead", body)
    wanted = letterheads.clean(body, values)
    fields = {name: getattr(wanted, name) for name in letterheads.LONGEST}
    with ledger.change("letters.set_letterhead", by=by, on=body) as change:
        own = Letterhead.objects.filter(body=body).first()
        if own:
            change.update(own, **fields)
        elif any(fields.values()):
            change.create(wanted)


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
