from __future__ import annotations

import argparse
import sys

from tools import drill
from tools.drill import (
    acknowledging,
    backup_killed,
    documents,
    growth,
    offline,
    postgres,
    texts,
    verbs_killed,
    workers_killed,
)
from tools.drill.homes import ROOT

KINDS = ("kill", "crowd", "texts", "growth", "documents", "offline")
"""`offline` takes the archives that `make bundle` has left, if there are any."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools.drill", description=drill.__doc__)
    parser.add_argument("--times", type=int, default=200, help="workers that are killed, and in proportion the rest")
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=KINDS)
    options = parser.parse_args()
    chosen = {options.only} if options.only else set(KINDS)
    if "kill" in chosen:
        for on_postgres in (False, True) if postgres.binaries() else (False,):
            where = "on PostgreSQL" if on_postgres else "on SQLite"
            own = {"seed": options.seed, "on_postgres": on_postgres}
            print(f"verbs killed {where}:", verbs_killed.kill_verbs(times=max(1, options.times // 100), **own))
            print(f"workers killed {where}:", workers_killed.kill_workers(times=options.times // 4, **own))
        for name in ("backing_up", "restoring", "moving"):
            kill = getattr(backup_killed, f"kill_while_{name}")
            print(f"killed while {name}:", kill(times=options.times // 8, seed=options.seed))
    if "crowd" in chosen:
        _crowd(options.seed)
    if "offline" in chosen and offline.can_try():
        for bundle in sorted((ROOT / "dist").glob("dabir-*-bundle.zip")):
            print(f"{bundle.name} without a network:", offline.install_offline(bundle))
    if "texts" in chosen:
        print(texts.read_strange_texts(times=options.texts, seed=options.seed))
    if "growth" in chosen:
        print(growth.measure())
    if "documents" in chosen:
        slowest = documents.read_broken_documents(times=options.documents, seed=options.seed)
        print(f"broken documents read or refused: {options.documents}, the slowest in {slowest:.2f} s")
    return 0


def _crowd(seed: int) -> None:
    """200 agencies acknowledge in a minute: with nothing in their way, while the server is killed, and while
    PostgreSQL crashes under it."""
    ask = acknowledging.acknowledge_at_once
    print("at once:", ask(agencies=200, seed=seed))
    print("at once, the server killed:", ask(agencies=200, seed=seed, kills=3))
    if postgres.binaries():
        print("at once, PostgreSQL crashing:", ask(agencies=200, seed=seed, crashes=3))


if __name__ == "__main__":
    sys.exit(main())
