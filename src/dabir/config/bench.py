"""`dabir bench`: hands over to the benchmarks, which stand in the source checkout and are in no wheel."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).parents[3]


def main(argv: Sequence[str]) -> int:
    """The exit status of the benchmark; 2 where there is none."""
    if not (CHECKOUT / "tools" / "bench").is_dir():
        print("dabir bench: the benchmarks are in the source checkout; run it from there", file=sys.stderr)
        return 2
    sys.path.insert(0, str(CHECKOUT))
    status: int = importlib.import_module("tools.bench.command").main(argv)
    return status
