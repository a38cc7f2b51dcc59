"""XLSX by openpyxl's own parser of rows, within limits; nothing else of the workbook is looked at."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser

from dabir.reading.sheets import table
from dabir.reading.sheets.refused import NoTable

LARGEST_INSIDE = 96 * 1024 * 1024
"""Bytes of all parts together, unfolded: what the zip declares, which is also the most that is read of it."""
MOST_SHEETS = 50
MOST_MERGES = 20_000
LAST_ROW = 1_048_576
FARTHEST = 1e308

Area = tuple[int, int, int, int]
"""Columns and rows from 1: left, top, right, bottom."""

_MERGED = MERGE_TAG.removesuffix("s")
# What openpyxl and the standard library raise on broken parts, zips and deflate streams.
_BROKEN = (
    *(ParseError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError),
    *(ArithmeticError, LookupError, TypeError, AttributeError, AssertionError, RuntimeError),
)
_HEAD = 2_000  # bytes of a part in which a document type would stand


def read_xlsx(data: bytes) -> Iterator[table.Table]:
    """The visible sheets of a workbook, then the hidden ones."""
    _check(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from _tables(data)
    except NoTable:
        raise
    except (*_BROKEN, ValueError) as error:
        raise NoTable("damaged") from error


def _tables(data: bytes) -> Iterator[table.Table]:
    book: Any = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_worksheet_path")]
    if len(sheets) > MOST_SHEETS:
        raise NoTable("too-much")
    before = 0
    for sheet in sorted(sheets, key=lambda sheet: sheet.sheet_state != "visible"):
        parser = _Rows(
            sheet._get_source(),
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows = list(table.bounded(parser.rows(), before=before))
        before += len(rows)
        title = table.clean(str(sheet.title)) or ""
        yield table.Table(title[:100], tuple(_filled(rows, parser.merges)))


class _Rows(WorkSheetParser):
    """Rows and merged areas alone: what else a sheet holds is neither read nor able to fail."""

    merges: list[Area]

    def rows(self) -> Iterator[tuple[int, list[table.Value]]]:
        self.merges = []
        last = 0
        element: Any
        for _event, element in iterparse(self.source):  # noqa: S314  (limited, without a document type, in a child)
            if element.tag == ROW_TAG:
                number, cells = self.parse_row(element)
                element.clear()
                if number <= last:
                    raise NoTable("damaged")
                last = number
                yield number, _row(cells)
            elif element.tag == _MERGED:
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                self.merges.append((left or 1, top or 1, right or table.MOST_COLUMNS, bottom or LAST_ROW))
                if len(self.merges) > MOST_MERGES:
                    raise NoTable("too-much")

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and (formula := element.find(FORMULA_TAG)) is not None:
            cell["value"] = f"={formula.text or ''}"
        return cell


def _row(cells: list[dict[str, Any]]) -> list[table.Value]:
    found: list[table.Value] = []
    for cell in cells:
        value, column = _plain(cell["value"]), cell["column"]
        if value is None:
            continue
        if column > table.MOST_COLUMNS:
            raise NoTable("too-wide")
        found += [None] * (column - len(found))
        found[column - 1] = value
    return found


def _plain(value: Any) -> table.Value:
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        # Excel knows no number beyond; "1E999" would be infinite, of which nothing can be reckoned or stored.
        return value if -FARTHEST < value < FARTHEST else str(value)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, time | timedelta):
        return str(value)
    return table.clean(str(value))


def _filled(rows: list[table.Row], merges: list[Area]) -> list[table.Row]:
    """The rows with what each merged area shows in all of its cells that are in rows and columns with content."""
    width = max((len(row.cells) for row in rows), default=0)
    cells = {row.number: list(row.cells) for row in rows}
    filled = 0
    for left, top, right, bottom in merges:
        shown = cells.get(top, [])[left - 1 : left]
        if not shown or shown[0] is None:
            continue
        for number in range(top, bottom + 1) if bottom - top < len(cells) else [n for n in cells if top <= n <= bottom]:
            if number not in cells:
                continue
            row = cells[number]
            row += [None] * (min(right, width) - len(row))
            for column in range(left - 1, min(right, width)):
                row[column] = shown[0]
            filled += min(right, width) - left + 1
            if filled > table.MOST_CELLS:
                raise NoTable("too-much")
    return [table.Row(row.number, tuple(cells[row.number])) for row in rows]


def _check(data: bytes) -> None:
    """Refuse a zip that is broken, locked or unfolds into too much, and XML with a document type."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > 5_000 or sum(entry.file_size for entry in entries) > LARGEST_INSIDE:
                raise NoTable("too-much")
            if "xl/workbook.bin" in package.namelist():
                raise NoTable("old-excel")
            for entry in entries:
                if entry.flag_bits & 1:
                    raise NoTable("protected")
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise NoTable("damaged")
                if entry.filename.endswith((".xml", ".rels")):
                    with package.open(entry) as part:
                        if b"<!DOCTYPE" in part.read(_HEAD):
                            raise NoTable("unsafe")
    except NoTable:
        raise
    except (*_BROKEN, ValueError) as error:
        raise NoTable("damaged") from error
