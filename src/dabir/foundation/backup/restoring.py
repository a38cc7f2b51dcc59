"""Proves an archive in a fresh place, and exchanges the home's record for it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from dabir.foundation import files, inuse
from dabir.foundation.backup import swapping
from dabir.foundation.backup.archive import Archive, opened
from dabir.foundation.backup.loading import known
from dabir.foundation.backup.manifest import Manifest
from dabir.foundation.errors import Conflict, Invalid
from dabir.persian import clock
from dabir.persian.jalali import from_gregorian

PREFIX = ".restoring-"
"""How the folder's name begins in which an archive is unpacked; what a kill leaves there is cleared by the next."""
A_DAY = 24 * 3600
ROOM = 64 * 1024 * 1024
"""Bytes that are to be left on the disk."""

_OWN = ("DATABASE_URL", "DABIR_HOME", "SECRET_KEY")
"""Variables that are the child's own."""

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What an archive held, and where what was there before is now, if anything was."""

    manifest: Manifest
    aside: str = ""


def test(path: Path, *, key: str = "", step: Step = lambda _name: None, within: Path | None = None) -> Manifest:
    """Restore into a temporary home (SQLite, whatever the archive comes from), audit there, and take it away again."""
    folder = within or Path(tempfile.gettempdir())
    with opened(path, key) as archive, beside(folder, archive.manifest) as fresh:
        _prove(archive, key, fresh, step)
        return archive.manifest


def restore(path: Path, *, key: str = "", force: bool = False, step: Step = lambda _name: None) -> Restored:
    """Put an archive in the place of this home's record. Nothing is replaced before the archive is proven.

    `Conflict` where the home is served, or is used and `force` is not given; `Invalid` says what is wrong with the
    archive. Backups and papers that wait to be read stay as they are, and the secret key unless the archive has one.
    """
    home = Path(settings.DABIR_HOME)
    with inuse.alone(), opened(path, key) as archive:
        used = is_used()
        if used and not force:
            raise Conflict(f"the database of {home} is in use; --force puts what is there aside")
        with beside(home, archive.manifest) as fresh:
            if connection.vendor == "sqlite":
                _prove(archive, key, fresh, step)
            else:
                _extract(archive, fresh, step)
            name = f"before-{stamp()}"
            old = fresh / name
            old.mkdir()
            if used:
                _keep_files(home / "files", old / "files")
            _take_files(fresh / "files", home / "files")
            aside = home / name if used else fresh / "unused"
            if connection.vendor == "sqlite":
                _close_whole()
                swapping.swap(home, new=fresh, old=old, aside=aside)
                return Restored(archive.manifest, str(aside) if used else "")
            refuse_others()
            schema = name.replace("-", "_")
            fill(path, key, home=fresh, database=os.environ["DATABASE_URL"], set_aside=schema, step=step)
            if not used:
                _drop(schema)
            swapping.swap(home, new=fresh, old=old, aside=aside)
            return Restored(archive.manifest, f"the schema {schema}, and {aside}" if used else "")


def is_used() -> bool:
    """Whether anything is on record here: an event of the ledger, or a database that cannot be read."""
    try:
        with connection.cursor() as cursor:
            if "foundation_event" not in connection.introspection.table_names(cursor):
                return False
            cursor.execute("SELECT 1 FROM foundation_event LIMIT 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return True
    finally:
        connection.close()


def fill(path: Path, key: str, *, home: Path, database: str, set_aside: str, step: Step) -> None:
    """Fill a database (`database`, an address; else SQLite in `home`) in a child process, which proves it there."""
    environment = {name: value for name, value in os.environ.items() if name not in _OWN}
    environment |= {"DABIR_HOME": str(home), "SECRET_KEY": secrets.token_hex()}  # it makes none of its own
    if database:
        environment["DATABASE_URL"] = database
    order = json.dumps({"archive": str(path.resolve()), "key": key, "set_aside": set_aside})
    command = [sys.executable, "-m", "dabir.foundation.backup.inside"]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as child:
        try:
            assert child.stdin and child.stdout
            child.stdin.write(order + "\n")
            child.stdin.close()
            fault = "the process that restores was ended from outside"
            for line in child.stdout:
                said = json.loads(line)
                if "step" in said:
                    step(said["step"])
                fault = "" if "rows" in said else said.get("fault", fault)
        except BaseException:
            child.kill()
            raise
    if fault:
        raise Invalid(fault)


def stamp() -> str:
    """The moment as a part of a name: 14050905-130502."""
    now = clock.machine_now()
    year, month, day = from_gregorian(now.date())
    return f"{year:04}{month:02}{day:02}-{now:%H%M%S}"


def _prove(archive: Archive, key: str, fresh: Path, step: Step) -> None:
    known(archive.manifest)
    _extract(archive, fresh, step)
    fill(archive.path, key, home=fresh, database="", set_aside="", step=step)


def _extract(archive: Archive, fresh: Path, step: Step) -> None:
    """Unpack the files and the sample's day; and read all the rest once, so that what is broken shows at once."""
    for table in archive.manifest.tables:
        step("read")
        for _line in archive.lines(table):
            pass
    for file in archive.manifest.files:
        step("files")
        archive.extract(file, fresh / "files" / file.sha256[:2] / file.sha256)
    if archive.manifest.sample_day:
        (fresh / "sample_day").write_text(archive.manifest.sample_day, encoding="ascii")
    if archive.manifest.secret_key:
        (fresh / "secret_key").touch(mode=0o600)
        (fresh / "secret_key").write_text(archive.manifest.secret_key, encoding="ascii")


@contextmanager
def beside(folder: Path, manifest: Manifest | None = None) -> Iterator[Path]:
    """A folder for a fresh home in `folder`; `Invalid` where there is no room for what an archive holds.

    What a kill has left of another is taken away when it is a day old.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > A_DAY:
                shutil.rmtree(left)
    if manifest:
        needed = sum(file.size for file in manifest.files) + 4 * sum(table.size for table in manifest.tables) + ROOM
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise Invalid(f"{folder} has {free >> 20} MB left, and the archive may need {needed >> 20} MB")
    fresh = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _keep_files(source: Path, target: Path) -> None:
    """Give the files a second name, or a copy where the disk knows none: the database that goes aside names them."""
    for path in source.glob("*/*"):
        kept = target / path.relative_to(source)
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, kept)
        except OSError:
            shutil.copy2(path, kept)


def _take_files(source: Path, target: Path) -> None:
    """Put proven files into the home. One that is there already is the same or broken: they are named by their hash."""
    for path in source.glob("*/*"):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.utime(path)  # nothing names it for a moment yet: `files.sweep` is to pass it over
        path.replace(place)
        files.sync_folder(place.parent)


def _close_whole() -> None:
    """Write the SQLite database's journal into it; `Conflict` where another program has it open."""
    connection.close()
    name = str(connection.settings_dict["NAME"])
    try:
        with contextlib.closing(sqlite3.connect(name, timeout=1)) as database:
            database.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise Conflict(f"{name} is open in another program; end that first") from None
        # It is broken, then, and goes aside with its journal as it is.


def refuse_others() -> None:
    """`Conflict` where others are connected to the PostgreSQL database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        (others,) = cursor.fetchone()
    connection.close()
    if others:
        raise Conflict(f"{others} other connections are open to the database; stop `dabir serve` and `dabir worker`")


def _drop(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {connection.ops.quote_name(schema)} CASCADE")
    connection.close()
