"""Homes that drills work in, each with a database of its own (SQLite, whatever the suite runs on), and how a process in
one is killed at random instants."""

from __future__ import annotations

import atexit
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

from tools.drill import postgres

ROOT = Path(__file__).parents[2]


DATABASE = "database"
"""The file in a home that names its PostgreSQL; without it the home holds its own SQLite."""


def env(home: Path) -> dict[str, str]:
    """The environment of a process in a home."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DABIR_TODAY")}
    own = {"DABIR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "dabir.config.settings", "BACKUP_AT": "off"}
    url = {"DATABASE_URL": (home / DATABASE).read_text()} if (home / DATABASE).exists() else {}
    return kept | own | url


def dabir(home: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "dabir", *arguments], env=env(home), check=True, stdout=subprocess.DEVNULL)


def settle(home: Path) -> None:
    """Wait until whoever was killed in a home is gone from its database, too."""
    if (there := home / DATABASE).exists():
        postgres.wait_for_nobody(there.read_text())


def told(home: Path, module: str, *arguments: str) -> str:
    """What a drill's module, run as a program in the home, prints."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=False, env=env(home), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{module} {' '.join(arguments)}: {done.stderr[-8_000:]}"
    return done.stdout


def copy(template: Path) -> Path:
    """Another home with the same in it; nobody is in that one."""
    home = Path(tempfile.mkdtemp(prefix="home_", dir=template.parent)) / "var"
    shutil.copytree(template, home)
    if (there := home / DATABASE).exists():
        there.write_text(postgres.copied(there.read_text(), home.parent.name))
    return home


def drop(home: Path) -> None:
    """Take a copy away."""
    if (there := home / DATABASE).exists():
        postgres.drop(there.read_text())
    shutil.rmtree(home.parent)


def database_of(home: Path) -> str:
    """What Django calls the database of a home."""
    there = home / DATABASE
    return there.read_text().rpartition("/")[2] if there.exists() else str(home / "dabir.sqlite3")


@contextmanager
def sample(server: postgres.Server | None = None) -> Iterator[Path]:
    """A home with the sample, to make copies of; all of them go in the end. With a server its database is there."""
    with tempfile.TemporaryDirectory(prefix="dabir-drill-") as folder:
        template = Path(folder) / "template"
        shutil.copytree(_filled(), template)
        if server:
            dabir(template, "migrate-to", server.url)
            (template / "dabir.sqlite3").unlink()
            (template / DATABASE).write_text(server.url)
        yield template


@cache
def _filled() -> Path:
    """A home with the sample, filled once in a process: the drills start with copies of it."""
    folder = Path(tempfile.mkdtemp(prefix="dabir-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    dabir(folder / "var", "sample")
    return folder / "var"


def kill_at_random(
    template: Path,
    act: Callable[[Path, float], None],
    judge: Callable[[Path], str],
    *,
    times: int,
    seconds: float,
    seed: int,
) -> dict[str, int]:
    """Let `act` work in `times` copies of a home, each killed after a random part of `seconds`.

    `judge` says of each "nothing" or "everything", or raises an AssertionError; how often it said which.
    """
    chance = random.Random(seed)
    seen = {"nothing": 0, "everything": 0}
    for _ in range(times):
        home = copy(template)
        act(home, chance.uniform(0, seconds))
        try:
            seen[judge(home)] += 1
        except AssertionError as error:
            kept = Path(tempfile.gettempdir()) / home.parent.name
            shutil.copytree(home, kept)
            raise AssertionError(f"{error}; home kept at {kept}") from None
        drop(home)
    return seen


def kill_after(process: subprocess.Popen[str], seconds: float) -> None:
    """Kill it, with all that it has started, so long from now."""
    time.sleep(seconds)
    process.kill()
    process.wait()


def say(found: DataclassInstance) -> None:
    print(json.dumps(asdict(found)))


def do(verbs: Mapping[str, Callable[[], DataclassInstance | None]]) -> None:
    """What a drill's module does as a program, by the verb that it is started for; what it has seen is printed."""
    import django

    django.setup()
    if (found := verbs[sys.argv[1]]()) is not None:
        say(found)
