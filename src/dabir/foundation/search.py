"""Searching Persian: text is folded once, in Python, squashed to letters and digits, and found by substrings.

So «بهره‌وری», «بهره وری» and «بهرهوری» find each other. A search table is `rowid` (the record's id) and `squash`: on
SQLite an FTS5 table with the trigram tokenizer, where a quoted phrase of MATCH is a substring; on PostgreSQL an
ordinary table with a trigram index under LIKE. A squash holds no quote, `%` or `_`, so there is nothing to escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, Lookup, OuterRef, Q

from dabir.foundation.remembered import until_the_next_event
from dabir.persian.letters import squash

TRIGRAM = 3
FEW = 1_000
"""Up to so many records SQLite is told by their keys; more are met soon enough on the way."""
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
    """`squash__holds="two words"`: the whole input joined, or each of its words somewhere; at most eight words."""

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, params = self.process_lhs(compiler, connection)
        words = _words(str(self.rhs))
        each = " AND ".join([f"{left} LIKE %s"] * len(words))
        patterns = [f"%{word}%" for word in words]
        if len(words) == 1:
            return each, (*params, *patterns)
        return f"({left} LIKE %s OR ({each}))", (
            *params,
            f"%{''.join(words)}%",
            *(tuple(params) * len(words)),
            *patterns,
        )

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        words = _words(str(self.rhs))
        if any(len(word) < TRIGRAM for word in words):
            return self.as_sql(compiler, connection)  # too short for the index: reads the table
        left, params = self.process_lhs(compiler, connection)
        phrases = " AND ".join(f'"{word}"' for word in words)
        return f"{left} MATCH %s", (*params, f'"{"".join(words)}" OR ({phrases})')


@SquashField.register_lookup
class Reads(Holds):
    """The same as `holds`, found by reading the text: for one record whose key is known."""

    lookup_name = "reads"

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, params = self.process_lhs(compiler, connection)
        words = _words(str(self.rhs))
        each = " AND ".join([f"instr({left}, %s) > 0"] * len(words))
        if len(words) == 1:
            return each, (*params, *words)
        joined = f"instr({left}, %s) > 0"
        return f"(({each}) OR {joined})", (*(tuple(params) * len(words)), *words, *params, "".join(words))


def squashed(*texts: str) -> str:
    """What a record is found by: each text squashed, with a break between."""
    return BREAK.join(squash(text) for text in texts if text)


def holds(words: str) -> Q:
    """The condition for what a person typed; nothing to look for is no condition."""
    return Q(squash__holds=words) if _words(words) else Q()


def told_by(texts: type[models.Model], words: str) -> Q:
    """The condition on records that their text in the search table `texts` holds the words; nothing to look for is no
    condition. On SQLite one query.

    PostgreSQL knows how common words are, and either looks them up or reads the texts of the records that it comes to.
    SQLite always does what it is told: to look up words that stand in every other record takes longer than the page
    that is made of the first fifty.
    """
    if not _words(words):
        return Q()
    own = texts._default_manager.filter(rowid=OuterRef("pk"))
    if connection.vendor != "sqlite":
        return Q(Exists(own.filter(holds(words))))
    keys = _few(texts, words)
    return Q(Exists(own.filter(squash__reads=words))) if keys is None else Q(pk__in=keys)


@until_the_next_event
def _few(texts: type[models.Model], words: str) -> tuple[int, ...] | None:
    """The keys of the records whose text holds the words; none where there are many."""
    keys = tuple(texts._default_manager.filter(holds(words)).values_list("rowid", flat=True)[: FEW + 1])
    return keys if len(keys) <= FEW else None


def _words(text: str) -> list[str]:
    return [word for word in map(squash, text.split()) if word][:8]


def create_table(schema: BaseDatabaseSchemaEditor, table: str) -> None:
    """Make a search table; for a migration's `RunPython`."""
    if schema.connection.vendor == "sqlite":
        schema.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(squash, tokenize='trigram')")
    else:
        schema.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema.execute(f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, squash text NOT NULL)")
        schema.execute(f"CREATE INDEX {table}_trgm ON {table} USING gin (squash gin_trgm_ops)")
