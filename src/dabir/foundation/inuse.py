"""Is this home in use? Whoever serves it holds a place in a file of locks, until the process ends, however it ends.

What replaces a home takes all the places at once: neither can come while the other is there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from dabir.foundation.errors import Conflict

NAME = "in_use"
PLACES = 64


@contextmanager
def in_use() -> Iterator[None]:
    """Use the home; `Conflict` while it is being replaced."""
    with _file() as file:
        if not any(_take(file, place, 1) for place in range(PLACES)):
            raise Conflict(f"{settings.DABIR_HOME} is being restored, or {PLACES} processes use it")
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Have the home alone; `Conflict` while it is in use."""
    with _file() as file:
        if not _take(file, 0, PLACES):
            raise Conflict(f"{settings.DABIR_HOME} is in use; stop `dabir serve` and `dabir worker` first")
        yield


@contextmanager
def _file() -> Iterator[int]:
    path = Path(settings.DABIR_HOME) / NAME
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield file
    finally:
        os.close(file)  # and with it the locks


def _take(file: int, place: int, many: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - of Windows alone

            os.lseek(file, place, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, many)
        else:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, many, place)
    except OSError:
        return False
    return True
