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
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import MethodType
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, Expression, Model, Q, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

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
        sql, params = _written(self.model, self.make, self.key)
        return sql.replace(_SELF, compiler.quote_name_unless_alias(self.alias)), params

    def _called(self, alias: str) -> Prepared:
        clone = copy.copy(self)
        clone.alias = alias
        return clone


def rows_of(
    make: Callable[..., QuerySet[Any, Any]],
    *key: Hashable,
    among: Keys = (),
    keep: bool = True,
    planned: bool = False,
) -> list[dict[str, Any]]:
    """The rows of `make(*key)`, which is a `values()` of any length; one query. `make` is a function of a module, which
    asks nothing itself, and `key` all that it hangs on; where that holds `AMONG`, only the keys `among` are meant.
    Where `make` does ask for something with this key, its SQL is not to be kept (`keep`). `planned`: by a plan that the
    server keeps (`planned_cursor`), unless it is asked of several keys."""
    if not keep:
        return list(make(*key))
    asked = _asked(make, key)
    if asked is None or (AMONG in key and not among):
        return []
    assert not asked.model, f"{make.__name__} is no values()"
    return [dict(zip(asked.names, row, strict=True)) for row in asked.found(among, planned=planned)]


def models_of(make: Callable[..., QuerySet[M]], *key: Hashable, among: Keys = (), planned: bool = False) -> list[M]:
    """As `rows_of`, of a `make` that makes instances, with what it selects along with them; not with what it annotates
    or prefetches."""
    asked = _asked(make, key)
    if asked is None or (AMONG in key and not among):
        return []
    assert asked.model, f"{make.__name__} makes no instances"
    return asked.instances(asked.found(among, planned=planned))


def of_one(make: Callable[..., QuerySet[M]], *first: Hashable, key: int | str) -> list[M]:
    """As `models_of` of `make(*first, AMONG)`, among one row's key or code: what a verb or a page reads of that row, or
    of what hangs on it, by a plan that the server keeps."""
    among: Any = [key]
    return models_of(make, *first, AMONG, among=among, planned=True)


def planned_cursor() -> CursorWrapper:
    """A cursor for statements that are the same each time but for a row's key and values: after the fifth time
    PostgreSQL keeps their plan, which takes longer to make than to follow, until the connection ends, takes something
    back, or has asked a hundred others. Not for what is looked for across the register: which plan is the best one for
    that hangs on what is asked for."""
    connection = connections[DEFAULT_DB_ALIAS]  # once: Django's proxy for it looks it up with each word
    if connection.vendor != "postgresql" or connection.queries_logged:  # of a plan nobody could read what was asked
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415  # no driver beside SQLite

    connection.close_if_health_check_failed()  # as `cursor` does
    connection.ensure_connection()
    made: CursorWrapper = connection._prepare_cursor(ServerBindingCursor(connection.connection))  # type: ignore[attr-defined,call-arg]
    return made


def fresh(row: M, *beside: str) -> M:
    """The row as it is now, with what is selected along with it: what a verb asks for once nobody else writes."""
    found: list[M] = of_one(_among, row.__class__, beside, key=row.pk)
    if not found:
        raise row.__class__.DoesNotExist(f"{row._meta.label} {row.pk} is not there any more")  # type: ignore[attr-defined]
    return found[0]


def _among(model: type[M], beside: tuple[str, ...], keys: tuple[int, ...]) -> QuerySet[M]:
    found = model._default_manager.filter(pk__in=keys)
    return found.select_related(*beside) if beside else found  # without a name it takes all


def hang(owners: Iterable[Model], name: str, rows: Iterable[Model]) -> None:
    """Have each owner's `name.all()` be those of the rows that are its own, in their order: what `prefetch_related`
    does with all that it asks for itself."""
    found: dict[Any, list[Model]] = {}
    field: Any = None
    for owner in owners:
        manager = getattr(owner, name)
        if field is None:
            field = manager.field
            for row in rows:
                found.setdefault(getattr(row, field.attname), []).append(row)
        own = found.get(owner.pk, [])
        for row in own:
            setattr(row, field.name, owner)
        kept = manager.get_queryset()
        kept._result_cache, kept._prefetch_done = own, True
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept


def is_hung(owner: Model, name: str) -> bool:
    """Whether its `name.all()` is at hand."""
    return name in owner.__dict__.get("_prefetched_objects_cache", ())


@dataclass(frozen=True, slots=True)
class Reading:
    """How the values of one column become what Python works with."""

    at: int
    column: Any
    own: tuple[Callable[..., Any], ...]
    """What the database's kind does to them, as functions of a connection's `ops`: each thread has its own."""
    field: tuple[Callable[..., Any], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement, and all about it that is the same each time."""

    pieces: tuple[tuple[str, tuple[Any, ...]], ...]
    """The SQL with its values, cut where `AMONG` stands; whole where it does not."""
    names: tuple[str, ...]
    """Of what is selected: keys of a `values()`, or attributes of the `model`, which begin in the column `first`."""
    readings: tuple[Reading, ...]
    model: type[Model] | None = None
    first: int = 0
    beside: tuple[Any, ...] = ()
    """What makes the instances that are selected along."""

    def found(self, among: Keys, *, planned: bool = False) -> list[Sequence[Any]]:
        """The rows as plain values."""
        sql, params = self._among(among)
        with planned_cursor() if planned and len(among) <= 1 else connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, params)
            rows: list[Sequence[Any]] = cursor.fetchall()
        return read(rows, self.readings)

    def instances(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        model: Any = self.model
        names, first, end = self.names, self.first, self.first + len(self.names)
        made = []
        for values in rows:
            row = model.from_db(DEFAULT_DB_ALIAS, names, values[first:end])
            for one in self.beside:
                one.populate(values, row)
            made.append(row)
        return made

    def _among(self, keys: Keys) -> tuple[str, tuple[Any, ...]]:
        """The statement with these in each place of `AMONG`, and its values."""
        if len(self.pieces) == 1:
            return self.pieces[0]
        marks, params = ", ".join([_HOLE] * len(keys)), list[Any]()
        for number, (_sql, values) in enumerate(self.pieces):
            params += (*keys, *values) if number else values
        return marks.join(sql for sql, _values in self.pieces), tuple(params)


def read(rows: list[Sequence[Any]], readings: Sequence[Reading]) -> list[Sequence[Any]]:
    """The rows with values that Python works with."""
    if not rows or not readings:
        return rows
    known, connection = [list(row) for row in rows], connections[DEFAULT_DB_ALIAS]
    ops = connection.ops
    for one in readings:
        at, column = one.at, one.column
        acts: list[Any] = [*(MethodType(act, ops) for act in one.own), *one.field]
        for row in known:
            for act in acts:
                row[at] = act(row[at], column, connection)
    return list[Sequence[Any]](known)


@lru_cache(maxsize=1_000)
def _asked(make: Callable[..., QuerySet[Any, Any]], key: tuple[Hashable, ...]) -> _Asked | None:
    """None where nothing can be found."""
    query = make(*key).query
    compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    select = compiler.select[: compiler.col_count]
    pieces = _cut(sql, params, AMONG if AMONG in key else ())
    readings = tuple(readings_of(compiler, [one[0] for one in select]))
    if query.selected is not None:
        return _Asked(pieces, tuple(query.selected), readings)
    told = compiler.klass_info
    assert told and not query.annotation_select, f"{make.__name__} makes no plain instances"
    first, end = told["select_fields"][0], told["select_fields"][-1] + 1
    names = tuple(column[0].target.attname for column in select[first:end])
    beside = tuple(get_related_populators(told, select, DEFAULT_DB_ALIAS))  # type: ignore[call-arg]  # a newer Django's
    return _Asked(pieces, names, readings, told["model"], first, beside)


def _cut(sql: str, params: Sequence[Any], among: Sequence[int]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """The SQL with its values, cut where one of `among` stands; without them somebody may have typed that number."""
    marks = (*among, *map(str, among))
    pieces, text, values = list[tuple[str, tuple[Any, ...]]](), list[str](), list[Any]()
    begin, *after = sql.split(_HOLE)
    text.append(begin)
    for value, more in zip(params, after, strict=True):
        if value in marks:
            pieces.append(("".join(text), tuple(values)))
            text, values = [more], []
        elif isinstance(value, str) and isinstance(value, Enum):
            # A word of ours, no input: SQLite plans a statement anew each time it is given a value on which it hangs
            # whether a partial index serves.
            text += (f"'{value.value}'", more)
        else:
            text += (_HOLE, more)
            values.append(value)
    return (*pieces, ("".join(text), tuple(values)))


def readings_of(compiler: SQLCompiler, columns: list[Any]) -> Iterator[Reading]:
    """As Django's compiler has them, but of no connection's own."""
    ops = compiler.connection.ops
    for at, (acts, column) in compiler.get_converters(columns).items():
        bound = [act for act in acts if isinstance(act, MethodType) and act.__self__ is ops]
        yield Reading(at, column, tuple(act.__func__ for act in bound), tuple(act for act in acts if act not in bound))


@lru_cache(maxsize=1_000)
def _written(model: type[Model], make: Callable[[Any], Q], key: Hashable) -> tuple[str, tuple[Any, ...]]:
    query = model._default_manager.filter(make(key)).query
    query.change_aliases({model._meta.db_table: _SELF})
    joined = {alias for alias, uses in query.alias_refcount.items() if uses} - {_SELF}
    assert not joined, f"{make.__name__} joins {joined}"
    compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
    sql, params = compiler.compile(query.where)
    # Names of its own for the tables in its subqueries: the query around it calls its tables U0, V0 … too.
    own = _ALIAS.sub(rf"{model._meta.model_name}{make.__name__}_\1", sql)
    return f"({own})", tuple(params)
