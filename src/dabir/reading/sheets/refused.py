"""Files that are no readable table: each cause in a word; the doors have the sentences."""

from __future__ import annotations

from typing import Literal, get_args

Cause = Literal[
    "empty", "too-large", "too-much", "too-wide", "damaged", "unsafe", "protected", "binary", "undecodable", "markup",
    "old-excel", "open-document", "word", "pdf", "picture", "slides", "archive",
]  # fmt: skip
CAUSES: frozenset[str] = frozenset(get_args(Cause))


class NoTable(ValueError):
    """A file that is not read as tables. `cause` is one of `CAUSES`."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause if cause in CAUSES else "binary"
