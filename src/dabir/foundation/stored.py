"""One row's INSERT or UPDATE, whose SQL is made once for its table instead of with each row.

They do what `row.save(force_insert=True)` and `row.save(update_fields=names)` do, for half of the processor's time: a
verb writes some five rows, and their SQL is the same each time. `ledger.change` writes by them, and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Field, Model
from django.db.models.signals import post_save, pre_save

from dabir.foundation.prepared import Reading, planned_cursor, read, readings_of


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    fields: tuple[Field[Any, Any], ...]
    """Whose values it takes, in their order."""
    returned: tuple[Field[Any, Any], ...] = ()
    """Which values the database makes."""
    readings: tuple[Reading, ...] = ()

    def values(self, row: Model, *, add: bool) -> list[Any]:
        row._prepare_related_fields_for_save("save")  # type: ignore[attr-defined]  # as `save`: related rows have keys
        here = connections[connection.alias]  # each field asks it, which is quicker than the stand-in for it
        return [field.get_db_prep_save(field.pre_save(row, add), here) for field in self.fields]


def insert(row: Model) -> None:
    statement = _inserting(row.__class__, row.pk is not None, connection.alias)
    values = statement.values(row, add=True)
    with transaction.mark_for_rollback_on_error(using=connection.alias), planned_cursor() as cursor:
        cursor.execute(statement.sql, values)
        made = read(cursor.fetchall(), statement.readings)[0] if statement.returned else ()
    for field, value in zip(statement.returned, made, strict=True):
        setattr(row, field.attname, value)
    row._state.db, row._state.adding = connection.alias, False


def update(row: Model, names: Iterable[str]) -> None:
    """Store these fields of a row that is there. It may be a stand-in, as the user of a request is."""
    statement = _updating(row.__class__, tuple(names), connection.alias)
    values = statement.values(row, add=False)
    with transaction.mark_for_rollback_on_error(using=connection.alias), planned_cursor() as cursor:
        cursor.execute(statement.sql, [*values, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is not there")


@cache
def _inserting(model: type[Model], with_key: bool, _database: str) -> _Statement:
    meta, quote = _plain(model), connection.ops.quote_name
    fields = tuple(f for f in meta.local_concrete_fields if not f.generated and (with_key or f is not meta.auto_field))
    returned = tuple(meta.db_returning_fields)
    columns, marks = ", ".join(quote(f.column) for f in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  # names alone
    if returned:
        sql += f" {connection.ops.return_insert_columns(returned)[0]}"  # type: ignore[attr-defined]
    columns_back = [f.get_col(meta.db_table) for f in returned]
    compiler = model._default_manager.all().query.get_compiler(using=connection.alias)
    return _Statement(sql, fields, returned, tuple(readings_of(compiler, columns_back)))


@cache
def _updating(model: type[Model], names: tuple[str, ...], _database: str) -> _Statement:
    meta, quote = _plain(model), connection.ops.quote_name
    fields = tuple(meta.get_field(name) for name in names)
    sets = ", ".join(f"{quote(f.column)} = %s" for f in fields)
    sql = f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608  # names alone
    return _Statement(sql, fields)


def _plain(model: type[Model]) -> Any:
    """The model's options, once it is sure that `save` would do no more."""
    assert not model._meta.parents, f"{model.__name__} has its row in two tables"
    heard = pre_save.has_listeners(model) or post_save.has_listeners(model)
    assert not heard, f"somebody listens to what is saved of {model.__name__}"
    return model._meta
