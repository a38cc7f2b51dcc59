"""Backups by night: when one is due, that it is made once and tried out, and what the page and the desk say of it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from dabir.foundation import ledger, services
from dabir.foundation.backup import making, nightly, notes, overview, shelf
from dabir.foundation.backup.archive import opened
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.jobs import line
from dabir.foundation.models import BackupJob, Event, User
from dabir.persian import clock
from tests.at_once import at_once
from tests.jobs import work_off
from tests.personas import Personas

LONG = timedelta(hours=1)
"""A worker that has been at work for so long makes up for a night."""


@pytest.fixture
def by_night(settings: Settings) -> None:
    settings.BACKUP_AT = "02:30"


def at(hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-26T{hour}:00+03:30")


def shelve(settings: Settings, moment: str, *, fault: str = "") -> Path:
    """An archive that was made at that moment of 1405/09/05, by its name and its note."""
    folder = Path(settings.BACKUPS)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"dabir-14050905-{moment.replace(':', '')}00.zip"
    path.touch()
    note = notes.Note(at(moment).isoformat(), 1, 1, 1, "ab", sealed=False, fault=fault)
    path.with_name(path.name + ".json").write_text(json.dumps({f: getattr(note, f) for f in note.__slots__}))
    return path


@pytest.mark.parametrize(
    ("now", "running_for", "made", "due"),
    [
        ("02:29", LONG, "", True),  # the night before has none
        ("02:31", timedelta(0), "", True),
        ("02:31", LONG, "02:30", False),
        ("02:31", LONG, "01:00", True),
        ("09:00", timedelta(minutes=1), "01:00", False),  # a missed night waits for the start to be over
        ("09:00", timedelta(minutes=6), "01:00", True),
        ("23:00", LONG, "12:00", False),  # somebody made one in the day
    ],
)
@pytest.mark.usefixtures("world")
def test_a_backup_is_due_when_the_last_night_has_none(
    settings: Settings, now: str, running_for: timedelta, made: str, due: bool
) -> None:
    settings.BACKUP_AT = "02:30"
    if made:
        shelve(settings, made)
    assert nightly.is_due(at(now), running_for) is due


def test_nothing_is_due_in_an_empty_home_or_when_it_is_off(
    db: None, settings: Settings, by_night: None, request: pytest.FixtureRequest
) -> None:
    assert not Event.objects.exists() and not nightly.is_due(at("03:00"), LONG)
    request.getfixturevalue("world")
    assert nightly.is_due(at("03:00"), LONG)
    settings.BACKUP_AT = "off"
    assert not nightly.is_due(at("03:00"), LONG)


@pytest.mark.parametrize("text", ["half past two", "25:00", ""])
def test_an_hour_that_is_none_is_told(settings: Settings, text: str) -> None:
    settings.BACKUP_AT = text
    with pytest.raises(Invalid, match="BACKUP_AT"):
        nightly.hour()


def test_a_night_that_failed_is_tried_again_after_an_hour(world: Personas, by_night: None) -> None:
    now = at("03:00")
    night = nightly.night(now)
    assert night
    job = line.join(BackupJob(night=night.date()))
    assert not nightly.is_due(now, LONG)
    BackupJob.objects.filter(pk=job.pk).update(
        state="failed", cause="disk", ended_at=clock.now(), queued_at=now.timestamp()
    )
    assert not nightly.is_due(now + timedelta(minutes=59), LONG)
    assert nightly.is_due(now + timedelta(minutes=61), LONG)


def test_several_processes_put_one_backup_into_the_line(
    kept_world: Personas, by_night: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "machine_now", lambda: at("03:00"))
    at_once(lambda: nightly.join_if_due(LONG.total_seconds()), 4)
    assert BackupJob.objects.get().night == at("03:00").date()


def test_the_job_makes_a_backup_and_restores_it_as_a_test(kept_world: Personas, settings: Settings) -> None:
    services.ask_for_backup(by=kept_world.admin)
    with pytest.raises(Conflict):
        services.ask_for_backup(by=kept_world.admin)
    work_off()
    assert BackupJob.objects.get().state == "done"
    found = services.look_at_backups(by=kept_world.admin)
    assert found.last and found.last == found.tested and found.last.note
    head = ledger.head()
    assert (found.last.note.head_number, found.last.note.head_hash) == (head.number, head.hash)
    left = {path.name for path in Path(settings.BACKUPS).iterdir()}
    assert left == {found.last.name, f"{found.last.name}.json"}


def test_a_backup_that_cannot_be_restored_is_called_faulty(
    kept_world: Personas, client: Client, settings: Settings
) -> None:
    """A row was changed behind the ledger's back: each backup keeps that, and its test finds it."""
    User.objects.filter(username="officer").update(mobile="09120000000")
    services.ask_for_backup(by=kept_world.admin)
    work_off()
    assert (BackupJob.objects.get().state, BackupJob.objects.get().cause) == ("failed", "test")
    found = overview.look()
    assert len(found.kept) == 1 and not found.last and found.failed
    client.force_login(kept_world.users["admin"])
    page = client.get("/backups/", headers={"accept-language": "en"}).content.decode()
    assert "foundation.user" in page and "note error" in page


def test_a_key_that_cannot_be_read_fails_the_job_and_is_told_on_the_page(
    kept_world: Personas, client: Client, settings: Settings
) -> None:
    settings.BACKUP_KEY_FILE = "/nowhere/key"
    services.ask_for_backup(by=kept_world.admin)
    work_off()
    assert BackupJob.objects.get().cause == "settings"
    client.force_login(kept_world.users["admin"])
    assert "/nowhere/key" in client.get("/backups/").content.decode()


def test_a_cancelled_backup_leaves_nothing(
    kept_world: Personas, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = making.make

    def cancelled(path: Path, **options: object) -> object:
        line.cancel(BackupJob.objects.get())
        return make(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "make", cancelled)
    services.ask_for_backup(by=kept_world.admin)
    work_off()
    assert BackupJob.objects.get().state == "cancelled"
    assert list(Path(settings.BACKUPS).iterdir()) == []


def test_the_desk_warns_when_the_last_good_backup_is_too_old(
    world: Personas, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DABIR_TODAY")
    shelve(settings, "02:30")
    for days, warned in ((1, False), (3, True)):
        monkeypatch.setattr(clock, "machine_now", lambda days=days: at("02:31") + timedelta(days=days))
        assert overview.neglected(world.admin) is overview.neglected(world.secretary) is warned
        assert not overview.neglected(world.officer)
        client.force_login(world.users["admin"])
        assert ("note error" in client.get("/").content.decode()) is warned
    shelve(settings, "12:00", fault="broken")
    assert overview.neglected(world.admin)
    monkeypatch.setenv("DABIR_TODAY", "1398/07/20")
    assert not overview.neglected(world.admin), "a sample needs no backups"


def test_the_newest_good_backup_stays_whatever_is_kept(settings: Settings) -> None:
    good = shelve(settings, "02:30")
    bad = [shelve(settings, hour, fault="broken") for hour in ("03:30", "04:30")]
    assert shelf.thin_out(good.parent, shelf.Keep(1, 0, 0)) == [bad[0]]
    assert {path.name for path in good.parent.iterdir() if path.suffix == ".zip"} == {good.name, bad[1].name}
    assert not bad[0].with_name(bad[0].name + ".json").exists()


def test_a_test_is_noted(kept_world: Personas, settings: Settings) -> None:
    path = shelf.new_path(None, None, sealed=False)
    services.back_up(path, by=kept_world.operator)
    assert (note := notes.read(path)) and note.tested is None
    with opened(path, "") as archive:
        shelf.put_note(path, archive.manifest, sealed=False, tested=True)
    assert (note := notes.read(path)) and note.tested
