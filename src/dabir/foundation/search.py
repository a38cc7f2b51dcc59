"""Searching Persian: text is folded once, in Python, squashed to letters and digits, and found by substrings.

So «بهره‌وری», «بهره وری» and «بهرهوری» find each other. A search table is `rowid` (the record's id) and `squash`: on
SQLite an FTS5 table with the trigram tokenizer, on PostgreSQL an ordinary one with a trigram index; both answer LIKE
from that index. The squash holds no `%`, `_` or quote, so the pattern needs no ESCAPE, which would switch FTS5's
index off; that is why there is a lookup of our own instead of `contains`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Lookup, Q

from dabir.persian.letters import squash

BREAK = "¶"
"""Stands between two fields, so that nothing matches across them."""


if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


class SquashField(Text):
    """Squashed text; `squash__holds="..."` finds a substring by the index."""


@SquashField.register_lookup
class Holds(Lookup):
    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        left, params = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", [*params, f"%{squash(str(self.rhs))}%"]


def squashed(*texts: str) -> str:
    """What a record is found by: each text squashed, with a break between."""
    return BREAK.join(squash(text) for text in texts if text)


def holds_all(words: str) -> Q:
    """The condition for what a person typed: the whole input joined, or each of its words somewhere."""
    parts = [word for word in words.split() if squash(word)]
    if not parts:
        return Q()
    each = Q()
    for word in parts[:8]:
        each &= Q(squash__holds=word)
    return Q(squash__holds=words) | each if len(parts) > 1 else each


def create_table(schema: BaseDatabaseSchemaEditor, table: str) -> None:
    """Make a search table; for a migration's `RunPython`."""
    if schema.connection.vendor == "sqlite":
        schema.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(squash, tokenize='trigram')")
    else:
        schema.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema.execute(f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, squash text NOT NULL)")
        schema.execute(f"CREATE INDEX {table}_trgm ON {table} USING gin (squash gin_trgm_ops)")
