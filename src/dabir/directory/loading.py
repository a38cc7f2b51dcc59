"""Brings a directory in, from a folder of CSV tables or a workbook (`tables`): all of it or nothing.

Every row is done through the services, as somebody would type it who keeps the directory, and has an outcome: new,
changed, same, or refused with the reason. What names something that stands further down is tried again when that is
there. Rows that are not in a table change nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from dabir.directory import services
from dabir.directory.bringing import BRING, Row
from dabir.directory.models import Place
from dabir.directory.tables import Field, Sheet, sheet_of
from dabir.foundation import ledger
from dabir.foundation.access import may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import DomainError, Invalid
from dabir.foundation.tables import read_tables
from dabir.persian.jalali import parse_day
from dabir.reading.sheets.table import Table, Value
from dabir.writing.table import Kind


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(slots=True)
class Line:
    """A row of a table: which (`number` as beside the sheet), what it holds, and what has come of it."""

    sheet: Sheet
    number: int
    row: Row
    file: str = ""
    outcome: Outcome = Outcome.REFUSED
    error: DomainError | None = None
    unreadable: bool = False

    @property
    def reason(self) -> str:
        return str(self.error) if self.error else ""

    @property
    def where(self) -> str:
        return f"{self.file or self.sheet.title}:{self.number}"

    @property
    def parts(self) -> list[str]:
        """What the row is about, for people: its first words."""
        return [value for value in self.row.values() if isinstance(value, str) and value][:3]


def load_directory(by: Acting, path: Path, *, save: bool = True) -> list[Line]:
    """Bring in the tables in a folder or a workbook, and the country's divisions where there are none yet.

    `Invalid` names the file, the line and the fault; nothing is stored then, nor without `save`.
    """
    lines = lines_at(path)
    with transaction.atomic():
        if not Place.objects.exists() and may(by, "directory.load_divisions"):
            services.load_divisions(by=by)
        bring(by, lines, save=save)
        if not save:
            transaction.set_rollback(True)
    return lines


def lines_at(path: Path) -> list[Line]:
    """The rows of a folder of CSV tables or of a workbook."""
    if path.is_dir():
        lines = list(_folder(path))
    elif path.is_file():
        lines = lines_of(read_tables(path.read_bytes(), name=path.name))
    else:
        lines = []
    if not lines:
        raise Invalid(_("%(path)s holds no table of a directory.") % {"path": path})
    return lines


def lines_of(tables: Iterable[Table]) -> list[Line]:
    """The rows of a workbook's sheets; those with other names are left alone."""
    lines = []
    for table in tables:
        sheet = sheet_of(table.title)
        if sheet is None or not table.rows:
            continue
        head = [sheet.field_of(str(cell or "")) for cell in table.rows[0].cells]
        for row in table.rows[1:]:
            cells = [row.cell(n) for n in range(len(head))]
            lines.append(_line(sheet, row.number, head, cells))
    if not lines:
        raise Invalid(_("The file holds no sheet of a directory. Take the directory as Excel and change that one."))
    return lines


def bring(by: Acting, lines: list[Line], *, save: bool) -> list[Line]:
    """Do what the rows ask for, and say of each what has come of it; without `save` all is taken back again.

    To save, every row must have worked: an error of its kind names the first that did not.
    """
    require(by, "directory.create_party")
    with transaction.atomic():
        with ledger.standstill():
            _bring_in_rounds(by, lines)
            refused = next((line for line in lines if line.error), None)
            if save and refused is not None:
                raise _named(refused) from refused.error
            if not save:
                transaction.set_rollback(True)
    return lines


def _bring_in_rounds(by: Acting, lines: list[Line]) -> None:
    order = list(BRING)
    pending = sorted(lines, key=lambda line: order.index(line.sheet.name))
    while pending:
        for line in pending:
            _bring_one(by, line)
        refused = [line for line in pending if line.error]
        if len(refused) == len(pending):
            return
        pending = refused


def _bring_one(by: Acting, line: Line) -> None:
    """In a savepoint of its own, so that a refused row leaves nothing."""
    if line.unreadable:
        return
    before = ledger.head().number
    try:
        with transaction.atomic():
            made = BRING[line.sheet.name](by, line.row)
    except DomainError as error:
        line.outcome, line.error = Outcome.REFUSED, error
        return
    line.error = None
    if made:
        line.outcome = Outcome.NEW
    else:
        line.outcome = Outcome.CHANGED if ledger.head().number > before else Outcome.SAME


def _named(line: Line) -> DomainError:
    """The error of a row with the place of the row; of the same kind, so that doors answer as ever."""
    kind = type(line.error) if line.error else Invalid
    return kind(f"{line.where}: {line.error}")


def _folder(path: Path) -> Iterator[Line]:
    for file in sorted(path.glob("*.csv")):
        sheet = sheet_of(file.stem)
        if sheet is None:
            continue
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines)
            head = [sheet.field_of(cell) for cell in next(reader, [])]
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    line = _line(sheet, reader.line_num, head, [*cells, *[""] * (len(head) - len(cells))])
                    line.file = file.name
                    yield line


def _line(sheet: Sheet, number: int, head: list[Field | None], cells: Iterable[Value]) -> Line:
    row: Row = {}
    fault: Invalid | None = None
    for field, value in zip(head, cells, strict=False):
        if field is not None:
            try:
                row[field.name] = _cell(field, value)
            except Invalid as error:
                fault = fault or error
    there = {field.name for field in head if field}
    if missing := [field.head for field in sheet.fields if field.name in sheet.needs and field.name not in there]:
        fault = Invalid(_("There is no column %(name)s.") % {"name": f"«{missing[0]}»"})
    return Line(sheet, number, row, error=fault, unreadable=fault is not None)


def _cell(field: Field, value: Value) -> str | date | None:
    if field.kind == Kind.DAY:
        if isinstance(value, datetime):
            return value.date()
        text = str(value or "").strip().removeprefix("'")
        day = parse_day(text) if text else None
        if text and day is None:
            raise Invalid(_("“%(text)s” is no day.") % {"text": text[:40]})
        return day
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value if value is not None else "").replace("\0", "").strip().removeprefix("'")
