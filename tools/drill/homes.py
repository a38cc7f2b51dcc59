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
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ROOT = Path(__file__).parents[2]

T = TypeVar("T", bound="DataclassInstance")


def env(home: Path, database: str = "") -> dict[str, str]:
    """The environment of a process in a home; `database` is the address of another one than its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DABIR_TODAY")}
    own = {"DABIR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "dabir.config.settings", "BACKUP_AT": "off"}
    return kept | own | ({"DATABASE_URL": database} if database else {})


def dabir(home: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "dabir", *arguments], env=env(home), check=True, stdout=subprocess.DEVNULL)


def told(home: Path, module: str, *arguments: str, database: str = "") -> str:
    """What a drill's module, run as a program in the home, prints."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=env(home, database), cwd=ROOT, check=True, capture_output=True, text=True).stdout


def copy(template: Path) -> Path:
    home = Path(tempfile.mkdtemp(prefix="home-", dir=template.parent)) / "var"
    shutil.copytree(template, home)
    return home


@contextmanager
def sample() -> Iterator[Path]:
    """A home with the sample, to make copies of; all of them go in the end."""
    with tempfile.TemporaryDirectory(prefix="dabir-drill-") as folder:
        template = Path(folder) / "template"
        shutil.copytree(_filled(), template)
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
        shutil.rmtree(home.parent)
    return seen


def kill_after(process: subprocess.Popen[str], seconds: float) -> None:
    """Kill it, with all that it has started, so long from now."""
    time.sleep(seconds)
    process.kill()
    process.wait()


def kill_while_working(
    template: Path,
    module: str,
    verb: str,
    outcome: type[T],
    is_whole: Callable[[T, T], bool],
    *,
    times: int,
    seed: int,
) -> dict[str, int]:
    """Kill `times` processes that do a drill's `verb` in copies of a home; how many had left nothing of it, and how
    many everything. `is_whole` says of what stood before and after whether all of it is done. Raises on anything else.
    """

    def look(home: Path) -> T:
        return outcome(**json.loads(told(home, module, "look")))

    before = look(template)
    home = copy(template)
    worker = _at_work(home, module, verb)
    began = time.monotonic()
    assert worker.stdout and worker.stdout.readline() == "done\n"
    longest = time.monotonic() - began
    worker.wait()
    after = look(home)
    assert after != before and is_whole(before, after), after

    def judge(home: Path) -> str:
        found = look(home)
        assert found in (before, after), f"half-stored: {found}, neither {before} nor {after}"
        return "everything" if found == after else "nothing"

    def act(home: Path, seconds: float) -> None:
        kill_after(_at_work(home, module, verb), seconds)

    return kill_at_random(template, act, judge, times=times, seconds=longest * 1.1, seed=seed)


def _at_work(home: Path, module: str, verb: str) -> subprocess.Popen[str]:
    """A process that has said that it is about to write."""
    command = [sys.executable, "-m", module, verb]
    worker = subprocess.Popen(command, env=env(home), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert worker.stdout and worker.stdout.readline() == "ready\n"
    return worker


@contextmanager
def working() -> Iterator[None]:
    """Around what a process may be killed within."""
    print("ready", flush=True)
    yield
    print("done", flush=True)


def run(verbs: Mapping[str, Callable[[], DataclassInstance | None]]) -> None:
    """A drill's module as a program: the verb that it is started for; what it has seen is printed."""
    import django

    django.setup()
    if (found := verbs[sys.argv[1]]()) is not None:
        print(json.dumps(asdict(found)))
