"""What it costs to take the whole register out, through the whole stack as a page is: `pages` measures it."""

from __future__ import annotations

from tools.bench import pages

ROUNDS = 7


def run(sizes: list[int], *, rounds: int = ROUNDS) -> list[pages.Row]:
    return pages.run(sizes, rounds=rounds, asked=_asked)


def table(rows: list[pages.Row]) -> str:
    """The rows for people, with the sum that the aim is for."""
    lines = [f"{'file':34} {'debts':>8} {'python ms':>10} {'database ms':>12} {'queries':>8} {'kB':>8} {'all ms':>9}"]
    lines += [
        f"{row['name']:34} {row['size']:>8,} {row['python_ms']:>10.1f} {row['database_ms']:>12.1f} "
        f"{row['queries']:>8} {row['bytes'] // 1024:>8,} {row['python_ms'] + row['database_ms']:>9.1f}"
        for row in rows
    ]
    return "\n".join(lines)


def _asked() -> list[pages.Asked]:
    from dabir.obligations.columns import COLUMNS

    whole = f"SELECT {pages.COLUMNS} {pages.TABLE} ORDER BY o.sort_day, o.id"
    every = "&".join(f"column={name}" for name in COLUMNS)
    return [
        ("CSV, the usual columns", "secretary", "/register.csv", (whole, ())),
        ("CSV, every column", "secretary", f"/register.csv?{every}", (whole, ())),
        ("XLSX, the usual columns", "secretary", "/register.xlsx", (whole, ())),
        ("XLSX, every column", "secretary", f"/register.xlsx?{every}", (whole, ())),
        ("CSV, one agency's", "secretary", "/register.csv?party=agency-0", (whole, ())),
    ]
