"""How the tables are emptied after a test that stores its rows, on PostgreSQL.

TRUNCATE makes the files of each table and of each of its indexes anew: seconds for all of ours, where a few hundred
rows are to go.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management.color import Style
from django.db import connection


def statements(
    style: Style, tables: Sequence[str], *, reset_sequences: bool = False, allow_cascade: bool = False
) -> list[str]:
    """What Django runs, in one transaction, to take the rows out of the tables that have any."""
    assert not reset_sequences, "a test that needs the numbers of rows asks `kept` for its world"
    quoted = {table: connection.ops.quote_name(table) for table in tables}
    filled = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {name})" for table, name in quoted.items()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(filled))
        found = [quoted[table] for (table,) in cursor.fetchall()]
    return ["SET CONSTRAINTS ALL DEFERRED", *(f"DELETE FROM {name}" for name in found)] if found else []
