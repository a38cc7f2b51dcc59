"""Runs one of our functions in a child process with limits, so that a hostile file cannot hold up or fill the server.

The function stands at the top of a module, takes bytes and gives bytes. The child imports that module alone (no Django,
no settings), sees none of our environment's secrets, and ends with the call. Windows has no limit of memory to set.
"""

from __future__ import annotations

import importlib
import logging
import os
import subprocess
import sys
from collections.abc import Callable

if sys.platform != "win32":
    import resource

MEMORY = 512 * 1024 * 1024
"""Bytes of address space."""
SECONDS = 20.0
LARGEST_ANSWER = 64 * 1024 * 1024

_OUT_OF_MEMORY, _ANSWER_TOO_LARGE = 71, 72
_CAUSES = {_OUT_OF_MEMORY: "memory", _ANSWER_TOO_LARGE: "answer"}
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG")

logger = logging.getLogger(__name__)


class ChildFailed(Exception):
    """No answer came. `cause`: "time", "memory" or "answer" (a limit was met), or "crash" (a fault of ours, logged)."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


def run(function: Callable[[bytes], bytes], data: bytes, *, memory: int = MEMORY, seconds: float = SECONDS) -> bytes:
    """`function(data)`, worked out in a child that is killed when time is over; `ChildFailed` without an answer."""
    command = [sys.executable, "-P", "-m", __name__, function.__module__, function.__qualname__, str(memory)]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        # The arguments are names from our own code, never from a user.
        done = subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed("time") from None
    if done.returncode == 0:
        return done.stdout
    cause = _CAUSES.get(done.returncode, "crash")
    if cause == "crash":
        logger.error(
            "%s: exit %s: %s", function.__qualname__, done.returncode, done.stderr[-2_000:].decode(errors="replace")
        )
    raise ChildFailed(cause)


def _limit_memory(size: int) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(module: str, name: str, memory: str) -> int:
    _limit_memory(int(memory))
    try:
        answer = getattr(importlib.import_module(module), name)(sys.stdin.buffer.read())
        if len(answer) > LARGEST_ANSWER:
            return _ANSWER_TOO_LARGE
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except MemoryError:
        return _OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
