"""Files as they came in."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from dabir.foundation import files, ledger
from dabir.foundation.acting import Acting
from dabir.foundation.models import StoredFile

BY = Acting.host_operator()


def store(data: bytes) -> StoredFile:
    files.put(data)
    with ledger.change("test", by=BY) as change:
        return files.register(change, data)


@pytest.mark.django_db
def test_the_bytes_come_back_as_they_came() -> None:
    file = store(b"\x00\xff paper")
    assert files.get(file) == b"\x00\xff paper" and file.size == 8


@pytest.mark.django_db
def test_the_same_bytes_are_one_file() -> None:
    assert store(b"paper") == store(b"paper") == StoredFile.objects.get()
    assert list(ledger.audit()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\جلسه.txt", "جلسه.txt"),
        ("جلسه\u202egpj.exe", "جلسهgpj.exe"),
        ("كار\u200f.txt", "کار.txt"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert files.shown_name(given) == kept


@pytest.mark.parametrize("given", ["", "/", "\u200f"])
def test_a_file_without_a_name_has_a_dash(given: str) -> None:
    assert files.shown_name(given) == "-"


@pytest.mark.django_db
def test_changed_and_lost_bytes_show() -> None:
    file = store(b"paper")
    files.path_of(file.sha256).write_bytes(b"other")
    with pytest.raises(ValueError, match=file.sha256):
        files.get(file)
    files.path_of(file.sha256).unlink()
    with pytest.raises(OSError):
        files.get(file)


def test_nothing_but_the_file_is_left_behind(home: Path) -> None:
    digest = files.put(b"paper")
    assert files.put(b"paper") == digest
    assert [path.name for path in home.rglob("*") if path.is_file()] == [digest]


@pytest.mark.django_db
def test_files_that_nothing_names_are_swept_away_when_they_are_old(home: Path) -> None:
    named = files.path_of(store(b"named").sha256)
    left, again, new = (files.path_of(files.put(data)) for data in (b"left", b"again", b"new"))
    temporary = left.with_name("tmp-left-by-a-kill")
    temporary.write_bytes(b"le")
    long_ago = time.time() - files.MINUTES_FOR_A_ROW * 60 - 1
    for path in (named, left, again, temporary):
        os.utime(path, (long_ago, long_ago))
    files.put(b"again")
    assert files.sweep() == 2
    assert {path for path in (home / "files").glob("*/*") if path.is_file()} == {named, again, new}


@pytest.mark.django_db
def test_no_row_names_bytes_that_are_gone() -> None:
    files.path_of(files.put(b"paper")).unlink()
    with pytest.raises(OSError), ledger.change("test", by=BY) as change:
        files.register(change, b"paper")
    assert not StoredFile.objects.exists()


def test_nothing_is_left_of_what_found_no_room(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError) as refused:
        files.put(b"paper")
    assert files.is_full(refused.value)
    assert not [path for path in home.rglob("*") if path.is_file()]
