"""Letters as one Word document, a page each, for an office that prints on its own letterhead or changes a word."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT, WD_TABLE_DIRECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from dabir.writing.letters import SUBJECT, TO, Panel, Sheet, reference_lines
from dabir.writing.reference_docx import latin, reference, write

_STYLES = {
    "Letter": (11.5, False, "start", 140),
    "LetterCentre": (10.5, False, "center", 60),
    "LetterHead": (13, True, "center", 0),
    "LetterReference": (9.5, False, "start", 40),
    "LetterMark": (11, True, "start", 0),
    "LetterTo": (11.5, True, "start", 80),
    "LetterSubject": (12, True, "start", 200),
    "LetterRow": (10.5, False, "start", 60),
    "LetterAddress": (13, True, "center", 120),
    "LetterCode": (27, True, "center", 120),
    "LetterSigner": (11, False, "center", 40),
    "LetterGap": (10, False, "start", 160),
}
_WIDTH = 16.2
_SIDES = ("top", "left", "bottom", "right")
_EDGE = '<w:{side} w:val="single" w:sz="8" w:space="0" w:color="1A2130"/>'


def to_docx(sheets: Sequence[Sheet]) -> bytes:
    """A page for each sheet."""
    document = reference(sheets[0].subject, _STYLES)
    for at, sheet in enumerate(sheets):
        _letter(document, sheet, first=at == 0)
    document.add_paragraph()  # Word wants one behind the last table
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _letter(document: Any, sheet: Sheet, *, first: bool) -> None:
    top = document.add_paragraph(style="LetterCentre")
    top.paragraph_format.page_break_before = not first
    write(top, sheet.basmala)
    marks, name, numbers = _table(document, (3.2, 9.2, 3.8), ("bottom",))
    _put(marks, "LetterMark", "، ".join(sheet.marks))
    _put(name, "LetterHead", sheet.head)
    for at, (word, text) in enumerate(reference_lines(sheet)):
        _put(numbers, "LetterReference", f"{word}: {text}", more=at > 0)
    document.add_paragraph(style="LetterGap")
    for to in sheet.to:
        write(document.add_paragraph(style="LetterTo"), f"{TO}: {to}")
    write(document.add_paragraph(style="LetterSubject"), f"{SUBJECT}: {sheet.subject}")
    for text in sheet.paragraphs:
        write(document.add_paragraph(style="Letter"), text)
    if sheet.panel:
        _panel(document, sheet.panel)
    document.add_paragraph(style="LetterGap")
    _blank, signed = _table(document, (_WIDTH * 0.44, _WIDTH * 0.56))
    for at, line in enumerate(sheet.signers):
        _put(signed, "LetterSigner", line, more=at > 0, bold=at == 0)


def _panel(document: Any, panel: Panel) -> None:
    document.add_paragraph(style="LetterGap")
    (box,) = _table(document, (_WIDTH,), _SIDES)
    _put(box, "LetterCentre", panel.address[0])
    latin(box.add_paragraph(style="LetterAddress"), panel.address[1])
    _put(box, "LetterCentre", panel.code[0], more=True)
    latin(box.add_paragraph(style="LetterCode"), panel.code[1])
    for word, text in panel.rows:
        write(_put(box, "LetterRow", f"{word}: ", more=True), text, bold=True)


def _table(document: Any, widths: Sequence[float], edges: Sequence[str] = ()) -> tuple[Any, ...]:
    """The cells of a table of one row, the first on the right, with lines at these edges alone."""
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table.table_direction = WD_TABLE_DIRECTION.RTL
    lines = "".join(_EDGE.format(side=side) for side in _SIDES if side in edges)
    padding = "".join(f'<w:{side} w:w="{110 if side in ("top", "bottom") else 150}" w:type="dxa"/>' for side in _SIDES)
    properties = table._tbl.tblPr
    properties.find(qn("w:tblLayout")).addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    if edges:
        inner = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{padding}</w:tblCellMar>")
        properties.find(qn("w:tblLayout")).addnext(inner)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Cm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return tuple(table.rows[0].cells)


def _put(cell: Any, style: str, text: str, *, more: bool = False, bold: bool | None = None) -> Any:
    """Write a line into a cell: into the paragraph that it has, or into one more."""
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph.style = style
    write(paragraph, text, bold=bold)
    return paragraph
