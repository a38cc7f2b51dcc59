"""Bringing an old register in: what its preview showed becomes meetings, resolutions and debts, all or nothing."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from dabir.cycle.import_plan import Outcome, Plan, PlannedRow, make_plan
from dabir.cycle.import_register import Key
from dabir.cycle.import_said import changed, said_by
from dabir.directory.models import Body, Party
from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.foundation.tables import read_tables
from dabir.meetings import parts as meetings
from dabir.meetings.codes import ascii_number
from dabir.meetings.models import Resolution
from dabir.obligations.making import Duty
from dabir.obligations.models import DueKind, Role, Sheet, SheetRow, SheetState
from dabir.obligations.sheets import layouts
from dabir.obligations.sheets import parts as sheets
from dabir.obligations.sheets.parts import OldRow
from dabir.obligations.sheets.services import bring_sheet, map_columns
from dabir.persian.letters import squash
from dabir.reading.sheets.columns import unread


def preview(sheet: Sheet, *, by: Acting, suggesting: bool = True) -> Plan | None:
    """What the rows of a sheet become today; None while nobody has said where its header is."""
    require(by, "cycle.preview", sheet)
    tables = layouts.tables_of(sheet)
    found = layouts.layout_of(sheet.layout, tables)
    if found is None or found.layout.missing:
        return None
    return make_plan(tables[found.table], found, sheet.body, suggesting=suggesting)


def apply_sheet(sheet: Sheet, *, by: Acting, mark: str) -> Plan:
    """Do what the plan with this `mark` says: all in one transaction, or nothing.

    `Conflict` when the register, the directory or the sheet has changed since so that its rows become something else;
    `Invalid` when it has ended, or nobody has said how its columns are read.
    """
    require(by, "cycle.apply_sheet", sheet)
    with transaction.atomic(), ledger.change("cycle.apply_sheet", by=by, on=sheet) as change:
        sheet = fresh(sheet, "body__party", "file")
        if sheet.state != SheetState.OPEN:
            raise Invalid(_("This sheet is no longer being prepared."))
        plan = preview(sheet, by=by, suggesting=False)
        if plan is None:
            raise Invalid(_("Say which column holds the text of the resolutions."), field="columns")
        if plan.mark != mark:
            raise Conflict(_("What the rows become has changed since you looked at them. Look again."), existing=sheet)
        _write(sheet, plan, by=by)
        sheets.end_sheet(sheet, plan.counts, by=by)
        change.facts |= plan.counts
    return plan


def import_register(data: bytes, *, name: str, body: Body, by: Acting, dry_run: bool = False) -> Plan:
    """Bring an old register in at once, as its header tells and as names were answered before: for the command line.

    An agency that nobody has named leaves its debts unsettled, and its question open. A `dry_run`, and a sheet that
    would change nothing, store nothing at all. `NotRead` where it cannot be read, `Invalid` without a header.
    """
    require(by, "cycle.import_register", body)
    tables = read_tables(data, name=name)
    found = layouts.first_layout(tables, body)
    if found is None:
        raise Invalid(_("No row of “%(name)s” tells what its columns hold.") % {"name": files.shown_name(name)})
    plan = make_plan(tables[found.table], found, body)
    plan.unread = unread(tables, found)
    if dry_run or plan.is_idle:
        return plan
    files.put(data)  # outside the transaction: it is flushed
    with transaction.atomic():
        waiting = Sheet.objects.filter(file__sha256=files.sha256(data), body=body, state=SheetState.OPEN).first()
        sheet = waiting or bring_sheet(data, name=name, body=body, by=by, tables=tables)
        if waiting:
            sheet = map_columns(waiting, layouts.as_json(found), by=by)
        apply_sheet(sheet, by=by, mark=plan.mark)
    return plan


def _write(sheet: Sheet, plan: Plan, *, by: Acting) -> None:
    rows = [row for row in plan.rows if row.writes]
    parties = Party.objects.in_bulk(
        {party for row in rows for named in (*row.leads, *row.helpers) for party in named.parties}
    )
    of_meetings: dict[Key, list[PlannedRow]] = defaultdict(list)
    for row in rows:
        if row.outcome is Outcome.NEW and row.key:
            of_meetings[row.key].append(row)
    for (_year, number), of_it in of_meetings.items():
        _write_meeting(sheet, number, of_it, parties, by=by)
    for row in rows:
        if row.outcome is Outcome.UPDATED:
            _correct(row, parties, by=by)


def _write_meeting(sheet: Sheet, number: int, rows: list[PlannedRow], parties: dict[int, Party], *, by: Acting) -> None:
    """The rows of one meeting; those with one number and text are one resolution."""
    fresh: dict[str, list[PlannedRow]] = defaultdict(list)
    added: dict[int, list[PlannedRow]] = defaultdict(list)
    for row in rows:
        if row.resolution is not None:
            added[row.resolution].append(row)
        else:
            fresh[ascii_number(row.entry.item) or squash(row.entry.text)].append(row)
    decided = [
        meetings.OldResolution(of_it[0].entry.item, of_it[0].entry.text, of_it[0].due.kind == DueKind.RECURRENCE)
        for of_it in fresh.values()
    ]
    day = rows[0].entry.day
    assert day is not None  # a row without one is refused
    meeting, made = meetings.record_from_register(sheet.body, number, day, decided, by=by)
    known = Resolution.objects.in_bulk(list(added))
    pairs = [*zip(made, fresh.values(), strict=True), *((known[pk], of_it) for pk, of_it in added.items())]
    old = [(resolution, [_old_row(row, parties) for row in of_it]) for resolution, of_it in pairs]
    sheets.create_from_sheet(sheet, meeting, old, by=by)


def _correct(row: PlannedRow, parties: dict[int, Party], *, by: Acting) -> None:
    assert row.known is not None  # an update is of a row that is known
    known = SheetRow.objects.select_related("sheet__body", "resolution__meeting").get(pk=row.known.pk)
    told = changed(known.said, said_by(row.entry))
    if "text" in told:
        meetings.correct_from_register(known.resolution, row.entry.text, by=by)
    sheets.correct_from_sheet(known, _old_row(row, parties), told, by=by)


def _old_row(row: PlannedRow, parties: dict[int, Party]) -> OldRow:
    entry = row.entry
    helpers = [
        (Role.HELPER, parties.get(party) if party else None, named.text)
        for named in row.helpers
        for party in (named.parties or (None,))
    ]
    duties = [
        Duty(entry.text, parties.get(party) if party else None, text, row.due, involved=tuple(helpers))
        for party, text in row.debtors
    ]
    return OldRow(entry.row, said_by(entry), duties, entry.state, entry.done)
