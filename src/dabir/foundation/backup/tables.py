"""The tables of a database at some state of its migrations, and their rows as lines of JSON.

Models are those of the migrations, not those of the code: so a database that is behind the code, or an archive of an
older one, is read and filled as it is.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils.duration import duration_iso_string

from dabir.foundation.jobs.model import GOING_ON, JobState, kinds
from dabir.persian import clock

BATCH = 1000
WITHOUT_ROWS = frozenset({"sessions.session", "usersessions.usersession", "foundation.shared"})
SECRETS = frozenset({("foundation.signinlink", "digest")})
"""Columns whose values open a door; something else that is unique stands in their place."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A table and how its rows are written."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def fields(self) -> list[models.Field[Any, Any]]:
        return [field for field in self.model._meta.concrete_fields if not field.generated]

    @property
    def columns(self) -> list[str]:
        return [str(field.column) for field in self.fields]

    def rows(self, using: str) -> Iterator[bytes]:
        """Its rows by key, each a line of JSON; the same bytes whatever database they come from."""
        label = self.model._meta.label_lower
        if label in WITHOUT_ROWS:
            return
        names = [field.attname for field in self.fields]
        secrets = [index for index, name in enumerate(names) if (label, name) in SECRETS]
        ended = _end_of_jobs(label)
        query = self.model._base_manager.using(using).order_by("pk").values_list(*names)
        for found in query.iterator(chunk_size=BATCH):
            row = list(found)
            for index in secrets:
                row[index] = f"left out of the backup: {row[0]}"
            if ended and row[names.index("state")] in GOING_ON:
                row = [ended.get(name, value) for name, value in zip(names, row, strict=True)]
            yield _line([_plain(value) for value in row])

    def values(self, line: bytes, using: str) -> list[Any]:
        """A line's values, as a statement for this database takes them."""
        row = json.loads(line)
        return [
            field.get_db_prep_save(field.to_python(value), connections[using])
            for field, value in zip(self.fields, row, strict=True)
        ]


def loader_of(database: BaseDatabaseWrapper | None) -> MigrationLoader:
    """All migrations by their own names: an archive names none that stands for others (`replaces`), so that a
    version that has squashed them differently reads it too.
    """
    return MigrationLoader(database, ignore_no_migrations=True, replace_migrations=False)


def kinds_of(loader: MigrationLoader, nodes: list[tuple[str, str]]) -> list[Kind]:
    """The tables that there are after these migrations, by name."""
    apps = loader.project_state(nodes).apps
    found = {
        model._meta.db_table: Kind(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return [found[name] for name in sorted(found)]


def applied(loader: MigrationLoader) -> list[tuple[str, str]]:
    """The migrations that the loader's database has had, of those that this Dabir knows."""
    known = loader.disk_migrations
    return [node for node in loader.applied_migrations if node in known and node not in loader.replacements]


def _end_of_jobs(label: str) -> dict[str, Any]:
    """What a job that goes on becomes: its bytes are not in the archive."""
    if label not in {kind._meta.label_lower for kind in kinds()}:
        return {}
    return {
        "state": JobState.CANCELLED,
        "ended_at": clock.now(),
        "claim": "",
        "alive_at": None,
        "step": "",
        "cause": "",
    }


def _line(row: list[Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _plain(value: Any) -> Any:
    match value:
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat() if value.tzinfo else value.isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
        case datetime.timedelta():
            return duration_iso_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode("ascii")
        case _:
            return value
