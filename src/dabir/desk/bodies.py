"""Which of several bodies a page is about, where one may do the same for each of them."""

from __future__ import annotations

from django.db.models import QuerySet

from dabir.desk.acting import DeskRequest
from dabir.directory.models import Body
from dabir.directory.queries import bodies_visible_to
from dabir.foundation.access import REASONS, may
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Refused
from dabir.foundation.prepared import models_of


def chosen_body(request: DeskRequest, verb: str) -> tuple[Body, list[Body]]:
    """The body that the form or address names, or the first for which the actor may do this; and all of these.
    `Refused` where there is none."""
    by = request.acting
    mine = [body for body in models_of(_bodies, by) if may(by, verb, body)]
    if not mine:
        raise Refused(REASONS[verb])
    code = request.POST.get("body") or request.GET.get("body")
    return next((body for body in mine if body.code == code), mine[0]), mine


def _bodies(by: Acting) -> QuerySet[Body]:
    return bodies_visible_to(by).order_by("party__sort_key")
