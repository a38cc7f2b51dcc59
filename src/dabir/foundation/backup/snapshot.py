"""A view of the database as it stood at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections, transaction

ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """A second connection, in a transaction that reads and sees one moment; the name to read by (`using`).

    SQLite in WAL lets others write meanwhile, and so does PostgreSQL's REPEATABLE READ.
    """
    second = connection.copy(alias=ALIAS)
    if second.vendor == "sqlite":
        second.settings_dict["OPTIONS"] |= {"transaction_mode": "DEFERRED"}
    connections[ALIAS] = second
    try:
        with transaction.atomic(using=ALIAS):
            with second.cursor() as cursor:
                if second.vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT count(*) FROM django_migrations")  # the moment: of the first reading
            yield ALIAS
    finally:
        second.close()
        del connections[ALIAS]
