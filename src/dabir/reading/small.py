"""A picture as small as a page shows it.

Runs in a child process with limits: pictures come from outside. What leaves is drawn anew, so that nothing of the file
but its points comes along, as the place where a photo was taken.
"""

from __future__ import annotations

import io
from typing import Protocol

SIDE = 480
"""Points at most, either way."""
MOST_PIXELS = 80_000_000
KINDS = ("JPEG", "PNG")


class _Tells(Protocol):
    def step(self, name: str) -> None: ...


def small(data: bytes, parent: _Tells) -> bytes:
    """The picture as a JPEG, upright; nothing where the bytes are no picture, or one of too many points."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    parent.step("look")
    Image.MAX_IMAGE_PIXELS = None  # the limit is checked below, before anything is unpacked
    try:
        picture = Image.open(io.BytesIO(data), formats=KINDS)
        if picture.width * picture.height > MOST_PIXELS:
            return b""
        picture.thumbnail((SIDE, SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except Exception:  # whatever a broken file makes Pillow raise
        return b""
    drawn = Image.new("RGB", upright.size, "white")
    drawn.paste(upright, mask=upright)
    held = io.BytesIO()
    drawn.save(held, "JPEG", quality=80)
    return held.getvalue()
