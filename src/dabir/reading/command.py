"""`dabir read FILE… [--json]`: minutes in, structure and findings out.

Exit status: 0 read, 1 nothing recognised, 2 unreadable, or the result cannot be written.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from dabir.reading import sources
from dabir.reading.context import Context
from dabir.reading.limits import bounded
from dabir.reading.minutes import Minutes
from dabir.reading.reader import read_source
from dabir.reading.sources import LARGEST, Unreadable
from dabir.reading.sources.own import hash_of
from dabir.reading.summary import summary

READ, NOTHING, FAILED = 0, 1, 2


def main(
    argv: Sequence[str],
    register: Callable[[date | None], Context] | None = None,
    believed: Callable[[str], bool] = lambda _sha256: False,
) -> int:
    """Read each file and print the results; the worst exit status wins. One file prints one object, several a list.

    `register` gives what is known on a meeting's day, or on an unknown one; `believed` says whether a record inside one
    of our documents, known by its hash, is on record there: that very record is printed, and else what the pages show.
    """
    args = _parser().parse_args(argv)
    status = READ
    results: list[Any] = []
    for path in map(Path, args.files):
        name = os.fsencode(path).decode("utf-8", "replace")
        try:
            with bounded():
                minutes = _read(sources.read(content_of(path), path.name), register or _nothing, believed)
        except Unreadable as error:
            print(f"dabir read: {name}: {error}; {error.remedy}", file=sys.stderr)
            results.append({"file": name, "error": error.cause})
            status = max(status, FAILED)
            continue
        status = max(status, READ if minutes.recognised else NOTHING)
        if not minutes.recognised:
            print(f"dabir read: {name}: nothing of minutes was recognised; is it the right file?", file=sys.stderr)
        results.append(minutes.as_json() if args.json else _page(name, minutes, len(args.files)))
    if args.json:
        value = results[0] if len(args.files) == 1 and results else results
        text = json.dumps(value, ensure_ascii=False, indent=1)
    else:
        text = "\n\n".join(page for page in results if isinstance(page, str))
    return status if not text or _print(text) else FAILED


def _read(
    source: sources.Source, register: Callable[[date | None], Context], believed: Callable[[str], bool]
) -> Minutes:
    if source.own is not None and believed(hash_of(source.own)):
        return Minutes.from_json(json.loads(source.own))
    return read_source(source.visible, register)


def _nothing(day: date | None) -> Context:
    """What is known without a register."""
    return Context()


def _print(text: str) -> bool:
    """Print as UTF-8; who reads may stop before the end (`dabir read … | head`). False where it cannot be written."""
    if sys.stdout is None:  # closed by whoever started it (`>&-`)
        print("dabir read: the result cannot be written, since standard output is closed", file=sys.stderr)
        return False
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # a file on Windows, or a bare locale, would refuse Persian
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter's own flush would fail
        if not isinstance(error, BrokenPipeError):
            remedy = Unreadable("disk-full").remedy if error.errno == errno.ENOSPC else "write it elsewhere"
            print(f"dabir read: the result cannot be written ({error.strerror}); {remedy}", file=sys.stderr)
            return False
    return True


def content_of(path: Path) -> bytes:
    """The file's bytes; `Unreadable` where there is no file to read (causes "missing", "folder", "forbidden")."""
    try:
        if path.is_dir():
            raise Unreadable("folder")
        with open(path, "rb", opener=_without_waiting) as file:
            data = file.read(LARGEST + 1)  # a device has no size, and no end
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable("missing") from None
    except OSError:
        raise Unreadable("forbidden") from None
    if len(data) > LARGEST:
        raise Unreadable("too-large")
    return data


def _without_waiting(path: str, flags: int) -> int:
    """Open for reading; a pipe that nobody writes to is empty, instead of waited for."""
    if sys.platform == "win32":
        return os.open(path, flags)
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    return descriptor


def _page(name: str, minutes: Minutes, files: int) -> str:
    return (f"{name}\n" if files > 1 else "") + summary(minutes)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dabir read", description="Read minutes of meetings: text, Word documents and PDFs."
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print JSON (minutes.schema.json describes it)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
