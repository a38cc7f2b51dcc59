"""The courier form as a Word document: a page that lies, with one table; several forms begin new pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT, WD_TABLE_DIRECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from dabir.writing.courier import LATIN, CourierForm
from dabir.writing.reference_docx import Alike, latin, paragraph_in, reference, width_of, write

_ID = 7.5
_STYLES = {
    "FormTitle": (14, True, "start", 60),
    "FormLine": (10, False, "start", 40),
    "FormHead": (8.5, True, "start", 0),
    "FormCell": (8.5, False, "start", 0),
    "FormId": (_ID, False, "start", 0),
}
_SIGNED = 5.5
_NARROWEST = 2.4
"""Of what is owed, which makes room for a long code."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A929F"/>' for side in _SIDES)
_SHADE = '<w:shd {ns} w:val="clear" w:color="auto" w:fill="{fill}"/>'


def to_docx(form: CourierForm) -> bytes:
    return next(each_docx([form]))


def each_docx(forms: Iterable[CourierForm]) -> Iterator[bytes]:
    """Each form as a file of its own."""
    alike: dict[tuple[str, tuple[str, ...]], Alike] = {}
    for form in forms:
        key = form.layout.title, form.marks
        if key not in alike:
            alike[key] = Alike(_empty(*key))
        file = alike[key]
        file.begin(form.layout.title)
        _draw(file.document, form)
        yield file.packed()


def _empty(title: str, marks: tuple[str, ...]) -> Any:
    """A document without a form, with this class at the head of each page."""
    document = reference(title, _STYLES)
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
    layout, widths = form.layout, _widths(form)
    given = len(layout.given)
    table = _table(document, widths)
    _row(table, (*layout.given, *layout.asked), widths, given, head=True)
    for row in form.rows:
        _row(table, (*row.given, *[""] * len(layout.asked)), widths, given)
    paragraph_in(document, "FormLine")  # Word wants one behind the last table
    if layout.signed:
        widths = [_SIGNED] * len(layout.signed)
        beneath = _table(document, widths)
        _row(beneath, layout.signed, widths, 0, head=True)
        _row(beneath, [""] * len(layout.signed), widths, 0)
        paragraph_in(document, "FormLine")


def _table(document: Any, widths: Sequence[float]) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table.table_direction = WD_TABLE_DIRECTION.RTL
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{_LINES}</w:tblBorders>"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _widths(form: CourierForm) -> list[float]:
    """Of the columns in centimetres."""
    key, code, action, *others = form.layout.broad
    needs = max((width_of(row.given[1], _ID) for row in form.rows), default=0) + 0.5
    more = min(max(needs - code, 0), action - _NARROWEST)
    return [key, code + more, action - more, *others]


def _row(table: Any, texts: Sequence[str], widths: Sequence[float], given: int, *, head: bool = False) -> None:
    """A row, of which the first `given` columns are not to be filled in."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    if head:
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for at, (cell, width, text) in enumerate(zip(row.cells, widths, texts, strict=True)):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        is_id = at in LATIN and at < given
        paragraph._p.style = "FormHead" if head else "FormId" if is_id else "FormCell"
        if is_id and not head:
            # An id begins with figures: in a paragraph from right to left they would change places with its letters.
            paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:bidi {nsdecls("w")} w:val="0"/>'))
            latin(paragraph, text)
        else:
            write(paragraph, text)
        if head or at >= given:
            fill = "E3EAF5" if head else "FFF8E1"
            cell._tc.get_or_add_tcPr().append(parse_xml(_SHADE.format(ns=nsdecls("w"), fill=fill)))
