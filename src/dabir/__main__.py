"""The command `dabir`. To read a paper, or to measure that, needs no database: it starts without Django."""

from __future__ import annotations

import sys


def main() -> None:
    arguments = sys.argv[1:]
    if arguments[:1] == ["read"] and "--register" not in arguments:
        from dabir.reading.command import main as read  # noqa: PLC0415

        sys.exit(read(arguments[1:]))
    if arguments[:1] == ["bench"]:
        from dabir.config.bench import main as bench  # noqa: PLC0415

        sys.exit(bench(arguments[1:]))
    from dabir.config.commands import run  # noqa: PLC0415

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
