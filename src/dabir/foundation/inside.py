"""The inside of a child process that `foundation.child` has started; it imports no more than it needs.

Both sides speak in frames: a letter for the kind, the length, and the bytes.
"""

from __future__ import annotations

import importlib
import os
import queue
import signal
import struct
import sys
import threading
from enum import StrEnum
from typing import IO

if sys.platform != "win32":
    import resource

OUT_OF_MEMORY = 71
LARGEST_FILE = 256 * 1024 * 1024
"""Bytes of a file that the child, or what it starts, may write."""

_HEAD = struct.Struct(">cI")


class Kind(StrEnum):
    DATA = "d"
    """From the parent: the input, then the reply to each question."""
    STEP = "s"
    QUESTION = "q"
    ANSWER = "a"


Frame = tuple[str, bytes]


class Parent:
    """The process that waits for the answer, as the function in the child sees it."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self.replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def step(self, name: str) -> None:
        """Say what is being done now, in a word."""
        self.say(Kind.STEP, name.encode("ascii"))

    def ask(self, question: bytes) -> bytes:
        """Ask for what only the parent knows, and wait for it."""
        self.say(Kind.QUESTION, question)
        return self.replies.get()

    def say(self, kind: Kind, payload: bytes) -> None:
        write_frame(self._pipe, kind, payload)


def write_frame(pipe: IO[bytes], kind: Kind, payload: bytes) -> None:
    pipe.write(_HEAD.pack(kind.encode("ascii"), len(payload)))
    pipe.write(payload)
    pipe.flush()


def read_head(pipe: IO[bytes]) -> tuple[str, int] | None:
    """The kind and the length of the next frame; None at the end."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, size = _HEAD.unpack(head)
    return kind.decode("latin-1"), size


def _limit(memory: int, seconds: int) -> None:
    """Soft limits, where a converter may need more than we do: it is not the child that is hostile, but the file."""
    if sys.platform != "win32":
        for what, size in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_FSIZE, LARGEST_FILE),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (size, resource.getrlimit(what)[1]))


def _hear(parent: Parent, pipe: IO[bytes]) -> None:
    """Take the parent's replies. When it is gone nobody waits any longer: end, with all that was started."""
    while (head := read_head(pipe)) is not None:
        payload = pipe.read(head[1])
        if len(payload) < head[1]:
            break
        parent.replies.put(payload)
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def main(module: str, name: str, memory: str, seconds: str) -> int:
    _limit(int(memory), int(seconds))
    spoken = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the function or a converter prints is no answer
    parent = Parent(spoken)
    threading.Thread(target=_hear, args=[parent, os.fdopen(os.dup(0), "rb")], daemon=True).start()
    try:
        answer = getattr(importlib.import_module(module), name)(parent.replies.get(), parent)
        parent.say(Kind.ANSWER, answer)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    try:
        status = main(*sys.argv[1:])
    except Exception:
        sys.excepthook(*sys.exc_info())
        status = 1
    sys.stderr.flush()
    os._exit(status)  # the thread that hears holds no lock then that the interpreter would wait for
