"""How a sheet is read, as JSON on its row; and what is remembered of it for the next sheet with the same header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from dabir.directory.models import Body
from dabir.foundation.errors import Invalid
from dabir.obligations.models import KnownLayout, Sheet
from dabir.reading.sheets.child import from_plain
from dabir.reading.sheets.columns import MANY, Column, Header, Layout, Recognised, header_at, recognise, told
from dabir.reading.sheets.table import Table

MOST_HEADER_ROWS = 3


def tables_of(sheet: Sheet) -> list[Table]:
    """What was read of the file."""
    return [from_plain(table) for table in sheet.tables]


def first_layout(tables: Sequence[Table], body: Body) -> Recognised | None:
    """The register among the tables, read as the body's secretariat has said of such a header before."""
    found = recognise(tables)
    if found is None:
        return None
    known = KnownLayout.objects.filter(body=body, key=found.layout.header.key).first()
    if known is None:
        return found
    layout = found.layout.with_labels(known.columns)
    return replace(found, layout=replace(layout, same_above=known.same_above, first_leads=known.first_leads))


def as_json(found: Recognised | None) -> dict[str, Any]:
    """What a sheet keeps; empty where no header was found."""
    if found is None:
        return {}
    layout = found.layout
    return {
        "table": found.table,
        "header": [layout.header.first, layout.header.last],
        "columns": [str(column or "") for column in layout.columns],
        "same_above": layout.same_above,
        "first_leads": layout.first_leads,
    }


def layout_of(kept: Mapping[str, Any], tables: Sequence[Table]) -> Recognised | None:
    """The layout that a sheet keeps; None where nobody has said where its header is."""
    if not kept:
        return None
    header = header_at(tables[kept["table"]], *kept["header"])
    assert header is not None  # `chosen` has made sure
    columns = tuple(Column(name) if name else None for name in kept["columns"])
    return Recognised(kept["table"], Layout(header, columns, kept["same_above"], kept["first_leads"]))


def chosen(tables: Sequence[Table], wanted: Mapping[str, Any]) -> Recognised:
    """The layout that a person has chosen; `Invalid` where there is no such table or row, a column stands twice, or no
    column has the text. Without `columns` they are as their headers say."""
    table = wanted.get("table", 0)
    if type(table) is not int or not 0 <= table < len(tables):
        raise Invalid(_("There is no such sheet in the file."), field="table")
    first, last = wanted.get("header", [0, 0])
    header = header_at(tables[table], first, last) if 0 <= first <= last < first + MOST_HEADER_ROWS else None
    if header is None:
        raise Invalid(_("There is no such row in the sheet."), field="header")
    columns = _columns(header, wanted["columns"]) if "columns" in wanted else told(header.labels)
    layout = Layout(header, columns, bool(wanted.get("same_above")), bool(wanted.get("first_leads")))
    if "columns" in wanted and layout.missing:
        raise Invalid(_("Say which column holds the text of the resolutions."), field="columns")
    return Recognised(table, layout)


def _columns(header: Header, names: Sequence[str]) -> tuple[Column | None, ...]:
    known = set(Column)
    columns = tuple(Column(name) if name in known else None for name in names[: len(header.labels)])
    columns += (None,) * (len(header.labels) - len(columns))
    single = [column for column in columns if column and column not in MANY]
    if len(single) != len(set(single)):
        raise Invalid(_("Two columns cannot hold the same, except those of agencies."), field="columns")
    return columns
