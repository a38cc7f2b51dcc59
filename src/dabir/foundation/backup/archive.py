"""An archive as a file: written whole or not at all, opened with its key, each member checked against the manifest."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dabir.foundation.backup import manifest as form
from dabir.foundation.backup.manifest import File, Manifest, NoManifest, Table
from dabir.foundation.backup.sealing import Damaged, Sealed, Sealing, WrongKey, is_sealed
from dabir.foundation.errors import Invalid
from dabir.foundation.files import sync_folder

PIECE = 1 << 20
LONGEST_LINE = 64 * 1024 * 1024
PART = ".part"
"""How the name ends of an archive that is being written."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, Damaged)


@contextmanager
def written(path: Path, key: str) -> Iterator[zipfile.ZipFile]:
    """A zip to fill, encrypted under `key` if there is one. The file has its name when the block has ended well."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent)  # for us alone to read
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            target: IO[bytes] = Sealing(file, key) if key else file  # type: ignore[assignment]
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as members:
                yield members
            if key:
                target.close()
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


class Archive:
    """An open archive. What is wrong with it is an `Invalid` that names the file."""

    def __init__(self, path: Path, members: zipfile.ZipFile, manifest: Manifest, *, sealed: bool) -> None:
        self.path = path
        self.manifest = manifest
        self.sealed = sealed
        self._members = members

    def lines(self, table: Table) -> Iterator[bytes]:
        """The rows of a table; its hash, size and count are found right before the last one is given out."""
        digest, size, rows = hashlib.sha256(), 0, 0
        with self._reading(table.member) as member:
            before = b""
            while line := member.readline(LONGEST_LINE):
                digest.update(line)
                size, rows = size + len(line), rows + 1
                if size > table.size:
                    break
                if before:
                    yield before
                before = line
            if (digest.hexdigest(), size, rows) != (table.sha256, table.size, table.rows):
                raise self.fault(f"{table.member} is not what its manifest says")
            if before:
                yield before

    def extract(self, file: File, path: Path) -> None:
        """Write a stored file to `path`, flushed."""
        digest, size = hashlib.sha256(), 0
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._reading(file.member) as member, path.open("xb") as target:
            while (piece := member.read(PIECE)) and size <= file.size:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
            if (digest.hexdigest(), size) != (file.sha256, file.size):
                raise self.fault(f"{file.member} is not what its manifest says")
            target.flush()
            os.fsync(target.fileno())

    def fault(self, what: str) -> Invalid:
        return Invalid(f"{self.path} is damaged: {what}")

    @contextmanager
    def _reading(self, member: str) -> Iterator[IO[bytes]]:
        try:
            with self._members.open(member) as file:
                yield file
        except _BROKEN as error:
            raise self.fault(f"{member} cannot be read ({error})") from None


@contextmanager
def opened(path: Path, key: str) -> Iterator[Archive]:
    """Open an archive; `Invalid` says why it cannot be, in the words of whoever has to see to it."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Invalid(f"{path} cannot be opened ({error.strerror})") from None
    with file:
        sealed = is_sealed(file)
        if sealed and not key:
            raise Invalid(f"{path} is encrypted; give its key with --key-file, or in DABIR_BACKUP_KEY")
        try:
            source: IO[bytes] = io.BufferedReader(Sealed(file, key), PIECE) if sealed else file
            with zipfile.ZipFile(source) as members:
                yield Archive(path, members, _manifest(members), sealed=sealed)
        except WrongKey:
            raise Invalid(f"{path} does not open with this key") from None
        except NoManifest as error:
            raise Invalid(f"{path} cannot be restored: {error}") from None
        except _BROKEN as error:
            raise Invalid(f"{path} is damaged or no backup ({error})") from None


def _manifest(members: zipfile.ZipFile) -> Manifest:
    if form.NAME not in members.namelist():
        raise NoManifest("it is no backup of Dabir")
    if members.getinfo(form.NAME).file_size > form.LARGEST:
        raise NoManifest("its manifest cannot be read")
    return Manifest.from_json(members.read(form.NAME))
