"""CSV as offices save it: UTF-8, UTF-16 or Windows-1256; commas, semicolons, tabs or bars between the cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from dabir.reading.sheets import table
from dabir.reading.sheets.refused import NoTable
from dabir.reading.sources.text import decode
from dabir.reading.sources.unreadable import Unreadable

_SEPARATORS = ",;\t|"
_SAMPLE = 20  # records by which the separator is told


def read_csv(data: bytes) -> Iterator[tuple[int, list[table.Value]]]:
    """The records by their number, blank ones counted too."""
    try:
        text = decode(data)
    except Unreadable as error:
        raise NoTable(error.cause) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    declared = lines[0].strip().strip('"').lower()
    first = 1
    if declared.startswith("sep=") and len(declared) == 5:  # what Excel writes for itself, and shows as no row
        lines, separator = lines[1:], declared[4]
    else:
        separator = _separator(lines)
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # it is the whole process's: never lowered
    try:
        for number, record in enumerate(_records(lines, separator), first):
            yield number, [table.clean(cell) for cell in record[: table.MOST_COLUMNS + 1]]
    except csv.Error:
        raise NoTable("damaged") from None


def _records(lines: list[str], separator: str) -> Iterator[list[str]]:
    return csv.reader((f"{line}\n" for line in lines), delimiter=separator)


def _separator(lines: list[str]) -> str:
    """The one that gives most of the first records one same number of cells, the largest such."""
    best, chosen = (0, 0), ","
    for separator in _SEPARATORS:
        widths = []
        for record in _records(lines, separator):
            if any(record):
                widths.append(len(record))
            if len(widths) == _SAMPLE:
                break
        common = max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width), default=0)
        score = (widths.count(common), common) if common > 1 else (0, 0)
        if score > best:
            best, chosen = score, separator
    return chosen
