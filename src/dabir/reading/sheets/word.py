"""A Word document's tables, as rows of plain cells: of the forms that came with a letter and were filled in there."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.sheets.refused import NoTable
from dabir.reading.sheets.table import LARGEST, Table, Value, bounded, clean
from dabir.reading.sources.docx.blocks import Block, paragraphs
from dabir.reading.sources.docx.blocks import Table as WordTable
from dabir.reading.sources.docx.numbering import Numbering
from dabir.reading.sources.docx.package import Package
from dabir.reading.sources.docx.runs import Seen
from dabir.reading.sources.docx.story import Document, blocks_of
from dabir.reading.sources.docx.styles import Styles
from dabir.reading.sources.unreadable import Unreadable


def read_word(data: bytes) -> list[Table]:
    """The tables of a .docx file that hold anything, in its order, also those within others; `NoTable` where there is
    none. A cell is text, its paragraphs parted by line breaks; tracked changes are accepted."""
    if len(data) > LARGEST:
        raise NoTable("too-large")
    try:
        blocks = _blocks(data)
    except Unreadable as error:
        raise NoTable(error.cause) from None
    tables, before = [], 0
    for table in _tables(blocks):
        rows = tuple(bounded(enumerate(map(list, _rows(table)), 1), before=before))
        before += len(rows)
        if rows:
            tables.append(Table("", rows))
    if not tables:
        raise NoTable("empty")
    return tables


def _blocks(data: bytes) -> list[Block]:
    package = Package(data)
    root = package.part(package.main)
    body = None if root is None else root.find("w:body")
    if body is None:
        raise Unreadable("damaged")
    styles = Styles(next(package.related("styles"), None))
    return blocks_of(body, Document(styles, Numbering(next(package.related("numbering"), None), styles), Seen()))


def _tables(blocks: list[Block]) -> Iterator[WordTable]:
    for block in blocks:
        if isinstance(block, WordTable):
            yield block
            for row in block.rows:
                for cell in row:
                    yield from _tables(cell.blocks)


def _rows(table: WordTable) -> Iterator[list[Value]]:
    for row in table.rows:
        values: list[Value] = [None] * max((cell.end for cell in row), default=0)
        for cell in row:
            text = clean("\n".join(line for paragraph in paragraphs(cell.blocks) for line in paragraph.lines))
            for column in range(cell.column, cell.end):
                values[column] = text
        yield values
