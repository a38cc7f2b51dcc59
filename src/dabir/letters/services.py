"""What happens to letters without touching another room; what follows from a number or a receipt is `cycle`'s."""

from __future__ import annotations

from dabir.directory.models import Body
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.letters import rules, wordings  # noqa: F401  (rules declares the permissions)
from dabir.letters.models import Wording


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
