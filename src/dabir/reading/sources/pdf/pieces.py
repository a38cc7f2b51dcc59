"""What is taken out of a PDF before anything is understood: the pieces of text that stand together on a page."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters on one line without a wide gap, in reading order. `box`: left, top, right and bottom in points, counted
    from the page's upper left corner; `size` the height of its letters."""

    text: str
    box: Box
    size: float

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def top(self) -> float:
        return self.box[1]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def bottom(self) -> float:
        return self.box[3]


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    pieces: tuple[Piece, ...]
