"""Long drills: `python -m tools.drill [--times 200] [--texts 100000] [--documents 100000] [--seed 1]`. The suite runs a
cut of each.

*Kill*: a process that accepts a paper is killed at a random instant of its writing; afterwards the home holds either
all of the meeting or nothing of it, and the ledger audits clean.

*Strange texts*: fragments of minutes in any order are read; none may fail, or point at lines that are not there.

*Broken documents*: a Word document is damaged, its zip or the XML in it, and read; it may only be refused with a cause.
"""

from __future__ import annotations

import argparse
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

ROOT = Path(__file__).parent.parent


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


def read_strange_texts(*, times: int, seed: int) -> float:
    """Read `times` texts; returns the seconds that the slowest took. Raises on the first that fails."""
    from dabir.reading.context import Context
    from dabir.reading.reader import read_text
    from tests.reading.test_robustness import FRAGMENTS

    chance = random.Random(seed)
    slowest = 0.0
    for _ in range(times):
        text = " ".join(chance.choices(FRAGMENTS, k=chance.randrange(60)))
        began = time.perf_counter()
        minutes = read_text(text, Context())
        slowest = max(slowest, time.perf_counter() - began)
        placed = all(1 <= one.lines[0] <= one.lines[1] <= len(minutes.lines) for one in minutes.resolutions)
        assert placed, f"lines that are not there: {text!r}"
    return slowest


def read_broken_documents(*, times: int, seed: int) -> float:
    """Read `times` damaged documents; returns the seconds that the slowest took. Raises on the first that fails."""
    from dabir.reading.sources import Unreadable, read
    from tests.reading.sources.test_hostile import SAMPLE
    from tests.reading.sources.word import parts_of, zipped

    chance = random.Random(seed)
    parts = parts_of(SAMPLE)
    slowest = 0.0
    for count in range(times):
        if count % 3:
            name = chance.choice(list(parts))
            data = zipped({**parts, name: _damaged(parts[name], chance)}, compressed=False)
        else:
            data = _damaged(SAMPLE, chance)
        began = time.perf_counter()
        try:
            read(data, "minutes.docx")
        except Unreadable:
            pass
        except Exception as error:
            raise AssertionError(f"document {count} of seed {seed} is neither read nor refused") from error
        slowest = max(slowest, time.perf_counter() - began)
    return slowest


_PIECES = (b"<", b">", b'"', b"&", b"\0", b"\xff", b"1", b"-1", b"4294967296", b"</w:p>", b"<w:p>", b"<w:tbl>", b"w:")


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """`data` with a few places overwritten, cut out, doubled, exchanged or filled with something else."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        start = chance.randrange(len(found) + 1)
        end = min(len(found), start + chance.choice((1, 2, 8, 40, 400)))
        other = chance.randrange(len(found) + 1)
        piece = (
            bytes([chance.randrange(256)]),
            b"",
            bytes(found[start:end]) * 2,
            bytes(found[other : other + end - start]),
            chance.choice(_PIECES),
        )
        found[start:end] = chance.choice(piece)
    return bytes(found)


def _copy(template: Path) -> Path:
    home = Path(tempfile.mkdtemp(prefix="home-", dir=template.parent)) / "var"
    shutil.copytree(template, home)
    return home


def _accept(home: Path) -> subprocess.Popen[str]:
    """A worker that has said that it is about to accept the paper."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tools.drill", "accept"], env=_env(home), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout and worker.stdout.readline() == "ready\n"
    return worker


def _look(home: Path) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-m", "tools.drill", "look"],
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


def main() -> int:
    if sys.argv[1:2] == ["accept"]:
        _accept_here()
    elif sys.argv[1:2] == ["look"]:
        _look_here()
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("--times", type=int, default=200)
        parser.add_argument("--texts", type=int, default=100_000)
        parser.add_argument("--documents", type=int, default=100_000)
        parser.add_argument("--seed", type=int, default=1)
        options = parser.parse_args()
        print("killed while accepting:", kill_while_accepting(times=options.times, seed=options.seed))
        slowest = read_strange_texts(times=options.texts, seed=options.seed)
        print(f"strange texts read: {options.texts}, the slowest in {slowest:.2f} s")
        slowest = read_broken_documents(times=options.documents, seed=options.seed)
        print(f"broken documents read or refused: {options.documents}, the slowest in {slowest:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
