"""A process that numbers forty letters is killed at a random instant of its writing; afterwards the home holds either
all of the numbers or none, and the ledger audits clean.

Run as a program, this module is the one who writes the letters (`write`), the worker that is killed (`number`), or the
one who looks afterwards (`look`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools.drill import homes

LETTERS = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the home: letters with and without a number, and faults of the ledger."""

    numbered: int
    waiting: int
    faults: int


def kill_while_numbering(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` numberings; returns how many had left nothing and how many everything. Raises on anything else."""
    with homes.sample() as template:
        homes.told(template, __name__, "write")
        before = _look(template)
        whole = homes.copy(template)
        worker = _number(whole)
        began = time.monotonic()
        assert worker.stdout and worker.stdout.readline() == "done\n"
        longest = time.monotonic() - began
        worker.wait()
        after = _look(whole)
        assert after == Outcome(before.numbered + LETTERS, before.waiting - LETTERS, 0), after

        def judge(home: Path) -> str:
            found = _look(home)
            assert found in (before, after), f"half-stored: {found}, neither {before} nor {after}"
            return "everything" if found == after else "nothing"

        def act(home: Path, seconds: float) -> None:
            homes.kill_after(_number(home), seconds)

        return homes.kill_at_random(template, act, judge, times=times, seconds=longest * 1.1, seed=seed)


def _number(home: Path) -> subprocess.Popen[str]:
    """A worker that has said that it is about to number the letters."""
    worker = subprocess.Popen(
        [sys.executable, "-m", __name__, "number"],
        env=homes.env(home),
        cwd=homes.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout and worker.stdout.readline() == "ready\n"
    return worker


def _look(home: Path) -> Outcome:
    return Outcome(**json.loads(homes.told(home, __name__, "look")))


def _write_here() -> None:
    import django

    django.setup()
    from dabir.directory.models import Body, Party
    from dabir.directory.tenures import acting_as
    from dabir.letters.composing import Written
    from dabir.letters.parts import Addressee
    from dabir.letters.services import compose_letter

    by = acting_as("secretary")
    body = Body.objects.get(pk=min(by.secretariats))
    parties = list(Party.objects.filter(kind="organization", merged_into=None).order_by("pk"))
    for at in range(LETTERS):
        compose_letter(Written(f"نامه {at}", "متن", [Addressee(parties[at % len(parties)])]), by=by, body=body)


def _number_here() -> None:
    import django

    django.setup()
    from dabir.cycle.communicating import number_letters
    from dabir.directory.tenures import acting_as
    from dabir.letters.models import Letter, Way
    from dabir.letters.numbering import Numbered
    from dabir.persian import clock

    by = acting_as("secretary")
    waiting = Letter.objects.filter(state="awaiting", subject__startswith="نامه ").order_by("pk")
    rows = [Numbered(letter, f"7000{at}", clock.today()) for at, letter in enumerate(waiting)]
    print("ready", flush=True)
    number_letters(rows, by=by, way=Way.AUTOMATION)
    print("done", flush=True)


def _look_here() -> None:
    import django

    django.setup()
    from dabir.foundation import ledger
    from dabir.letters.models import Letter

    found = {
        "numbered": Letter.objects.filter(state="numbered").exclude(number="").count(),
        "waiting": Letter.objects.filter(state="awaiting", number="").count(),
        "faults": len(list(ledger.audit())),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    {"write": _write_here, "number": _number_here, "look": _look_here}[sys.argv[1]]()
