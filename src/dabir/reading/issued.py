"""What a document that left this register says of itself: the address of its stamp, and the record inside.

It is believed in nothing: whoever asks compares it with the register. A server lets a child process look (`looked_at`).
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
import zlib
from typing import Any
from xml.etree import ElementTree

import pypdfium2
from pypdfium2 import PdfiumError

from dabir.reading.minutes import EMBEDDED

LARGEST = 24 * 1024 * 1024
"""Bytes of a record that is looked at; a hundred pages have a tenth of it."""
MOST_ATTACHMENTS = 20
PART = f"dabir/{EMBEDDED}"
_PROPERTIES = "docProps/core.xml"
_KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"
_SHORT = re.compile(r"[\x20-\x7e]{0,400}")


def looked_at(data: bytes, _parent: Any = None) -> bytes:
    """JSON: `form` "pdf" or "docx" (empty for any other file), `says` the address or empty, `source` the record in
    base64, or empty where none is inside."""
    form, says, source = "", "", b""
    if data.startswith(b"%PDF-"):
        form, (says, source) = "pdf", _in_pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        form, (says, source) = "docx", _in_package(data)
    found = {"form": form, "says": _short(says), "source": base64.b64encode(source).decode()}
    return json.dumps(found).encode()


def _in_pdf(data: bytes) -> tuple[str, bytes]:
    try:
        document = pypdfium2.PdfDocument(data)
        says = document.get_metadata_value("Keywords")
        for number in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
            one = document.get_attachment(number)
            if one.get_name() == EMBEDDED:
                held = bytes(one.get_data())
                return says, held if len(held) <= LARGEST else b""
    except PdfiumError:
        return "", b""
    return says, b""


def _in_package(data: bytes) -> tuple[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _keywords(_part(package, _PROPERTIES)), _part(package, PART)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, RuntimeError, ValueError, OSError):
        return "", b""


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        with package.open(name) as part:
            held = part.read(LARGEST + 1)
    except KeyError:
        return b""
    return held if len(held) <= LARGEST else b""


def _keywords(properties: bytes) -> str:
    if b"<!" in properties:
        return ""
    try:
        return ElementTree.fromstring(properties).findtext(_KEYWORDS) or ""  # noqa: S314
    except ElementTree.ParseError:
        return ""


def _short(says: str) -> str:
    found = _SHORT.match(says)
    return found[0] if found else ""
