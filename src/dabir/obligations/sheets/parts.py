"""Half-verbs of old registers: they check state, not permission, write their own event; `cycle` alone calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.meetings.models import Meeting, Resolution
from dabir.obligations.making import Before, Duty, Source, index, involved_of, make_all
from dabir.obligations.models import Obligation, Role, Sheet, SheetRow, State
from dabir.obligations.sheets.settling import give_lead
from dabir.persian import clock


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row of the sheet that makes debts: its number there, what it said, its duties, and how it stood."""

    number: int
    said: Mapping[str, Any]
    duties: Sequence[Duty]
    state: str
    done: bool

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept of it, with whom its names meant: a corrected file must not undo what was changed since."""
        meant = [duty.lead.pk if duty.lead else None for duty in self.duties]
        return {**self.said, "meant": meant}


def create_from_sheet(
    sheet: Sheet, meeting: Meeting, decided: Iterable[tuple[Resolution, Sequence[OldRow]]], *, by: Acting
) -> list[Obligation]:
    """The debts of a meeting's resolutions as the rows of an old register have them."""
    pairs = list(decided)
    at = clock.now()
    with ledger.change("obligations.create_from_sheet", by=by, on=meeting, sheet=sheet.pk) as change:
        rows = change.create_many(
            SheetRow(sheet=sheet, number=row.number, resolution=resolution, said=row.kept)
            for resolution, of_it in pairs
            for row in of_it
        )
        stored = {row.number: row for row in rows}
        return make_all(
            change,
            [
                (
                    Source(sheet.body, meeting.date, resolution.code, resolution.text, meeting, resolution=resolution),
                    [
                        replace(duty, before=Before(stored[row.number], at, row.state, row.done))
                        for row in of_it
                        for duty in row.duties
                    ],
                )
                for resolution, of_it in pairs
            ],
        )


def correct_from_sheet(known: SheetRow, row: OldRow, parts: set[str], *, by: Acting) -> None:
    """Bring the debts of a row up to its corrected file: what it says otherwise, and nothing else.

    `parts` are among "text", "owing", "helping", "due", "state". The first deadline stays. `Invalid` for a debt that
    has ended otherwise than in the old register.
    """
    with ledger.change("obligations.correct_from_sheet", by=by, on=known, number=row.number) as change:
        change.update(known, said=row.kept)
        debts = list(known.debts.filter(parent=None).exclude(state=State.CANCELLED).order_by("id"))
        source = Source(
            known.sheet.body,
            known.resolution.meeting.date,
            known.resolution.code,
            known.resolution.text,
            known.resolution.meeting,
            resolution=known.resolution,
        )
        for debt, duty in zip(debts, [*row.duties, *[row.duties[-1]] * len(debts)], strict=False):
            for one in (debt, *debt.children.all()):
                _correct(change, one, duty, row, parts)
            if "owing" in parts and not debt.is_group:
                _lead(change, debt, duty)
            index(debt, source.text)
        more = row.duties[len(debts) :] if "owing" in parts else ()
        before = Before(known, clock.now(), row.state, row.done)
        make_all(change, [(source, [replace(duty, before=before) for duty in more])])


def end_sheet(sheet: Sheet, figures: Mapping[str, int], *, by: Acting) -> None:
    """Its rows are in the register."""
    with ledger.change("obligations.end_sheet", by=by, on=sheet) as change:
        try:
            sheet.apply()
        except TransitionNotAllowed:
            raise Invalid(_("This sheet is no longer being prepared.")) from None
        sheet.figures, sheet.applied_at = dict(figures), clock.now()
        change.touch(sheet, "state", "figures", "applied_at")


def _correct(change: ledger.Change, debt: Obligation, duty: Duty, row: OldRow, parts: set[str]) -> None:
    if "text" in parts:
        change.update(debt, action=duty.action)
    if "due" in parts:
        first = debt.first_due_day or duty.due.day
        change.update(debt, **duty.due.as_fields(), first_due_day=first)
    if "state" in parts:
        change.update(debt, old_state=row.state[:300])
        if row.done != debt.closed_before and not debt.is_group:
            _close(change, debt, done=row.done)
    if "helping" in parts:
        for helper in debt.involved.filter(role=Role.HELPER):
            change.delete(helper)
        beside = [one for one in duty.involved if one[0] == Role.HELPER]
        change.create_many(involved_of(debt, beside))


def _close(change: ledger.Change, debt: Obligation, *, done: bool) -> None:
    try:
        if done:
            debt.close_as_before()
        elif debt.lead_id:
            debt.reopen()
        else:
            debt.reopen_unsettled()
    except TransitionNotAllowed:
        raise Invalid(_("%(code)s has been changed here since.") % {"code": debt.code}) from None
    debt.closed_before, debt.asleep = done, not done
    change.touch(debt, "state", "closed_before", "asleep")


def _lead(change: ledger.Change, debt: Obligation, duty: Duty) -> None:
    """Who owes it, as the corrected file says."""
    change.update(debt, lead_text=duty.lead_text[:300])
    if duty.lead is not None and debt.lead_id != duty.lead.pk:
        give_lead(change, debt, duty.lead)
