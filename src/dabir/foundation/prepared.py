"""A condition, or a whole list, whose SQL is made once for each value that it hangs on, instead of with each query.

What an actor may see is a deep condition: Django takes milliseconds to build and write it, several times a page, and
it is the same each time. `Prepared(Model, make, key)` stands in a `filter` for `make(key)`:

    Obligation.objects.filter(Prepared(Obligation, _visible, by))

and `rows_of(make, *key)` are the rows of `make(*key)`. They hold SQL and ids, no row and no answer: whatever the tables
say now decides, as ever. What differs each time are the keys that a list is looked for `among`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Expression, Model, Q, QuerySet
from django.db.models.sql import Query

AMONG = (2**62 - 1,)
"""Stands in a key for the keys of rows, of which there are as many as there are each time."""
_SELF = "dabir_self"
"""Stands in the SQL for whatever the table is called in the query around it."""
_HOLE = "%s"
_ALIAS = re.compile(r"\b([A-Z]\d+)\b")


class Prepared(Expression):
    """The condition `make(key)` on `model`, which may look at the model's own columns and into subqueries, not join.

    `make` is a function of a module and `key` all that the condition hangs on.
    """

    conditional = True

    def __init__(self, model: type[Model], make: Callable[[Any], Q], key: Hashable) -> None:
        super().__init__(output_field=BooleanField())
        self.model, self.make, self.key = model, make, key
        self.alias = ""

    def resolve_expression(self, query: Any = None, *_args: Any, **_more: Any) -> Prepared:
        return self if self.alias else self._called(query.get_initial_alias())

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Prepared:
        return self._called(change_map.get(self.alias, self.alias))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = _written(self.model, self.make, self.key, connection.alias)
        return sql.replace(_SELF, compiler.quote_name_unless_alias(self.alias)), params

    def _called(self, alias: str) -> Prepared:
        clone = copy.copy(self)
        clone.alias = alias
        return clone


def rows_of(
    make: Callable[..., QuerySet[Any, dict[str, Any]]], *key: Hashable, among: Sequence[int] = ()
) -> list[dict[str, Any]]:
    """The rows of `make(*key)`, which is a `values()` of any length; one query. `make` is a function of a module, which
    asks nothing itself, and `key` all that it hangs on; where that holds `AMONG`, only the keys `among` are meant."""
    asked = _asked(make, key, connection.alias)
    if asked is None or (AMONG in key and not among):
        return []
    sql, params = asked.among(among) if among else (asked.sql, asked.params)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: Iterable[Sequence[Any]] = cursor.fetchall()
    compiler = asked.query.get_compiler(connection=connection)
    if converters := compiler.get_converters(asked.columns):
        found = compiler.apply_converters(found, converters)
    return [dict(zip(asked.names, row, strict=True)) for row in found]


@dataclass(frozen=True, slots=True)
class _Asked:
    query: Query
    names: tuple[str, ...]
    columns: tuple[Any, ...]
    """What is selected, as expressions that know how their values are read."""
    sql: str
    params: tuple[Any, ...]

    def among(self, keys: Sequence[int]) -> tuple[str, tuple[Any, ...]]:
        """The statement with these in the place of `AMONG`, and its values."""
        place = self.params.index(AMONG[0])
        before, after = (_HOLE.join(part) for part in (self._parts[: place + 1], self._parts[place + 1 :]))
        marks = ", ".join([_HOLE] * len(keys))
        return f"{before}{marks}{after}", (*self.params[:place], *keys, *self.params[place + 1 :])

    @property
    def _parts(self) -> list[str]:
        return self.sql.split(_HOLE)


@lru_cache(maxsize=1_000)
def _asked(make: Callable[..., QuerySet[Any, Any]], key: tuple[Hashable, ...], database: str) -> _Asked | None:
    """None where nothing can be found."""
    query = make(*key).query
    compiler = query.get_compiler(using=database)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = tuple(one[0] for one in compiler.select[: compiler.col_count])
    assert query.selected is not None, f"{make.__name__} is no values()"
    return _Asked(query, tuple(query.selected), columns, sql, tuple(params))


@lru_cache(maxsize=1_000)
def _written(model: type[Model], make: Callable[[Any], Q], key: Hashable, database: str) -> tuple[str, tuple[Any, ...]]:
    query = model._default_manager.filter(make(key)).query
    query.change_aliases({model._meta.db_table: _SELF})
    joined = {alias for alias, uses in query.alias_refcount.items() if uses} - {_SELF}
    assert not joined, f"{make.__name__} joins {joined}"
    compiler = query.get_compiler(using=database)
    sql, params = compiler.compile(query.where)
    # Names of its own for the tables in its subqueries: the query around it calls its tables U0, V0 … too.
    own = _ALIAS.sub(rf"{model._meta.model_name}{make.__name__}_\1", sql)
    return f"({own})", tuple(params)
