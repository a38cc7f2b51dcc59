"""Reading tables in a child process: bytes in, JSON out."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Protocol

from dabir.reading.sheets.refused import NoTable
from dabir.reading.sheets.table import Row, Table, Value, read_tables


class Parent(Protocol):
    """The process that started this one; it is asked nothing."""


def read(data: bytes, _parent: Parent) -> bytes:
    """In the child. The answer is `{"tables": …}`, or `{"refused": cause}`."""
    try:
        answer: dict[str, Any] = {"tables": [plain(table) for table in read_tables(data)]}
    except NoTable as error:
        answer = {"refused": error.cause}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def read_form(data: bytes, _parent: Parent) -> bytes:
    """The same for a form that may be a Word document too."""
    from dabir.reading.sheets.word import read_word  # noqa: PLC0415  (tables need none of it)

    try:
        try:
            tables = read_tables(data)
        except NoTable as error:
            if error.cause != "word":
                raise
            tables = read_word(data)
        answer: dict[str, Any] = {"tables": [plain(table) for table in tables]}
    except NoTable as error:
        answer = {"refused": error.cause}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def tables_of(answer: bytes) -> list[Table]:
    """What the child has read; `NoTable` where it refused the file."""
    value = json.loads(answer)
    if "refused" in value:
        raise NoTable(value["refused"])
    return [from_plain(table) for table in value["tables"]]


def from_plain(table: dict[str, Any]) -> Table:
    """The table of which this is the JSON (`plain`)."""
    rows = (Row(number, tuple(map(_value, cells))) for number, cells in table["rows"])
    return Table(table["title"], tuple(rows))


def plain(table: Table) -> dict[str, Any]:
    """The table as JSON has it."""
    return {"title": table.title, "rows": [[row.number, [_cell(cell) for cell in row.cells]] for row in table.rows]}


def _cell(value: Value) -> Any:
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


def _value(cell: Any) -> Value:
    return datetime.fromisoformat(cell["at"]) if isinstance(cell, dict) else cell
