"""Who may work on letters: the secretariat of the body that sends them; above the normal class without its staff."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.directory.models import Body
from dabir.directory.rules import is_administrator
from dabir.foundation.access import allow, predicate
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.letters.models import Letter


@predicate
def sends(by: Acting, letter: Letter) -> bool:
    own = letter.body_id in by.secretariats
    return own and (letter.secrecy == SecrecyClass.NORMAL or by.function in KEEPERS)


@predicate
def secretary_of(by: Acting, body: Body) -> bool:
    return body.pk in by.secretariats and by.function in KEEPERS


_WRITES = _("Only the body's secretariat may write its letters; above the normal class only its secretary.")
allow("letters.compose_letter", sends, _WRITES)
allow("letters.edit_letter", sends, _WRITES)
allow("letters.register_letter", sends, _("Only the body's secretariat may register what came to it."))
allow("letters.set_way", sends, _("Only the secretariat that sends this letter may say how it went."))
allow("letters.mark_printed", sends, _("Only the secretariat that sends this letter may print it for sending."))
allow(
    "letters.set_letterhead",
    secretary_of | is_administrator,
    _("Only the secretary of the body and the administrator may set how its letters look."),
)
allow(
    "letters.set_wording",
    secretary_of | is_administrator,
    _("Only the secretary of the body and the administrator may word its letters."),
)
