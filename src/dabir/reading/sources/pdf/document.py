"""A PDF → its lines, by a process of its own that opens it within limits."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from dabir.reading.sources.pdf import inside
from dabir.reading.sources.pdf.layout import Placed, lines_of
from dabir.reading.sources.pdf.pieces import Page, Piece
from dabir.reading.sources.unreadable import CAUSES, Unreadable

MEMORY = 768 * 1024 * 1024
SECONDS = 30
LARGEST_ANSWER = 128 * 1024 * 1024

_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG", "HOME", "TMPDIR", "TEMP", "TMP")


@dataclass(frozen=True, slots=True)
class Read:
    """The lines with their places, and the record that the PDF has inside, where it is one of ours."""

    lines: list[Placed]
    own: bytes | None


def read(data: bytes, *, memory: int = MEMORY, seconds: int = SECONDS) -> Read:
    """What the pages show. `Unreadable`: "protected", "damaged-pdf", "scanned", "empty", "too-much", "time" or
    "memory"; a PDF at which PDFium breaks down is a damaged one."""
    answer = _answer(data, memory, seconds)
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"] if answer["unreadable"] in CAUSES else "damaged-pdf")
    pages = [
        Page(width, height, tuple(Piece(text, tuple(box), size) for text, box, size in pieces))
        for width, height, pieces in answer["pages"]
    ]
    own = base64.b64decode(answer["own"]) if answer["own"] else None
    return Read(lines_of(pages), own)


def _answer(data: bytes, memory: int, seconds: int) -> dict[str, Any]:
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    command = [sys.executable, "-P", "-m", inside.__name__, str(memory), str(seconds)]
    # The arguments are of our own making.
    running = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        said, _ = running.communicate(data, timeout=seconds + 5)
    except subprocess.TimeoutExpired:
        raise Unreadable("time") from None
    finally:
        running.kill()
        running.wait()
    if running.returncode:
        raise Unreadable("time" if _out_of_time(running.returncode) else "damaged-pdf")
    if len(said) > LARGEST_ANSWER:
        raise Unreadable("too-much")
    found: dict[str, Any] = json.loads(said)
    return found


def _out_of_time(status: int) -> bool:
    if sys.platform == "win32":
        return False
    import signal  # noqa: PLC0415

    return status in (-signal.SIGXCPU, -signal.SIGKILL)
