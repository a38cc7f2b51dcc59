"""Bytes of a file → its text. Whatever is no readable text is refused here, with a cause."""

from __future__ import annotations

import codecs

LARGEST = 10 * 1024 * 1024
"""The most bytes that are read: far above any minutes, far below what would hold up a machine."""

_MESSAGES = {
    "empty": "the file is empty",
    "too-large": f"the file is larger than {LARGEST // 1024 // 1024} MB",
    "binary": "the file is no text (it has binary content)",
    "undecodable": "the text is in an unknown encoding",
    "missing": "there is no such file",
    "folder": "this is a folder",
    "forbidden": "the file cannot be opened",
}
_REMEDIES = {
    "empty": "choose the file that holds the minutes",
    "too-large": "split it, or give the minutes alone",
    "binary": "save the document as plain text (.txt or .md)",
    "undecodable": "save it again as UTF-8",
    "missing": "check the name",
    "folder": "name the files in it",
    "forbidden": "check its permissions",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 100_000  # letters that decide whether a guessed encoding made Persian


class Unreadable(ValueError):
    """A file that is no text. `cause`: "empty", "too-large", "binary", "undecodable" (of the content);
    "missing", "folder", "forbidden" (of the file). `remedy` says what to do."""

    def __init__(self, cause: str) -> None:
        super().__init__(_MESSAGES[cause])
        self.cause = cause
        self.remedy = _REMEDIES[cause]


def decode(data: bytes) -> str:
    """The text of `data`: UTF-8, UTF-16 with its mark, or Windows-1256 where that makes Persian; else `Unreadable`."""
    if len(data) > LARGEST:
        raise Unreadable("too-large")
    text = _decoded(data)
    if not text.strip():
        raise Unreadable("empty")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\0" in data:
        raise Unreadable("binary")
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if sum(byte < 0x20 and byte not in b"\t\n\r\f" for byte in data[:_SAMPLE]) > 2:
        raise Unreadable("binary")
    text = _strict(data, "cp1256")
    letters = [char for char in text[:_SAMPLE] if char.isalpha()]
    if sum(_is_arabic(char) for char in letters) < 0.6 * len(letters):
        raise Unreadable("undecodable")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding))
    except UnicodeDecodeError:
        raise Unreadable("undecodable") from None


def _checked(text: str) -> str:
    """`text` itself, unless control characters tell that it is none."""
    sample = text[:_SAMPLE]
    if sum(char < " " and char not in "\t\n\r\f" for char in sample) > len(sample) // 100:
        raise Unreadable("binary")
    return text


def _is_arabic(char: str) -> bool:
    return "\u0600" <= char <= "\u06ff"
