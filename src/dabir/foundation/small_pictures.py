"""Stored pictures as small as pages show them: worked out once each, and kept beside the files in DABIR_HOME/small.

They are no record: what is missing is made again, a backup leaves them out. Whoever asks has checked who may see it."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from pathlib import Path

from django.conf import settings

from dabir.foundation import child, files
from dabir.foundation.models import StoredFile
from dabir.reading import small

SECONDS = 20.0
AGAIN = 24 * 3600.0
"""Seconds after which a picture that could not be made small is tried again."""
STALE = 3600.0
"""Seconds after which nobody writes a file any more."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""A page asks for all of its pictures together; each that is made keeps a core busy."""


def small_of(file: StoredFile) -> bytes:
    """A JPEG of at most 480 points either way; nothing where the stored bytes are no picture."""
    path = folder() / file.sha256[:2] / f"{file.sha256}.jpg"
    if path.exists():
        return path.read_bytes()
    data = files.get(file)
    if files.ending_of(data) not in ("jpg", "png"):
        return b""
    try:
        with _AT_ONCE:
            made = child.run(small.small, data, seconds=SECONDS)
    except child.ChildFailed:
        made = b""
    _keep(path, made)  # also that there is none: each look at a broken one would keep a core busy again
    return made


def folder() -> Path:
    return Path(settings.DABIR_HOME) / "small"


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
        temporary.write(data)
    os.replace(temporary.name, path)


def sweep() -> None:
    """Take away those of files that are no more, what a kill has left half written, and word of broken ones that is
    old: it may have been the machine that had too much to do."""
    for path in folder().glob("*/tmp*"):
        with contextlib.suppress(FileNotFoundError):  # it was being written, and has its name now
            if time.time() - path.stat().st_mtime > STALE:
                path.unlink()
    kept = {path.stem: path for path in folder().glob("*/*.jpg")}
    gone = kept.keys() - set(StoredFile.objects.filter(sha256__in=kept).values_list("sha256", flat=True))
    for name, path in kept.items():
        if name in gone or _is_old_failure(path):
            path.unlink(missing_ok=True)


def _is_old_failure(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        found = path.stat()
        return found.st_size == 0 and time.time() - found.st_mtime > AGAIN
    return False
