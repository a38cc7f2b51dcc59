"""What happens to an old register before it is applied: it is brought, its columns and names are spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from dabir.directory.models import Body, Party
from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.foundation.tables import read_tables
from dabir.obligations.models import KnownLayout, KnownName, Sheet, SheetState
from dabir.obligations.sheets import layouts, rules  # noqa: F401  (rules declares the permissions)
from dabir.obligations.sheets.settling import settle_named
from dabir.persian import clock
from dabir.persian.letters import canonical, squash
from dabir.reading.sheets.child import plain
from dabir.reading.sheets.table import Table

MOST_MEANINGS = 20


def bring_sheet(data: bytes, *, name: str, body: Body, by: Acting, tables: list[Table] | None = None) -> Sheet:
    """Read an old register of `body`, XLSX or CSV, and put it on the table; nothing of it is in ours yet.

    `tables` where the caller has read them. `NotRead` names the file, the cause and the remedy; `Conflict` holds the
    sheet of the same file that waits already.
    """
    require(by, "sheets.bring_sheet", body)
    tables = tables or read_tables(data, name=name)  # outside the transaction: a child process reads
    files.put(data)
    with ledger.change("sheets.bring_sheet", by=by) as change:
        file = files.register(change, data)
        if existing := Sheet.objects.filter(file=file, body=body, state=SheetState.OPEN).first():
            raise Conflict(_("This very file has been brought already."), existing=existing)
        sheet = Sheet(file=file, name=files.shown_name(name), body=body, tables=[plain(table) for table in tables])
        sheet.layout = layouts.as_json(layouts.first_layout(tables, body))
        sheet.created_at, sheet.created_by = clock.now(), by.name
        change.subject = sheet
        change.create(sheet)
    return sheet


def map_columns(sheet: Sheet, wanted: Mapping[str, Any], *, by: Acting) -> Sheet:
    """Say how a sheet is read: `table`, `header` (its first and last place among the rows), `columns` (a
    `reading.sheets.columns.Column` or "" for each), `same_above`, `first_leads`. It is remembered for its header."""
    require(by, "sheets.map_columns", sheet)
    with ledger.change("sheets.map_columns", by=by, on=sheet) as change:
        now = _open(sheet)
        found = layouts.chosen(layouts.tables_of(now), wanted)
        change.update(now, layout=layouts.as_json(found))
        if "columns" not in wanted:
            return now
        layout = found.layout
        values = {
            "columns": layout.by_label(),
            "same_above": layout.same_above,
            "first_leads": layout.first_leads,
        }
        known = KnownLayout.objects.filter(body=now.body, key=layout.header.key).first()
        if known:
            change.update(known, **values)
        else:
            change.create(KnownLayout(body=now.body, key=layout.header.key, **values))
    return now


def say_who(name: str, parties: Iterable[Party], *, body: Body, by: Acting) -> None:
    """Say whom a name in the body's sheets means: one party or several; none at all leaves it as words. It is
    remembered, and asked no more; the debts that wait for it get their lead."""
    require(by, "sheets.say_who", body)
    key, text = squash(name)[:200], canonical(name)[:200]
    if not key:
        raise Invalid(_("A name is needed."), field="name")
    meant: list[Party | None] = list(dict.fromkeys(parties)) or [None]
    if len(meant) > MOST_MEANINGS:
        raise Invalid(_("A name cannot mean so many parties; make a group of them."), field="parties")
    with ledger.change("sheets.say_who", by=by, on=body) as change:
        for row in KnownName.objects.filter(body=body, squash=key):
            change.delete(row)
        change.create_many(KnownName(body=body, squash=key, text=text, party=party) for party in meant)
        found = [party for party in meant if party]
        change.facts |= {"name": text, "settled": settle_named(change, body, key, found) if found else 0}


def take_answer_back(name: str, *, body: Body, by: Acting) -> None:
    """Nobody has said any more whom a name means: it is asked for again. Debts that got their lead by the answer keep
    it. `Conflict` where nothing was answered."""
    require(by, "sheets.take_answer_back", body)
    with ledger.change("sheets.take_answer_back", by=by, on=body, name=canonical(name)[:200]) as change:
        rows = list(KnownName.objects.filter(body=body, squash=squash(name)[:200]))
        if not rows:
            raise Conflict(_("Nobody has said whom this name means."), existing=body)
        change.facts["parties"] = [row.party_id for row in rows if row.party_id]
        for row in rows:
            change.delete(row)


def discard_sheet(sheet: Sheet, *, by: Acting) -> Sheet:
    """Put a sheet away that should not have come; its file may come again."""
    require(by, "sheets.discard_sheet", sheet)
    with ledger.change("sheets.discard_sheet", by=by, on=sheet) as change:
        now = fresh(sheet, "file", "body__party")
        try:
            now.discard()
        except TransitionNotAllowed:
            raise Invalid(_("This sheet is no longer being prepared.")) from None
        change.touch(now, "state")
    return now


def _open(sheet: Sheet) -> Sheet:
    """The row as it is, now that no other writer can change it; `Invalid` when it has ended."""
    now = fresh(sheet, "file", "body__party")
    if now.state != SheetState.OPEN:
        raise Invalid(_("This sheet is no longer being prepared."))
    return now
