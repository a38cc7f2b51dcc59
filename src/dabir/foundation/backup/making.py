"""Writes an archive of all that is on record, as it stood at one moment."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from dabir.foundation import files
from dabir.foundation.backup import manifest as form
from dabir.foundation.backup.archive import PIECE, written
from dabir.foundation.backup.manifest import File, Manifest, Table
from dabir.foundation.backup.numbers import last_id
from dabir.foundation.backup.snapshot import snapshot
from dabir.foundation.backup.tables import Kind, applied, kinds_of, loader_of
from dabir.persian import clock

_LEVELS = {"tables": 6, "files": 1}
"""How hard members are compressed; most papers are compressed already."""

Step = Callable[[str], None]


def make(path: Path, *, key: str = "", step: Step = lambda _name: None) -> Manifest:
    """Write an archive to `path`, of this moment; others may go on writing. Not inside a transaction.

    `step` hears what is being done, often; what it raises ends the work, and leaves nothing behind.
    Files that are named but are not there, or have changed, are the manifest's `faults`.
    """
    with snapshot() as using, written(path, key) as members:
        loader = loader_of(connections[using])
        nodes = applied(loader)
        kinds = kinds_of(loader, nodes)
        head = _rows(kinds, "foundation_event", using).order_by("-number").values_list("number", "hash").first()
        manifest = Manifest(
            dabir=version("dabir"),
            made_at=clock.machine_now().isoformat(timespec="seconds"),
            engine=connections[using].vendor,
            migrations={
                app: sorted(name for one, name in nodes if one == app) for app in sorted({a for a, _ in nodes})
            },
            head_number=head[0] if head else 0,
            head_hash=head[1] if head else "",
            secret_key=settings.SECRET_KEY if key else "",
            sample_day=settings.SAMPLE_DAY.read_text(encoding="ascii").strip() if settings.SAMPLE_DAY.exists() else "",
        )
        for kind in kinds:
            step("tables")
            manifest.tables.append(_put_table(members, kind, using, step))
        stored = _rows(kinds, "foundation_storedfile", using).order_by("pk").values_list("sha256", "size")
        for digest, size in stored.iterator(chunk_size=1000):
            step("files")
            _put_file(members, File(digest, size), manifest)
        members.writestr(form.NAME, manifest.as_json())
    return manifest


def _rows(kinds: list[Kind], table: str, using: str) -> Any:
    model = next(kind.model for kind in kinds if kind.name == table)
    return model._base_manager.using(using)


def _put_table(members: zipfile.ZipFile, kind: Kind, using: str, step: Step) -> Table:
    digest, size, rows = hashlib.sha256(), 0, 0
    with members.open(_info(f"tables/{kind.name}.jsonl"), "w", force_zip64=True) as member:
        for line in kind.rows(using):
            member.write(line)
            digest.update(line)
            size, rows = size + len(line), rows + 1
            if rows % 5000 == 0:
                step("tables")
    return Table(kind.name, kind.columns, rows, size, digest.hexdigest(), last_id(connections[using], kind.model))


def _put_file(members: zipfile.ZipFile, file: File, manifest: Manifest) -> None:
    """Files never change: what is read now is what was there then."""
    digest, size = hashlib.sha256(), 0
    try:
        source = files.path_of(file.sha256).open("rb")
    except OSError as error:
        manifest.faults.append(f"the file {file.sha256} cannot be read ({error.strerror})")
        return
    with source, members.open(_info(file.member), "w", force_zip64=True) as member:
        while piece := source.read(PIECE):
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    if digest.hexdigest() == file.sha256:
        manifest.files.append(File(file.sha256, size))
    else:
        manifest.faults.append(f"the file {file.sha256} is not what was stored")


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, clock.machine_now().timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = _LEVELS[name.partition("/")[0]]  # type: ignore[attr-defined]
    info.external_attr = 0o600 << 16
    return info
