"""What the pages of an old register show: its columns with samples, its rows as they are to become, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.cycle.import_names import Named
from dabir.cycle.import_plan import Outcome, Plan, PlannedRow
from dabir.cycle.importing import preview
from dabir.directory.models import Party
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.obligations.models import Sheet
from dabir.obligations.sheets import layouts
from dabir.persian import clock
from dabir.reading.sheets.cells import words
from dabir.reading.sheets.columns import Column, Layout, Recognised
from dabir.reading.sheets.table import Table

ROWS = 50
SAMPLES = 3
LONGEST_SAMPLE = 60

COLUMNS: list[tuple[str, str | Promise]] = [
    (Column.ITEM, _("row's number")),
    (Column.NUMBER, _("meeting's number")),
    (Column.DATE, _("meeting's date")),
    (Column.SESSION, _("meeting's number and date")),
    (Column.TEXT, _("text of the resolution")),
    (Column.LEAD, _("who owes it")),
    (Column.HELPER, _("who helps")),
    (Column.DUE, _("due")),
    (Column.STATE, _("how it stands")),
    (Column.CODE, "شناسه دبیر"),
]
OUTCOMES: dict[str, str | Promise] = {
    Outcome.NEW: _("new"),
    Outcome.UPDATED: _("updated"),
    Outcome.SAME: _("there already"),
    Outcome.REFUSED: _("refused"),
}


@dataclass(frozen=True, slots=True)
class Sampled:
    """A column of the sheet: its place, its header, its first values, and what it holds."""

    place: int
    label: str
    values: list[str]
    holds: str


@dataclass(frozen=True, slots=True)
class ShownName:
    """A name of a row with the party that it means, or none."""

    text: str
    party: str
    is_question: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: PlannedRow
    leads: list[ShownName]
    helpers: list[ShownName]


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Some of a plan's rows; `number` from 1 of `last`."""

    rows: list[ShownRow]
    number: int
    last: int


def plan_of(sheet: Sheet) -> Plan | None:
    """The plan of a sheet that the actor may see; kept until the ledger's next event, since pages ask for it often."""
    return _plan(sheet.pk, ledger.head().hash, clock.today().isoformat())


@lru_cache(maxsize=4)
def _plan(pk: int, _head: str, _day: str) -> Plan | None:
    sheet = Sheet.objects.select_related("body__party").get(pk=pk)
    return preview(sheet, by=Acting.host_operator())


def sampled(table: Table, layout: Layout) -> list[Sampled]:
    """The columns that hold anything."""
    below = table.rows[layout.header.last + 1 :]
    found = []
    for place, label in enumerate(layout.header.labels):
        values = list(dict.fromkeys(words(row.cell(place)) for row in below[:200] if row.cell(place) is not None))
        if label or values:
            few = [_short(value) for value in values[:SAMPLES]]
            found.append(Sampled(place, label, few, str(layout.columns[place] or "")))
    return found


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_SAMPLE else f"{value[:LONGEST_SAMPLE]}…"


def page_of(plan: Plan, outcome: str, number: int) -> RowsPage:
    """The rows of one outcome, or all; a number beyond the last page is the last one's."""
    rows = [row for row in plan.rows if outcome in ("", row.outcome)]
    last = max(1, -(-len(rows) // ROWS))
    number = min(max(number, 1), last)
    chosen = rows[(number - 1) * ROWS : number * ROWS]
    named = [one for row in chosen for one in (*row.leads, *row.helpers)]
    names = dict(Party.objects.filter(pk__in={pk for one in named for pk in one.parties}).values_list("pk", "name"))
    return RowsPage([ShownRow(r, _names(r.leads, names), _names(r.helpers, names)) for r in chosen], number, last)


def _names(named: Sequence[Named], names: dict[int, str]) -> list[ShownName]:
    return [
        ShownName(one.text, names.get(party, "") if party else "", one.is_question)
        for one in named
        for party in (one.parties or (None,))
    ]


def tables_and_layout(sheet: Sheet) -> tuple[list[Table], Recognised | None]:
    tables = layouts.tables_of(sheet)
    return tables, layouts.layout_of(sheet.layout, tables)
