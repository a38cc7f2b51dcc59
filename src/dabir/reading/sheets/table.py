"""A file's bytes → its tables, as rows of plain cells with their numbers as in the sheet. The content tells the form.

Rows without any content are left out; a merged cell stands in every cell that it covers, since that is what its author
sees. A cell is text, a number, a day with or without an hour, or empty; a formula is the value that was saved with it,
else its own text, never worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dabir.reading.sheets.refused import NoTable
from dabir.reading.sources.forms import form_of
from dabir.reading.sources.unreadable import Unreadable

LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""
MOST_ROWS = 20_000
"""Rows with content, of all tables together."""
MOST_COLUMNS = 120
MOST_CELLS = 600_000
LONGEST_CELL = 32_767
"""Letters; as many as Excel takes. What is longer is cut."""

_JUNK = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
"""What Excel shows for a formula that failed: it tells nothing."""

Value = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 1, as beside the sheet; `cells` from the first column to the last with content."""

    number: int
    cells: tuple[Value, ...]

    def cell(self, column: int) -> Value:
        """The value in that column, counted from 0."""
        return self.cells[column] if 0 <= column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of a workbook under its title, or the whole of a CSV file under none."""

    title: str
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


def read_tables(data: bytes) -> list[Table]:
    """The tables of an XLSX or CSV file that hold anything, in its order; `NoTable` where there is none."""
    if len(data) > LARGEST:
        raise NoTable("too-large")
    tables = [table for table in _read(data) if table.rows]
    if not tables:
        raise NoTable("empty")
    return tables


def _read(data: bytes) -> Iterable[Table]:
    try:
        form = form_of(data)
    except Unreadable as error:
        form = error.cause
    if form == "text":
        from dabir.reading.sheets.delimited import read_csv  # noqa: PLC0415  (each form needs its own alone)

        return [Table("", tuple(bounded(read_csv(data))))]
    if form == "pdf":
        raise NoTable("pdf")
    if form != "spreadsheet":
        raise NoTable("word" if form in ("docx", "doc", "rtf", "odt") else form)
    if not data.startswith(b"PK"):
        raise NoTable("old-excel")
    if b"opendocument.spreadsheet" in data[:200]:
        raise NoTable("open-document")
    from dabir.reading.sheets.xlsx import read_xlsx  # noqa: PLC0415

    return read_xlsx(data)


def bounded(rows: Iterable[tuple[int, list[Value]]], *, before: int = 0) -> Iterable[Row]:
    """The rows that hold something, within the limits; `before` were read of other tables."""
    cells = 0
    for number, values in rows:
        while values and (values[-1] is None or values[-1] == ""):
            values.pop()
        if not values:
            continue
        before += 1
        cells += len(values)
        if len(values) > MOST_COLUMNS:
            raise NoTable("too-wide")
        if before > MOST_ROWS or cells > MOST_CELLS:
            raise NoTable("too-much")
        yield Row(number, tuple(values))


def clean(text: str) -> str | None:
    """A cell's text without control characters and spaces around; the author's letters stay. None for nothing,
    or where a formula failed."""
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    plain = _JUNK.sub("", text)[:LONGEST_CELL].strip()
    return None if plain in _ERRORS else plain or None
