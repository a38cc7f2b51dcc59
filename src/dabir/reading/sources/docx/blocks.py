"""What a document is made of, before it becomes lines: paragraphs and tables in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Paragraph:
    """`text` may hold line breaks and tabs; `mark` is its automatic number or bullet, with the space behind it."""

    text: str
    mark: str = ""
    changed: bool = False
    """True where tracked changes were accepted in it."""
    notes: list[str] = field(default_factory=list)
    """The keys of its footnotes («f1») and endnotes («e1»)."""

    @property
    def lines(self) -> list[str]:
        return (self.mark + self.text).split("\n")


@dataclass(slots=True)
class Cell:
    """A cell of a row: its first column in the table's grid, how many it spans, and its place in a merged cell."""

    blocks: list[Block]
    column: int
    span: int = 1
    merged: bool = False
    """True where it goes on with the cell above."""

    @property
    def end(self) -> int:
        return self.column + self.span


@dataclass(slots=True)
class Table:
    """Rows of cells; `mirrored` where the first column stands on the right."""

    rows: list[list[Cell]]
    mirrored: bool = False


Block = Paragraph | Table


def is_blank(block: Block) -> bool:
    """True for a paragraph that shows nothing and refers to nothing."""
    return isinstance(block, Paragraph) and not (block.notes or block.mark or block.text.strip())


def paragraphs(blocks: list[Block]) -> Iterator[Paragraph]:
    """The paragraphs of `blocks`, those in tables too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs(cell.blocks)
