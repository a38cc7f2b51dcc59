"""One stream of a document (its body, a header, a note) as paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from dabir.persian.digits import to_persian
from dabir.reading.sources.docx.blocks import Block, Cell, Paragraph, Table, is_blank
from dabir.reading.sources.docx.numbering import Numbering
from dabir.reading.sources.docx.runs import DELETED, INSERTED, WRAPPERS, Runs, Seen, chosen, is_placeholder
from dabir.reading.sources.docx.styles import Styles
from dabir.reading.sources.docx.xml import down, number, switch, value

_MOST_COLUMNS = 63  # of Word itself


@dataclass(slots=True)
class Document:
    """What the streams of one document share."""

    styles: Styles
    numbering: Numbering
    seen: Seen


@dataclass(slots=True)
class _Open:
    """A paragraph that goes on with the next one for as long as a tracked change has deleted its end; `properties` are
    those of its first part with words."""

    parts: list[Paragraph] = field(default_factory=list)
    properties: Element | None = None
    has_words: bool = False

    def add(self, part: Paragraph, properties: Element | None) -> None:
        self.properties = self.properties if self.has_words else properties
        self.has_words = self.has_words or bool(part.text.strip())
        self.parts.append(part)

    def paragraph(self) -> Paragraph:
        if len(self.parts) == 1:
            return self.parts[0]
        notes = [note for part in self.parts for note in part.notes]
        return Paragraph("".join(part.text for part in self.parts), "", True, notes)


def blocks_of(parent: Iterable[Element], document: Document) -> list[Block]:
    """The blocks in `parent`, in order; text boxes stand before the paragraph in which they are anchored."""
    blocks: list[Block] = []
    for block in _Walk(document).blocks(parent):
        if not (is_blank(block) and blocks and is_blank(blocks[-1])):
            blocks.append(block)
    return blocks


class _Walk:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._open: _Open | None = None

    def blocks(self, parent: Iterable[Element]) -> Iterator[Block]:
        for child in _unwrapped(parent, "w:p", "w:tbl", self._document.seen):
            if child.tag == "w:p":
                yield from self._paragraph(child)
            else:
                yield from self._closed()
                yield Table(list(self._rows(child)), self._is_mirrored(child))
        yield from self._closed()

    def _paragraph(self, element: Element) -> Iterator[Block]:
        properties, document = element.find("w:pPr"), self._document
        changes = document.seen.changes
        runs = Runs(document.styles, document.seen, self._style(properties))
        runs.walk(element)
        for box in runs.boxes:
            yield from (Paragraph(""), *blocks_of(box, document), Paragraph(""))
        end = down(properties, "w:rPr")
        deleted = any(down(end, tag) is not None for tag in DELETED)
        inserted = any(down(end, tag) is not None for tag in INSERTED)
        document.seen.changes += deleted or inserted
        going_on, self._open = self._open or _Open(), None
        going_on.add(Paragraph(runs.text, "", document.seen.changes > changes, runs.notes), properties)
        if deleted:
            self._open = going_on
        else:
            yield self._numbered(going_on)

    def _closed(self) -> Iterator[Block]:
        """The paragraph that waits for one to go on with, where none came."""
        waiting, self._open = self._open, None
        if waiting and waiting.has_words:
            yield self._numbered(waiting)

    def _style(self, properties: Element | None) -> str | None:
        return value(properties, "w:pStyle") or self._document.styles.paragraph

    def _numbered(self, ended: _Open) -> Paragraph:
        paragraph = ended.paragraph()
        place = self._document.numbering.place(ended.properties, self._style(ended.properties))
        if place is None:
            return paragraph
        mark = self._document.numbering.next_mark(place)
        # Word prints the digits of a list in the shape of the text around them.
        latin = any(char.isascii() and char.isalpha() for char in paragraph.text)
        persian = not latin or any("\u0600" <= char <= "\u06ff" for char in paragraph.text)
        paragraph.mark = to_persian(mark) if persian else mark
        return paragraph

    def _is_mirrored(self, table: Element) -> bool:
        properties = table.find("w:tblPr")
        own = switch(properties, "w:bidiVisual")
        return bool(self._document.styles.mirrored(value(properties, "w:tblStyle")) if own is None else own)

    def _rows(self, table: Element) -> Iterator[list[Cell]]:
        seen = self._document.seen
        for row in _unwrapped(table, "w:tr", "", seen):
            properties = row.find("w:trPr")
            if any(down(properties, tag) is not None for tag in DELETED):
                seen.changes += 1
                continue
            seen.changes += any(down(properties, tag) is not None for tag in INSERTED)
            if not switch(properties, "w:hidden"):
                yield self._row(row, min(number(properties, "w:gridBefore") or 0, _MOST_COLUMNS))

    def _row(self, row: Element, column: int) -> list[Cell]:
        cells: list[Cell] = []
        for element in _unwrapped(row, "w:tc", "", self._document.seen):
            properties = element.find("w:tcPr")
            changed = down(properties, "w:cellDel") is not None
            self._document.seen.changes += changed
            blocks = [] if changed else blocks_of(element, self._document)
            span = min(max(number(properties, "w:gridSpan") or 1, 1), _MOST_COLUMNS)
            if value(properties, "w:hMerge") == "continue" and cells:
                cells[-1].blocks += blocks
                cells[-1].span += span
            elif column < _MOST_COLUMNS:
                merge = down(properties, "w:vMerge")
                merged = merge is not None and merge.get("w:val", "continue") == "continue"
                cells.append(Cell(blocks, column, span, merged))
            column += span
        return cells


def _unwrapped(parent: Iterable[Element], tag: str, other: str, seen: Seen) -> Iterator[Element]:
    """The children of these two tags, also those inside content controls, markup and accepted changes."""
    for child in parent:
        if child.tag in (tag, other):
            yield child
        elif child.tag in WRAPPERS or child.tag in INSERTED:
            yield from _unwrapped(child, tag, other, seen)
        elif child.tag == "w:sdt":
            if not is_placeholder(child):
                yield from _unwrapped(child, tag, other, seen)
        elif child.tag == "mc:AlternateContent":
            yield from _unwrapped(chosen(child), tag, other, seen)
        elif child.tag in DELETED:
            seen.changes += 1
        elif child.tag == "w:altChunk":
            seen.embedded += 1
