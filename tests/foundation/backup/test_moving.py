"""A home's record goes from SQLite to PostgreSQL and back; the source stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from dabir.foundation.backup import moving
from dabir.foundation.errors import Conflict, Invalid
from tests.foundation.backup.conftest import Run


def test_all_goes_to_another_database_which_must_be_empty(
    archive: Path, dabir: Run, database: str, tmp_path: Path
) -> None:
    """On PostgreSQL: SQLite to PostgreSQL, refused the second time, and back into another file."""
    assert dabir("restore", archive, url="").returncode == 0
    before = dabir("audit", url="").stdout
    back = f"sqlite:///{tmp_path}/restored/back.sqlite3"
    target = database or f"sqlite:///{tmp_path}/first.sqlite3"
    moved = dabir("migrate-to", target, url="")
    assert moved.returncode == 0 and "same ledger" in moved.stdout, moved.stderr
    assert before.split(",")[0] in moved.stdout and ("DATABASE_URL=" in moved.stdout) is target.startswith("postgres")
    again = dabir("migrate-to", target, url="")
    assert again.returncode == 2 and ("not empty" in again.stderr or "there already" in again.stderr)
    assert dabir("audit", url="").stdout == before
    if target.startswith("postgres"):
        assert dabir("audit", url=target).stdout == before
        assert dabir("link", "officer", url=target).returncode == 0  # new rows get new numbers
        assert dabir("migrate-to", back, url=target).returncode == 0
        assert (tmp_path / "restored" / "back.sqlite3").stat().st_size > 100_000
    assert not list((tmp_path / "restored").glob(".restoring-*"))


@pytest.mark.parametrize(
    "address",
    ["mysql://x/y", "postgres://x", "sqlite://", "sqlite://host/x", "x.sqlite3", "sqlite:////no/such/x.sqlite3"],
)
@pytest.mark.django_db
def test_an_address_of_no_database_is_refused(address: str) -> None:
    with pytest.raises(Invalid):
        moving.move(address)


@pytest.mark.django_db
def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").touch()
    with pytest.raises(Conflict):
        moving.move(f"sqlite:///{tmp_path}/x.sqlite3")
