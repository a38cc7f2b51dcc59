"""What is in an archive: one moment of the record, whole, and nothing that opens a door."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections

from dabir.foundation import accounts, files, ledger
from dabir.foundation.acting import Acting
from dabir.foundation.backup import making, restoring
from dabir.foundation.backup.archive import opened
from dabir.foundation.models import Event, StoredFile, User
from dabir.meetings import services as meetings
from dabir.meetings.models import Reading
from dabir.obligations.models import Obligation
from dabir.persian import clock
from tests.personas import Personas

BY = Acting.host_operator()


def rows(path: Path, table: str) -> list[list[object]]:
    with zipfile.ZipFile(path) as members:
        return [json.loads(line) for line in members.read(f"tables/{table}.jsonl").splitlines()]


def test_each_member_is_what_the_manifest_says(kept_world: Personas, tmp_path: Path) -> None:
    making.make(archive := tmp_path / "archive.zip")
    with zipfile.ZipFile(archive) as members:
        manifest = json.loads(members.read("manifest.json"))
        for table in manifest["tables"]:
            data = members.read(f"tables/{table['name']}.jsonl")
            assert hashlib.sha256(data).hexdigest() == table["sha256"]
            assert data.count(b"\n") == table["rows"]
        for file in manifest["files"]:
            data = members.read(f"files/{file['sha256'][:2]}/{file['sha256']}")
            assert hashlib.sha256(data).hexdigest() == file["sha256"]
    head = ledger.head()
    assert (manifest["head_number"], manifest["head_hash"]) == (head.number, head.hash)
    assert len(manifest["files"]) == StoredFile.objects.count() > 0
    counts = {table["name"]: table["rows"] for table in manifest["tables"]}
    assert counts["obligations_obligation"] == counts["obligations_searchtext"] == Obligation.objects.count() > 0
    assert counts["foundation_event"] == Event.objects.count()


def test_no_session_no_link_and_no_waiting_paper_is_in_it(kept_world: Personas, tmp_path: Path) -> None:
    token = accounts.issue_link(by=BY, user=kept_world.users["officer"])
    Session.objects.create(session_key="s" * 20, session_data="x", expire_date=clock.now())
    meetings.bring_paper("متن".encode(), name="a.txt", body=kept_world.bodies["hq"], by=kept_world.secretary)
    making.make(path := tmp_path / "archive.zip")
    assert rows(path, "django_session") == []
    assert hashlib.sha256(token.encode()).hexdigest() not in str(rows(path, "foundation_signinlink"))
    assert Reading.objects.get().state == "waiting"
    ((*reading,),) = rows(path, "meetings_reading")
    assert "cancelled" in reading and "waiting" not in reading
    restoring.test(path)


def test_a_backup_is_of_one_moment_while_others_write(kept_world: Personas, tmp_path: Path) -> None:
    ends = threading.Event()
    written: list[int] = []

    def write(thread: int) -> None:
        number = 0
        while not ends.is_set():
            number += 1
            data = f"{thread} {number}".encode()
            files.put(data)
            with ledger.change("tests.write", by=BY) as change:
                files.register(change, data)
                change.create(User(username=f"user-{thread}-{number}"))
            written.append(number)
        connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        made = []
        for number in range(3):
            before = len(written)
            making.make(tmp_path / f"{number}.zip")
            made.append(len(written) - before)
    finally:
        ends.set()
        for thread in threads:
            thread.join()
    assert min(made) > 0, "nobody could write meanwhile"
    for number in range(3):
        with opened(tmp_path / f"{number}.zip", "") as one:
            counts = {table.name: table.rows for table in one.manifest.tables}
            assert counts["foundation_event"] == one.manifest.head_number
            assert counts["foundation_storedfile"] == len(one.manifest.files) and not one.manifest.faults
    assert restoring.test(tmp_path / "2.zip").head_number > kept_events(tmp_path / "0.zip")


def kept_events(path: Path) -> int:
    return len(rows(path, "foundation_event"))


def test_a_file_that_is_gone_or_changed_is_told_and_the_rest_is_kept(kept_world: Personas, tmp_path: Path) -> None:
    with ledger.change("tests.write", by=BY) as change:
        for data in (b"gone", b"changed", b"whole"):
            files.put(data)
            files.register(change, data)
    files.path_of(files.sha256(b"gone")).unlink()
    files.path_of(files.sha256(b"changed")).write_bytes(b"other")
    made = making.make(path := tmp_path / "archive.zip")
    assert [files.sha256(data) in fault for data, fault in zip((b"gone", b"changed"), made.faults, strict=True)]
    assert files.sha256(b"whole") in [file.sha256 for file in made.files]
    assert restoring.test(path).faults == made.faults


def test_a_backup_that_ends_in_between_leaves_nothing(kept_world: Personas, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def stop(name: str) -> None:
        if name == "files":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.make(folder / "archive.zip", step=stop)
    assert list(folder.iterdir()) == []


def test_an_archive_is_for_its_owner_alone(kept_world: Personas, tmp_path: Path) -> None:
    making.make(archive := tmp_path / "archive.zip")
    assert archive.stat().st_mode & 0o077 == 0


def test_an_archive_with_a_key_shows_nothing_without_it(kept_world: Personas, tmp_path: Path) -> None:
    making.make(path := tmp_path / "archive.zip.age", key="a key of many letters")
    assert b"tables/" not in path.read_bytes()
    restoring.test(path, key="a key of many letters")


def test_the_secret_key_is_in_an_encrypted_archive_alone(kept_world: Personas, tmp_path: Path) -> None:
    """With it, codes that are on paper could be worked out from their hashes; without it they are no longer valid."""
    assert making.make(tmp_path / "plain.zip").secret_key == ""
    assert settings.SECRET_KEY.encode() not in (tmp_path / "plain.zip").read_bytes()
    assert making.make(tmp_path / "sealed.zip.age", key="a key of many letters").secret_key == settings.SECRET_KEY
