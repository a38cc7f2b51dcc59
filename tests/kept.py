"""What tests stand on is built once in a process; for each further test its rows and files are put back as they were.

To make a world through the services costs far more than to put it back. The rows have the same ids and the same ledger
each time; each test gets a copy of the value of its own.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, TypeVar, cast

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

T = TypeVar("T")
OF_DJANGO = {"django_content_type", "auth_permission"}
"""Filled when the database is made."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Each table's rows as the database gives them, the files in the home, and the value, pickled."""

    rows: dict[type[models.Model], list[tuple[Any, ...]]]
    files: dict[str, bytes]
    value: bytes


_kept: dict[str, Kept] = {}


def once(name: str, build: Callable[[], T]) -> T:
    """What `build` makes in an empty database, built by the first test that asks for `name`."""
    if name in _kept:
        _put_back(_kept[name])
    else:
        value = build()
        _kept[name] = Kept(_rows(), _files(), pickle.dumps(value))
    return cast("T", pickle.loads(_kept[name].value))


def _columns(model: type[models.Model]) -> str:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    return ", ".join(connection.ops.quote_name(cast("str", field.column)) for field in fields)


def _rows() -> dict[type[models.Model], list[tuple[Any, ...]]]:
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table not in OF_DJANGO and not model._meta.proxy:
                cursor.execute(f"SELECT {_columns(model)} FROM {connection.ops.quote_name(table)}")
                found[model] = [tuple(map(_storable, row)) for row in cursor.fetchall()]
    return {model: rows for model, rows in found.items() if rows}


def _storable(value: Any) -> Any:
    """As the database takes it: SQLite gives hours that it does not take back."""
    return str(value) if isinstance(value, time) and connection.vendor == "sqlite" else value


def _files() -> dict[str, bytes]:
    home = Path(settings.DABIR_HOME)
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def _put_back(kept: Kept) -> None:
    for name, data in kept.files.items():
        path = Path(settings.DABIR_HOME) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with transaction.atomic(), connection.cursor() as cursor:
        for model, rows in kept.rows.items():
            places = ", ".join([f"({', '.join(['%s'] * len(rows[0]))})"] * len(rows))
            table = connection.ops.quote_name(model._meta.db_table)
            values = [value for row in rows for value in row]
            cursor.execute(f"INSERT INTO {table} ({_columns(model)}) VALUES {places}", values)
        if statements := connection.ops.sequence_reset_sql(no_style(), list(kept.rows)):
            cursor.execute(";".join(statements))
