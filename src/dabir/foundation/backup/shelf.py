"""The folder of backups: how they are named, which are kept, and what encrypts them."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

from django.conf import settings

from dabir.foundation.backup import notes
from dabir.foundation.backup.archive import PART
from dabir.foundation.backup.manifest import Manifest
from dabir.foundation.backup.notes import Note
from dabir.foundation.backup.restoring import A_DAY, stamp
from dabir.foundation.errors import Conflict, Invalid
from dabir.persian import clock
from dabir.persian.jalali import from_gregorian, to_gregorian

SHORTEST_KEY = 12
"""Letters; a short key can be tried out."""

_NAME = re.compile(r"dabir-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(?:-\d+)?\.zip(\.age)?")


@dataclass(frozen=True, slots=True)
class Kept:
    """An archive on the shelf; without a note nothing is known of it but its name and size."""

    path: Path
    size: int
    made: datetime
    note: Note | None

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_good(self) -> bool:
        """Made here, whole, and not found broken by a test."""
        return self.note is not None and not self.note.fault


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
    folder = Path(file) if file else folder or Path(settings.BACKUPS)
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


def kept(folder: Path) -> list[Kept]:
    """The archives in a folder with what is known of each, the newest first."""
    return [
        Kept(path, path.stat().st_size, moment_of(path), notes.read(path)) for path in archives(folder) if path.exists()
    ]


def put_note(path: Path, made: Manifest, *, sealed: bool, tested: bool = False, fault: str = "") -> None:
    """Note what is known of an archive, if its name is one of the shelf's."""
    if _NAME.fullmatch(path.name):
        notes.write(path, made, sealed=sealed, tested=tested, fault=fault)


def thin_out(folder: Path, keep: Keep) -> list[Path]:
    """Take away the archives that need not be kept; those that were taken. The newest, and the newest good one, stay.

    What a kill has left half-written goes too, when it is a day old.
    """
    there = archives(folder)
    good = [one.path for one in kept(folder) if one.is_good]
    stay = {*there[:1], *good[:1]}
    stay |= _newest(there, lambda day: day.toordinal(), keep.days)
    stay |= _newest(there, lambda day: (day + timedelta(days=1)).toordinal() // 7, keep.weeks)
    stay |= _newest(there, lambda day: from_gregorian(day)[:2], keep.months)
    gone = [path for path in there if path not in stay]
    for path in gone:
        path.unlink(missing_ok=True)
        notes.drop(path)
    for left in folder.glob(f".dabir-*{PART}"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > A_DAY:
                left.unlink()
    return gone


def _newest(there: list[Path], part: Callable[[date], object], many: int) -> set[Path]:
    """The newest archive of each of the newest `many` parts of time."""
    found: dict[object, Path] = {}
    for path in there:
        found.setdefault(part(day_of(path)), path)
    return set(list(found.values())[:many])


def day_of(path: Path) -> date:
    """The day in an archive's name."""
    return moment_of(path).date()


def moment_of(path: Path) -> datetime:
    """The moment in an archive's name."""
    match = _NAME.fullmatch(path.name)
    assert match
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    return datetime.combine(to_gregorian(year, month, day), time_of_day(hour, minute, second), clock.TEHRAN)
