"""Rows that point at a party pass to another one, and back again; each room's half-verbs do so for its own tables.

What passed is told by the ledger's event alone: its rows name each row that was written. So a merge can be undone as
long as a row still points where the merge has put it; whoever has pointed it elsewhere since had a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps

from dabir.directory.models import NameKind, Party, PartyName
from dabir.foundation.ledger import Change
from dabir.foundation.models import Event, Ledgered


def hand_over(change: Change, rows: Iterable[Ledgered], field: str, to: Party) -> int:
    """Let these rows point at `to`; how many there were."""
    return sum(change.update(row, **{field: to}) for row in rows)


def take_back(change: Change, event: Event, party: Party, from_: Party) -> int:
    """Let the rows that the event has passed to `from_` point at `party` again; how many there were."""
    count = 0
    for written in event.data["rows"]:
        model: Any = apps.get_model(written["model"])
        row = model.objects.filter(pk=written["pk"]).first()
        keys = [field.attname for field in model._meta.concrete_fields if field.related_model is Party]
        back: dict[str, Any] = {
            key: party.pk
            for key in keys
            if written["fields"].get(key) == from_.pk and row is not None and getattr(row, key) == from_.pk
        }
        if not back:
            continue
        if model is PartyName and "kind" in written["fields"]:
            back["kind"] = NameKind.OFFICIAL  # an alias of the other one it became by the merge
        count += change.update(row, **back)
    return count
