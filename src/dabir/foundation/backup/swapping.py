"""Exchanges a home's database for a new one: what is to happen is written down first, and finished at the next start if
a kill comes in between. Pure Python: the settings call `finish` before anything else reads the home.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

PLAN = "swap.json"
NAMES = ("dabir.sqlite3", "dabir.sqlite3-wal", "dabir.sqlite3-shm", "sample_day")
"""What is exchanged; a name that the new home does not have is only put aside."""
KEY = "secret_key"
"""Exchanged where the new home has one."""


def swap(home: Path, *, new: Path, old: Path, aside: Path) -> None:
    """Put the files of `new` in the place of the home's, which go into the folder `old`, and that becomes `aside`.

    All on one file system; each move is one that a file system does whole or not at all.
    """
    names = [*NAMES, KEY] if (new / KEY).exists() else NAMES
    moves = [(old, aside)]
    moves += [(home / name, aside / name) for name in names if (home / name).exists()]
    moves += [(new / name, home / name) for name in names if (new / name).exists()]
    part = home / f"{PLAN}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump([[str(source), str(target)] for source, target in moves], file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(home / PLAN)
    finish(home)


def finish(home: Path) -> None:
    """Carry out what is written down, if anything is; as often as it takes."""
    plan = home / PLAN
    try:
        moves = json.loads(plan.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    for source, target in moves:
        # A target that is there was moved before the kill; its source may bear another file's name by now.
        if not Path(target).exists():
            with contextlib.suppress(FileNotFoundError):  # moved before, or by another start at the same time
                os.replace(source, target)
    plan.unlink(missing_ok=True)
