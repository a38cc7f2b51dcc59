"""How fast the reader is: on many texts beside hazm, on ever longer ones, and from a cold start."""

from __future__ import annotations

import hashlib
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from dabir.reading.context import Context
from dabir.reading.reader import read
from tools.bench import corpus
from tools.bench.hazm import Hazm, NotMeasured
from tools.bench.machine import pin
from tools.bench.sampling import sampled

LONGEST = 300.0  # seconds that a single reading may be expected to take


def run(*, count: int, sizes: list[int], rounds: int, seed: int, beside: bool) -> dict[str, Any]:
    """Measure everything: `count` documents, single ones of `sizes` bytes, starts. Plain values, times in seconds."""
    core = pin()
    texts = corpus.documents(count, seed)
    data = [text.encode() for text in texts]
    assert len(set(data)) == count, "two documents are the same"
    distinct, lines = corpus.distinct_lines(texts)
    about = {
        "seed": seed,
        "documents": count,
        "bytes": sum(map(len, data)),
        "lines": lines,
        "distinct_lines": distinct,
        "sha256": hashlib.sha256(b"\0".join(data)).hexdigest(),
        "resolutions": sum(len(read(one, Context()).resolutions) for one in data),
    }
    return {
        "core": core,
        "corpus": about,
        "throughput": _throughput(data, rounds, beside),
        "growth": list(_growth(sizes, seed)),
        "starting": _starting(texts[0], 2 * rounds),
        "profile": sampled(lambda: [_whole(one) for one in data]) if sys.platform != "win32" else {},
    }


def _whole(data: bytes) -> str:
    return json.dumps(read(data, Context()).as_json(), ensure_ascii=False)


def _throughput(data: list[bytes], rounds: int, beside: bool) -> dict[str, Any]:
    """Each contender reads everything once in each round, so that a busy machine is unfair to all alike."""
    contenders: dict[str, Callable[[], float]] = {
        "one pass over the bytes": lambda: _seconds(lambda: [one.decode().split("\n") for one in data]),
        "reading, JSON out": lambda: _seconds(lambda: [_whole(one) for one in data]),
    }
    missing = "" if beside else "left out"
    with ExitStack() as stack:
        if beside:
            try:
                contenders["hazm's Normalizer alone"] = stack.enter_context(Hazm(data)).seconds
            except NotMeasured as error:
                missing = str(error)
        for act in contenders.values():
            act()  # to warm up
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for _ in range(rounds):
            for name, act in contenders.items():
                times[name].append(act())
    size = sum(map(len, data))
    figures: dict[str, Any] = {
        name: {
            "documents_per_second": len(data) / statistics.median(spent),
            "megabytes_per_second": size / 1e6 / statistics.median(spent),
            "slowest_and_fastest": [size / 1e6 / max(spent), size / 1e6 / min(spent)],
            "seconds": spent,
        }
        for name, spent in times.items()
    }
    return figures | ({"hazm's Normalizer alone": {"not_measured": missing}} if missing else {})


def _growth(sizes: list[int], seed: int) -> Iterator[dict[str, Any]]:
    """Longer and longer documents; `exponent` 1 means that time grows as the text does."""
    before: tuple[int, float] | None = None
    exponent = 1.0
    for size in sizes:
        data = corpus.long_document(size, seed).encode()
        if before and before[1] * (len(data) / before[0]) ** exponent > LONGEST:
            yield {"bytes": len(data), "not_measured": f"it would take more than {LONGEST:.0f} s"}
            return
        tries = [_seconds(partial(_whole, data)) for _ in range(1 if size >= 1_000_000 else 5)]
        spent = statistics.median(tries)
        row: dict[str, Any] = {"bytes": len(data), "seconds": spent}
        if before:
            row["exponent"] = exponent = math.log(spent / before[1]) / math.log(len(data) / before[0])
        yield row
        before = len(data), spent


def _starting(text: str, times: int) -> dict[str, dict[str, float]]:
    """Fresh processes, in turns: the median of the wall's clock, and of the processor's."""
    with tempfile.TemporaryDirectory(prefix="dabir-bench-") as folder:
        path = Path(folder) / "minutes.txt"
        path.write_text(text, encoding="utf-8")
        commands = {
            "python -c pass": ["-c", "pass"],
            "dabir read --help": ["-m", "dabir", "read", "--help"],
            "dabir read FILE": ["-m", "dabir", "read", str(path)],
        }
        spent: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(times):
            for name, arguments in commands.items():
                began, worked = time.perf_counter(), _worked_by_children()
                subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
                spent[name].append((time.perf_counter() - began, _worked_by_children() - worked))
    medians = {name: [statistics.median(each) for each in zip(*pairs, strict=True)] for name, pairs in spent.items()}
    return {name: {"seconds": wall, "processor": worked} for name, (wall, worked) in medians.items()}


def _worked_by_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _seconds(act: Callable[[], object]) -> float:
    """Seconds of the processor; on a machine with nothing else to do, those of the clock on the wall."""
    began = time.process_time()
    act()
    return time.process_time() - began


def table(measured: dict[str, Any], *, profile: bool) -> str:
    """The figures for people."""
    about, lines = measured["corpus"], []
    lines.append(
        f"{about['documents']:,} documents, {about['bytes'] / 1e6:.2f} MB, "
        f"{about['distinct_lines']:,} of {about['lines']:,} lines distinct, {about['resolutions']:,} resolutions read"
    )
    lines.append(f"\n{'':28}{'documents/s':>12}{'MB/s':>9}   slowest … fastest round")
    for name, row in measured["throughput"].items():
        if "not_measured" in row:
            lines.append(f"{name:28}not measured: {row['not_measured']}")
            continue
        low, high = row["slowest_and_fastest"]
        lines.append(
            f"{name:28}{row['documents_per_second']:12,.0f}{row['megabytes_per_second']:9.2f}   {low:.2f} … {high:.2f}"
        )
    lines.append(f"\n{'one document of':28}{'seconds':>12}{'exponent':>9}")
    for row in measured["growth"]:
        name = f"{row['bytes']:,} bytes"
        if "not_measured" in row:
            lines.append(f"{name:28}not measured: {row['not_measured']}")
        else:
            exponent = f"{row['exponent']:9.2f}" if "exponent" in row else ""
            lines.append(f"{name:28}{row['seconds']:12.3f}{exponent}")
    lines.append(f"\n{'from a cold start':28}{'seconds':>12}{'worked':>9}")
    for name, row in measured["starting"].items():
        lines.append(f"{name:28}{row['seconds']:12.3f}{row['processor']:9.3f}")
    if profile:
        for sort, shares in measured["profile"].items():
            lines.append(f"\n{sort:28}{'share':>12}")
            lines += [f"{name:28}{share:12.1%}" for name, share in shares.items() if share >= 0.01]
    return "\n".join(lines)
