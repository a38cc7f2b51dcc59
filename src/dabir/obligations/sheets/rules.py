"""Who may bring old registers in: the secretariat of the body; what a name means is its secretary's word."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import allow, predicate
from dabir.foundation.acting import Acting
from dabir.meetings.rules import in_secretariat, secretary_of
from dabir.obligations.models import Sheet


@predicate
def prepares_sheet(by: Acting, sheet: Sheet) -> bool:
    """The actor's post is in the secretariat of the body whose register it is."""
    return sheet.body_id in by.secretariats


_PREPARES = _("Only the secretariat of the body may work on its old register.")

allow("sheets.bring_sheet", in_secretariat, _("Only the secretariat of a body may bring its old register."))
allow("sheets.map_columns", prepares_sheet, _PREPARES)
_SAYS = _("Only the secretary of the body may say whom its old register means.")
allow("sheets.say_who", secretary_of, _SAYS)
allow("sheets.take_answer_back", secretary_of, _SAYS)
allow("sheets.discard_sheet", prepares_sheet, _PREPARES)
