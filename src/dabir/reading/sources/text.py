"""Bytes → plain text, in the encodings of offices. Whatever is no readable text is refused, with a cause."""

from __future__ import annotations

import codecs
import re

from dabir.reading.sources.unreadable import Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 100_000  # letters that decide whether a guessed encoding made Persian
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_BEGINNINGS = ("<!doctype", "<html", "<?xml", "mime-version:")


def decode(data: bytes) -> str:
    """The text of `data`: UTF-8; UTF-16 with its mark, or without where that makes Persian; or Windows-1256 where
    that makes Persian; else `Unreadable`."""
    text = _decoded(data)
    if not text.strip():
        raise Unreadable("empty")
    if text[:200].lstrip().lower().startswith(_BEGINNINGS):
        raise Unreadable("markup")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\0" in data:
        return _unmarked_utf16(data)
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if sum(byte < 0x20 and byte not in b"\t\n\r\f" for byte in data[:_SAMPLE]) > 2:
        raise Unreadable("binary")
    text = _strict(data, "cp1256")
    if not _is_persian(text):
        raise Unreadable("undecodable")
    return text


def _unmarked_utf16(data: bytes) -> str:
    """Certain where spaces and digits have their zero bytes on one side, and the outcome is Persian."""
    zeros = data[:_SAMPLE].count(0)
    for encoding, side in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(data) % 2 == 0 and data[side:_SAMPLE:2].count(0) == zeros:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _is_persian(text):
                return _checked(text)
    raise Unreadable("binary")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding))
    except UnicodeDecodeError:
        raise Unreadable("undecodable") from None


def _checked(text: str) -> str:
    """`text` itself, unless control characters tell that it is none."""
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > len(sample) // 100:
        raise Unreadable("binary")
    return text


def _is_persian(text: str) -> bool:
    letters = [char for char in text[:_SAMPLE] if char.isalpha()]
    return sum("\u0600" <= char <= "\u06ff" for char in letters) >= 0.6 * len(letters)
