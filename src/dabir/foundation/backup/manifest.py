"""What an archive says of itself; its last member."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = "dabir-backup"
VERSION = 1
NAME = "manifest.json"
LARGEST = 256 * 1024 * 1024
"""Bytes of a manifest; a million files come to half of it."""

LEFT_OUT = (
    "sessions: everybody signs in anew",
    "the secrets of one-time links: an open one is issued again",
    "the key that signs cookies and codes (DABIR_HOME/secret_key), unless the archive is encrypted",
    "papers that wait to be read: their jobs come back as cancelled",
)

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z0-9_]{1,63}")


class NoManifest(Exception):
    """The text is no manifest of ours, or of another form of archive."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's member: JSON lines, each a list of the values of `columns`; `last_id` is the last number given out."""

    name: str
    columns: list[str]
    rows: int
    size: int
    sha256: str
    last_id: int | None = None

    @property
    def member(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True, slots=True)
class File:
    sha256: str
    size: int

    @property
    def member(self) -> str:
        return f"files/{self.sha256[:2]}/{self.sha256}"


@dataclass(slots=True)
class Manifest:
    """`migrations`: the names applied, by app; `head_…`: the ledger's newest event; `faults`: files not there."""

    dabir: str
    made_at: str
    engine: str
    migrations: dict[str, list[str]]
    head_number: int
    head_hash: str
    tables: list[Table] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    sample_day: str = ""
    secret_key: str = ""
    """In an encrypted archive alone: with it, codes that are on paper could be found out from their hashes."""
    faults: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def as_json(self) -> str:
        return json.dumps(
            {"format": FORMAT, "version": VERSION, **asdict(self), "left_out": LEFT_OUT}, ensure_ascii=False, indent=1
        )

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """`NoManifest` where it is none, or one of a later version."""
        try:
            data: dict[str, Any] = json.loads(text)
            if data.pop("format") != FORMAT:
                raise NoManifest("it is no backup of Dabir")
            if (version := data.pop("version")) != VERSION:
                raise NoManifest(f"it is an archive of form {version}; this Dabir knows form {VERSION}")
            data.pop("left_out")
            kept = data["tables"], data["files"]
            data["tables"] = [Table(**table) for table in data["tables"]]
            data["files"] = [File(**file) for file in data["files"]]
            found = cls(**data)
            sound = all(isinstance(one, list) for one in kept) and _is_sound(found)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            sound = False
        if not sound:
            raise NoManifest("its manifest cannot be read")
        return found


def _is_sound(found: Manifest) -> bool:
    """Whether each value is of its kind, whoever wrote it: what follows reckons with them and writes them to disk."""
    texts = [found.dabir, found.made_at, found.engine, found.head_hash, found.sample_day, found.secret_key]
    names = [table.name for table in found.tables]
    hashes = [file.sha256 for file in found.files]
    return (
        _are_texts([*texts, *found.faults, *names, *hashes])
        and isinstance(found.faults, list)
        and _are_counts([found.head_number])
        and all(_are_texts([app]) and isinstance(of, list) and _are_texts(of) for app, of in found.migrations.items())
        and all(_NAME.fullmatch(name) for name in names)
        and len(set(names)) == len(names)
        and all(_SHA256.fullmatch(name) for name in hashes)
        and len(set(hashes)) == len(hashes)
        and all(_is_sound_table(table) for table in found.tables)
        and _are_counts([file.size for file in found.files])
    )


def _is_sound_table(table: Table) -> bool:
    counts = [table.rows, table.size, *([] if table.last_id is None else [table.last_id])]
    return (
        isinstance(table.columns, list)
        and _are_texts([*table.columns, table.sha256])
        and all(_NAME.fullmatch(column) for column in table.columns)
        and _SHA256.fullmatch(table.sha256) is not None
        and _are_counts(counts)
    )


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _are_counts(values: list[Any]) -> bool:
    return all(type(value) is int and 0 <= value < 2**63 for value in values)
