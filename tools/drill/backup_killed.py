"""`dabir backup`, `restore` and `migrate-to` are killed at random instants, with all that they have started. Afterwards
there is a whole archive under its name or none, what was there or all of the archive, a whole copy or none.

Run as a program, this module tells what stands in a home.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools.drill import homes

Arguments = Callable[[Path], list[str]]


def kill_while_backing_up(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` backups; how many had left no archive, and how many a whole one. Raises on anything else."""
    with homes.sample() as template:

        def judge(home: Path) -> str:
            archive = home / "kept" / "archive.zip"
            others = [path.name for path in (home / "kept").iterdir() if not path.name.endswith(".part")]
            assert others in ([], [archive.name]), others
            if archive.exists():
                homes.dabir(home, "restore", "--test", str(archive))
                return "everything"
            homes.dabir(home, "backup", str(archive))
            return "nothing"

        (template / "kept").mkdir()
        return _killed(template, lambda home: ["backup", str(home / "kept" / "archive.zip")], judge, times, seed)


def kill_while_restoring(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` restores over a used home; how many had left what was there, and how many all of the archive."""
    with homes.sample() as template:
        archive = template.parent / "archive.zip"
        homes.dabir(template, "backup", str(archive))
        there = _told(template)
        homes.dabir(template, "link", "secretary")  # what is there is something else than the archive
        before = _told(template)

        def judge(home: Path) -> str:
            found = _told(home)
            assert found in (there, before), f"{found}, neither {before} nor {there}"
            if found == there:
                return "everything"
            homes.dabir(home, "restore", "--force", str(archive))
            assert _told(home) == there, "the next restore fails"
            return "nothing"

        return _killed(template, lambda _home: ["restore", "--force", str(archive)], judge, times, seed)


def kill_while_moving(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` copies into another database; how many had left none, and how many a whole one."""
    with homes.sample() as template:
        before = _told(template)

        def judge(home: Path) -> str:
            assert _told(home) == before, "the source has changed"
            copy = home / "copy.sqlite3"
            if not copy.exists():
                return "nothing"
            other = home.parent / "other"
            other.mkdir()
            copy.rename(other / "dabir.sqlite3")
            (home / "files").rename(other / "files")
            assert _told(other) == before
            return "everything"

        return _killed(template, lambda home: ["migrate-to", f"sqlite:///{home}/copy.sqlite3"], judge, times, seed)


def _killed(
    template: Path, arguments: Arguments, judge: Callable[[Path], str], times: int, seed: int
) -> dict[str, int]:
    whole = homes.copy(template)
    began = time.monotonic()
    _start(whole, arguments(whole)).wait()
    seconds = time.monotonic() - began
    assert judge(whole) == "everything"

    def act(home: Path, after: float) -> None:
        process = _start(home, arguments(home))
        time.sleep(after)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    return homes.kill_at_random(template, act, judge, times=times, seconds=seconds * 1.1, seed=seed)


def _start(home: Path, arguments: list[str]) -> subprocess.Popen[str]:
    """The command in a group of its own: a kill takes its child with it, as the machine's end would."""
    command = [sys.executable, "-m", "dabir", *arguments]
    return subprocess.Popen(
        command, env=homes.env(home), cwd=homes.ROOT, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )


def _told(home: Path) -> str:
    return homes.told(home, __name__).strip()


def _look_here() -> None:
    import django

    django.setup()
    from dabir.foundation import files, ledger
    from dabir.foundation.models import StoredFile
    from dabir.obligations.models import Obligation, SearchText

    faults = len(list(ledger.audit()))
    gone = [file.sha256 for file in StoredFile.objects.all() if not files.path_of(file.sha256).exists()]
    head = ledger.head()
    rows = Obligation.objects.count(), SearchText.objects.count()
    print(f"events {head.number} {head.hash[:16]}, debts {rows}, faults {faults}, files gone {len(gone)}")


if __name__ == "__main__":
    _look_here()
