"""Files as they came in: kept under their SHA-256 in DABIR_HOME/files, never changed, never named by the user.

The bytes are on disk, flushed, before the row that names them; a kill or a refusal in between leaves a file that
nothing names (whole, for the next upload of the same bytes to take over, or a temporary one), until `sweep` takes it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from dabir.foundation import ledger
from dabir.foundation.models import StoredFile
from dabir.persian.letters import canonical

MINUTES_FOR_A_ROW = 10
"""How old a file without a row may be before it is taken away."""

_ENDINGS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"PK\x03\x04", "zip"),
)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_DATABASE = ("disk is full", "No space left")
"""How SQLite and PostgreSQL say it."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(digest: str) -> Path:
    return Path(settings.DABIR_HOME) / "files" / digest[:2] / digest


def put(data: bytes) -> str:
    """Write the bytes so that they survive a power cut, and return their SHA-256. Call it outside a transaction."""
    digest = sha256(data)
    path = path_of(digest)
    if path.exists():
        os.utime(path)  # it is wanted: `sweep` passes it over
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = tempfile.NamedTemporaryFile(dir=path.parent, delete=False)
    try:
        with temporary:
            temporary.write(data)
            temporary.flush()
            os.fsync(temporary.fileno())
        os.replace(temporary.name, path)
    except OSError:
        Path(temporary.name).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        sync_folder(folder)
    return digest


def register(change: ledger.Change, data: bytes) -> StoredFile:
    """The row of a file that `put` has written; the one that is there when the same bytes came before."""
    digest = sha256(data)
    path_of(digest).stat()  # an OSError: nothing is named that is not there
    known = StoredFile.objects.filter(sha256=digest).first()
    return known or change.create(StoredFile(sha256=digest, size=len(data)))


def ending_of(data: bytes) -> str:
    """What the bytes say that they are: "pdf", "png", "jpg", "tif", "zip" (also DOCX and XLSX), or "bin"."""
    return next((ending for start, ending in _ENDINGS if data.startswith(start)), "bin")


def shown_name(name: str) -> str:
    """What a file is called on pages and when saved again: without folders and stray marks, at most 200 letters."""
    return canonical(Path(name.replace("\\", "/")).name)[:200] or "-"


def get(file: StoredFile) -> bytes:
    """The bytes; an `OSError` when they are gone or `ValueError` when they are no longer those that came in."""
    data = path_of(file.sha256).read_bytes()
    if sha256(data) != file.sha256:
        raise ValueError(f"the stored bytes are not those of {file.sha256}")
    return data


def sweep() -> int:
    """Take away the files that nothing names; what is minutes old may still get its row. Returns how many."""
    folder = Path(settings.DABIR_HOME) / "files"
    names = set(StoredFile.objects.values_list("sha256", flat=True))
    dropped = 0
    for path in [path for path in folder.glob("*/*") if path.name not in names]:
        with ledger.standstill(), contextlib.suppress(OSError):
            named = StoredFile.objects.filter(sha256=path.name).exists()
            if not named and time.time() - path.stat().st_mtime > MINUTES_FOR_A_ROW * 60:
                path.unlink()
                dropped += 1
    return dropped


def is_full(error: Exception) -> bool:
    """Whether it says that there is no room left: of the disk, of a quota, or of the database upon it."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return isinstance(error, OperationalError) and any(words in str(error) for words in _FULL_DATABASE)


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of names, where the system can (Windows cannot open one)."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
