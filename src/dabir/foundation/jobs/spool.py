"""The bytes that jobs wait with, in DABIR_HOME/incoming under names of chance, until the job has ended.

They are on disk, flushed, before the row that names them; a kill in between leaves a file that `sweep` takes away.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Collection
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from dabir.foundation.files import MINUTES_FOR_A_ROW, sync_folder


def put(data: bytes) -> str:
    """Write the bytes so that they survive a power cut, and return their name; call it outside a transaction.

    Nothing is left behind when they cannot be written (`OSError`).
    """
    name = uuid4().hex
    path = _folder() / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return name


def get(name: str) -> bytes:
    """The bytes; an `OSError` when they are gone."""
    return (_folder() / name).read_bytes()


def drop(name: str) -> None:
    """Take them away, if they are there."""
    with contextlib.suppress(OSError):
        (_folder() / name).unlink()


def sweep(named: Collection[str]) -> int:
    """Take away what no job names; what is minutes old may still get its row. Returns how many."""
    dropped = 0
    for path in _folder().glob("*"):
        with contextlib.suppress(OSError):
            if path.name not in named and time.time() - path.stat().st_mtime > MINUTES_FOR_A_ROW * 60:
                path.unlink()
                dropped += 1
    return dropped


def _folder() -> Path:
    return Path(settings.DABIR_HOME) / "incoming"
