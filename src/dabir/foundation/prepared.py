"""A condition, or a whole list, whose SQL is made once for each value that it hangs on, instead of with each query.

What an actor may see is a deep condition: Django takes milliseconds to build and write it, several times a page, and
it is the same each time. `Prepared(Model, make, key)` stands in a `filter` for `make(key)`:

    Obligation.objects.filter(Prepared(Obligation, _visible, by))

and `rows_of(make, *key)` are the rows of `make(*key)`, `models_of` the same as instances, which `hang` puts beneath
others. They hold SQL and ids, no row and no answer: whatever the tables say now decides, as ever. What differs each
time are the keys that a list is looked for `among`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Expression, Model, Q, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import Query

M = TypeVar("M", bound=Model)
Keys = Sequence[int] | Sequence[str]
AMONG = (2**62 - 1,)
"""Stands in a key, and behind `__in`, for keys or codes of rows, of which there are as many as there are each time."""
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
    make: Callable[..., QuerySet[Any, dict[str, Any]]], *key: Hashable, among: Keys = ()
) -> list[dict[str, Any]]:
    """The rows of `make(*key)`, which is a `values()` of any length; one query. `make` is a function of a module, which
    asks nothing itself, and `key` all that it hangs on; where that holds `AMONG`, only the keys `among` are meant."""
    asked = _asked(make, key, connection.alias)
    if asked is None or (AMONG in key and not among):
        return []
    assert asked.query.selected is not None, f"{make.__name__} is no values()"
    names = tuple(asked.query.selected)
    return [dict(zip(names, row, strict=True)) for row in asked.found(among)]


def models_of(make: Callable[..., QuerySet[M]], *key: Hashable, among: Keys = ()) -> list[M]:
    """As `rows_of`, of a `make` that makes instances, with what it selects along with them; not with what it annotates
    or prefetches."""
    asked = _asked(make, key, connection.alias)
    if asked is None or (AMONG in key and not among):
        return []
    told = asked.klass_info
    assert told and not asked.query.annotation_select, f"{make.__name__} makes no plain instances"
    first, end = told["select_fields"][0], told["select_fields"][-1] + 1
    names = [column[0].target.attname for column in asked.select[first:end]]
    beside = get_related_populators(told, asked.select, connection.alias)  # type: ignore[call-arg]  # a newer Django's
    rows = []
    for values in asked.found(among):
        row = told["model"].from_db(connection.alias, names, values[first:end])
        for one in beside:
            one.populate(values, row)
        rows.append(row)
    return rows


def hang(owners: Iterable[Model], name: str, rows: Iterable[Model]) -> None:
    """Have each owner's `name.all()` be those of the rows that are its own, in their order: what `prefetch_related`
    does with all that it asks for itself."""
    found = list(rows)
    for owner in owners:
        manager = getattr(owner, name)
        own = [row for row in found if getattr(row, manager.field.attname) == owner.pk]
        for row in own:
            setattr(row, manager.field.name, owner)
        kept = manager.get_queryset()
        kept._result_cache, kept._prefetch_done = own, True
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept


@dataclass(frozen=True, slots=True)
class _Asked:
    query: Query
    select: tuple[Any, ...]
    """What is selected, as expressions that know how their values are read, each with its SQL."""
    klass_info: dict[str, Any] | None
    """Which of them make which instance; none of a `values()`."""
    sql: str
    params: tuple[Any, ...]

    def found(self, among: Keys) -> Iterable[Sequence[Any]]:
        """The rows as plain values."""
        sql, params = self._among(among) if among else (self.sql, self.params)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows: Iterable[Sequence[Any]] = cursor.fetchall()
        compiler = self.query.get_compiler(connection=connection)
        converters = compiler.get_converters(one[0] for one in self.select)
        return compiler.apply_converters(rows, converters) if converters else rows

    def _among(self, keys: Keys) -> tuple[str, tuple[Any, ...]]:
        """The statement with these in each place of `AMONG`, and its values."""
        text, marks = self.sql.split(_HOLE), ", ".join([_HOLE] * len(keys))
        sql, params = [text[0]], list[Any]()
        for value, after in zip(self.params, text[1:], strict=True):
            here = value in (AMONG[0], str(AMONG[0]))
            sql += (marks if here else _HOLE, after)
            params += keys if here else (value,)
        return "".join(sql), tuple(params)


@lru_cache(maxsize=1_000)
def _asked(make: Callable[..., QuerySet[Any, Any]], key: tuple[Hashable, ...], database: str) -> _Asked | None:
    """None where nothing can be found."""
    query = make(*key).query
    compiler = query.get_compiler(using=database)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    select = tuple(compiler.select[: compiler.col_count])
    return _Asked(query, select, compiler.klass_info, sql, tuple(params))


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
