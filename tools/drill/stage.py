"""Where a verb is tried out: a process makes its way to where the verb begins, with all in hand that it was given, and
lets forks of itself go on from there, each in a copy of the home. One is left alone, others are killed; in the home of
each that was killed another sends the same form again, and at last two send it at the same time.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.transaction import Atomic

from dabir.foundation import access, files, ledger, once
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import Event, StoredFile
from tests import personas
from tests.test_rights import _things
from tools.drill import homes
from tools.drill.acts import Case
from tools.drill.points import Points

FORM = "drill"
"""What stands for the form that is sent: `foundation.once` knows it by that."""
DONE, ALREADY, REFUSED, FAILED = 0, 3, 4, 5
"""How a fork ends: the verb is done, its form had been, it is refused, it broke."""


@dataclass(slots=True)
class Said:
    """What came of trying a verb out: kills that had left nothing or everything, whether the second of two at once was
    refused, and whether the verb wrote nothing. `begins`: with which of the transactions, where it asks only inside of
    it whether it may."""

    nothing: int = 0
    everything: int = 0
    refused: bool = False
    silent: bool = False
    begins: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Events with the rows that they wrote, rows of each table, faults of the ledger, and rows whose file is gone."""

    events: list[Any]
    rows: dict[str, int]
    faults: int
    gone: int

    def beside(self, other: State) -> str:
        """What it has that another has not."""
        events = [one for one in self.events if one not in other.events]
        rows = {name: count for name, count in self.rows.items() if count != other.rows[name]}
        return f"{rows}, events {events}, faults {self.faults}, files gone {self.gone}"


def prepare() -> Path:
    """Fill this process's home with one of each kind of object."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes its time
    home = Path(settings.DABIR_HOME)
    call_command("flush", interactive=False, verbosity=0)
    (home / "things").write_bytes(pickle.dumps(_things(personas.build())))
    connection.close()
    return home


def try_out(case: Case, home: Path, chance: random.Random, times: int) -> Said:
    """Kill the verb so many times."""
    said = _Stage(case, home, chance, times).told()
    return _Stage(case, home, chance, times, said.begins).told() if said.begins else said


class _Stage:
    def __init__(self, case: Case, template: Path, chance: random.Random, times: int, begins: int = 0) -> None:
        self.case, self.chance, self.times, self.begins = case, chance, times, begins
        self.home = homes.copy(template)
        self.said = Said()
        self.run: _Run | None = None
        """In a fork what it is to do."""

    def told(self) -> Said:
        """What is seen, by a process of its own."""
        path = self.home / "said"
        if (pid := os.fork()) == 0:
            try:
                self._play()
            except BaseException:
                self.said.fault = traceback.format_exc()
            path.write_text(json.dumps(asdict(self.said)))
            os._exit(0)
        os.waitpid(pid, 0)
        said = Said(**json.loads(path.read_text()))
        if not said.fault:
            homes.drop(self.home)
        return said

    def _play(self) -> None:
        """Returns in the stage itself; the forks end in here."""
        _enter(self.home)
        things = pickle.loads((self.home / "things").read_bytes())  # noqa: S301 - of this process
        who = getattr(things.world, self.case.persona)
        try:
            with self._stopping_at(who):
                self.case.act(things, who)
        except _Seen:
            return
        except Exception as error:
            if self.run is None:
                raise
            self.run.end(_code_of(error), traceback.format_exc())
        assert self.run, "the verb never asked whether it may"
        self.run.end(DONE)

    @contextmanager
    def _stopping_at(self, who: Acting) -> Iterator[None]:
        """Until the verb asks whether it may, or begins the transaction in which it does."""
        asked, enter, begun = access.may, Atomic.__enter__, 0

        def may(by: Acting, permission: str, obj: object = None) -> bool:
            if permission == self.case.permission and by == who and not self.begins and not self.run:
                if connection.in_atomic_block:
                    self.said.begins = begun
                    raise _Seen
                self._arrive()
            return asked(by, permission, obj)

        def entered(one: Atomic) -> None:
            nonlocal begun
            if not connection.in_atomic_block:
                begun += 1
                if begun == self.begins:
                    self._arrive()
            enter(one)

        access.may, Atomic.__enter__ = may, entered  # type: ignore[method-assign]
        yield

    def _arrive(self) -> None:
        """Returns in forks alone."""
        try:
            self._try_out()
        except _GoOn:
            return
        raise _Seen

    def _try_out(self) -> None:
        before = _look(self.home)
        home = homes.copy(self.home)
        assert _ended(self._start(home)) == DONE, f"it is not done: {_told(home)}"
        after, told = _look(home), _told(home)
        homes.drop(home)
        assert not after.faults and not after.gone, after.beside(before)
        if after == before:
            self.said.silent = True
            return
        for _ in range(self.times):
            points, seconds = told["points"], told["seconds"]
            anywhere, anytime = self.chance.randrange(points), self.chance.uniform(0.001, seconds)
            at = self.chance.choice([points - 1, anywhere, anywhere, anytime])  # the last: done, and not answered
            try:
                self._kill(before, after, at)
            except AssertionError as error:
                raise AssertionError(f"killed at {at} of {told}: {error}") from None
        if not self.case.in_steps:
            self._twice(after)

    def _kill(self, before: State, after: State, at: float) -> None:
        home = homes.copy(self.home)
        code = _ended(self._start(home, at))
        assert code in (DONE, -signal.SIGKILL, -signal.SIGALRM), f"{code}: {_told(home)}"
        found, steps = _look(home), self.case.in_steps
        assert not found.faults and not found.gone, found.beside(after)
        assert steps or found in (before, after), f"half-stored: {found.beside(before)}"
        again = _ended(self._start(home))
        known = found == after and self.case.is_remembered
        assert again == (ALREADY if known else DONE), f"sent again: {again} {_told(home)}"
        last = _look(home)
        same = last.rows == after.rows or last == after if steps else last == after
        assert same and not last.faults, f"sent again: {last.beside(after)} instead of {after.beside(last)}"
        self.said.nothing += found != after
        self.said.everything += found == after
        homes.drop(home)

    def _twice(self, after: State) -> None:
        home = homes.copy(self.home)
        here, there = os.pipe()
        both = [self._start(home, wait=here) for _ in range(2)]
        os.write(there, b"..")
        codes = sorted(_ended(one) for one in both)
        assert codes[0] == DONE and codes[1] in (DONE, ALREADY, REFUSED), f"two at once: {codes} {_told(home)}"
        found = _look(home)
        assert found == after, f"two at once: {found.beside(after)} instead of {after.beside(found)}"
        self.said.refused = codes[1] == REFUSED
        homes.drop(home)

    def _start(self, home: Path, at: float | None = None, wait: int | None = None) -> int:
        """A process that does the verb in that home as the form that asks for it is answered; it is killed at that
        point, or after so many seconds."""
        if pid := os.fork():
            return pid
        _enter(home)
        self.run = _Run(home)
        if not self.case.in_steps:
            if once.is_done(FORM):
                self.run.end(ALREADY)
            once.begin(FORM)
        if wait is not None:
            os.read(wait, 1)
        self.run.begin(at)
        raise _GoOn


class _GoOn(Exception):
    """In a fork: go on from where the verb begins."""


class _Seen(Exception):
    """In the stage: all was seen that is to be seen from here."""


class _Run:
    """What a fork does."""

    def __init__(self, home: Path) -> None:
        self.home, self.points, self.began = home, Points(), time.monotonic()

    def begin(self, at: float | None) -> None:
        self.points.watch(connection)
        self.began = time.monotonic()
        if isinstance(at, int):
            self.points.at = at
        elif at is not None:
            signal.setitimer(signal.ITIMER_REAL, at)  # its signal ends a process that says nothing else of it

    def end(self, code: int, fault: str = "") -> NoReturn:
        signal.setitimer(signal.ITIMER_REAL, 0)
        told = {"points": self.points.count, "seconds": time.monotonic() - self.began, "fault": fault[-3_000:]}
        (self.home / "run").write_text(json.dumps(told))
        connection.close()
        os._exit(code)


def _told(home: Path) -> dict[str, Any]:
    """By the last fork that came to its end in that home."""
    return dict(json.loads((home / "run").read_text())) if (home / "run").exists() else {}


def _ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _code_of(error: Exception) -> int:
    refused = REFUSED if isinstance(error, Conflict | Invalid) else FAILED
    return ALREADY if isinstance(error, once.AlreadyDone) else refused


def _enter(home: Path) -> None:
    connection.close()
    settings.DABIR_HOME, settings.BACKUPS = home, home / "backups"
    connection.settings_dict["NAME"] = homes.database_of(home)


def _look(home: Path) -> State:
    connection.close()
    homes.settle(home)
    _enter(home)
    found = State(
        events=[(one.verb, _written(one.data)) for one in Event.objects.order_by("number")],
        rows={model._meta.label: model._default_manager.count() for model in apps.get_models()},
        faults=len(list(ledger.audit())),
        gone=sum(not files.path_of(one.sha256).exists() for one in StoredFile.objects.all()),
    )
    connection.close()
    return found


def _written(data: dict[str, Any]) -> list[Any]:
    """What an event wrote, without its times and keys: these are others each time."""
    return sorted([row["act"], row["model"], sorted(row.get("fields", ()))] for row in data["rows"])
