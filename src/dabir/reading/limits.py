"""Limits of memory and time on the process that reads, where no other process watches it (`dabir read`)."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from dabir.reading.sources import Unreadable


class _Over(BaseException):
    """Time is over; nothing on the way takes it for an error of its own."""


MEMORY = 900 * 1024 * 1024
"""Bytes of address space, above what the process holds already."""
SECONDS = 60.0


@contextmanager
def bounded(*, memory: int = MEMORY, seconds: float = SECONDS) -> Iterator[None]:
    """`Unreadable` with the cause "memory" or "time" where what is done takes more. Windows has no such limits, and
    time is watched in the main thread alone."""
    with ExitStack() as limits:
        if sys.platform != "win32":
            limits.enter_context(_memory(memory))
            if threading.current_thread() is threading.main_thread():
                limits.enter_context(_time(seconds))
        try:
            yield
        except MemoryError:
            raise Unreadable("memory") from None
        except _Over:
            raise Unreadable("time") from None


@contextmanager
def _memory(most: int) -> Iterator[None]:
    import resource  # noqa: PLC0415  (not on Windows)

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    known = [limit for limit in (_held() + most, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _held() -> int:
    """Bytes of address space that this process has; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def _time(most: float) -> Iterator[None]:
    def over(_signal: int, _frame: FrameType | None) -> None:
        raise _Over

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
