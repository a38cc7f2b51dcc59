"""Which letters the font that comes with Dabir can show: PDF/A takes no paper with a letter that is not shown."""

from __future__ import annotations

import re
import struct
from functools import cache
from pathlib import Path

from dabir.writing.values import written

FALLBACK = "□"
"""What stands for a letter that the font has not; the record inside the file keeps the letter itself."""
_FONT = Path(__file__).parent / "fonts" / "Vazirmatn-Regular.ttf"
# Signs that turn text around or are invisible; the marks of direction and the joiners stay.
_UNSEEN = re.compile(
    "[\u007f-\u009f\u00ad\u034f\u061c\u200b\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb]"
)
_KEPT = frozenset(map(ord, "\u200c\u200d\u200e\u200f\n\t"))


def shown(text: str) -> str:
    """The text as it can be printed."""
    text = _UNSEEN.sub("", written(text))
    known = _letters()
    return text if known.issuperset(map(ord, text)) else "".join(c if ord(c) in known else FALLBACK for c in text)


@cache
def _letters() -> frozenset[int]:
    """The code points of the font's character map (formats 4 and 12)."""
    data = _FONT.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    (start,) = (
        struct.unpack_from(">I", data, 12 + 16 * n + 8)[0]
        for n in range(tables)
        if data[12 + 16 * n : 16 + 16 * n] == b"cmap"
    )
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set(_KEPT)
    for n in range(count):
        at = start + struct.unpack_from(">I", data, start + 4 + 8 * n + 4)[0]
        (form,) = struct.unpack_from(">H", data, at)
        if form == 4:
            found |= _segments(data, at)
        elif form == 12:
            (groups,) = struct.unpack_from(">I", data, at + 12)
            for group in range(groups):
                first, last, _glyph = struct.unpack_from(">III", data, at + 16 + 12 * group)
                found.update(range(first, last + 1))
    return frozenset(found)


def _segments(data: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    lasts = struct.unpack_from(f">{twice // 2}H", data, at + 14)
    firsts = struct.unpack_from(f">{twice // 2}H", data, at + 16 + twice)
    return {code for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1) if code < 0xFFFF}
