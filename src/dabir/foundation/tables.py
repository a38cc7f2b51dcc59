"""Tables that users bring, XLSX or CSV: read in a child process with limits, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.foundation import child
from dabir.foundation.errors import Invalid
from dabir.persian.letters import canonical
from dabir.reading.sheets import child as reader
from dabir.reading.sheets.refused import NoTable
from dabir.reading.sheets.table import LARGEST, MOST_COLUMNS, MOST_ROWS, Table

SECONDS = 60.0

_TOO_MUCH = _("“%(name)s” holds more than %(rows)s rows with content, or unfolds into far too much. Split it.")
_SENTENCES: dict[str, str | Promise] = {
    "empty": _("“%(name)s” is empty. Choose the file that holds the table."),
    "too-large": _("“%(name)s” is larger than 10 MB. Give the table alone, without pictures."),
    "too-much": _TOO_MUCH,
    "time": _TOO_MUCH,
    "memory": _TOO_MUCH,
    "answer": _TOO_MUCH,
    "too-wide": _("“%(name)s” has more than %(columns)s columns. Take those out that are not needed."),
    "damaged": _("“%(name)s” is damaged or incomplete. Open it in Excel and save it as .xlsx."),
    "unsafe": _("“%(name)s” declares entities, which no Excel file does. Open it in Excel and save it as .xlsx."),
    "protected": _("“%(name)s” is protected with a password. Save it without the password."),
    "binary": _("“%(name)s” is no table. Give an Excel file (.xlsx) or a CSV file."),
    "undecodable": _("“%(name)s” is in an unknown encoding. Save it as .xlsx, or as CSV in UTF-8."),
    "markup": _("“%(name)s” is a web page under another name. Open it in Excel and save it as .xlsx."),
    "old-excel": _("“%(name)s” has an old form of Excel (.xls, .xlsb). Open it in Excel and save it as .xlsx."),
    "open-document": _("“%(name)s” is an OpenDocument sheet. Open it in LibreOffice and save it as .xlsx."),
    "word": _("“%(name)s” is a Word document. Papers are brought to the workbench; here, give an Excel or CSV file."),
    "pdf": _("“%(name)s” is a PDF. Give the Excel file that it was made from."),
    "picture": _("“%(name)s” is a picture. Give an Excel file (.xlsx) or a CSV file."),
    "slides": _("“%(name)s” holds slides. Give an Excel file (.xlsx) or a CSV file."),
    "archive": _("“%(name)s” is an archive. Unpack it, and give the table in it."),
    "crash": _("“%(name)s” could not be read: a fault of the program, which has been noted."),
}


class NotRead(Invalid):
    """A file that is not read as tables. `cause` is one word; the sentence names the file and what to do."""

    def __init__(self, cause: str, name: str) -> None:
        shown = {"name": f"\u2068{canonical(name)[:200] or '-'}\u2069", "rows": MOST_ROWS, "columns": MOST_COLUMNS}
        super().__init__(str(_SENTENCES.get(cause, _SENTENCES["crash"])) % shown, field="file")
        self.cause = cause


def read_tables(data: bytes, *, name: str) -> list[Table]:
    """The tables of an XLSX or CSV file of at most 10 MB that hold anything; `NotRead` otherwise. Call it outside a
    transaction: a child process reads."""
    return _read(reader.read, data, name)


def read_form(data: bytes, *, name: str) -> list[Table]:
    """The same for a form that was filled in, which may be a Word document (.docx) too."""
    return _read(reader.read_form, data, name)


def _read(function: Callable[[bytes, Any], bytes], data: bytes, name: str) -> list[Table]:
    if len(data) > LARGEST:
        raise NotRead("too-large", name)
    try:
        return reader.tables_of(child.run(function, data, seconds=SECONDS))
    except (NoTable, child.ChildFailed) as error:
        raise NotRead(error.cause, name) from None
