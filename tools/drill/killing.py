"""A process that accepts a paper is killed at a random instant of its writing; afterwards the home holds either all of
the meeting or nothing of it, and the ledger audits clean.

Run as a program, this module is the worker that is killed (`accept`), or the one who looks afterwards (`look`).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the home: how many meetings and debts, whether the paper is accepted, and faults of the ledger."""

    meetings: int
    debts: int
    accepted: bool
    faults: int


def kill_while_accepting(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` acceptances; returns how many had left nothing and how many everything. Raises on anything else."""
    chance = random.Random(seed)
    seen = {"nothing": 0, "everything": 0}
    with tempfile.TemporaryDirectory(prefix="dabir-drill-") as folder:
        template = Path(folder) / "template"
        _dabir(template, "sample")
        before = _look(template)
        whole = _copy(template)
        worker = _accept(whole)
        began = time.monotonic()
        assert worker.stdout and worker.stdout.readline() == "done\n"
        longest = time.monotonic() - began
        worker.wait()
        after = _look(whole)
        assert after.accepted and after.meetings == before.meetings + 1 and not after.faults, after
        for _ in range(times):
            home = _copy(template)
            worker = _accept(home)
            time.sleep(chance.uniform(0, longest * 1.1))
            worker.kill()
            worker.wait()
            found = _look(home)
            if found not in (before, after):
                raise AssertionError(f"half-stored: {found}, neither {before} nor {after}; home kept at {home}")
            seen["everything" if found == after else "nothing"] += 1
            shutil.rmtree(home)
    return seen


def _copy(template: Path) -> Path:
    home = Path(tempfile.mkdtemp(prefix="home-", dir=template.parent)) / "var"
    shutil.copytree(template, home)
    return home


def _accept(home: Path) -> subprocess.Popen[str]:
    """A worker that has said that it is about to accept the paper."""
    worker = subprocess.Popen(
        [sys.executable, "-m", __name__, "accept"], env=_env(home), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout and worker.stdout.readline() == "ready\n"
    return worker


def _look(home: Path) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-m", __name__, "look"],
        env=_env(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return Outcome(**json.loads(done.stdout))


def _dabir(home: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "dabir", *arguments], env=_env(home), check=True, stdout=subprocess.DEVNULL)


def _env(home: Path) -> dict[str, str]:
    # Each home has a database of its own: SQLite, whatever the suite runs on.
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DABIR_TODAY")}
    return kept | {"DABIR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "dabir.config.settings"}


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
