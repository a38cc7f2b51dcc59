"""Where the time goes: a clock of the system interrupts the work every millisecond and notes where it stands.

A profiler that counts calls makes small functions dear; this one costs next to nothing and knows no names of stages:
a stage is whatever `reader.py` calls.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import dabir
from dabir.reading import reader

INTERVAL = 0.001  # seconds
_SOURCE = str(Path(dabir.__file__).parent)
_ROOMS = tuple(str(Path(_SOURCE, room)) for room in ("reading", "persian"))


def sampled(work: Callable[[], object]) -> dict[str, dict[str, float]]:
    """Shares of the time of `work`: "stages" with all that they call, and "modules" by themselves; largest first."""
    stages, modules = Counter[str](), Counter[str]()

    def note(_number: int, frame: FrameType | None) -> None:
        stages[_stage(frame)] += 1
        modules[_module(frame)] += 1

    before = signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return {"stages": _shares(stages), "modules": _shares(modules)}


def _stage(frame: FrameType | None) -> str:
    """What the reader has called; outside of the reader it is JSON that is made."""
    called = "reader itself"
    while frame:
        if frame.f_code.co_filename == reader.__file__:
            return called
        called = frame.f_code.co_name
        frame = frame.f_back
    return "JSON"


def _module(frame: FrameType | None) -> str:
    """The innermost module of the reader's; what the standard library does is its caller's."""
    while frame:
        name = frame.f_code.co_filename
        if name.startswith(_ROOMS):
            return name[len(_SOURCE) + 1 : -3].replace("\\", "/")
        frame = frame.f_back
    return "JSON"


def _shares(counted: Counter[str]) -> dict[str, float]:
    total = max(counted.total(), 1)
    return {name: round(times / total, 4) for name, times in counted.most_common()}
