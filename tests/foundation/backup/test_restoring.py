"""An archive is proven before it replaces anything, and what it replaces is kept."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dabir.foundation import inuse
from dabir.foundation.backup import loading, restoring, swapping
from dabir.foundation.backup.archive import opened
from dabir.foundation.errors import Invalid
from tests.foundation.backup.conftest import Run


def changed(archive: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with other members."""
    with zipfile.ZipFile(archive) as members:
        found = {name: members.read(name) for name in members.namelist()}
    change(found)
    path = archive.with_name("changed.zip")
    with zipfile.ZipFile(path, "w") as members:
        for name, data in found.items():
            members.writestr(name, data)
    return path


def manifest(members: dict[str, bytes], **values: Any) -> None:
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | values).encode()


def resigned(members: dict[str, bytes], table: str, old: str, new: str) -> None:
    """Other rows in a table, with a manifest that fits them."""
    import hashlib

    name = f"tables/{table}.jsonl"
    assert old in members[name].decode()
    members[name] = members[name].decode().replace(old, new).encode()
    tables = json.loads(members["manifest.json"])["tables"]
    for one in tables:
        if one["name"] == table:
            one["sha256"], one["size"] = hashlib.sha256(members[name]).hexdigest(), len(members[name])
    manifest(members, tables=tables)


def test_an_empty_home_is_filled_and_goes_on(archive: Path, dabir: Run, tmp_path: Path) -> None:
    done = dabir("restore", archive)
    assert done.returncode == 0, done.stderr
    with opened(archive, "") as one:
        number, head = one.manifest.head_number, one.manifest.head_hash[:16]
    assert f"{number} events, head {head}" in done.stdout
    audited = dabir("audit")
    assert audited.stdout == f"{number} events, head {head}, no faults\n"
    linked = dabir("link", "officer")  # new rows get new numbers
    assert linked.returncode == 0, linked.stderr
    assert dabir("audit").stdout.startswith(f"{number + 1} events")
    again = dabir("backup", tmp_path / "again.zip")
    assert again.returncode == 0 and f"{number + 1} events" in again.stdout

    key = (tmp_path / "restored" / "secret_key").read_text()
    refused = dabir("restore", archive)
    assert refused.returncode == 2 and "--force" in refused.stderr
    assert dabir("audit").stdout.startswith(f"{number + 1} events")
    forced = dabir("restore", archive, "--force")
    assert forced.returncode == 0 and "before-" in forced.stdout, forced.stderr
    assert dabir("audit").stdout == audited.stdout and (tmp_path / "restored" / "secret_key").read_text() == key
    assert {path.name[:8] for path in (tmp_path / "restored").iterdir()} >= {"before-1", "files", "in_use"}


def test_an_archive_goes_from_one_kind_of_database_to_the_other(archive: Path, dabir: Run, tmp_path: Path) -> None:
    """On SQLite this is SQLite to SQLite and back; on PostgreSQL there and back, with the same hash of every table."""
    assert dabir("restore", archive, at="other", url="").returncode == 0
    made = dabir("backup", tmp_path / "back.zip", at="other", url="")
    assert made.returncode == 0, made.stderr
    assert dabir("restore", tmp_path / "back.zip").returncode == 0
    assert dabir("backup", tmp_path / "there.zip").returncode == 0
    found = []
    for path in (archive, tmp_path / "back.zip", tmp_path / "there.zip"):
        with zipfile.ZipFile(path) as members:
            found.append({t["name"]: t["sha256"] for t in json.loads(members.read("manifest.json"))["tables"]})
    assert found[0] == found[1] == found[2]


@pytest.mark.once  # an archive is tried out in a home of its own
@pytest.mark.parametrize(
    ("what", "change"),
    [
        (
            "a byte of a row",
            lambda m: m.update({"tables/foundation_user.jsonl": m["tables/foundation_user.jsonl"][::-1]}),
        ),
        ("a table", lambda m: m.pop("tables/foundation_user.jsonl")),
        ("a file", lambda m: m.pop(next(name for name in m if name.startswith("files/")))),
        ("the bytes of a file", lambda m: m.update({next(n for n in m if n.startswith("files/")): b"other"})),
        ("the manifest", lambda m: m.pop("manifest.json")),
        ("half of the manifest", lambda m: m.update({"manifest.json": m["manifest.json"][:500]})),
        ("the form", lambda m: manifest(m, version=2)),
        ("a name of a table", lambda m: manifest(m, tables=[{"name": "../../etc"}])),
        ("an event and its hash", lambda m: resigned(m, "foundation_event", "جهاد", "جهان")),
        ("a row behind the ledger's back", lambda m: resigned(m, "directory_partyname", "جهاد", "جهان")),
        ("the head", lambda m: manifest(m, head_number=3)),
        ("a migration of tomorrow", lambda m: manifest(m, migrations={"foundation": ["0099_tomorrow"]})),
    ],
)
def test_an_archive_with_something_changed_is_refused(
    archive: Path, what: str, change: Callable[[dict[str, bytes]], None]
) -> None:
    with pytest.raises(Invalid):
        restoring.test(changed(archive, change), within=archive.parent / "place")
    assert list((archive.parent / "place").glob("*")) == [], what


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    for data in (b"", b"PK", b"age-encryption.org/v1\n", os.urandom(2000)):
        (tmp_path / "x.zip").write_bytes(data)
        with pytest.raises(Invalid, match=r"x\.zip"):
            restoring.test(tmp_path / "x.zip", key="a key of many letters")


def test_a_newer_archive_says_which_version_it_needs(archive: Path) -> None:
    newer = changed(archive, lambda m: manifest(m, migrations={"foundation": ["0099_tomorrow"]}, dabir="9.0"))
    with pytest.raises(Invalid, match=r"9\.0"):
        restoring.test(newer)


def test_an_older_archive_is_brought_up_to_date(archive: Path) -> None:
    """One of a home that had not had the last migration of Django's users."""
    with zipfile.ZipFile(archive) as members:
        names = json.loads(members.read("manifest.json"))["migrations"]
    older = changed(archive, lambda m: manifest(m, migrations=names | {"auth": names["auth"][:-1]}))
    assert ("auth", names["auth"][-1]) not in loading.known(restoring.test(older))


_OLDER = """
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from dabir.foundation.backup import making, tables
executor = MigrationExecutor(connection)
executor.loader = tables.loader_of(connection)
executor.migrate([("directory", "0006_feeds")])
making.make(Path(settings.DABIR_HOME / "older.zip"))
"""


def test_an_archive_from_before_a_squash_is_filled_and_brought_up_to_date(
    archive: Path, dabir: Run, tmp_path: Path
) -> None:
    """Its home had had some of those migrations of the directory that are one now, and none of the rooms above."""
    home = tmp_path / "older"
    home.mkdir()
    settings = {"DABIR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "dabir.config.settings", "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-c", _OLDER], env=os.environ | settings, check=True)
    done = dabir("restore", home / "older.zip")
    assert done.returncode == 0, done.stderr
    assert dabir("backup", tmp_path / "again.zip").returncode == 0
    assert _migrations(tmp_path / "again.zip") == _migrations(archive)


def _migrations(archive: Path) -> dict[str, list[str]]:
    with zipfile.ZipFile(archive) as members:
        names: dict[str, list[str]] = json.loads(members.read("manifest.json"))["migrations"]
    return names


def test_no_archive_names_a_squashed_migration(archive: Path) -> None:
    assert not [name for names in _migrations(archive).values() for name in names if "squashed" in name]


def test_a_gap_in_the_migrations_is_refused(archive: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        names = json.loads(members["manifest.json"])["migrations"]
        manifest(members, migrations=names | {"auth": names["auth"][:3] + names["auth"][4:]})

    with pytest.raises(Invalid, match="leave one out"):
        restoring.test(changed(archive, change))


def test_a_home_in_use_is_not_replaced(archive: Path, dabir: Run, tmp_path: Path, settings: Any) -> None:
    settings.DABIR_HOME = tmp_path / "restored"
    with inuse.in_use(), inuse.in_use():
        done = dabir("restore", archive)
    assert done.returncode == 2 and "dabir serve" in done.stderr
    with inuse.alone():
        done = dabir("worker")
    assert done.returncode == 2 and "being restored" in done.stderr


def test_an_exchange_that_was_killed_is_finished_at_the_next_start(tmp_path: Path) -> None:
    """After each of its moves; before the first, which writes down what is to happen, nothing has."""
    for moves in range(10):
        home = tmp_path / str(moves)
        for folder, text in (("new", "new"), (".", "old")):
            (home / folder).mkdir(parents=True, exist_ok=True)
            for name in ("dabir.sqlite3", "sample_day", "secret_key"):
                (home / folder / name).write_text(text)
        (home / "dabir.sqlite3-wal").write_text("old")
        (home / "old").mkdir()
        _killed_after(moves, home)
        swapping.finish(home)
        if moves == 0:
            assert (home / "dabir.sqlite3").read_text() == (home / "sample_day").read_text() == "old"
            continue
        assert (home / "dabir.sqlite3").read_text() == (home / "sample_day").read_text() == "new"
        assert not (home / "dabir.sqlite3-wal").exists() and not (home / swapping.PLAN).exists()
        assert {path.name: path.read_text() for path in (home / "aside").iterdir()} == {
            "dabir.sqlite3": "old",
            "sample_day": "old",
            "secret_key": "old",
            "dabir.sqlite3-wal": "old",
        }


def _killed_after(moves: int, home: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from dabir.foundation.backup import swapping\n"
        "home, left, replace = Path(sys.argv[1]), [int(sys.argv[2])], os.replace\n"
        "def move(*names):\n"
        "    if not left[0]: os._exit(9)\n"
        "    left[0] -= 1; replace(*names)\n"
        "swapping.os.replace = move\n"
        "swapping.swap(home, new=home / 'new', old=home / 'old', aside=home / 'aside')\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(home), str(moves)], check=False)
    assert done.returncode == (9 if moves < 9 else 0)


def test_without_room_on_the_disk_nothing_is_begun(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = shutil._ntuple_diskusage(10, 5, 5)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: few)
    with pytest.raises(Invalid, match="left"):
        restoring.test(archive)
