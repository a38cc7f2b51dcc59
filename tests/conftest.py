"""What every test stands on: a day of its own, a home of its own, and, where asked for, a small world."""

from __future__ import annotations

import gc
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from dabir.persian.jalali import to_gregorian
from tests import emptied, kept, personas
from tests.personas import Personas

TODAY: date = to_gregorian(1398, 7, 20)
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server", "database"}
"""Fixtures of those in whose test a database has a part."""
_homes = count()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches no database need not run again on another one."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if not fixtures & DATABASE and item.get_closest_marker("django_db") is None:
            item.add_marker("once")


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay to the end: the collector need not look at them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The database of pytest-django; what a test has stored in it for others to see is taken out without TRUNCATE."""
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = emptied.statements  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The sample's day, three days after session 11."""
    monkeypatch.setenv("DABIR_TODAY", "1398/07/20")
    return TODAY


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty DABIR_HOME for files, made by the first; the database is pytest-django's. Static files have the
    addresses of the source: the manifest is made when the server starts."""
    home = tmp_path_factory.getbasetemp() / f"home-{next(_homes)}"
    settings.DABIR_HOME = home
    settings.BACKUPS, settings.BACKUP_AT = home / "backups", "off"
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": static}
    settings.STATIC_ROOT = home.parent / "static"  # whitenoise looks at each file in it, and warns where there is none
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes its time
    return home


@pytest.fixture
def world(db: None) -> Personas:
    """The bodies, parties and people of `personas`, as if made anew for each test."""
    return kept.once("world", personas.build)
