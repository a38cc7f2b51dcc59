"""What minutes cost on their way: a PDF, and the compiling of their text at each key, at so many pages.

The texts are made by seed out of the examples (`corpus`), each as long as fills its pages; the directory is that of the
sample, in a home of its own under a temporary folder. `seconds` are the wall's, the median of some rounds after a
first one; a PDF `served` comes from a child process, as on the desk, and so with that one's start.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from tools.bench import corpus

ROUNDS = 7
SIZES = "1,4,40"
BYTES_OF_A_PAGE = 4_000
TRIES = 12
Row = dict[str, Any]


def run(sizes: list[int], *, rounds: int = ROUNDS) -> list[Row]:
    """The rows at each number of pages: `name` "pdf", "pdf, served", "docx" or "compile"."""
    with tempfile.TemporaryDirectory(prefix="dabir-bench-") as home:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.close(reader)
                with os.fdopen(writer, "w", encoding="utf-8") as answer:
                    json.dump(_measured_here(home, sizes, rounds), answer)
                status = 0
            finally:
                os._exit(status)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as held:
            text = held.read()
        _, status = os.waitpid(child, 0)
        if status:
            raise RuntimeError("the documents could not be measured")
        rows: list[Row] = json.loads(text)
        return rows


def table(rows: list[Row]) -> str:
    """The rows for people."""
    lines = [f"{'':14} {'pages':>6} {'seconds':>9} {'slowest':>9} {'bytes':>10}"]
    lines += [
        f"{row['name']:14} {row['size']:>6} {row['seconds']:>9.3f} {row['slowest']:>9.3f} {row['bytes']:>10,}"
        for row in rows
    ]
    return "\n".join(lines)


def _measured_here(home: str, sizes: list[int], rounds: int) -> list[Row]:
    os.environ |= {"DABIR_HOME": home, "DJANGO_SETTINGS_MODULE": "dabir.config.settings", "DABIR_TODAY": "1398/07/20"}
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    from dabir.config import sample
    from dabir.foundation.acting import Acting

    call_command("migrate", verbosity=0)
    sample.fill(by=Acting.host_operator())
    return [row for size in sizes for row in _at(size, rounds)]


def _at(size: int, rounds: int) -> Iterator[Row]:
    from dabir.foundation import child
    from dabir.meetings.compiling import compiled
    from dabir.meetings.models import Meeting
    from dabir.writing import minutes_docx, minutes_pdf

    meeting = Meeting.objects.select_related("kept_by__party").get(code="zanjan-hq-1398-11")
    text = _text_of(size)
    paper = _paper(compiled(meeting, text))
    data = minutes_pdf.as_data(paper)

    def served() -> bytes:
        return child.run(minutes_pdf.typeset, data, memory=minutes_pdf.MEMORY, seconds=minutes_pdf.SECONDS)

    middle, keys = len(text) // 2, count(1)

    def at_a_key() -> bytes:
        typed = f"{text[:middle]}{'ا' * next(keys)}{text[middle:]}"  # another text at each key, as it is typed
        compiled(meeting, typed)
        return text.encode()

    acts: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: minutes_pdf.to_pdf(paper),
        "pdf, served": served,
        "docx": lambda: minutes_docx.to_docx(paper),
        "compile": at_a_key,
    }
    for name, act in acts.items():
        yield {"name": name, "size": size} | _seconds(act, rounds)


def _text_of(pages: int) -> str:
    """A text that fills this number of pages: twice as long or short by halves, until it does."""
    low, high = 0, 0
    size = BYTES_OF_A_PAGE * pages - BYTES_OF_A_PAGE // 2
    for _ in range(TRIES):
        text = corpus.long_document(size)
        found = pages_of(text)
        if found == pages:
            return text
        low, high = (size, high) if found < pages else (low, size)
        size = (low + high) // 2 if high else size * 2
    raise RuntimeError(f"no text fills {pages} pages")


def pages_of(text: str) -> int:
    """How many pages the text fills as minutes."""
    import pypdfium2

    from dabir.reading.context import Context
    from dabir.reading.reader import read_text
    from dabir.writing.minutes_pdf import to_pdf

    return len(pypdfium2.PdfDocument(to_pdf(_paper(read_text(text, Context())))))


def _paper(minutes: Any) -> Any:
    from dabir.reading.minutes import source_of
    from dabir.writing.minutes import Paper
    from dabir.writing.stamp import Stamp

    code, sha256 = "zanjan-hq-1398-11", "0" * 64
    return Paper(
        minutes=minutes,
        source=source_of(minutes.as_json()),
        code=code,
        title="صورتجلسه",
        state="ثبت از روی نسخه امضاشده",
        at=datetime(2019, 10, 9, tzinfo=UTC),
        version=1,
        sha256=sha256,
        address=Stamp.of(code, 1, sha256).address("https://dabir.example"),
    )


def _seconds(act: Callable[[], bytes], rounds: int) -> dict[str, float]:
    size, times = len(act()), []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return {"seconds": round(statistics.median(times), 4), "slowest": round(max(times), 4), "bytes": size}
