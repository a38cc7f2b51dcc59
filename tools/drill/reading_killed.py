"""A worker that reads a paper is killed at a random instant. Afterwards the home holds either the draft, and the job is
done, or nothing of it, and the job waits; the next worker finishes it, once, and leaves nothing in the spool.

Run as a program, this module brings the paper (`bring`) or tells what is there (`look`; `look done` once it has ended).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.drill import homes

LEASE = 4
"""Seconds; a worker's signs of life come every second."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many drafts, files and spooled papers there are, how the job stands, what it took; faults of the ledger."""

    drafts: int
    files: int
    spooled: int
    state: str
    seconds: float
    faults: int


def kill_while_reading(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` workers; returns how many had left nothing and how many everything. Raises on anything else."""
    with homes.sample() as template:
        homes.told(template, __name__, "bring")
        before = _look(template)
        assert (before.state, before.spooled) == ("waiting", 1), before
        after = _finish(homes.copy(template))
        assert (after.drafts, after.files, after.state) == (before.drafts + 1, before.files + 1, "done"), after

        def judge(home: Path) -> str:
            found = _look(home)
            done = found.state == "done"
            expected = after if done else before
            fits = (found.drafts, found.faults) == (expected.drafts, 0) and (done or found.spooled == 1)
            last = _finish(home)
            ends = (last.drafts, last.files, last.state, last.faults) == (after.drafts, after.files, "done", 0)
            assert fits and ends, f"{found}, then {last}; neither {before} nor {after}"
            return "everything" if done else "nothing"

        return homes.kill_at_random(template, _killed, judge, times=times, seconds=after.seconds * 1.5, seed=seed)


def _killed(home: Path, seconds: float) -> None:
    with _worker(home) as worker:
        homes.kill_after(worker, seconds)


@contextmanager
def _worker(home: Path) -> Iterator[subprocess.Popen[str]]:
    """`dabir worker`, at work; it is stopped in the end as a service is."""
    command = [sys.executable, "-m", "dabir", "worker"]
    env = homes.env(home) | {"JOB_LEASE": str(LEASE)}
    worker = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    assert worker.stdout and worker.stdout.readline().startswith("doing")
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def _finish(home: Path) -> Outcome:
    with _worker(home):
        return _look(home, "done")


def _look(home: Path, *when: str) -> Outcome:
    return Outcome(**json.loads(homes.told(home, __name__, "look", *when)))


def _bring_here() -> None:
    from dabir.config.sample import examples
    from dabir.directory.tenures import acting_as
    from dabir.meetings.models import Draft
    from dabir.meetings.services import bring_paper

    by = acting_as("secretary")
    paper = (examples() / "minutes" / "zanjan-hq-1398-12.txt").read_text(encoding="utf-8")
    body = Draft.objects.filter(kept_by__in=by.secretariats)[0].kept_by
    bring_paper(f"{paper}\n".encode(), name="again.txt", body=body, by=by)


def _look_here(*, wait: bool) -> None:
    from django.conf import settings

    from dabir.foundation import ledger
    from dabir.meetings.models import Draft, Reading

    deadline = time.monotonic() + 120
    while wait and Reading.objects.get().is_going_on and time.monotonic() < deadline:
        time.sleep(0.05)
    reading = Reading.objects.get()
    found = Outcome(
        drafts=Draft.objects.count(),
        files=len([path for path in (settings.DABIR_HOME / "files").rglob("*") if path.is_file()]),
        spooled=len(list((settings.DABIR_HOME / "incoming").iterdir())),
        state=reading.state,
        seconds=(reading.ended_at - reading.started_at).total_seconds()
        if reading.ended_at and reading.started_at
        else 0,
        faults=len(list(ledger.audit())),
    )
    print(json.dumps(asdict(found)))


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "bring":
        _bring_here()
    else:
        _look_here(wait=sys.argv[2:] == ["done"])
