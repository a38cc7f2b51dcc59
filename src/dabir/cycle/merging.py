"""Two parties that are one: everything of the one passes to the other, in one transaction, and can be taken back.

An agency that was entered twice owes half of its debts under each name. Merged, the one that stays owes them all and
answers to all the names; papers keep their words; the other's code leads to it, and the ledger names each row that
passed. What both had (a name, a seat, a part in the same debt) stays behind with the merged one, and is read no more.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from dabir.directory import parts as directory
from dabir.directory.models import Party
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.foundation.models import Event
from dabir.foundation.prepared import fresh
from dabir.letters import parts as letters
from dabir.meetings import parts as meetings
from dabir.obligations import parts as obligations

ROOMS = (directory, letters, meetings, obligations)
MERGE = "cycle.merge_parties"


def merge_parties(party: Party, *, by: Acting, into: Party) -> dict[str, int]:
    """Let `into` be what `party` was too; how many rows of each kind passed, and under `stays` how many did not.

    Raises `Invalid` for two that cannot be one, `Conflict` for one that is merged already or for two offices in a body.
    """
    require(by, MERGE, party)
    with ledger.change(MERGE, by=by, on=party) as change:
        party, into = fresh(party), fresh(into)
        before = ledger.head().number
        counts: dict[str, int] = {}
        for room in ROOMS:
            for what, number in room.hand_over_party(party, into, by=by).items():
                counts[what] = counts.get(what, 0) + number
        obligations.ask_endorsers(party, into, by=by)
        change.facts |= {"into": into.code, "into_name": into.name, "after": before, "counts": counts}
    return counts


def preview_merge(party: Party, *, by: Acting, into: Party) -> dict[str, int]:
    """What `merge_parties` would do, found out by doing it in a transaction that is taken back."""
    require(by, "cycle.preview_merge", party)
    with transaction.atomic():
        counts = merge_parties(party, by=by, into=into)
        transaction.set_rollback(True)
    return counts


def unmerge_party(party: Party, *, by: Acting) -> None:
    """Take the merge of `party` back. Rows that somebody has pointed elsewhere since stay there.

    `Conflict` where it is not merged, or where the party that it was merged into has itself been merged since.
    """
    require(by, "cycle.unmerge_party", party)
    with ledger.change("cycle.unmerge_party", by=by, on=party) as change:
        party = fresh(party, "merged_into")
        event = Event.objects.filter(verb=MERGE, subject=_subject(party)).order_by("-number").first()
        if party.merged_into is None or event is None:
            raise Conflict(_("%(name)s is not merged.") % {"name": party.name}, existing=party)
        into = party.merged_into
        if into.code != event.data["facts"]["into"]:
            raise Conflict(
                _("%(name)s has been merged itself since then. Take that back first.")
                % {"name": event.data["facts"]["into_name"]},
                existing=into,
            )
        inside = Event.objects.filter(
            number__gt=event.data["facts"]["after"], number__lt=event.number, subject=_subject(party)
        )
        by_verb = {step.verb: step for step in inside}
        for room in ROOMS:
            name = room.__name__.split(".")[1]
            if step := by_verb.get(f"{name}.hand_over_party"):
                room.take_party_back(step, party, into, by=by)
        obligations.ask_endorsers(party, into, by=by)
        change.facts |= {"from": into.code}


def _subject(party: Party) -> str:
    return f"{party._meta.label_lower}:{party.pk}"
