"""What every test stands on: a day of its own, a home of its own, and, where asked for, a small world."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from dabir.persian.jalali import to_gregorian
from tests import personas
from tests.personas import Personas

TODAY: date = to_gregorian(1398, 7, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The sample's day, three days after session 11."""
    monkeypatch.setenv("DABIR_TODAY", "1398/07/20")
    return TODAY


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    """An empty DABIR_HOME for files; the database is pytest-django's. Static files have the addresses of the source:
    the manifest is made when the server starts."""
    settings.DABIR_HOME = tmp_path / "home"
    settings.BACKUPS, settings.BACKUP_AT = tmp_path / "home" / "backups", "off"
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": static}
    settings.STATIC_ROOT = tmp_path  # whitenoise warns where there is none
    return tmp_path / "home"


@pytest.fixture
def world(db: None) -> Personas:
    """The bodies, parties and people of `personas`, made anew for each test."""
    return personas.build()
