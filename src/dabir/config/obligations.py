"""`dabir obligations`: the debts as lines of text, made while they are read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper

from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.obligations.documents import register_table
from dabir.obligations.dossiers import dossiers
from dabir.obligations.listing import Listing
from dabir.writing.table import Form, Table
from dabir.writing.values import text_of


def put(lines: Iterable[str]) -> None:
    """Print them as UTF-8 while they come; who reads may stop before the end (`dabir obligations | head`)."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # a file on Windows, or a bare locale, would refuse Persian
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter's own flush would fail
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Invalid(f"the result cannot be written ({error.strerror})") from error


def as_json(by: Acting, listing: Listing) -> Iterator[str]:
    """One array, a debt on each line."""
    before = "["
    for dossier in dossiers(by, listing):
        yield before + json.dumps(dossier, ensure_ascii=False)
        before = ","
    yield "]" if before == "," else "[]"


def as_table(by: Acting, listing: Listing) -> Iterator[str]:
    """In the order of due."""
    return lines_of(register_table(by, listing, Form.PDF))


def lines_of(table: Table) -> Iterator[str]:
    """Tabs between the columns; breaks of lines within a text become spaces."""
    yield "\t".join(column.head for column in table.columns)
    for row in table.rows:
        cells = (text_of(value, column.kind) for value, column in zip(row, table.columns, strict=True))
        yield "\t".join(" ".join(cell.split()) for cell in cells)
