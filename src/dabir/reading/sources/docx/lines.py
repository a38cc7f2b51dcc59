"""Paragraphs and tables → lines. A row is a line, its cells between tabs; where cells have several paragraphs the row
goes on in lines that begin with a tab. A table of numbers and texts is a list. Blank lines stand around a table."""

from __future__ import annotations

from itertools import zip_longest

from dabir.reading.sources.docx.blocks import Block, Cell, Paragraph, Table, paragraphs
from dabir.reading.sources.docx.grid import Row, arranged, beginning, is_label, number_in_cell
from dabir.reading.sources.unreadable import LARGEST, MOST_LINES, Unreadable

_AROUND_NUMBER = " -–—ـ.):؛/("
_ENDS = (".", "!", "؟", "؛", ":")
_EMPTY = "–"
"""Stands, among numbered rows, for an empty first cell, without which the line would go on with the row above, and for
an empty last one, without which what comes below would go on with this row."""


class Writer:
    """Collects the lines of a document."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.changed: list[int] = []
        """The numbers of the lines in which tracked changes were accepted."""
        self.notes: dict[str, int] = {}
        """The lines that refer to footnotes and endnotes, by their keys."""
        self._letters = 0

    def write(self, blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self.gap()
                if not (self._table(block) and self._breaks_off()):
                    self.gap()
            else:
                for text in block.lines:
                    self.say(text.strip(), block)

    def gap(self) -> None:
        """A blank line, unless there is one."""
        if self.lines and self.lines[-1]:
            self.say("")

    def say(self, text: str, *sources: Paragraph) -> None:
        """One line; `sources` are the paragraphs that it shows."""
        text = text.rstrip()
        if not text and not (self.lines and self.lines[-1]):
            return
        self._letters += len(text) + 1
        if self._letters > LARGEST or len(self.lines) >= MOST_LINES:
            raise Unreadable("too-much")
        self.lines.append(text)
        number = len(self.lines)
        self.changed += [number] * any(source.changed for source in sources)
        for source in sources:
            for key in source.notes:
                self.notes.setdefault(key, number)

    def _breaks_off(self) -> bool:
        """True where the last words are no end: what stands below a list in a table goes on with its last item."""
        return bool(self.lines) and not self.lines[-1].endswith(_ENDS)

    def _table(self, table: Table) -> bool:
        """Write the rows. True where the last is an item of a list: a number and its text."""
        row: Row = []
        before = 0  # cells of the row above, where it was one of a table
        numbered = False
        for row in arranged(table):
            filled = [cell for cell in row if beginning(cell)]
            if (len(filled) == 1 and len(row) != before) or (before != 2 and is_label(row, 0)):
                if before:
                    self.gap()
                for cell in filled:
                    self.write(cell.blocks)
                before = 0
            elif filled:
                numbered = len(row) == before and (numbered or number_in_cell(row[0]) is not None)
                self._row(row, fill=numbered)
                before = len(row)
        return _is_item(row)

    def _row(self, row: Row, *, fill: bool) -> None:
        listed = _is_item(row)
        columns = [_pieces(cell, tabs=listed) for cell in row]
        if fill and sum(map(bool, columns)) > 1:
            columns[0] = columns[0] or [(_EMPTY, None)]
            columns[-1] = columns[-1] or [(_EMPTY, None)]
        for place, pieces in enumerate(zip_longest(*columns, fillvalue=("", None))):
            line = "\t".join(text for text, _ in pieces)
            line = line.lstrip("\t") if listed and place else line  # an item goes on without ado
            self.say(line, *(source for _, source in pieces if source))


def _is_item(row: Row) -> bool:
    """True for a number and its text, which may have columns of its own, set by tabs."""
    return len(row) == 2 and number_in_cell(row[0]) is not None


def _pieces(cell: Cell, *, tabs: bool = False) -> list[tuple[str, Paragraph | None]]:
    """The lines of a cell, each with its paragraph; the rows of a table in it are lines too."""
    if number_in_cell(cell) is not None:  # «۱-», also where the cell holds an automatic number and no text
        return [(beginning(cell).strip(_AROUND_NUMBER), next(paragraphs(cell.blocks)))]
    pieces: list[tuple[str, Paragraph | None]] = []
    for block in cell.blocks:
        if isinstance(block, Table):
            for row in arranged(block):
                inner = [list(paragraphs(part.blocks)) for part in row]
                text = " – ".join(filter(None, (" ".join(one.text for one in part).strip() for part in inner)))
                pieces += [(text, next((one for part in inner for one in part), None))] if text else []
        else:
            lines = block.lines if tabs else [" ".join(line.split()) for line in block.lines]
            pieces += [(line.strip(), block) for line in lines if line.strip()]
    return pieces
