"""Numbers and dates as they are copied from the office-automation system, a letter a line.

A line holds a number, or a number and a day in any order, parted by tabs, blanks, «،» or «مورخ»; in any digits. A first
line of words is the head of the column; a column that counts its rows is passed over, and so are cells without digits
(the name of the recipient). An empty line between others is a letter that has no number yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from dabir.letters.numbering import MOST_AT_ONCE
from dabir.persian import jalali
from dabir.persian.digits import to_ascii, to_persian
from dabir.persian.letters import canonical, same_length_fold

_WORDS = re.compile(r"(?:شماره|تاریخ|به تاریخ|مورخه|مورخ|پیرو)(?!\w)\s*[:：]?")
_PARTED = re.compile(r"\t|\s{2,}|\s*[،؛;|]\s*")
_GREGORIAN = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?")
_SOLID = re.compile(r"1[234]\d{6}")
_NAMED_DAY = re.compile(r"\d{1,2}\s+[^\W\d]+(?:\s+ماه)?\s+\d{4}")
LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says; `at` counts the pasted lines from 1. `number` is empty for an empty line."""

    at: int
    number: str = ""
    day: date | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """The lines in their order, without the head; `has_head` and `too_many` say what was left away."""

    lines: list[Line]
    has_head: bool = False
    too_many: bool = False


def read(text: str, today: date) -> Pasted:
    """What was pasted; a two-digit year is the one near `today`."""
    raw = text.replace("\0", "").splitlines()
    while raw and not raw[-1].strip():
        raw.pop()
    while raw and not raw[0].strip():
        raw.pop(0)
    has_head = len(raw) > 0 and bool(raw[0].strip()) and not re.search(r"\d", raw[0])
    kept = raw[has_head : has_head + MOST_AT_ONCE]
    cells = [_cells(line) for line in kept]
    if _is_counted(cells):
        cells = [row[1:] for row in cells]
    lines = [_line(at, row, today) for at, row in enumerate(cells, 1 + has_head)]
    return Pasted(lines, has_head, too_many=len(raw) - has_head > MOST_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A line of receipts: the day, who took it, and their number; each may be missing."""

    day: date | None = None
    name: str = ""
    number: str = ""


def read_arrivals(text: str, today: date) -> list[Arrival]:
    """Days of receipt as they are copied from a column, with who took the letter and their number beside, if there are
    any; a line without any is an arrival that is not known yet."""
    raw = text.replace("\0", "").rstrip().splitlines()
    if raw and not re.search(r"\d", raw[0]):
        raw = raw[1:]
    return [_arrival(line[:LONGEST_LINE], today) for line in raw[:MOST_AT_ONCE]]


def _arrival(line: str, today: date) -> Arrival:
    day, name, number = None, "", ""
    for part in (part.strip() for part in _PARTED.split(to_ascii(_canonical(line)))):
        found = _day(part, today, solid=True)
        if found and day is None:
            day = found
        elif re.search(r"\d", part):
            number = number or part
        else:
            name = name or part
    return Arrival(day, name, number)


def _cells(line: str) -> list[str]:
    """The parts of a line that hold a digit."""
    plain = _WORDS.sub("\t", to_ascii(_canonical(line[:LONGEST_LINE])))
    parts = [part.strip(" :") for part in _PARTED.split(plain)]
    return [part for part in parts if re.search(r"\d", part)]


def _canonical(line: str) -> str:
    """Canonical letters, with its tabs and wide gaps."""
    return "\t".join(canonical(part) for part in re.split(r"\t|\s{2,}", line))


def _is_counted(rows: list[list[str]]) -> bool:
    """Whether the first column counts the rows from 1."""
    firsts = [row[0] for row in rows if len(row) > 1]
    return (
        len(firsts) > 1
        and len(firsts) == len([row for row in rows if row])
        and firsts == [str(n) for n in range(1, len(firsts) + 1)]
    )


def _line(at: int, cells: list[str], today: date) -> Line:
    if len(cells) == 1 and " " in cells[0] and not _day(cells[0], today):
        cells = _split(cells[0], today)
    days = {cell: day for cell in cells if (day := _day(cell, today, solid=len(cells) > 1))}
    numbers = [cell for cell in cells if cell not in days]
    line = Line(at, numbers[0] if numbers else "", next(iter(days.values()), None))
    place = {"line": to_persian(str(at))}
    if len(numbers) > 1 or len(days) > 1:
        return replace(line, fault=_("Line %(line)s holds more than a number and a day.") % place)
    if days and not numbers:
        return replace(line, fault=_("Line %(line)s has a day, and no number.") % place)
    return line


def _split(text: str, today: date) -> list[str]:
    """A number and a day with single blanks between: «1234 1398/07/20», «17 مهر 1398 1234»."""
    words = text.split(" ")
    for cut in range(1, len(words)):
        parts = [" ".join(words[:cut]).strip(" -"), " ".join(words[cut:]).strip(" -")]
        if any(_day(part, today, solid=True) for part in parts):
            return [part for part in parts if part]
    return [text]


def _day(text: str, today: date, *, solid: bool = False) -> date | None:
    """The day that a cell is. Numbers look like days, too: so only with its year in four digits, or in the form of a
    workbook; `solid`, eight digits together, beside another cell alone."""
    plain = same_length_fold(text).strip()
    if found := _GREGORIAN.fullmatch(plain):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    if solid and _SOLID.fullmatch(plain):
        return jalali.parse_day(f"{plain[:4]}/{plain[4:6]}/{plain[6:]}")
    if solid or re.search(r"(?<!\d)1[234]\d\d(?!\d)", plain) or _NAMED_DAY.fullmatch(plain):
        return jalali.parse_day(plain, today)
    return None
