"""Paging by key: a page begins after a row, not after a count of rows, so that page 10,000 costs what page 1 does."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet

T = TypeVar("T")
SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursors of the pages beside; an empty cursor where there is none."""

    rows: list[T]
    next: str = ""
    previous: str = ""

    def with_rows(self, make: Callable[[list[T]], list[Any]]) -> Page[Any]:
        return Page(make(self.rows), self.next, self.previous)


def page(
    queryset: QuerySet[Any, Any], keys: Sequence[str], *, cursor: str = "", size: int = SIZE, descending: bool = False
) -> Page[Any]:
    """The page at a cursor. `keys` are fields that together are unique and never null; rows are objects or dicts
    that hold them. A cursor that is not one of ours gives the first page."""
    backwards, values = _read(cursor, len(keys))
    down = descending is not backwards
    if values:
        try:
            queryset = queryset.filter(_beyond(keys, values, "lt" if down else "gt"))
        except (ValidationError, ValueError, TypeError):  # ours in form, but of another list
            return page(queryset, keys, size=size, descending=descending)
    found = list(queryset.order_by(*(f"-{k}" if down else k for k in keys))[: size + 1])
    more = len(found) > size
    rows = found[:size]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (backwards or more)
    has_previous = bool(rows) and (more if backwards else bool(values))
    return Page(
        rows,
        next=_write(False, _key(rows[-1], keys)) if has_next else "",
        previous=_write(True, _key(rows[0], keys)) if has_previous else "",
    )


def first(found: list[T], keys: Sequence[str], *, size: int = SIZE) -> Page[T]:
    """The first page, of rows that were asked for in their order, one more than it holds."""
    rows = found[:size]
    return Page(rows, next=_write(False, _key(rows[-1], keys)) if len(found) > size else "")


def _beyond(keys: Sequence[str], values: Sequence[Any], sign: str) -> Q:
    """(a, b) > (x, y), with the first key alone as well so that an index on it serves."""
    condition = Q()
    for n, (key, value) in enumerate(zip(keys, values, strict=True)):
        equal = dict(zip(keys[:n], values[:n], strict=True))
        condition |= Q(**equal, **{f"{key}__{sign}": value})
    return condition & Q(**{f"{keys[0]}__{sign}e": values[0]})


def _key(row: Any, keys: Iterable[str]) -> list[Any]:
    return [row[k] if isinstance(row, dict) else getattr(row, k) for k in keys]


def _write(backwards: bool, values: list[Any]) -> str:
    text = json.dumps([backwards, *values], cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, count: int) -> tuple[bool, list[Any]]:
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        backwards, *values = found
    except (ValueError, TypeError, RecursionError):
        return False, []
    if len(values) != count or not all(isinstance(v, str | int) and "\0" not in str(v) for v in values):
        return False, []
    return backwards is True, values
