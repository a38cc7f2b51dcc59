"""What the QR codes on scanned sheets say, and sheets parted from others.

Runs in a child process with limits: scans come from outside.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES = 60
MOST_PIXELS = 80_000_000
"""Of one picture: A3 at 600 dots per inch has 70 million."""
_DOTS = (150, 300)
"""Per inch, at which a page of a PDF is looked at, one after the other until a code is found."""
_LARGEST_PAGE = 2_000.0
"""Points; A1. What is larger is no sheet of minutes."""
LARGEST_PARTS = 40 * 1024 * 1024
"""Bytes of all parts together; what sheets share stands in each."""
PICTURES = ("JPEG", "PNG", "TIFF")


class _Asks(Protocol):
    def step(self, name: str) -> None: ...


def codes_on(data: bytes, parent: _Asks) -> bytes:
    """The texts of the QR codes on each sheet of a PDF or a picture, as JSON: `{"kind", "codes"}`, a list of each.

    `{"fault"}` instead where it is neither (`unknown`), cannot be opened (`damaged`, `protected`), or has too many
    pages or points (`large`).
    """
    parent.step("look")
    try:
        found = _pdf(data) if data[:1024].lstrip().startswith(b"%PDF-") else _picture(data)
    except _Fault as fault:
        found = {"fault": fault.args[0]}
    return json.dumps(found).encode()


def asking(data: bytes, parts: Sequence[Sequence[int]]) -> bytes:
    """What `parted` takes: a PDF that was looked at, and the sheets of each part, counted from 0."""
    return json.dumps(parts).encode() + b"\n" + data


def parted(asked: bytes, parent: _Asks) -> bytes:
    """Each part as a PDF of its own, its sheets in this order: a list of base64, or `{"fault"}` as of `codes_on`."""
    import pypdfium2  # noqa: PLC0415

    parent.step("part")
    head, _, data = asked.partition(b"\n")
    parts, size = [], 0
    try:
        whole = pypdfium2.PdfDocument(data)
        for sheets in json.loads(head):
            part, held = pypdfium2.PdfDocument.new(), io.BytesIO()
            part.import_pages(whole, sheets)
            part.save(held)
            size += held.tell()
            if size > LARGEST_PARTS:
                return json.dumps({"fault": "large"}).encode()
            parts.append(base64.b64encode(held.getvalue()).decode())
    except pypdfium2.PdfiumError:
        return json.dumps({"fault": "damaged"}).encode()
    return json.dumps(parts).encode()


class _Fault(Exception):
    """A word that says why it was not looked at."""


def _pdf(data: bytes) -> dict[str, object]:
    import pypdfium2  # noqa: PLC0415  (the server needs none of these three; the child does)

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _Fault("protected" if "assword" in str(error) else "damaged") from None
    pages = len(document)
    if not 0 < pages <= MOST_PAGES:
        raise _Fault("large" if pages else "damaged")
    codes: list[list[str]] = []
    for number in range(pages):
        try:
            page = document[number]
            if max(page.get_size()) > _LARGEST_PAGE:
                raise _Fault("large")
            looks = (_codes(page.render(scale=dots / 72, grayscale=True).to_pil()) for dots in _DOTS)
            codes.append(next((found for found in looks if found), []))
            page.close()
        except pypdfium2.PdfiumError:
            raise _Fault("damaged") from None
    return {"kind": "pdf", "codes": codes}


def _picture(data: bytes) -> dict[str, object]:
    from PIL import Image  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = None  # the limit is checked below, before anything is unpacked
    try:
        picture = Image.open(io.BytesIO(data), formats=PICTURES)
    except Exception:  # whatever a broken file makes Pillow raise
        raise _Fault("unknown") from None
    pages = getattr(picture, "n_frames", 1)
    codes: list[list[str]] = []
    if not 0 < pages <= MOST_PAGES:
        raise _Fault("large")
    for number in range(pages):
        try:
            picture.seek(number)
            if picture.width * picture.height > MOST_PIXELS:
                raise _Fault("large")
            codes.append(_codes(picture.convert("L")))
        except _Fault:
            raise
        except Exception:  # as above
            raise _Fault("damaged") from None
    return {"kind": "picture", "codes": codes}


def _codes(picture: Image) -> list[str]:
    """Each once."""
    import zxingcpp  # noqa: PLC0415

    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return list(dict.fromkeys(code.text[:1000] for code in codes if code.valid))
