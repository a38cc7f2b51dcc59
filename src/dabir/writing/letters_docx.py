"""Letters as one Word document, a page each, for an office that prints on its own letterhead or changes a word."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT, WD_TABLE_DIRECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from dabir.writing.letters import (
    COPIES,
    ENCLOSURES,
    LONGEST_WHOLE,
    OF,
    PAGE,
    SUBJECT,
    TO,
    Grid,
    Panel,
    Sheet,
    reference_lines,
)
from dabir.writing.reference_docx import Alike, latin, paragraph_in, reference, width_of, write

_CELL = 9.5
_STYLES = {
    "Letter": (11.5, False, "start", 140),
    "LetterCentre": (10.5, False, "center", 60),
    "LetterHead": (13, True, "center", 0),
    "LetterHeadMore": (10.5, True, "center", 0),
    "LetterReference": (9.5, False, "start", 40),
    "LetterMark": (11, True, "start", 0),
    "LetterTo": (11.5, True, "start", 80),
    "LetterSubject": (12, True, "start", 200),
    "LetterRow": (10.5, False, "start", 60),
    "LetterAddress": (13, True, "center", 120),
    "LetterCode": (27, True, "center", 120),
    "LetterSigner": (11, False, "center", 40),
    "LetterListed": (9.5, False, "start", 40),
    "LetterListedHead": (9.5, True, "start", 40),
    "LetterFoot": (8.5, False, "center", 0),
    "LetterGap": (10, False, "start", 160),
    "LetterCell": (_CELL, False, "start", 0),
    "LetterCellHead": (_CELL, True, "start", 0),
}
_WIDTH = 16.2
_SIDES = ("top", "left", "bottom", "right")
_EDGE = '<w:{side} w:val="single" w:sz="8" w:space="0" w:color="1A2130"/>'
_GRID = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B3BAB2"/>' for side in (*_SIDES, "insideH", "insideV")
)
_HEAD_ROW = f"<w:tblHeader {nsdecls('w')}/>"
_WHOLE_ROW = f"<w:cantSplit {nsdecls('w')}/>"
_SHADE = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E9EDF2"/>'


def to_docx(sheets: Sequence[Sheet]) -> bytes:
    """Each sheet from a new page on, in a section of its own, whose class stands on each of its pages."""
    document = reference(sheets[0].subject, _STYLES)
    for at, sheet in enumerate(sheets):
        section = document.add_section(WD_SECTION.NEW_PAGE) if at else document.sections[0]
        _mark(section, sheet, sheets[at - 1] if at else None)
        _letter(document, sheet)
    if sheets[0].font:
        _in_font(document, sheets[0].font)
    document.add_paragraph()  # Word wants one behind the last table
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def each_docx(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """Each sheet as a file of its own."""
    alike: dict[tuple[object, ...], Alike] = {}
    for sheet in sheets:
        look = (sheet.marks, sheet.footer, sheet.font)
        if look not in alike:
            document = reference("", _STYLES)
            _mark(document.sections[0], sheet, None)
            if sheet.font:
                _in_font(document, sheet.font)
            alike[look] = Alike(document)
        file = alike[look]
        file.begin(sheet.subject)
        _letter(file.document, sheet)
        file.document.add_paragraph()  # Word wants one behind the last table
        yield file.packed()


def _mark(section: Any, sheet: Sheet, before: Sheet | None) -> None:
    """Class and urgency at the head of the letter's further pages; on the first they stand beside the body's name.

    A section without head and foot of its own has those of the section before: each is a part of the file, and
    python-docx looks through all parts for the name of a new one.
    """
    if before and (before.marks, before.footer) == (sheet.marks, sheet.footer):
        return
    section.different_first_page_header_footer = True
    section.header_distance = Cm(0.8)
    header = section.header
    header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    header.paragraphs[0]._p.style = "LetterMark"
    write(header.paragraphs[0], "، ".join(sheet.marks))
    section.footer_distance = Cm(0.8)
    for at, footer in enumerate((section.first_page_footer, section.footer)):
        footer.is_linked_to_previous = False
        lines = [sheet.footer] if sheet.footer else []
        paragraph = footer.paragraphs[0]
        paragraph._p.style = "LetterFoot"
        for line in lines:
            write(paragraph, line)
            paragraph = paragraph_in(footer, "LetterFoot")
        if at:
            _page_of(paragraph)
    if before is None:  # further sections begin as copies of this one
        numbers = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
        section._sectPr.find(qn("w:pgMar")).addnext(numbers)


def _page_of(paragraph: Any) -> None:
    """Which page of its own section this is, of how many; Word and LibreOffice fill it in. The digits are those of the
    run's language."""
    for text, field in ((f"{PAGE} ", "PAGE"), (f" {OF} ", "SECTIONPAGES")):
        write(paragraph, text)
        for kind, code in (("begin", ""), ("", field), ("end", "")):
            run = paragraph.add_run()
            run.font.rtl = True
            made = (
                f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
                if kind
                else (f'<w:instrText {nsdecls("w")} xml:space="preserve"> {code} </w:instrText>')
            )
            run._r.append(parse_xml(made))


def _in_font(document: Any, font: str) -> None:
    """All styles in a font that the office has; what is not on a computer is replaced there by another."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{name}"), font)


def _letter(document: Any, sheet: Sheet) -> None:
    write(paragraph_in(document, "LetterCentre"), sheet.basmala)
    marks, name, numbers = _table(document, (3.2, 9.2, 3.8), ("bottom",))
    _put(marks, "LetterMark", "، ".join(sheet.marks))
    for at, line in enumerate(sheet.head.split("\n")):
        _put(name, "LetterHead" if at == 0 else "LetterHeadMore", line, more=at > 0)
    for at, (word, text) in enumerate(reference_lines(sheet)):
        _put(numbers, "LetterReference", f"{word}: {text}", more=at > 0)
    paragraph_in(document, "LetterGap")
    for to in sheet.to:
        write(paragraph_in(document, "LetterTo"), f"{TO}: {to}")
    write(paragraph_in(document, "LetterSubject"), f"{SUBJECT}: {sheet.subject}")
    for text in sheet.paragraphs:
        write(paragraph_in(document, "Letter"), text)
    if sheet.grid:
        _debts(document, sheet.grid)
    if sheet.panel:
        _panel(document, sheet.panel)
    paragraph_in(document, "LetterGap")
    _blank, signed = _table(document, (_WIDTH * 0.44, _WIDTH * 0.56))
    for at, line in enumerate(sheet.signers):
        _put(signed, "LetterSigner", line, more=at > 0, bold=at == 0)
    _listed(document, ENCLOSURES, sheet.enclosures)
    _listed(document, COPIES, sheet.copies)


def _listed(document: Any, title: str, lines: Sequence[str]) -> None:
    if lines:
        paragraph_in(document, "LetterGap")
        write(paragraph_in(document, "LetterListedHead"), f"{title}:")
    for line in lines:
        write(paragraph_in(document, "LetterListed"), f"– {line}")


def _panel(document: Any, panel: Panel) -> None:
    paragraph_in(document, "LetterGap")
    (box,) = _table(document, (_WIDTH,), _SIDES)
    _put(box, "LetterCentre", panel.address[0])
    latin(paragraph_in(box, "LetterAddress"), panel.address[1])
    _put(box, "LetterCentre", panel.code[0], more=True)
    latin(paragraph_in(box, "LetterCode"), panel.code[1])
    for word, text in panel.rows:
        write(_put(box, "LetterRow", f"{word}: ", more=True), text, bold=True)


def _debts(document: Any, grid: Grid) -> None:
    paragraph_in(document, "LetterGap")
    widths = _widths(grid)
    table = document.add_table(rows=0, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table.table_direction = WD_TABLE_DIRECTION.RTL
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{_GRID}</w:tblBorders>"))
    layout.addnext(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{_padding(50, 90)}</w:tblCellMar>"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for at, texts in enumerate((grid.heads, *grid.rows)):
        row = table.add_row()
        if max(map(len, texts)) <= LONGEST_WHOLE:
            row._tr.get_or_add_trPr().append(parse_xml(_WHOLE_ROW))
        if at == 0:
            row._tr.get_or_add_trPr().append(parse_xml(_HEAD_ROW))
        for cell, width, text in zip(row.cells, widths, texts, strict=True):
            cell.width = Cm(width)
            if at == 0:
                cell._tc.get_or_add_tcPr().append(parse_xml(_SHADE))
            _put(cell, "LetterCell" if at else "LetterCellHead", text)


def _widths(grid: Grid) -> list[float]:
    """Of the columns in centimetres: Word gives a narrow one no width of its own accord."""
    own = [
        0.0 if share else 0.4 + max(width_of(texts[at], _CELL) for texts in (grid.heads, *grid.rows))
        for at, share in enumerate(grid.shares)
    ]
    left = _WIDTH - sum(own)
    return [width or left * share / sum(grid.shares) for width, share in zip(own, grid.shares, strict=True)]


def _padding(upright: int, along: int) -> str:
    return "".join(f'<w:{s} w:w="{upright if s in ("top", "bottom") else along}" w:type="dxa"/>' for s in _SIDES)


def _table(document: Any, widths: Sequence[float], edges: Sequence[str] = ()) -> tuple[Any, ...]:
    """The cells of a table of one row, the first on the right, with lines at these edges alone."""
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table.table_direction = WD_TABLE_DIRECTION.RTL
    lines = "".join(_EDGE.format(side=side) for side in _SIDES if side in edges)
    properties = table._tbl.tblPr
    properties.find(qn("w:tblLayout")).addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    if edges:
        inner = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{_padding(110, 150)}</w:tblCellMar>")
        properties.find(qn("w:tblLayout")).addnext(inner)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Cm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return tuple(table.rows[0].cells)


def _put(cell: Any, style: str, text: str, *, more: bool = False, bold: bool | None = None) -> Any:
    """Write a line into a cell: into the paragraph that it has, or into one more."""
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph._p.style = style
    write(paragraph, text, bold=bold)
    return paragraph
