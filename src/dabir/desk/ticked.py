"""The debts that a form's boxes name, in one query."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.desk.acting import DeskRequest
from dabir.foundation.errors import Invalid, Missing
from dabir.obligations.models import Obligation
from dabir.obligations.queries import visible_to

MOST = 500


def ticked(request: DeskRequest) -> list[Obligation]:
    """Those of the form's `debt` fields with body and meeting, in the order of the form; `Missing` where the actor does
    not see one of them, `Invalid` where they are more than `MOST`."""
    sent = dict.fromkeys(int(pk) for pk in request.POST.getlist("debt") if pk.isdecimal() and len(pk) < 16)
    if len(sent) > MOST:
        raise Invalid(_("Choose at most %(count)s debts at a time.") % {"count": MOST}, field="debt")
    debts = visible_to(request.acting).select_related("meeting", "body__party")
    found = debts.in_bulk(sent) if sent else {}
    if len(found) < len(sent):
        raise Missing(_("There is no such page."))
    return [found[pk] for pk in sent]
