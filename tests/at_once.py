"""The same thing done by several at the same time, each over a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(act: Callable[[], T], times: int = 3) -> list[T]:
    """What each of them got; raises what one of them has raised. For a test whose rows others can see."""
    start = Barrier(times)

    def one(_place: int) -> T:
        start.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
