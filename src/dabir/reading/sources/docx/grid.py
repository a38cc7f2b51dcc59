"""Tables as the paper shows them: rows in reading order, merged cells in the columns over which they stand."""

from __future__ import annotations

import re
from itertools import pairwise

from dabir.persian.digits import to_ascii
from dabir.reading.sources.docx.blocks import Block, Cell, Paragraph, Table, paragraphs

_NUMBER = re.compile(r"[\W_]*(\d{1,4})[\W_]*")
_SHORT = 120  # letters; what is longer is no number, owner or limit
_LONGEST_LABEL = 40  # letters
DITTO = "〃"
Row = list[Cell]


def arranged(table: Table) -> list[Row]:
    """The rows, their first cell the one that is read first; a head of two rows made one.

    A merged cell is said again in each row over which it stands («شهرداری» for three resolutions); a long text, or
    the text beside a number that is merged like it, is a ditto mark there: the rows below it are of one decision.
    """
    rows = _aligned(_one_head(_filled_down([row for row in table.rows if row])))
    return [row[::-1] for row in rows] if _is_read_backwards(rows, table.mirrored) else rows


def number_in_cell(cell: Cell) -> int | None:
    """The number that a cell is («۳», an automatic «۳-»), or None."""
    match = _NUMBER.fullmatch(to_ascii(beginning(cell)))
    return int(match[1]) if match else None


def beginning(cell: Cell, most: int = _SHORT) -> str:
    """The words of a cell, cut off somewhere behind the first `most` letters."""
    text = ""
    for one in paragraphs(cell.blocks):
        text = f"{text} {one.mark}{one.text[: 2 * most]}".strip()
        if len(text) > most:
            break
    return text


def is_label(row: Row, place: int) -> bool:
    """True for «مذاکرات» in the margin of what was said: a few words beside a cell of several paragraphs."""
    if len(row) != 2:
        return False
    label, other = row[place], row[1 - place]
    said = (one for one in paragraphs(other.blocks) if one.text.strip())
    several = next(said, None) is not None and next(said, None) is not None
    return several and 0 < len(beginning(label)) <= _LONGEST_LABEL and number_in_cell(label) is None


def _filled_down(rows: list[Row]) -> list[Row]:
    origins: dict[int, Cell] = {}
    filled: list[Row] = []
    for row in rows:
        above = [origins.get(cell.column) if cell.merged else None for cell in row]
        same = _text_of(above)
        line: Row = []
        for cell, origin in zip(row, above, strict=True):
            if origin is not None:
                blocks: list[Block] = [Paragraph(DITTO)] if origin is same else origin.blocks
                line.append(Cell(blocks, cell.column, cell.span, True))
            else:
                origins[cell.column] = cell
                line.append(cell)
        filled.append(line)
    return filled


def _text_of(merged: list[Cell | None]) -> Cell | None:
    """Of the cells that stand over a row the one that holds the decision of which the row is a part."""
    words = {id(cell): len(beginning(cell)) for cell in merged if cell}
    cells = sorted((cell for cell in merged if cell), key=lambda cell: words[id(cell)])
    numbered = len(cells) > 1 and any(number_in_cell(cell) for cell in cells)
    return cells[-1] if cells and (numbered or words[id(cells[-1])] > _SHORT) else None


def _one_head(rows: list[Row]) -> list[Row]:
    """A head of two rows («مسئول» over «اصلی» and «همکار», the others merged down) as one."""
    for place, row in enumerate(rows[:-1]):
        if len(row) < 2:
            continue
        below = rows[place + 1]
        wide = [cell for cell in row if cell.span > 1]
        under = [cell for cell in below if not cell.merged]
        inside = all(any(up.column <= cell.column and cell.end <= up.end for up in wide) for cell in under)
        if not wide or not under or not inside or len(below) <= len(row) or any(map(number_in_cell, row)):
            return rows
        head = [cell if cell.merged else _under(cell, wide) for cell in below]
        return [*rows[:place], head, *rows[place + 2 :]]
    return rows


def _under(cell: Cell, wide: list[Cell]) -> Cell:
    above = next(up for up in wide if up.column <= cell.column and cell.end <= up.end)
    return Cell([Paragraph(f"{beginning(above)} {beginning(cell)}")], cell.column, cell.span)


def _aligned(rows: list[Row]) -> list[Row]:
    """Rows in which cells of the head are merged sidewise, with the empty cells that this leaves."""
    head: Row = []
    aligned: list[Row] = []
    for row in rows:
        ends = {cell.end for cell in head}
        unions = 1 < len(row) < len(head) and all(cell.end in ends for cell in row) and row[0].column == head[0].column
        if unions and not (is_label(row, 0) or is_label(row, 1)):
            starts = {cell.column: cell for cell in row}
            row = [starts.get(up.column) or Cell([], up.column, up.span, True) for up in head]  # noqa: PLW2901
        elif len(row) != len(head):
            head = row
        aligned.append(row)
    return aligned


def _is_read_backwards(rows: list[Row], mirrored: bool) -> bool:
    """A table that is not mirrored has its first column on the left, where Persian ends; if it is numbered from there,
    it is read from there all the same."""
    if mirrored or not any("\u0600" <= char <= "\u06ff" for row in rows for cell in row for char in beginning(cell)):
        return False
    wide = [row for row in rows if len(row) > 1]
    return _counts([row[-1] for row in wide]) or not _counts([row[0] for row in wide])


def _counts(column: list[Cell]) -> bool:
    """True for a column that numbers its rows one after another."""
    found = [number for cell in column if (number := number_in_cell(cell)) is not None]
    steps = sum(after == before + 1 for before, after in pairwise(found))
    return found == [1] or (len(found) > 1 and steps * 2 >= len(found) - 1)
