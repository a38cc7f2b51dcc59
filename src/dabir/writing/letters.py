"""A letter as plain values: what is printed on one sheet of paper, whichever the format.

Every text comes as it is to be read: Persian, with Persian digits; codes and addresses in Latin signs are set from left
to right where they are printed. Several sheets make one file, each on a page of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Row = tuple[str, str]
LONGEST_WHOLE = 600
"""Letters of a cell of a table up to which its row stays on one page."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A box under the text: an address, a code large enough to be read over the telephone, and what belongs to them.

    `address` and `code` are each a heading and Latin signs; they stand on lines of their own, because programs that
    copy text out of a PDF turn Latin signs around on a line that has Persian letters too.
    """

    address: Row
    code: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under the text: its heads, how wide each column is beside the others (0: as wide as what it holds), and
    its rows. It goes on over as many pages as it needs, its head on each."""

    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_short(self) -> bool:
        """Whether no row needs to be parted between two pages."""
        return max((len(cell) for row in self.rows for cell in row), default=0) <= LONGEST_WHOLE


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter. Where `number` and `day` are empty a line is left for the office to write on; `marks` are its class
    and urgency, where it has any, and stand on each of its pages; `signers` are the lines under the signature.

    `head` may have several lines, the first being the largest. `footer` stands at the foot of each page. `font` is that
    of the Word file, empty for the one that comes inside it.
    """

    basmala: str
    head: str
    to: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]
    signers: tuple[str, ...]
    number: str = ""
    day: str = ""
    marks: tuple[str, ...] = ()
    panel: Panel | None = None
    grid: Grid | None = None
    enclosures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    footer: str = ""
    font: str = ""


BLANK = "." * 24
NUMBER, DAY, ENCLOSURE, TO, SUBJECT = "شماره", "تاریخ", "پیوست", "به", "موضوع"
PAGE, OF = "صفحه", "از"
HAS_ENCLOSURE, NO_ENCLOSURE = "دارد", "ندارد"
COPIES, ENCLOSURES = "رونوشت", "پیوست‌ها"

_LATIN = re.compile(r"[A-Za-z0-9](?:[!-~ ]*[A-Za-z0-9])?")


def reference_lines(sheet: Sheet) -> tuple[Row, ...]:
    """Number, date and enclosure, as they stand beside the head."""
    has = HAS_ENCLOSURE if sheet.enclosures else NO_ENCLOSURE
    return ((NUMBER, sheet.number or BLANK), (DAY, sheet.day or BLANK), (ENCLOSURE, has))


def directions(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is Latin, to be set from left to right."""
    end = 0
    for found in _LATIN.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], False
        yield found[0], True
        end = found.end()
    if end < len(text):
        yield text[end:], False
