"""What a page asks for again and again is worked out once between two events of the ledger.

Whatever happens to a record is an event, so that an answer stands until the next one; its hash is part of the key, and
so is the day. Nothing is ever stale, in whichever process the event was written; what costs the same at every size is
not worth it, since finding the newest event is a query too: a page that is only read finds it once (`one_view`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from dabir.foundation.prepared import planned_cursor
from dabir.persian import clock

P = ParamSpec("P")
R = TypeVar("R")
MOST = 500
"""Answers of each function, some of which are pages of fifty rows."""
_VIEW: ContextVar[list[tuple[object, ...]] | None] = ContextVar("view", default=None)
"""The moment that the view at hand hangs on, once it is found."""


def until_the_next_event(function: Callable[P, R]) -> Callable[P, R]:
    """Remember what `function` answers. It asks tables alone that are written together with an event, its arguments are
    hashable, and nobody changes its answer.

    Within a transaction nothing is remembered: what is seen there is not there for others, or not yet. Nor is anything
    before the first event.
    """

    @lru_cache(maxsize=MOST)
    def remembered(_key: tuple[object, ...], *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    newest: tuple[object, ...] = ()

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal newest
        moment = () if connection.in_atomic_block else _moment()
        if not moment:
            return function(*args, **kwargs)
        if moment != newest:  # nobody asks for what was before it, which would only fill the memory
            remembered.cache_clear()
            newest = moment
        return remembered(moment, *args, **kwargs)  # type: ignore[arg-type]

    return answer


@contextmanager
def one_view() -> Iterator[None]:
    """Inside, the clock stands still and the newest event is asked for once, unless one is written here: for whoever
    only looks, and not for long. All that one view shows is so of one moment."""
    token = _VIEW.set([])
    try:
        with clock.standing_at(clock.now()):
            yield
    finally:
        _VIEW.reset(token)


def moved_on() -> None:
    """An event was written: what is looked at next is asked anew."""
    if view := _VIEW.get():
        view.clear()


def _moment() -> tuple[object, ...]:
    """The newest event and the day; empty before the first event."""
    view = _VIEW.get()
    if view:
        return view[0]
    newest = _newest_event()
    moment = (newest, clock.today()) if newest else ()
    if view is not None and moment:
        view.append(moment)
    return moment


def _newest_event() -> str:
    """Its hash; empty before the first."""
    with planned_cursor() as cursor:
        cursor.execute("SELECT hash FROM foundation_event ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return str(row[0]) if row else ""
