"""hazm's normalizer on the same texts, in an environment of its own: it pins an old numpy and is no dependency of ours.

Run by that environment's Python, this file is the other side: it takes the texts as one line of JSON, then reads
them all for each further line, and answers with the seconds of the processor that it took.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

VERSION = "0.10.0"
CACHE = Path(__file__).parents[2] / "var" / "bench" / f"hazm-{VERSION}"
PATIENCE = 600  # seconds for the environment; it is made once


class NotMeasured(Exception):
    """There is no hazm to measure; the message says why."""


class Hazm:
    """hazm at work in a child process; `with Hazm(texts) as hazm: hazm.seconds()`."""

    def __init__(self, texts: list[bytes]) -> None:
        self.texts = texts

    def __enter__(self) -> Hazm:
        command = [str(_environment()), "-I", __file__]
        self.child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self._ask(json.dumps([text.decode() for text in self.texts]))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.child.communicate()

    def seconds(self) -> float:
        """Normalise all texts once; the seconds of the processor that it took."""
        return float(self._ask(""))

    def _ask(self, line: str) -> str:
        assert self.child.stdin and self.child.stdout and self.child.stderr
        try:
            self.child.stdin.write(line + "\n")
            self.child.stdin.flush()
        except BrokenPipeError:
            pass
        if answer := self.child.stdout.readline():
            return answer
        raise NotMeasured(_last_line(self.child.stderr.read()))


def _environment() -> Path:
    """The Python that has hazm; made at the first call."""
    python = CACHE / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = CACHE / "made"
    if not done.exists():
        print(f"hazm {VERSION} is fetched into {CACHE} …", file=sys.stderr, flush=True)
        _do(sys.executable, "-m", "venv", "--clear", str(CACHE))
        _do(str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", f"hazm=={VERSION}")
        done.touch()
    return python


def _do(*command: str) -> None:
    try:
        subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
    except subprocess.CalledProcessError as error:
        raise NotMeasured(_last_line(error.stderr or error.stdout)) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMeasured(str(error)) from None


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["it ended without a word"])[-1]


def _other_side() -> None:
    from hazm import Normalizer  # type: ignore[import-not-found]

    normalizer = Normalizer()
    texts = [text.encode() for text in json.loads(sys.stdin.readline())]
    print("ready", flush=True)
    for _ in sys.stdin:
        began = time.process_time()
        for text in texts:
            normalizer.normalize(text.decode())
        print(time.process_time() - began, flush=True)


if __name__ == "__main__":
    _other_side()
