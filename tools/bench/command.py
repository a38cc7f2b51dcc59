"""`dabir bench WHAT [--json FILE]`: measures, and prints a table. Exit status: 0 measured, 2 refused or impossible."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.bench import documents, follow_up, lists, pages, reading, register
from tools.bench.machine import facts

MEASURED_BY: dict[str, Any] = {"pages": pages, "lists": lists, "documents": documents}


def main(argv: Sequence[str]) -> int:
    options = _parser().parse_args(argv)
    if options.what == "follow-up":
        rows = follow_up.run(options.size, rounds=options.rounds, database=options.database)
        print(follow_up.table(rows))
        return _written({"machine": facts(), "rows": rows}, options.json)
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.what == "register":
        register.run(sizes)
        return 0
    if options.what in MEASURED_BY:
        measured_by = MEASURED_BY[options.what]
        rows = measured_by.run(sizes, rounds=options.rounds)
        print(measured_by.table(rows))
        return _written({"rows": rows}, options.json)
    measured = reading.run(
        count=options.documents, sizes=sizes, rounds=options.rounds, seed=options.seed, beside=not options.alone
    )
    print(reading.table(measured, profile=options.profile))
    return _written({"machine": facts(), **measured}, options.json)


def _written(figures: dict[str, Any], path: Path | None) -> int:
    """Write the figures where they are wanted; the exit status."""
    if path is None:
        return 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        print(f"dabir bench: {path} cannot be written ({error.strerror}); give another --json", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dabir bench", description="Measure speed on this machine.")
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    text = "the reader on documents made by seed, beside hazm's normalizer"
    one = what.add_parser("reading", help=text, description=f"Measure {text}.")
    one.add_argument("--json", type=Path, metavar="FILE", help="write the figures and the machine's facts to FILE")
    one.add_argument("--documents", type=int, default=1_000, metavar="N")
    one.add_argument("--sizes", default="10000,100000,1000000", metavar="N,N", help="bytes of single documents")
    one.add_argument("--rounds", type=int, default=5, metavar="N")
    one.add_argument("--seed", type=int, default=1, metavar="N")
    one.add_argument("--profile", action="store_true", help="print where the time goes")
    one.add_argument("--alone", action="store_true", help="without hazm, which has to be fetched the first time")
    text = "the register's lists and counts, beside the bare queries"
    one = what.add_parser("register", help=text, description=f"Measure {text}.")
    one.add_argument("--sizes", default="10000,100000", metavar="N,N")
    text = "whole pages of the desk, beside the bare queries"
    one = what.add_parser("pages", help=text, description=f"Measure {text}.")
    one.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    one.add_argument("--sizes", default="10000", metavar="N,N", help="numbers of debts")
    one.add_argument("--rounds", type=int, default=pages.ROUNDS, metavar="N")
    text = "the register taken out as CSV and as Excel"
    one = what.add_parser("lists", help=text, description=f"Measure {text}.")
    one.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    one.add_argument("--sizes", default="10000", metavar="N,N", help="numbers of debts")
    one.add_argument("--rounds", type=int, default=lists.ROUNDS, metavar="N")
    text = "a PDF of minutes, and the compiling of their text at each key"
    one = what.add_parser("documents", help=text, description=f"Measure {text}.")
    one.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    one.add_argument("--sizes", default=documents.SIZES, metavar="N,N", help="numbers of pages")
    one.add_argument("--rounds", type=int, default=documents.ROUNDS, metavar="N")
    text = "following up: pages and verbs, at an office's, a county's or a province's size"
    one = what.add_parser("follow-up", help=text, description=f"Measure {text}.")
    one.add_argument("--json", type=Path, metavar="FILE", help="write the figures and the machine's facts to FILE")
    one.add_argument("--size", choices=list(follow_up.SIZES), nargs="+", default=["county"])
    one.add_argument("--rounds", type=int, default=follow_up.ROUNDS, metavar="N")
    one.add_argument(
        "--database",
        default="",
        metavar="URL",
        help="measure in this empty database, not in SQLite",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
