"""What may be seen of old registers, and whom their names mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from dabir.directory.models import Body, Party
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.obligations.models import KnownName, Sheet, SheetRow
from dabir.persian.letters import squash


def sheets_visible_to(by: Acting) -> QuerySet[Sheet]:
    """The sheets of the bodies whose secretariat the actor is in; without their tables, which are large.

    One that tells of a meeting above the normal class went there with it, as a draft does: its text is the meeting's.
    """
    sheets = Sheet.objects.select_related("body__party", "file").defer("tables")
    if by.operator:
        return sheets
    own = sheets.filter(body__in=by.secretariats)
    if by.function in KEEPERS:
        return own
    rows = SheetRow.objects.filter(sheet=OuterRef("pk"))
    return own.exclude(Exists(rows.exclude(resolution__meeting__secrecy=SecrecyClass.NORMAL)))


def meanings(body: Body) -> dict[str, list[int]]:
    """What was answered: for each squashed name the ids of the parties, none where it stays as words."""
    found: dict[str, list[int]] = defaultdict(list)
    for key, party in KnownName.objects.filter(body=body).order_by("id").values_list("squash", "party"):
        found[key] += [party] if party else []
    return dict(found)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a name means, as it was answered: no party where it stays as words."""

    text: str
    parties: tuple[Party, ...]


def answers(body: Body, names: Iterable[str]) -> list[Answer]:
    """What was answered for those of these names that were asked for, in the order of the words; one query."""
    wanted = {squash(name)[:200] for name in names}
    found: dict[str, list[KnownName]] = defaultdict(list)
    for row in KnownName.objects.filter(body=body).select_related("party").order_by("text", "id"):
        if row.squash in wanted:
            found[row.squash].append(row)
    return [Answer(rows[0].text, tuple(row.party for row in rows if row.party)) for rows in found.values()]
