"""Runs one of our functions in a child process with limits, so that a hostile file cannot hold up or fill the server.

The function stands at the top of a module, takes bytes and a `foundation.inside.Parent`, and gives bytes. On its way it
may say which step it is at, and ask for what only the server knows. The child imports that module alone (no Django, no
settings), sees none of our environment's secrets, has a folder of its own for what it must write, and ends with the
call, together with all that it has started: also when the server itself is killed. Windows has no limits to set.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO

from dabir.foundation import inside
from dabir.foundation.inside import Frame, Kind, Parent

MEMORY = 512 * 1024 * 1024
"""Bytes of address space. A converter that the function starts may raise it for itself."""
SECONDS = 120.0
"""From the start to the answer; the child's own time on the processor has the same limit."""
LARGEST_ANSWER = 64 * 1024 * 1024
MOST_FRAMES = 10_000
TICK = 0.1
"""Seconds after which, at most, a stop is heard."""
DEAD = 10 * SECONDS
"""How old a child's folder is that nobody has taken away: its server was killed."""

_FOLDER = "dabir-child-"
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG")

logger = logging.getLogger(__name__)


class ChildFailed(Exception):
    """No answer came. `cause`: "time", "memory" or "answer" (a limit was met), or "crash" (a fault of ours, logged)."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Stopped(Exception):
    """`stop` was set before the answer came; the child is dead."""


def run(
    function: Callable[[bytes, Parent], bytes],
    data: bytes,
    *,
    memory: int = MEMORY,
    seconds: float = SECONDS,
    on_step: Callable[[str], None] = lambda _step: None,
    on_question: Callable[[bytes], bytes] | None = None,
    stop: threading.Event | None = None,
) -> bytes:
    """`function(data, parent)`, worked out in a child; `ChildFailed` without an answer, `Stopped` when `stop` is set.

    `on_step` and `on_question` are called in this thread; what they raise ends the child and comes out of here.
    """
    with tempfile.TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as folder:
        started = _Started(function, memory, seconds, folder)
        try:
            started.send(data)
            return _answer(started, time.monotonic() + seconds, on_step, on_question, stop or threading.Event())
        finally:
            started.kill()


def sweep() -> None:
    """Take away the folders of children whose server was killed; a paper may stand in them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > DEAD:
                shutil.rmtree(folder)


def _answer(
    started: _Started,
    deadline: float,
    on_step: Callable[[str], None],
    on_question: Callable[[bytes], bytes] | None,
    stop: threading.Event,
) -> bytes:
    while True:
        if stop.is_set():
            raise Stopped
        left = deadline - time.monotonic()
        if left <= 0:
            raise ChildFailed("time")
        try:
            frame = started.frames.get(timeout=min(TICK, left))
        except queue.Empty:
            continue
        if frame is None:
            raise ChildFailed(started.cause_of_death())
        kind, payload = frame
        if kind == Kind.ANSWER:
            return payload
        if kind == Kind.STEP:
            on_step(payload.decode("ascii", "replace")[:20])
        elif kind == Kind.QUESTION and on_question:
            started.send(on_question(payload))
        else:
            raise ChildFailed("crash")


class _Started:
    """A running child. Three threads move its bytes, so that neither side can block the one who waits for `frames`;
    all three end with the child."""

    def __init__(self, function: Callable[[bytes, Parent], bytes], memory: int, seconds: float, folder: str) -> None:
        names = [function.__module__, function.__qualname__]
        limits = [str(memory), str(int(seconds) + 1)]
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        # The arguments are names from our own code, never from a user.
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", inside.__name__, *names, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment | dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), folder),
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self.name = function.__qualname__
        self.frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        """What the child has said; None when it will say nothing more."""
        self._sent: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._errors: deque[bytes] = deque(maxlen=20)
        self._too_large = False
        self._threads = [
            threading.Thread(target=self._write, args=[self._process.stdin], daemon=True),
            threading.Thread(target=self._read, args=[self._process.stdout], daemon=True),
            threading.Thread(target=self._listen, args=[self._process.stderr], daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def send(self, data: bytes) -> None:
        self._sent.put(data)

    def cause_of_death(self) -> str:
        """Why no answer came; a fault of ours is logged."""
        if self._too_large:
            return "answer"
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        status = self._process.poll()
        if status == inside.OUT_OF_MEMORY:
            return "memory"
        self._threads[2].join(timeout=5)
        said = b"".join(self._errors)[-2_000:].decode(errors="replace")
        logger.error("%s: exit %s: %s", self.name, status, said)
        return "crash"

    def kill(self) -> None:
        """End the child and all that it has started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._sent.put(None)
        for thread in self._threads:
            thread.join(timeout=5)

    def _write(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError), pipe:
            while (data := self._sent.get()) is not None:
                inside.write_frame(pipe, Kind.DATA, data)

    def _read(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError), pipe:
            for _ in range(MOST_FRAMES):
                size = inside.read_head(pipe)
                if size is None:
                    break
                if size[1] > LARGEST_ANSWER:
                    self._too_large = True
                    break
                self.frames.put((size[0], pipe.read(size[1])))
        self.frames.put(None)

    def _listen(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError), pipe:
            while said := pipe.readline(10_000):
                self._errors.append(said)
