"""The backend that `DATABASES` names; Django asks for it by this module's name.

Django writes `%s` where a value goes and the driver wants `?`. Going through a statement of two thousand letters for
that takes longer than SQLite takes to answer it, and ours are the same each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.db.backends.sqlite3 import base

MOST = 1_000
"""Statements that are kept."""
LONGEST = 20_000
"""Letters of a statement that is kept; one with thousands of keys is hardly put again."""


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is not None or len(query) > LONGEST:
            return super().convert_query(query, param_names=param_names)
        return _with_question_marks(query)


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Cursor:
        made: Cursor = self.connection.cursor(factory=Cursor)
        return made


@lru_cache(maxsize=MOST)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
