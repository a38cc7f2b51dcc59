"""An archive of the small world of `personas`, and homes that the command line works in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from dabir.foundation.backup import making
from tests import builders, personas
from tests.personas import Personas

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kept_world(transactional_db: None, settings: Settings, home: Path) -> Personas:
    """The small world with a meeting and its papers, stored so that other connections see it."""
    settings.SAMPLE_DAY = home / "sample_day"
    settings.BACKUPS = home / "backups"
    world = personas.build()
    builders.meeting(world)
    return world


_made: list[bytes] = []


@pytest.fixture
def archive(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Path:
    """A backup of the small world with a meeting, made once: tests restore it or change a copy, without a database of
    their own."""
    path = tmp_path / "archive.zip"
    if not _made:
        with django_db_blocker.unblock():
            builders.meeting(personas.build())
            assert making.make(path).rows > 100
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
            connection.close()
        _made.append(path.read_bytes())
    path.write_bytes(_made[0])
    path.chmod(0o600)
    return path


@pytest.fixture
def database(settings: Settings) -> Iterator[str]:
    """The address of an empty database of the kind that the suite runs on; an empty text for SQLite in the home."""
    if connection.vendor == "sqlite":
        yield ""
        return
    import psycopg

    given = settings.DATABASES["default"]
    at = f"{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}"
    name = f"dabir_restored_{os.getpid()}"
    with psycopg.connect(f"postgres://{at}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{at}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def dabir(tmp_path: Path, database: str) -> Run:
    """Run the command in a home of its own (`at`), with a database of its own."""

    def run(*arguments: str | Path, at: str = "restored", url: str | None = None) -> subprocess.CompletedProcess[str]:
        own = ("DATABASE_URL", "DABIR_TODAY", "SECRET_KEY", "DABIR_BACKUP_KEY")
        environment = {name: value for name, value in os.environ.items() if name not in own}
        environment["DABIR_HOME"] = str(tmp_path / at)
        if address := database if url is None else url:
            environment["DATABASE_URL"] = address
        command = [sys.executable, "-m", "dabir", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run
