"""The numbers that a database gives to new rows: no number is given twice, also not that of a row that is gone."""

from __future__ import annotations

from django.core.management.color import no_style
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from dabir.foundation.backup.manifest import Table


def last_id(connection: BaseDatabaseWrapper, model: type[models.Model]) -> int | None:
    """The last number that this table has given out; None where it gives none, or has not yet."""
    if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField | models.SmallAutoField):
        return None
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
            sequence = cursor.fetchone()[0]
            cursor.execute(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608 - the database's own name
        row = cursor.fetchone()
    return int(row[0]) if row else None


def go_on_from(connection: BaseDatabaseWrapper, made: list[tuple[type[models.Model], Table]]) -> None:
    """Let filled tables give out the next numbers."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _table in made]):
            cursor.execute(statement)
        for model, table in made:
            if not table.last_id:
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, table.last_id])
            else:
                where = [f'"{table.name}"', model._meta.pk.column, table.last_id]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", where)
