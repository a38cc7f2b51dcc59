"""An old register as it leaves again: the whole of it with «شناسه دبیر», or the refused rows with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dabir.cycle.import_plan import Outcome, Plan, PlannedRow
from dabir.persian.jalali import format_day
from dabir.reading.sheets.cells import words
from dabir.reading.sheets.columns import CODE_HEADER, REASON_HEADER, Column, Recognised
from dabir.reading.sheets.table import Row
from dabir.reading.sheets.table import Table as Sheet
from dabir.reading.sheets.table import Value as CellValue
from dabir.writing.table import Column as Head
from dabir.writing.table import Kind, Table, Value

_SESSION = ((Column.NUMBER, "شماره جلسه"), (Column.DATE, "تاریخ جلسه"))
"""Columns that a sheet gets whose titles, and no columns, tell the meetings."""


def copy_of(sheet: Sheet, found: Recognised, plan: Plan, title: str, *, refused: bool = False) -> Table:
    """The rows that are, or were, to come in, as the sheet has them, each with the meeting that counts for it."""
    layout = found.layout
    added = [] if any(layout.of(one) for one in (Column.NUMBER, Column.DATE, Column.SESSION)) else list(_SESSION)
    kept = [place for place in range(len(layout.header.labels)) if layout.columns[place] is not Column.CODE]
    kept = [place for place in kept if layout.header.labels[place] != REASON_HEADER]
    heads = [Head(layout.header.labels[place] or "-") for place in kept] + [Head(label) for _, label in added]
    heads += [Head(CODE_HEADER, Kind.CODE), *([Head(REASON_HEADER)] if refused else [])]

    def rows() -> Iterator[list[Value]]:
        by_number = {row.number: row for row in sheet.rows}
        for planned in plan.rows:
            if refused and planned.outcome is not Outcome.REFUSED:
                continue
            row = by_number[planned.entry.row]
            cells = [_cell(row, place, layout.columns[place], planned) for place in kept]
            cells += [_told(planned, column) for column, _ in added]
            code = planned.entry.code if planned.outcome is Outcome.REFUSED else planned.code
            yield [*cells, code, *([str(planned.reason)] if refused else [])]

    return Table(title, heads, rows())


def _cell(row: Row, place: int, column: Column | None, planned: PlannedRow) -> Value:
    value: CellValue = row.cell(place)
    if value is None and column in (Column.NUMBER, Column.DATE):
        return _told(planned, column)
    return words(value) if isinstance(value, datetime) else value


def _told(planned: PlannedRow, column: Column) -> Value:
    if column is Column.NUMBER:
        return planned.entry.number
    return format_day(planned.entry.day, persian_digits=False) if planned.entry.day else None
