"""Letters as one archive, a file each, for an office that sends them by its automation system."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence

from dabir.persian.letters import ZWNJ
from dabir.writing.letters import Sheet

LONGEST_NAME = 60
"""Letters of a name, of which each may be two bytes; a file system takes 255 bytes."""
_AT = (1980, 1, 1, 0, 0, 0)

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff<>:\"/\\\\|?*]+")


def to_zip(sheets: Sequence[Sheet], *, form: str, files: Iterable[bytes]) -> bytes:
    """These files, one of each sheet, named by its place, its number and its first recipient."""
    held = io.BytesIO()
    width = len(str(len(sheets)))
    with zipfile.ZipFile(held, "w") as package:
        for at, (sheet, file) in enumerate(zip(sheets, files, strict=True), 1):
            entry = zipfile.ZipInfo(f"{file_name(at, sheet, width=width)}.{form}", date_time=_AT)
            # Both forms are packed inside already.
            package.writestr(entry, file, compress_type=zipfile.ZIP_STORED)
    return held.getvalue()


def file_name(at: int, sheet: Sheet, *, width: int = 1) -> str:
    """«07-1234-بنیاد مسکن»: safe on every file system, and in order where names are sorted."""
    parts = [f"{at:0{width}}", safe(sheet.number), safe(sheet.to[0] if sheet.to else sheet.subject)]
    return "-".join(part for part in parts if part)[: LONGEST_NAME + width + 1].rstrip(". -")


def safe(text: str) -> str:
    """Without signs that a file system takes for something else; the number's «/» becomes «_»."""
    return " ".join(_UNSAFE.sub("_", text.replace(ZWNJ, " ")).split()).strip("._ ")[:LONGEST_NAME]
