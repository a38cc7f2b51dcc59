"""A debt of an old register gets the lead that its words mean, as soon as somebody has said whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dabir.directory.models import Body, Party, PartyKind
from dabir.foundation import ledger
from dabir.obligations.making import Before, Due, Duty, expand, index, make_all, source_of
from dabir.obligations.models import DueKind, Involved, Obligation, Role, State
from dabir.persian import clock
from dabir.persian.letters import squash


def give_lead(change: ledger.Change, debt: Obligation, lead: Party) -> None:
    """Write who owes it; whoever does knows of it from paper. One that is closed per the old register stays closed."""
    if debt.state == State.UNSETTLED:
        debt.settle()
    debt.lead, debt.on_paper = lead, True
    debt.released_at = debt.released_at or clock.now()
    change.touch(debt, "state", "lead", "on_paper", "released_at")


def settle_named(change: ledger.Change, body: Body, key: str, parties: Sequence[Party]) -> int:
    """Give the debts of the body's old registers that wait for this name (squashed) their lead; returns how many.

    Where the name means several parties, each of the others owes a debt of its own beside the first one's. Where it is
    a group, its members on the meeting's date owe it; without members it goes on waiting.
    """
    waiting = Obligation.objects.filter(body=body, lead=None, is_group=False, sheet_row__isnull=False)
    waiting = waiting.exclude(state=State.CANCELLED).exclude(lead_text="").order_by("id")
    count = 0
    for debt in waiting.select_related("body", "meeting", "resolution", "point", "order", "sheet_row"):
        if squash(debt.lead_text)[:200] == key:
            count += _settle(change, debt, parties)
    for helper in Involved.objects.filter(
        obligation__body=body, obligation__sheet_row__isnull=False, party=None, role=Role.HELPER
    ):
        if squash(helper.text)[:200] == key and len(parties) == 1:
            others = Involved.objects.filter(obligation=helper.obligation_id, role=Role.HELPER, party=parties[0])
            if not others.exists():
                change.update(helper, party=parties[0])
    return count


def _settle(change: ledger.Change, debt: Obligation, parties: Sequence[Party]) -> bool:
    source = source_of(debt)
    first, *others = parties
    if first.kind == PartyKind.GROUP:
        if debt.closed_before:
            return False
        change.update(debt, is_group=True, group=first, on_paper=False)
        if not expand(change, debt, source.day, source.text, before=Before.of(debt)):
            change.update(debt, is_group=False, group=None)
            return False
    else:
        give_lead(change, debt, first)
    index(debt, source.text)
    make_all(change, [(source, [_beside(debt, party) for party in others])] if others else [])
    return True


def _beside(debt: Obligation, party: Party) -> Duty:
    due = Due(DueKind(debt.due_kind), debt.due_day, debt.due_instant, debt.due_text, debt.trigger)
    duty = Duty(debt.action, party, debt.lead_text, due)
    return replace(duty, before=Before.of(debt))
