"""Tables as a PDF by Typst: A4, from right to left, the head on each page, «صفحه ۱ از ۳» beneath; fonts are within.

Typesetting takes a millisecond and 140 kB of memory a row; a server lets a child process do it (`typeset`).
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import typst

from dabir.persian.digits import to_persian
from dabir.writing.table import Column, Kind, Table, Value
from dabir.writing.values import text_of, written

HERE = Path(__file__).parent
MOST_ROWS = 3_000
"""Rows of one paper: about 200 pages."""
MEMORY, SECONDS = 1_500_000_000, 60
"""What a child needs at most for them: bytes of address space, and time."""
_TAGGED = 300
"""Rows up to which the paper has tags, so that it reads aloud well: they make it five times as large."""
_LONGEST_CELL = 2_000
_UPRIGHT, _MANY = 4, 8
"""Columns that fit on a page which stands upright, and those up to which the letters are large."""
_LARGE, _SMALL, _LEAST = 8.5, 7.0, 6.0
"""Points of the letters: of most tables, of those of many columns, and the least for what is to be one page."""
_WHOLE = 500
"""Letters of the longest cell up to which no row is parted between two pages."""
_NARROW = (Kind.DAY, Kind.JALALI, Kind.ISO)
"""Columns that are as wide as what they hold, which is never long."""
_BREAKS = re.compile(r"(?<=[-/.])(?=.)")
_NUMBER, _PAGE, _OF, _NONE = "ردیف", "صفحه", "از", "موردی نیست."


class TooLong(ValueError):
    """More rows than are printed."""


def to_pdf(*tables: Table, one_page: bool = False) -> bytes:
    """One paper of one table or more, called as the first one is, with that one's notes; `TooLong` for a table of more
    than `MOST_ROWS`; cells are cut at 2,000 letters, with «…». What is to be `one_page` is set in the largest letters
    in which it is, down to six points."""
    return typeset(as_data(*tables, one_page=one_page))


def as_data(*tables: Table, one_page: bool = False) -> bytes:
    """What `typeset` takes: the tables as JSON, every value as it is printed."""
    first = tables[0]
    widest = max(len(table.columns) for table in tables)
    size = _LARGE if widest <= _MANY else _SMALL
    data = {
        "title": written(first.title),
        "notes": [written(note) for note in first.notes],
        "words": {"page": _PAGE, "of": _OF, "none": _NONE},
        "landscape": widest > _UPRIGHT,
        "sizes": [size - step / 4 for step in range(int(4 * (size - _LEAST)) + 1)] if one_page else [size],
        "tables": [_section(table, head="" if table is first else table.title) for table in tables],
    }
    return json.dumps(data, ensure_ascii=False).encode()


def _section(table: Table, *, head: str) -> dict[str, Any]:
    rows: list[list[str]] = []
    for number, row in enumerate(table.rows, 1):
        if number > MOST_ROWS:
            raise TooLong
        cells = [_cell(value, column) for value, column in zip(row, table.columns, strict=True)]
        rows.append([to_persian(str(number)), *cells])
    for row in rows[len(rows) - table.sums :]:
        row[0] = ""
    columns = [
        {"head": written(column.head), "share": 0 if column.kind in _NARROW else column.share}
        for column in table.columns
    ]
    return {
        "head": written(head),
        "notes": [written(note) for note in table.notes] if head else [],
        "whole": max((len(cell) for row in rows for cell in row), default=0) <= _WHOLE,
        "columns": [{"head": _NUMBER, "share": 0}, *columns],
        "rows": rows,
    }


def typeset(data: bytes, _parent: Any = None) -> bytes:
    """`as_data` as a PDF; also for a child process, whose parent it asks nothing."""
    sources: Any = {"main.typ": (HERE / "tables.typ").read_bytes(), "table.json": data}
    made = typst.compile(
        sources,
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        pdf_tags=sum(len(table["rows"]) for table in json.loads(data)["tables"]) <= _TAGGED,
    )
    assert isinstance(made, bytes)
    return made


def _cell(value: Value, column: Column) -> str:
    text = written(text_of(value, column.kind))
    if column.kind in (Kind.NUMBER, Kind.DAY, Kind.JALALI):
        text = to_persian(text)
    if column.kind in (Kind.CODE, Kind.NUMBER) and text:
        # From left to right, whatever stands around it; a code may go on in the next line after a mark.
        text = f"\u2066{_BREAKS.sub(chr(0x200B), text) if column.kind == Kind.CODE else text}\u2069"
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + "…"
