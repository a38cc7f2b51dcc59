"""Where the parts of a chain's drawing stand: a row for each debt, time along it, a line from each to who waits for it.

What comes first stands above; time runs as the page's writing does. The table beneath the drawing says the same in
words, by the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dabir.obligations.chains import Chain
from dabir.obligations.queries import RegisterRow

WIDTH, ROW, HEAD = 720, 36, 22
LABELS, EDGE = 150, 24
"""Units at the side where lines begin, for numbers and days, and at the other."""
TIP = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """A debt: its number in the table, and `kind`, one of "middle", "late", "ended", "undated" and "" for the rest."""

    number: int
    row: RegisterRow
    x: float
    y: float
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """From a debt to one that waits for it: down, along, and the tip's three corners. `broken` where that one is due
    first."""

    points: str
    tip: str
    broken: bool


@dataclass(frozen=True, slots=True)
class Picture:
    height: int
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    today: float | None
    """Where today is, if it lies among these days."""
    label: float
    """Where the numbers stand."""


def picture(chain: Chain, today: date, *, from_right: bool) -> Picture:
    rows = [*(link.row for link in chain.before), chain.middle, *(link.row for link in chain.after)]
    waits = {link.row.pk: link.waits_for for link in (*chain.before, *chain.after)}
    waits[chain.middle.pk] = chain.waits_for
    days = [row.due_day for row in rows if row.due_day]
    first, last = min(days, default=today), max(days, default=today)

    def across(day: date) -> float:
        share = (day - first).days / max((last - first).days, 1)
        x = LABELS + share * (WIDTH - LABELS - EDGE)
        return round(WIDTH - x if from_right else x, 1)

    dots: dict[int, Dot] = {}
    for number, row in enumerate(rows, 1):
        known = [dots[pk].x for pk in waits.get(row.pk, ()) if pk in dots]
        after = (min(known) if from_right else max(known)) if known else across(first)
        x = across(row.due_day) if row.due_day else after
        dots[row.pk] = Dot(number, row, x, HEAD + ROW * (number - 0.5), _kind(row, chain))
    lines = [_line(dots[awaited], dots[pk]) for pk in dots for awaited in waits.get(pk, ()) if awaited in dots]
    return Picture(
        height=HEAD + ROW * len(rows),
        dots=tuple(dots.values()),
        lines=tuple(lines),
        today=across(today) if first <= today <= last else None,
        label=WIDTH - 8 if from_right else 8,
    )


def _kind(row: RegisterRow, chain: Chain) -> str:
    if row.pk == chain.middle.pk:
        return "middle"
    if row.state in ("closed", "superseded", "cancelled"):
        return "ended"
    if row.is_overdue:
        return "late"
    return "" if row.due_day else "undated"


def _line(start: Dot, end: Dot) -> Line:
    down = 1 if end.y > start.y else -1
    if abs(end.x - start.x) < 2 * TIP:  # straight down
        y = end.y - down * (TIP + 1)
        tip = f"{end.x},{y} {end.x - TIP},{y - down * 2 * TIP} {end.x + TIP},{y - down * 2 * TIP}"
        points = f"{start.x},{start.y} {end.x},{y - down * TIP}"
    else:
        along = 1 if end.x > start.x else -1
        x = end.x - along * (TIP + 1)
        tip = f"{x},{end.y} {x - along * 2 * TIP},{end.y - TIP} {x - along * 2 * TIP},{end.y + TIP}"
        points = f"{start.x},{start.y} {start.x},{end.y} {x - along * TIP},{end.y}"
    due, then = start.row.due_day, end.row.due_day
    return Line(points, tip, broken=bool(due and then and then < due))
