"""Pieces of text on pages → lines: paragraphs joined, rows of tables with tabs between their cells, no page numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dabir.reading.sources.pdf.pieces import Box, Page, Piece
from dabir.reading.wording import rx

_SAME_LINE = 0.5  # of a letter's height, by which pieces of one line may be shifted
_NEXT_LINE = 1.5  # of the usual distance of lines, within which a paragraph goes on
_ABOUT = 0.005  # of the page's width
_MARGIN = 0.12  # of the page's height, in which heads and feet stand
_HIGH = 12  # letters' heights that a cell may begin above the one before it
_COLUMN = 12  # lines of a block; a higher one is a column of text, no cell
_ENDS = (".", ":", "؛", "؟", "!", ":-")
_MARK = rx(
    r"\s*(?:[-–—•·●○◦■□▪▫◾◼◻♦❖◆◇➢➤►▶✓✔✅☑√*➖⁃∙←]"
    r"|[(\[]?(?:\d{1,3}|الف|[بپتثجچحخدهو])\s?(?:[-–—ـ_.):؛/]|\]))"
)
_PAGE_NUMBER = rx(r"\W*(?:صفحه|page)?\s*\d{1,4}(?:\s*(?:از|of|/)\s*\d{1,4})?\W*")
_DIGITS = re.compile(r"\d+")
_PERSIAN = "\u0621-\u063a\u0641-\u064a\u0670-\u06d3"
_IN_A_WORD = re.compile(rf"(?<=[{_PERSIAN}])([A-Za-z])\1*(?=[{_PERSIAN}])")  # what drew a kashida
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_LOOSE_OPENING = re.compile(r"(\w)([(«\[]) (\w)")  # «را( با» for «را (با»
_TURNED_NUMBER = re.compile(r"(?P<sign>[-–.)])\s?(?P<number>\d{1,3})\s+(?=\S)")
_BRACKETS = (("(", ")"), ("[", "]"), ("«", "»"), ("{", "}"), ("<", ">"))


@dataclass(frozen=True, slots=True)
class Placed:
    """A line, the page on which it begins, and its place there as parts of the page's width and height."""

    text: str
    page: int
    box: Box


@dataclass(slots=True)
class _Block:
    """Lines that stand under each other: a paragraph's, or those of a cell."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return (
            min(one.left for one in self.pieces),
            min(one.top for one in self.pieces),
            max(one.right for one in self.pieces),
            max(one.bottom for one in self.pieces),
        )

    @property
    def text(self) -> str:
        return " ".join(one.text for one in self.pieces)


def lines_of(pages: Sequence[Page]) -> list[Placed]:
    """The lines of all pages in reading order; a blank line where one stands on the paper, and around tables."""
    told = _margins(pages)
    placed: list[Placed] = []
    for number, page in enumerate(pages, 1):
        pieces = [piece for piece in page.pieces if not _is_margin(piece, page, number, told)]
        placed += _of_page(pieces, page, number)
    joined = _paragraphs(placed, pages)
    turned = _turned(joined)
    texts = _with_numbers([_cleaned(line.text, turned) for line in joined])
    return [Placed(text, line.page, line.box) for text, line in zip(texts, joined, strict=True)]


# --- heads and feet


def _margins(pages: Sequence[Page]) -> Counter[str]:
    """How often each text stands at the head or foot of a page, whatever its digits."""
    told: Counter[str] = Counter()
    for page in pages:
        told.update({_without_digits(piece) for piece in page.pieces if _at_edge(piece, page)})
    return told


def _is_margin(piece: Piece, page: Page, number: int, told: Counter[str]) -> bool:
    """True for a page number, and for what the head or foot of a page says again; the first head stays."""
    if not _at_edge(piece, page):
        return False
    if _PAGE_NUMBER.fullmatch(piece.text.lower().translate(_TO_ASCII)) and "/" not in piece.text:
        return True
    again = told[_without_digits(piece)] > 1
    return again and (number > 1 or piece.top > page.height / 2)


_TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)


def _without_digits(piece: Piece) -> str:
    return _DIGITS.sub("#", piece.text.translate(_TO_ASCII)).strip()


def _at_edge(piece: Piece, page: Page) -> bool:
    return piece.bottom < page.height * _MARGIN or piece.top > page.height * (1 - _MARGIN)


# --- rows and lines


def _of_page(pieces: Sequence[Piece], page: Page, number: int) -> Iterator[Placed]:
    for row in _rows(pieces):
        if len(row) > 1 and all(len(block.pieces) <= _COLUMN for block in row):
            text = "\t".join(block.text for block in row)
            yield Placed(text, number, _place([piece for block in row for piece in block.pieces], page))
        else:
            for block in row:
                for piece in block.pieces:
                    yield Placed(piece.text, number, _place([piece], page))


def _rows(pieces: Sequence[Piece]) -> Iterator[list[_Block]]:
    """Blocks that stand beside each other are the cells of one row, in the order in which they are read."""
    row: list[_Block] = []
    for piece in pieces:
        if row and _under(row, piece):
            row[-1].pieces.append(piece)
        elif row and _beside(row, piece):
            row.append(_Block([piece]))
        else:
            if row:
                yield row
            row = [_Block([piece])]
    if row:
        yield row


def _under(row: list[_Block], piece: Piece) -> bool:
    """True where the piece goes on below in the last cell of a row; a line of its own begins a row of its own."""
    left, _top, right, bottom = row[-1].box
    near = 0 <= piece.top - bottom + piece.size * _SAME_LINE < 2 * piece.size
    within = piece.left < right and piece.right > left
    alone = len(row) == 1 and not _is_cell(row[0], piece)
    others = any(piece.left < other.box[2] and piece.right > other.box[0] for other in row[:-1])
    return near and within and not others and not alone


def _is_cell(block: _Block, piece: Piece) -> bool:
    """Of a first block nobody knows yet whether a cell stands beside it: short lines may be one."""
    left, _, right, _ = block.box
    return max(right - left, piece.right - piece.left) < 180 and len(block.pieces) < _COLUMN


def _beside(row: list[_Block], piece: Piece) -> bool:
    """True where the piece stands at the height of the row, or goes up to it, and beside all its cells."""
    top = min(block.box[1] for block in row)
    bottom = max(block.box[3] for block in row)
    level = min(bottom, piece.bottom) - max(top, piece.top) > _SAME_LINE * min(piece.size, bottom - top)
    upwards = piece.top < row[-1].pieces[-1].top - _SAME_LINE * piece.size  # behind a cell that stands lower in its row
    near = piece.bottom > top - _HIGH * piece.size
    return (level or (upwards and near)) and all(
        piece.right <= block.box[0] or piece.left >= block.box[2] for block in row
    )


def _place(pieces: Sequence[Piece], page: Page) -> Box:
    left, top, right, bottom = _Block(list(pieces)).box
    parts = (left / page.width, top / page.height, right / page.width, bottom / page.height)
    first, second, third, fourth = (round(min(max(part, 0.0), 1.0), 4) for part in parts)
    return first, second, third, fourth


# --- paragraphs


def _paragraphs(lines: Sequence[Placed], pages: Sequence[Page]) -> list[Placed]:
    """Wrapped lines joined: a line goes on in the next one where it is full, has no end, and the
    next has no mark."""
    pitch = _pitch(lines)
    edge = _left_edge(lines)
    joined: list[Placed] = []
    last: Placed | None = None  # the last visible line
    start = 0.0  # where the paragraph's mark stands, beyond which none of its lines begins
    for line in lines:
        if last is not None and _goes_on(last, line, pitch, edge) and not (start and line.box[2] > start + _ABOUT):
            before = joined[-1]
            joined[-1] = Placed(f"{before.text} {line.text}", before.page, _around(before, line))
        else:
            joined.append(line)
            start = line.box[2] if _MARK.match(line.text) else 0.0
        last = line
    return joined


def _goes_on(last: Placed, line: Placed, pitch: float, edge: float) -> bool:
    if "\t" in last.text or "\t" in line.text or last.text.endswith(_ENDS) or _MARK.match(line.text):
        return False
    word = len(line.text.split(" ", 1)[0]) + 1
    room = word * (line.box[2] - line.box[0]) / len(line.text)
    full = last.box[0] - edge < room + _ABOUT  # the next line's first word had no place in this one
    if line.page != last.page:
        return full
    return full and 0 < line.box[1] - last.box[1] <= _NEXT_LINE * pitch


def _pitch(lines: Sequence[Placed]) -> float:
    """The usual distance of one line from the next, as a part of the page's height."""
    steps = [
        round(after.box[1] - before.box[1], 3)
        for before, after in pairwise(lines)
        if before.page == after.page and 0 < after.box[1] - before.box[1] < 0.06
    ]
    return Counter(steps).most_common(1)[0][0] if steps else 0.02


def _left_edge(lines: Sequence[Placed]) -> float:
    """Where full lines end: the usual left edge of the widest lines."""
    wide = [line.box[0] for line in lines if "\t" not in line.text and line.box[2] - line.box[0] > 0.5]
    return Counter(round(one, 2) for one in wide).most_common(1)[0][0] if wide else 0.0


def _around(first: Placed, second: Placed) -> Box:
    if first.page != second.page:
        return first.box
    a, b = first.box, second.box
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


# --- letters


def _turned(lines: Sequence[Placed]) -> set[tuple[str, str]]:
    """The brackets that the document draws the wrong way round: more lines close them before they open them."""
    found: set[tuple[str, str]] = set()
    for opens, closes in _BRACKETS:
        wrong = right = 0
        for line in lines:
            first, last = line.text.find(opens), line.text.find(closes)
            if first >= 0 and last >= 0:
                wrong += last < first
                right += first < last
        if wrong > right:
            found.add((opens, closes))
    return found


def _cleaned(text: str, turned: set[tuple[str, str]]) -> str:
    """Plain letters for presentation forms, no letters that drew a kashida, brackets the right way round."""
    text = _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)
    text = _IN_A_WORD.sub("", text)
    for opens, closes in turned:
        text = text.translate({ord(opens): closes, ord(closes): opens})
    text = _LOOSE_OPENING.sub(r"\1 \2\3", text)
    return re.sub(r" {2,}", " ", text).strip(" ")


def _with_numbers(texts: list[str]) -> list[str]:
    """«-۱ لوح …» as «۱- لوح …»: an automatic number whose sign was drawn on its other side; one alone may be less than
    zero."""
    turned = [_TURNED_NUMBER.match(text) for text in texts]
    if sum(match is not None for match in turned) < 2:
        return texts
    return [
        f"{match['number']}{match['sign']} {text[match.end() :]}" if match else text
        for match, text in zip(turned, texts, strict=True)
    ]
