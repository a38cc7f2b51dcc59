"""The inside of the process that opens a PDF: `python -m dabir.reading.sources.pdf.inside MEMORY SECONDS`.

PDFium is a large library in C, and a PDF may hold anything; it works here, under limits, and whatever it does to this
process is a refusal to the one that waits. The PDF comes on standard input; JSON goes out: `{"pages": …, "own": …}`
(`own`: the attached record, base64) or `{"unreadable": cause}`.
"""

from __future__ import annotations

import base64
import bisect
import ctypes
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from dabir.persian.letters import ZWNJ
from dabir.reading.minutes import EMBEDDED
from dabir.reading.sources.unreadable import LARGEST, Unreadable

MOST_PAGES = 400
_MOST_ATTACHED = 20
_WIDE = 2.0
"""A gap of so many heights of a letter parts the cells of a row."""
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NO_LETTERS = frozenset((0, 2, 0xAD, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, *_BIDI))

Letter = tuple[str, bool, float, float, float, float]
"""A character, whether a space stands before it, and its left, top, right and bottom."""


def extracted(data: bytes) -> dict[str, Any]:
    """The pieces of all pages and the attached record; `Unreadable`: "protected", "damaged-pdf", "too-much"."""
    import pypdfium2 as pdfium  # noqa: PLC0415
    from pypdfium2 import raw  # noqa: PLC0415

    try:
        document = pdfium.PdfDocument(data)
        if len(document) > MOST_PAGES:
            raise Unreadable("too-much")
        own = _own(document)
        pages, letters, pictures = [], 0, 0
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            pieces = []
            text = page.get_textpage()
            for piece in _pieces(raw, text.raw, height):
                letters += len(piece[0])
                if letters > LARGEST:
                    raise Unreadable("too-much")
                pieces.append(piece)
            if not pieces:
                pictures += next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None
            pages.append([width, height, pieces])
            text.close()
            page.close()
    except pdfium.PdfiumError as error:
        raise Unreadable("protected" if "assword" in str(error) else "damaged-pdf") from None
    if not letters:
        raise Unreadable("scanned" if pictures else "empty")
    return {"pages": pages, "own": base64.b64encode(own).decode() if own else None}


def _own(document: Any) -> bytes | None:
    """The attached file that is called as the record is in documents of ours."""
    for place in range(min(document.count_attachments(), _MOST_ATTACHED)):
        attached = document.get_attachment(place)
        if attached.get_name() == EMBEDDED:
            data = bytes(attached.get_data())
            return data if len(data) <= LARGEST else None
    return None


def _pieces(raw: Any, text: Any, height: float) -> Iterator[list[Any]]:
    """The pieces of a page: PDFium's lines, parted at wide gaps; letters in the order in which they are read."""
    bounds = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = bounds
    line: list[Letter] = []
    space = False
    for at in range(max(0, raw.FPDFText_CountChars(text))):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in (10, 13):
            yield from _parted(line)
            line, space = [], False
        elif code in _NO_LETTERS or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        elif chr(code).isspace():
            space = True
        elif raw.FPDFText_GetCharBox(text, at, *map(ctypes.byref, bounds)):
            line.append((chr(code), space, left.value, height - top.value, right.value, height - bottom.value))
            space = False
    yield from _parted(line)


def _parted(line: list[Letter]) -> Iterator[list[Any]]:
    """The cells of a line: where nothing is drawn over a wide stretch, another begins."""
    if not line:
        return
    size = max(letter[5] - letter[3] for letter in line) or 1.0
    drawn = sorted((letter[2], letter[4]) for letter in line)
    cuts, reach = [], drawn[0][1]
    for x0, x1 in drawn:
        if x0 - reach > _WIDE * size:
            cuts.append((x0 + reach) / 2)
        reach = max(reach, x1)
    cells: dict[int, list[Letter]] = {}
    for letter in line:
        cells.setdefault(bisect.bisect(cuts, letter[2]), []).append(letter)
    for cell in map(_in_order, cells.values()):
        words = "".join(f" {char}" if space else char for char, space, *_ in cell).strip()
        box = [min(c[2] for c in cell), min(c[3] for c in cell), max(c[4] for c in cell), max(c[5] for c in cell)]
        yield [words, box, size]


def _in_order(cell: list[Letter]) -> list[Letter]:
    """The letters with each Persian word from right to left: as some programs draw words, they come out reversed."""
    ordered: list[Letter] = []
    word: list[Letter] = []
    for letter in cell:
        persian = letter[0] == ZWNJ or ("\u0621" <= letter[0] <= "\u06d3" and not letter[0].isdigit())
        if word and (not persian or letter[1]):
            ordered += _turned(word)
            word = []
        if persian:
            word.append(letter)
        else:
            ordered.append(letter)
    return ordered + _turned(word)


def _turned(word: list[Letter]) -> list[Letter]:
    rightwards = sum(after[2] > before[2] for before, after in pairwise(word))
    if len(word) < 2 or rightwards * 2 <= len(word) - 1:
        return word
    first = word[0][1]
    return [(letter[0], first and not place, *letter[2:]) for place, letter in enumerate(reversed(word))]


def main(memory: int, seconds: int) -> None:
    """Answer on standard output."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
            hard = resource.getrlimit(kind)[1]
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (limit, limit))
    try:
        answer = extracted(sys.stdin.buffer.read(LARGEST + 1))
    except Unreadable as refusal:
        answer = {"unreadable": refusal.cause}
    except MemoryError:
        answer = {"unreadable": "memory"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
