"""What a page asks for again and again is worked out once between two events of the ledger.

Whatever happens to a record is an event, so that an answer stands until the next one; its hash is part of the key, and
so is the day. Nothing is ever stale, in whichever process the event was written; what costs the same at every size is
not worth it, since finding the newest event is a query too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from dabir.persian import clock

P = ParamSpec("P")
R = TypeVar("R")
MOST = 2_000


def until_the_next_event(function: Callable[P, R]) -> Callable[P, R]:
    """Remember what `function` answers. It asks ledgered tables alone, its arguments are hashable, and nobody changes
    its answer.

    Within a transaction nothing is remembered: what is seen there is not there for others, or not yet. Nor is anything
    before the first event.
    """

    @lru_cache(maxsize=MOST)
    def remembered(_key: tuple[object, ...], *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        newest = "" if connection.in_atomic_block else _newest_event()
        if not newest:
            return function(*args, **kwargs)
        return remembered((newest, clock.today()), *args, **kwargs)  # type: ignore[arg-type]

    return answer


def _newest_event() -> str:
    """Its hash; empty before the first. Bare, since it is asked for several times a page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM foundation_event ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return str(row[0]) if row else ""
