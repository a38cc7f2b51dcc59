"""The courier form as a Word document: a page that lies, with one table; several forms begin new pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT, WD_TABLE_DIRECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from dabir.writing.courier import ASKED, GIVEN, LATIN, TITLE, CourierForm
from dabir.writing.reference_docx import Alike, latin, paragraph_in, reference, width_of, write

_ID = 7.5
_STYLES = {
    "FormTitle": (14, True, "start", 60),
    "FormLine": (10, False, "start", 40),
    "FormHead": (8.5, True, "start", 0),
    "FormCell": (8.5, False, "start", 0),
    "FormId": (_ID, False, "start", 0),
}
_WIDTHS = (2.9, 3.1, 4.6, 2.1, 2.2, 2.4, 2.0, 1.8, 2.8, 2.4)
_NARROWEST = 2.4
"""Of what is owed, which makes room for a long code."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A929F"/>' for side in _SIDES)
_SHADE = '<w:shd {ns} w:val="clear" w:color="auto" w:fill="{fill}"/>'


def to_docx(form: CourierForm) -> bytes:
    return next(each_docx([form]))


def each_docx(forms: Iterable[CourierForm]) -> Iterator[bytes]:
    """Each form as a file of its own."""
    alike: dict[tuple[str, ...], Alike] = {}
    for form in forms:
        if form.marks not in alike:
            alike[form.marks] = Alike(_empty(form.marks))
        file = alike[form.marks]
        file.begin(TITLE)
        _draw(file.document, form)
        yield file.packed()


def _empty(marks: tuple[str, ...]) -> Any:
    """A document without a form, with this class at the head of each page."""
    document = reference(TITLE, _STYLES)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.6)
    if marks:
        section.header.paragraphs[0].style = "FormHead"
        write(section.header.paragraphs[0], "، ".join(marks))
    return document


def _draw(document: Any, form: CourierForm) -> None:
    for at, line in enumerate(form.lines()):
        write(paragraph_in(document, "FormLine" if at else "FormTitle"), line)
    widths = _widths(form)
    table = document.add_table(rows=0, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table.table_direction = WD_TABLE_DIRECTION.RTL
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{_LINES}</w:tblBorders>"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _row(table, (*GIVEN, *ASKED), widths, head=True)
    for row in form.rows:
        _row(table, (*row.given, *[""] * len(ASKED)), widths)
    paragraph_in(document, "FormLine")  # Word wants one behind the last table


def _widths(form: CourierForm) -> list[float]:
    """Of the columns in centimetres."""
    key, code, action, *others = _WIDTHS
    needs = max((width_of(row.code, _ID) for row in form.rows), default=0) + 0.5
    more = min(max(needs - code, 0), action - _NARROWEST)
    return [key, code + more, action - more, *others]


def _row(table: Any, texts: Sequence[str], widths: Sequence[float], *, head: bool = False) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    if head:
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for at, (cell, width, text) in enumerate(zip(row.cells, widths, texts, strict=True)):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph._p.style = "FormHead" if head else "FormId" if at in LATIN else "FormCell"
        if at in LATIN and not head:
            # An id begins with figures: in a paragraph from right to left they would change places with its letters.
            paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:bidi {nsdecls("w")} w:val="0"/>'))
            latin(paragraph, text)
        else:
            write(paragraph, text)
        if head or at >= len(GIVEN):
            fill = "E3EAF5" if head else "FFF8E1"
            cell._tc.get_or_add_tcPr().append(parse_xml(_SHADE.format(ns=nsdecls("w"), fill=fill)))
