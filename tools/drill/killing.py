"""A process that accepts a paper is killed at a random instant of its writing; afterwards the home holds either all of
the meeting or nothing of it, and the ledger audits clean.

Run as a program, this module is the worker that is killed (`accept`), or the one who looks afterwards (`look`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools.drill import homes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the home: how many meetings and debts, whether the paper is accepted, and faults of the ledger."""

    meetings: int
    debts: int
    accepted: bool
    faults: int


def kill_while_accepting(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` acceptances; returns how many had left nothing and how many everything. Raises on anything else."""
    with homes.sample() as template:
        before = _look(template)
        whole = homes.copy(template)
        worker = _accept(whole)
        began = time.monotonic()
        assert worker.stdout and worker.stdout.readline() == "done\n"
        longest = time.monotonic() - began
        worker.wait()
        after = _look(whole)
        assert after.accepted and after.meetings == before.meetings + 1 and not after.faults, after

        def judge(home: Path) -> str:
            found = _look(home)
            assert found in (before, after), f"half-stored: {found}, neither {before} nor {after}"
            return "everything" if found == after else "nothing"

        def act(home: Path, seconds: float) -> None:
            homes.kill_after(_accept(home), seconds)

        return homes.kill_at_random(template, act, judge, times=times, seconds=longest * 1.1, seed=seed)


def _accept(home: Path) -> subprocess.Popen[str]:
    """A worker that has said that it is about to accept the paper."""
    worker = subprocess.Popen(
        [sys.executable, "-m", __name__, "accept"],
        env=homes.env(home),
        cwd=homes.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout and worker.stdout.readline() == "ready\n"
    return worker


def _look(home: Path) -> Outcome:
    return Outcome(**json.loads(homes.told(home, __name__, "look")))


def _accept_here() -> None:
    import django

    django.setup()
    from dabir.cycle.accepting import accept_reading
    from dabir.directory.tenures import acting_as
    from dabir.meetings.models import Draft

    by = acting_as("county")
    draft = Draft.objects.get(state="open", kept_by__in=by.secretariats)
    print("ready", flush=True)
    accept_reading(draft, by=by, version=draft.version)
    print("done", flush=True)


def _look_here() -> None:
    import django

    django.setup()
    from dabir.foundation import ledger
    from dabir.meetings.models import Draft, Meeting
    from dabir.obligations.models import Obligation

    found = {
        "meetings": Meeting.objects.count(),
        "debts": Obligation.objects.count(),
        "accepted": Draft.objects.filter(state="accepted", kept_by__code="ijrud-planning").exists(),
        "faults": len(list(ledger.audit())),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    {"accept": _accept_here, "look": _look_here}[sys.argv[1]]()
