"""The folder of backups: which are kept, how they are named, and what is a key."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from dabir.foundation.backup import shelf
from dabir.foundation.backup.shelf import Keep
from dabir.foundation.errors import Conflict, Invalid
from dabir.persian.jalali import from_gregorian, to_gregorian


def name(day: date, hour: int = 2) -> str:
    year, month, number = from_gregorian(day)
    return f"dabir-{year:04}{month:02}{number:02}-{hour:02}3000.zip"


def test_days_weeks_and_months_keep_their_newest(tmp_path: Path) -> None:
    newest = to_gregorian(1405, 9, 5)  # a Thursday
    for back in range(120):
        (tmp_path / name(newest - timedelta(days=back))).touch()
    (tmp_path / name(newest, hour=1)).touch()
    (tmp_path / "mine.zip").touch()
    gone = shelf.thin_out(tmp_path, Keep(days=3, weeks=3, months=3))
    assert [path.name[6:14] for path in shelf.archives(tmp_path)] == [
        "14050905",
        "14050904",
        "14050903",
        "14050830",  # the newest of Aban
        "14050829",  # a Friday, the last day of its week
        "14050822",
        "14050730",
    ]
    assert len(gone) == 121 - 7 and (tmp_path / "mine.zip").exists()


def test_the_newest_of_all_stays_whatever_is_kept(tmp_path: Path) -> None:
    days = [to_gregorian(1405, 9, 5), to_gregorian(1405, 6, 1)]
    for day in days:
        (tmp_path / name(day)).touch()
    shelf.thin_out(tmp_path, Keep(days=0, weeks=0, months=1))
    assert [path.name for path in shelf.archives(tmp_path)] == [name(days[0])]


@pytest.mark.parametrize("numbers", [[], [7, 4], [0, 0, 0], [-1, 4, 12]])
def test_a_retention_that_keeps_nothing_is_refused(numbers: list[int]) -> None:
    with pytest.raises(Invalid):
        shelf.keep(numbers)


def test_the_key_is_the_first_line_of_its_file(tmp_path: Path, settings: Settings) -> None:
    settings.BACKUP_KEY = "one of the environment"
    file = tmp_path / "key"
    file.write_text("دوازده حرف یا بیشتر\nand a remark\n", encoding="utf-8")
    assert shelf.key(str(file)) == "دوازده حرف یا بیشتر"
    assert shelf.key() == "one of the environment"


@pytest.mark.parametrize("text", ["", "\n", "short", "         \n a long line that is not the first"])
def test_a_key_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key"
    file.write_text(text)
    with pytest.raises(Invalid):
        shelf.key(str(file))


def test_a_key_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="missing"):
        shelf.key(str(tmp_path / "missing"))


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.zip").touch()
    with pytest.raises(Conflict):
        shelf.new_path(str(tmp_path / "a.zip"), None, sealed=False)
    first = shelf.new_path(None, tmp_path, sealed=True)
    first.touch()
    second = shelf.new_path(None, tmp_path, sealed=True)
    assert second != first and shelf.archives(tmp_path) == [first]
    second.touch()
    assert set(shelf.archives(tmp_path)) == {first, second}
