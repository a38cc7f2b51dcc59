"""The record inside a document that left this register.

It is believed in nothing: whoever asks compares it with the register. A server lets a child process look (`record_in`).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

import pypdfium2
from pypdfium2 import PdfiumError

from dabir.reading.minutes import EMBEDDED
from dabir.reading.sources.own import WORD_PART

LARGEST = 24 * 1024 * 1024
"""Bytes of a record that is looked at; a hundred pages have a tenth of it."""
MOST_ATTACHMENTS = 20


def record_in(data: bytes, _parent: Any = None) -> bytes:
    """The record inside a PDF or a Word document; empty where there is none."""
    if data.startswith(b"%PDF-"):
        held = _in_pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        held = _in_package(data)
    else:
        held = b""
    return held if len(held) <= LARGEST else b""


def _in_pdf(data: bytes) -> bytes:
    try:
        document = pypdfium2.PdfDocument(data)
        for number in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
            one = document.get_attachment(number)
            if one.get_name() == EMBEDDED:
                return bytes(one.get_data())
    except PdfiumError:
        return b""
    return b""


def _in_package(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(WORD_PART) as part:
            return part.read(LARGEST + 1)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        zlib.error,
        EOFError,
        RuntimeError,
        ValueError,
        OSError,
        KeyError,
    ):
        return b""
