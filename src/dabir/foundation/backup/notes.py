"""What is known of each archive on the shelf: a small file of JSON beside it, which outlives any restore."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from dabir.foundation.backup.manifest import Manifest
from dabir.persian import clock

END = ".json"


@dataclass(frozen=True, slots=True)
class Note:
    """Of one archive; `tested_at` is when it was last restored as a test, `fault` why that, or a file of it, failed."""

    made_at: str
    rows: int
    files: int
    head_number: int
    head_hash: str
    sealed: bool
    fault: str = ""
    tested_at: str = ""

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def tested(self) -> datetime | None:
        return datetime.fromisoformat(self.tested_at) if self.tested_at else None


def write(path: Path, made: Manifest, *, sealed: bool, tested: bool = False, fault: str = "") -> None:
    """Note what an archive holds, and how its test came out if there was one."""
    note = Note(
        made_at=made.made_at,
        rows=made.rows,
        files=len(made.files),
        head_number=made.head_number,
        head_hash=made.head_hash,
        sealed=sealed,
        fault=fault or "; ".join(made.faults[:3]),
        tested_at=clock.machine_now().isoformat(timespec="seconds") if tested else "",
    )
    part = path.with_name(f".{path.name}{END}")
    part.write_text(json.dumps(asdict(note), ensure_ascii=False), encoding="utf-8")
    os.replace(part, path.with_name(path.name + END))


def read(path: Path) -> Note | None:
    """The note of an archive; none where there is none, or none that can be read."""
    try:
        note = Note(**json.loads(path.with_name(path.name + END).read_text(encoding="utf-8")))
        assert note.made and (note.tested or True)
    except (OSError, ValueError, TypeError, AssertionError):
        return None
    return note


def drop(path: Path) -> None:
    path.with_name(path.name + END).unlink(missing_ok=True)
