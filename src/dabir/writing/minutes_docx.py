"""Minutes as a Word document: the same parts as on the PDF, for an office that changes a word or prints by its own.

The record is inside as a part of the package that Word drops when it saves: a document that was changed has it no more.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import segno
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT, WD_TABLE_DIRECTION
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from dabir.persian.digits import to_persian
from dabir.reading.minutes import EMBEDDED
from dabir.writing import minutes_body
from dabir.writing.minutes import Paper, facts, shown_day
from dabir.writing.minutes_body import Block, Look
from dabir.writing.reference_docx import embed, reference, write
from dabir.writing.values import written

SOURCE_PART = f"/dabir/{EMBEDDED}"
SOURCE_RELATION = "urn:dabir:minutes:source"
_STYLES = {
    "Minutes": (11.5, False, "both", 90),
    "MinutesItem": (11.5, False, "both", 70),
    "MinutesBullet": (11.5, False, "both", 40),
    "MinutesHead": (11.5, True, "start", 60),
    "MinutesSection": (12.5, True, "start", 100),
    "MinutesCentre": (11, False, "center", 60),
    "MinutesTitle": (14, True, "center", 0),
    "MinutesLabel": (9, False, "center", 20),
    "MinutesDay": (10.5, True, "center", 0),
    "MinutesFact": (9.5, False, "start", 0),
    "MinutesSigner": (9.5, False, "start", 20),
    "MinutesFoot": (8.5, False, "start", 20),
    "MinutesPage": (8.5, True, "center", 0),
    "MinutesMark": (9, True, "end", 60),
    "MinutesGap": (6, False, "start", 0),
}
_LOOKS = {Look.PARAGRAPH: "Minutes", Look.ITEM: "MinutesItem", Look.BULLET: "MinutesBullet", Look.HEAD: "MinutesHead"}
_WIDTH = 17.0
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_EDGE = '<w:{side} w:val="single" w:sz="6" w:space="0" w:color="5A6270"/>'
_SIGNERS = 3
_SOFT = RGBColor(0x4A, 0x52, 0x63)
_DIGITS = "Vazirmatn Digits"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def to_docx(paper: Paper) -> bytes:
    """The whole paper; the same bytes for the same paper."""
    document = reference(written(paper.title), _STYLES)
    _properties(document, paper)
    embed(document, _DIGITS, {"embedRegular": "VazirmatnDigits-Regular"})
    if paper.font:
        _set_font(document, paper.font)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(3.1)
    section.header_distance, section.footer_distance = Cm(1), Cm(0.8)
    _running(section.header, paper)
    _foot(section.footer, paper)
    write(_styled(document.add_paragraph(), "MinutesCentre"), written(paper.basmala))
    _head(document, paper)
    for part in [*minutes_body.parts(paper.minutes), *minutes_body.further(paper)]:
        if part.heading:
            _section(document, part.heading)
        for block in part.blocks:
            _block(document, block)
    if paper.signers:
        _section(document, "امضای حاضران:")
        _signatures(document, paper)
    _styled(document.add_paragraph(), "MinutesGap")  # Word wants one behind the last table
    if paper.source:
        package = document.part.package
        part = PackagePart(PackURI(SOURCE_PART), "application/json", paper.source, package)
        document.part.relate_to(part, SOURCE_RELATION)
    held = io.BytesIO()
    document.save(held)
    return _dated(held.getvalue())


def _properties(document: Any, paper: Paper) -> None:
    held = document.core_properties
    held.author = held.last_modified_by = written(paper.body)[:255]
    held.subject = written(paper.state)
    held.keywords = paper.stamp.address("") if paper.version else ""
    held.created = held.modified = paper.at.replace(tzinfo=None)
    held.revision = 1


def _dated(data: bytes) -> bytes:
    """The package with one date on all that is in it, so that the hour of its making changes no byte."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            entry = zipfile.ZipInfo(one.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(one))
    return held.getvalue()


def _set_font(document: Any, font: str) -> None:
    """The body's own font, as it is called on the office's machines."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{name}"), written(font))


def _running(header: Any, paper: Paper) -> None:
    """On each page: what it is, and its marks."""
    title, marks = _grid(header, 1, (11.5, 5.5))[0]
    running = " - ".join(filter(None, (paper.title, shown_day(paper.minutes.header.date))))
    _put(title, "MinutesFoot", running, soft=True)
    _put(marks, "MinutesMark", "  |  ".join(paper.marks))
    _without_end(header)


def _foot(footer: Any, paper: Paper) -> None:
    lines = [f"{paper.state} - بی‌اعتبار تا تأیید نهایی"]
    if not paper.is_draft:
        lines = [f"{paper.state} - نسخه {to_persian(str(paper.version))}"]
        lines += [f"شناسه: {paper.code}", f"چکیده: {paper.stamp.short}"]
    lines += [paper.footer] if paper.footer else []
    widths = (10.6, 4.4, 2.0) if paper.address else (12.6, 4.4)
    told, number, *code = _grid(footer, 1, widths, edges=("top",))[0]
    for at, line in enumerate(lines):
        _put(told, "MinutesFoot", line, more=at > 0, soft=True)
    paragraph = _put(number, "MinutesPage", "صفحه ")
    _field(paragraph, "PAGE")
    write(paragraph, " از ")
    _field(paragraph, "NUMPAGES")
    if code:
        picture = code[0].paragraphs[0]
        _styled(picture, "MinutesPage")
        shape = picture.add_run().add_picture(_png(paper.address), width=Cm(1.7))
        shape._inline.docPr.set("descr", "رمزینه اصالت‌سنجی این صورتجلسه")
    _without_end(footer)


def _without_end(part: Any) -> None:
    """Word wants a paragraph behind a table; the one that a header begins with goes there, as small as it can be."""
    first = part.paragraphs[0]
    _styled(first, "MinutesGap")
    part._element.append(first._p)


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts, with Persian digits, which are those of the font."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        run.font.name = _DIGITS
        run._r.rPr.rFonts.set(qn("w:cs"), _DIGITS)  # some programs take a digit here for a Persian letter
        run.font.bold = False
        if kind == "text":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            asked = OxmlElement("w:instrText")
            asked.text = f" {name} "
            run._r.append(asked)


def _png(address: str) -> io.BytesIO:
    held = io.BytesIO()
    segno.make(address, error="m", micro=False).save(held, kind="png", scale=8, border=2, dark="#1a2130")
    held.seek(0)
    return held


def _head(document: Any, paper: Paper) -> None:
    header = paper.minutes.header
    day, title, issuer = _grid(document, 1, (4.1, 8.8, 4.1), edges=_SIDES)[0]
    when = " ".join(filter(None, (header.weekday, shown_day(header.date))))
    if when:
        _put(day, "MinutesLabel", "تاریخ جلسه", soft=True)
        _put(day, "MinutesDay", when, more=True)
    _put(title, "MinutesTitle", header.title or paper.title)
    for cell in (day, title, issuer):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for at, line in enumerate(paper.heading or ((header.issuer,) if header.issuer else ())):
        _put(issuer, "MinutesDay", line, more=at > 0)
    shares = {"محل برگزاری جلسه": 1.6, "ریاست جلسه": 1.7, "دبیر جلسه": 1.7}
    for row in facts(paper):
        if not row:
            continue
        whole = sum(shares.get(name, 1) for name, _value in row)
        cells = _grid(document, 1, [_WIDTH * shares.get(name, 1) / whole for name, _value in row], edges=_SIDES)[0]
        for cell, (name, value) in zip(cells, row, strict=True):
            write(_put(cell, "MinutesFact", f"{name}: ", soft=True), written(value), bold=True)


def _styled(paragraph: Any, style: str) -> Any:
    """The paragraph in a style of `_STYLES`, by its id: python-docx looks long for a name."""
    paragraph._p.style = style
    return paragraph


def _section(document: Any, heading: str) -> None:
    paragraph = _styled(document.add_paragraph(), "MinutesSection")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(13)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(level)
    write(paragraph, written(heading))


def _block(document: Any, block: Block) -> None:
    style = {Look.ITEM: "MinutesItem", Look.BULLET: "MinutesBullet", Look.HEAD: "MinutesHead"}.get(
        block.look, "Minutes"
    )
    paragraph = _styled(document.add_paragraph(), style)
    if block.look == Look.HEAD:
        paragraph.paragraph_format.keep_with_next = True
    if block.look == Look.PARAGRAPH:
        paragraph.paragraph_format.space_before = Pt(4)
    if block.look in (Look.ITEM, Look.BULLET):
        hanging = Cm(0.9 if block.look == Look.ITEM else 0.6)
        start = hanging if block.look == Look.ITEM else hanging + Cm(0.3)
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = start, -hanging
        write(paragraph, block.label or "✓", bold=block.look == Look.ITEM)
        paragraph.add_run("\t").font.rtl = True
    for words, bold in block.pieces:
        write(paragraph, " ".join(written(words).split("\n")), bold=bold or None)


def _signatures(document: Any, paper: Paper) -> None:
    count = -(-len(paper.signers) // _SIGNERS)
    rows = _grid(document, count, [_WIDTH / _SIGNERS] * _SIGNERS, edges=_SIDES, height=Cm(2.3))
    cells = [cell for row in rows for cell in row]
    for cell, signer in zip(cells, paper.signers, strict=False):
        lines = [(signer.name, True), (signer.post, False)]
        for at, (line, bold) in enumerate([one for one in lines if one[0]]):
            _put(cell, "MinutesSigner", line, more=at > 0, bold=bold)
        _put(
            cell,
            "MinutesSigner",
            f"امضا در {to_persian(signer.signed)}" if signer.signed else "امضا:",
            more=True,
            soft=True,
        )


def _grid(
    holder: Any, rows: int, widths: Sequence[float], *, edges: Sequence[str] = (), height: Any = None
) -> list[tuple[Any, ...]]:
    """The cells of a table by row, the first on the right, with lines at these edges alone; widths in centimetres."""
    if hasattr(holder, "sections"):
        table = holder.add_table(rows=rows, cols=len(widths))
    else:
        table = holder.add_table(rows, len(widths), Cm(_WIDTH))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table.table_direction = WD_TABLE_DIRECTION.RTL
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="5A6270"/>' for side in _SIDES if side in edges
    )
    padding = "".join(
        f'<w:{side} w:w="{70 if side in ("top", "bottom") else 110}" w:type="dxa"/>' for side in _SIDES[:4]
    )
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    layout.addnext(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{padding}</w:tblCellMar>"))
    found = []
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if height is not None:
            row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
        found.append(tuple(row.cells))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return found


def _put(cell: Any, style: str, text: str, *, more: bool = False, bold: bool | None = None, soft: bool = False) -> Any:
    """Write a line into a cell: into the paragraph that it has, or into one more."""
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    _styled(paragraph, style)
    write(paragraph, written(text), bold=bold)
    for run in paragraph.runs if soft else ():
        run.font.color.rgb = _SOFT
    return paragraph
