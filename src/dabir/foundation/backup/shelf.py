"""The folder of backups: how they are named, which are kept, and what encrypts them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from dabir.foundation.backup.restoring import stamp
from dabir.foundation.errors import Conflict, Invalid
from dabir.persian.jalali import from_gregorian, to_gregorian

SHORTEST_KEY = 12
"""Letters; a short key can be tried out."""

_NAME = re.compile(r"dabir-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(?:-\d+)?\.zip(\.age)?")


@dataclass(frozen=True, slots=True)
class Keep:
    """How many are kept: the newest of each of so many days, weeks (from Saturday) and months."""

    days: int
    weeks: int
    months: int


def key(key_file: str | None = None) -> str:
    """What encrypts and opens archives, if anything does; `Invalid` where it is none."""
    name = key_file or settings.BACKUP_KEY_FILE
    found = str(settings.BACKUP_KEY)
    if name:
        try:
            found = Path(name).read_text(encoding="utf-8").split("\n", 1)[0]
        except (OSError, UnicodeDecodeError) as error:
            raise Invalid(f"the key in {name} cannot be read ({error})") from None
    found = found.strip()
    if (name or found) and len(found) < SHORTEST_KEY:
        raise Invalid(f"the key of backups has {len(found)} letters, and needs {SHORTEST_KEY} at least")
    return found


def keep(numbers: Iterable[int]) -> Keep:
    found = list(numbers)
    if len(found) != 3 or min(found) < 0 or not any(found):
        raise Invalid("say how many days, weeks and months of backups are kept, as in: 7 4 12")
    return Keep(*found)


def new_path(file: str | None, folder: Path | None, *, sealed: bool) -> Path:
    """Where a new archive goes: `file`, or a name of its own in `folder` or in DABIR_BACKUPS."""
    if file and folder:
        raise Invalid("name a file or a folder, not both")
    if file and not (path := Path(file)).is_dir():
        if path.exists():
            raise Conflict(f"{path} is there already; a backup overwrites nothing")
        if not path.parent.is_dir():
            raise Invalid(f"the folder {path.parent} is not there")
        return path
    folder = Path(file) if file else folder or settings.BACKUPS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name, end = f"dabir-{stamp()}", ".zip.age" if sealed else ".zip"
    return next(
        path
        for again in ["", *(f"-{n}" for n in range(2, 100))]
        if not (path := folder / f"{name}{again}{end}").exists()
    )


def archives(folder: Path) -> list[Path]:
    """The archives in a folder that bear a name of ours, the newest first."""
    return sorted((path for path in folder.glob("dabir-*") if _NAME.fullmatch(path.name)), reverse=True)


def thin_out(folder: Path, keep: Keep) -> list[Path]:
    """Take away the archives that need not be kept; those that were taken. The newest always stays."""
    there = archives(folder)
    kept = set(there[:1]) | _newest(there, lambda day: day.toordinal(), keep.days)
    kept |= _newest(there, lambda day: (day + timedelta(days=1)).toordinal() // 7, keep.weeks)
    kept |= _newest(there, lambda day: from_gregorian(day)[:2], keep.months)
    gone = [path for path in there if path not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _newest(there: list[Path], part: Callable[[date], object], many: int) -> set[Path]:
    """The newest archive of each of the newest `many` parts of time."""
    found: dict[object, Path] = {}
    for path in there:
        found.setdefault(part(day_of(path)), path)
    return set(list(found.values())[:many])


def day_of(path: Path) -> date:
    """The day in an archive's name."""
    match = _NAME.fullmatch(path.name)
    assert match
    return to_gregorian(int(match[1]), int(match[2]), int(match[3]))
