"""What may be seen of old registers, and whom their names mean."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import QuerySet

from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.obligations.models import KnownName, Sheet


def sheets_visible_to(by: Acting) -> QuerySet[Sheet]:
    """The sheets of the bodies whose secretariat the actor is in; without their tables, which are large."""
    sheets = Sheet.objects.select_related("body__party", "file").defer("tables")
    return sheets if by.operator else sheets.filter(body__in=by.secretariats)


def meanings(body: Body) -> dict[str, list[int]]:
    """What was answered: for each squashed name the ids of the parties, none where it stays as words."""
    found: dict[str, list[int]] = defaultdict(list)
    for key, party in KnownName.objects.filter(body=body).order_by("id").values_list("squash", "party"):
        found[key] += [party] if party else []
    return dict(found)
