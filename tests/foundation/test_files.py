"""Files as they came in."""

from __future__ import annotations

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
