"""Tables as XLSX and as CSV: right to left, with real dates, and nothing in them that a program would carry out.

The frame of the workbook (styles, widths, views) is openpyxl's; its rows are put in here as XML, because openpyxl takes
two seconds for 10,000 of them (docs/performance.md).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from dabir.persian import clock
from dabir.writing.table import Column, Kind, Table, Value
from dabir.writing.values import STARTS, has_marks, has_unwritable, inert, local_day, text_of, written

JALALI_FORMAT = "[$-160429]yyyy/mm/dd;@"
"""Excel shows such a date in the Persian calendar, LibreOffice in the Gregorian one; in both it is a date."""

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
"""Excel's own bounds; the head is one of the rows."""

_FONT, _HEAD_FONT = Font(name="Tahoma", size=10), Font(name="Tahoma", size=10, bold=True)
_LINE = Side(style="thin", color="B3BAB2")
_NARROWEST, _OFTEN_LESS, _WIDEST, _SAMPLE = 8, 30, 60, 300
_EPOCH = date(1899, 12, 30)


class TooLong(ValueError):
    """More rows than a sheet can have."""


def to_csv(table: Table) -> bytes:
    """UTF-8 with its mark (Excel asks for it), commas, CRLF, a line for the heads."""
    return b"".join(csv_parts(table))


def csv_parts(table: Table, size: int = 1_000) -> Iterator[bytes]:
    """The same as it is made, `size` rows at a time."""
    kinds = [column.kind for column in table.columns]
    heads = [_quoted(inert(written(column.head))) for column in table.columns]
    yield f"{','.join(heads)}\r\n".encode("utf-8-sig")
    rows = iter(table.rows)
    while some := list(islice(rows, size)):
        data = _csv_lines(some, kinds)
        if data is None:
            clean = [[written(value) if isinstance(value, str) else value for value in row] for row in some]
            data = _csv_lines(clean, kinds)
        yield data or b""


def _csv_lines(rows: Sequence[Sequence[Value]], kinds: Sequence[Kind]) -> bytes | None:
    """The lines of these rows; None where they hold what no file can: that is rare, and told at a glance.

    Column by column, and not by the module `csv`: most columns hold nothing that has to be looked at cell by cell, and
    joining them costs a seventh.
    """
    columns = [_csv_column(values, kind) for values, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
    if len(columns) == 1:
        columns = [[cell or '""' for cell in columns[0]]]  # else it would be no line
    try:
        data = ("\r\n".join(map(",".join, zip(*columns, strict=True))) + "\r\n").encode()
    except UnicodeEncodeError:
        return None
    return None if has_unwritable(data) else data


def _csv_column(values: Sequence[Value], kind: Kind) -> Sequence[str]:
    """Its cells as they stand in the file: inert, and quoted where they must be."""
    if kind == Kind.NUMBER and not any(isinstance(value, str | date) for value in values):
        return ["" if value is None else str(value) for value in values]
    texts: list[Any] = list(values)
    if set(map(type, values)) != {str}:
        texts = [text_of(value, kind) if value is not None else "" for value in values]
    joined = "".join(texts)
    if has_marks(texts, joined):
        texts = [inert(text) for text in texts]
    return [_quoted(text) for text in texts] if _MUST_QUOTE(joined) else texts


_MUST_QUOTE = re.compile('[,"\r\n]').search


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _MUST_QUOTE(text) else text


def to_xlsx(*tables: Table) -> bytes:
    """A workbook with a sheet for each table: right to left, head frozen, filter on, ready to print on A4.

    `TooLong` for a table that no sheet can hold; cells are cut at Excel's 32,767 letters.
    """
    every = [list(table.rows) for table in tables]
    if any(len(rows) >= MOST_ROWS for rows in every):
        raise TooLong
    frame, styles = _frame(tables, every)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(frame)) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed,
    ):
        for name in parts.namelist():
            data = parts.read(name)
            if name.startswith("xl/worksheets/sheet"):
                number = int(name.removeprefix("xl/worksheets/sheet").removesuffix(".xml")) - 1
                before, end, after = data.partition(b"</sheetData>")
                data = before + _rows(tables[number].columns, every[number], styles).encode() + end + after
            packed.writestr(name, data)
    return out.getvalue()


Styles = dict[str, int]


def _frame(tables: Sequence[Table], every: list[list[Sequence[Value]]]) -> tuple[bytes, Styles]:
    """The workbook with its heads alone, and the numbers of the styles that its cells take."""
    book, titles = Workbook(write_only=True), set[str]()
    styles: Styles = {}
    for table, rows in zip(tables, every, strict=True):
        sheet = book.create_sheet(_sheet_title(table.title, titles))
        sheet.sheet_view.rightToLeft = True
        sheet.freeze_panes = "A2"
        last = f"{get_column_letter(len(table.columns))}{len(rows) + 1}"
        sheet.auto_filter.ref = f"A1:{last}"
        for n, column in enumerate(table.columns):
            sheet.column_dimensions[get_column_letter(n + 1)].width = _width(column, rows, n)
            sheet.column_dimensions[get_column_letter(n + 1)].hidden = column.hidden
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.center.text = "صفحه &P از &N"
        if not styles:
            styles = _styles(sheet)
        sheet.append([_head(sheet, column) for column in table.columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), styles


def _head(sheet: Any, column: Column) -> Any:
    cell: Any = WriteOnlyCell(sheet, None)
    cell._value, cell.data_type = written(column.head)[:LONGEST_CELL], "s"
    cell.font, cell.fill = _HEAD_FONT, PatternFill("solid", fgColor="E3EAF5")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True, readingOrder=2)
    cell.border = Border(bottom=_LINE)
    return cell


def _styles(sheet: Any) -> Styles:
    """The book's number of each style, by the kind of cell."""
    made = {}
    looks: dict[str, tuple[str, Alignment]] = {
        "text": ("General", Alignment(horizontal="right", vertical="top", wrap_text=True, readingOrder=2)),
        "code": ("General", Alignment(horizontal="left", vertical="top", readingOrder=1)),
        "number": ("General", Alignment(horizontal="center", vertical="top")),
        "day": (JALALI_FORMAT, Alignment(horizontal="center", vertical="top")),
        "instant": ("[$-160429]yyyy/mm/dd hh:mm;@", Alignment(horizontal="center", vertical="top")),
        "written day": ("General", Alignment(horizontal="center", vertical="top")),
    }
    for name, (number_format, alignment) in looks.items():
        for quoted in (False, True):
            cell: Any = WriteOnlyCell(sheet, None)
            cell.font, cell.alignment, cell.number_format = _FONT, alignment, number_format
            cell.border = Border(bottom=Side(style="hair", color="B3BAB2"))
            if quoted:
                cell._style.quotePrefix = 1  # keeps "=1+1" a text when somebody edits the cell
            made[name + (" quoted" if quoted else "")] = cell.style_id
    return made


def _rows(columns: Sequence[Column], rows: list[Sequence[Value]], styles: Styles) -> str:
    """The rows as XML, from the second on. Texts are text cells whatever they begin with."""
    letters = [get_column_letter(n + 1) for n in range(len(columns))]
    names = {Kind.CODE: "code", Kind.JALALI: "written day", Kind.ISO: "written day"}
    looks = [names.get(column.kind, "text") for column in columns]
    plan = [
        (letter, column.kind, styles[look], styles[f"{look} quoted"])
        for letter, column, look in zip(letters, columns, looks, strict=True)
    ]
    number, day, instant = styles["number"], styles["day"], styles["instant"]
    lines = []
    for place, row in enumerate(rows, 2):
        cells = []
        for value, (letter, kind, plain, quoted) in zip(row, plan, strict=True):
            if value is None or value == "":
                cells.append(f'<c r="{letter}{place}" s="{plain}"/>')
            elif isinstance(value, date) and kind == Kind.DAY:
                style = instant if isinstance(value, datetime) else day
                cells.append(f'<c r="{letter}{place}" s="{style}"><v>{_serial(value)}</v></c>')
            elif isinstance(value, int | float):
                cells.append(f'<c r="{letter}{place}" s="{number}"><v>{float(value):.15g}</v></c>')
            else:
                text = written(text_of(value, kind))[:LONGEST_CELL]
                style = quoted if text[:1] in STARTS else plain
                text = escape(text)
                cells.append(
                    f'<c r="{letter}{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
                )
        lines.append(f'<row r="{place}">{"".join(cells)}</row>')
    return "".join(lines)


def _serial(value: date | datetime) -> str:
    """Excel's count of days, in which 1900 has a 29 February."""
    day, fraction = local_day(value), 0.0
    if isinstance(value, datetime):
        local = value.astimezone(clock.TEHRAN).replace(tzinfo=None) if value.tzinfo else value
        fraction = (local - datetime.combine(day, time())).total_seconds() / 86_400
    days = (day - _EPOCH).days
    days -= days <= 60
    return str(days) if not fraction else f"{days + fraction:.10f}"


def _width(column: Column, rows: list[Sequence[Value]], place: int) -> float:
    """Wide enough for what the first rows hold; the longer is wrapped, the sooner the fewer are long."""
    if column.width:
        return column.width
    lengths = sorted(len(text_of(row[place], column.kind)) for row in rows[:_SAMPLE])
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    longest = min(lengths[-1], _OFTEN_LESS) if lengths else 0
    return min(max(usual, longest, len(column.head) + 3, _NARROWEST) * 1.15, _WIDEST)


def _sheet_title(title: str, taken: set[str]) -> str:
    """A name that Excel takes, and no sheet before has."""
    plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in written(title)).strip(" '")
    whole_words = plain if len(plain) <= 31 else plain[:32].rpartition(" ")[0] or plain[:31]
    found, number = (whole_words.strip(" '") or "Sheet"), 1
    while found.casefold() in taken:
        number += 1
        found = f"{plain[: 28 - len(str(number))]} ({number})"
    taken.add(found.casefold())
    return found
