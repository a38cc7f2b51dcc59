"""The rows of an old register as plain values: of which meeting, what, who, until when, how it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from dabir.persian.letters import canonical, squash
from dabir.reading.minutes import Due
from dabir.reading.sheets import cells
from dabir.reading.sheets.agencies import Knows, parted_helpers, split_agencies
from dabir.reading.sheets.cells import due_of, is_done, session_of, words
from dabir.reading.sheets.columns import Column, Layout
from dabir.reading.sheets.table import Row, Table, Value

LONGEST_TEXT = 20_000
LONGEST_SAID = 500
"""Letters in which a number or a day is looked for. A cell may hold 32,767, and what looks there takes its time."""
_LIKE_A_DAY = re.compile(r"(?<!\d)\d+\s*[/.\-]\s*\d+\s*[/.\-]\s*\d+")
_ITEM_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row. `row` is its number in the sheet; `leads` and `helpers` are the names in `owing` and `helping`, the cells
    as written; `state` is verbatim, and `done` what it says.

    `number`, `day`: of the meeting, none where the row and what stands over it do not tell. `fault` is the first reason
    why it can become nothing, "" for none: "no-text", "long-text", "no-number", "bad-number", "no-date", "bad-date",
    "future".
    """

    row: int
    number: int | None
    day: date | None
    item: str
    text: str
    owing: str
    helping: str
    leads: tuple[str, ...]
    helpers: tuple[str, ...]
    due: Due | None
    state: str
    done: bool
    code: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Session:
    number: int | None = None
    day: date | None = None


def read_entries(table: Table, layout: Layout, today: date, knows: Callable[[date], Knows]) -> Iterator[Entry]:
    """The entries of a table. Titles over the rows, repeated headers, and rows with nothing but a number are none;
    a title that names a meeting counts for the rows under it which do not name one.

    `knows(day)` tells which names were one party's alone on that day.
    """
    labels = {squash(label) for label in layout.header.labels if label}
    sessions = _Sessions(layout, today)
    for place, row in enumerate(table.rows):
        if layout.header.first <= place <= layout.header.last:
            continue
        if title := _title(row, layout):
            sessions.hear(title)
        elif place > layout.header.last and not _is_header(row, labels) and not _is_bare(row, layout):
            session, fault = sessions.of(row)
            yield _entry(row, layout, session, fault, knows(session.day or today))


class _Sessions:
    """Of which meeting each row is: by its own cells, by the title over it, or by the row above where that counts."""

    def __init__(self, layout: Layout, today: date) -> None:
        self._layout, self._today = layout, today
        self._over = self._above = _Session()

    def hear(self, title: str) -> None:
        self._over, self._above = _named(title, self._today) or self._over, _Session()

    def of(self, row: Row) -> tuple[_Session, str]:
        """The meeting, and the fault of the row where its number or its day is not told."""
        told = [_short(_cell(row, self._layout, one)) for one in (Column.NUMBER, Column.DATE, Column.SESSION)]
        number, day = session_of(told[0], told[1], told[2], self._today)
        behind = self._above if self._layout.same_above and self._above.number else self._over
        has_number, has_day = told[0] is not None or told[2] is not None, told[1] is not None or told[2] is not None
        if number is None and not has_number:
            number = behind.number
        if day is None and not has_day and number == behind.number:
            day = behind.day
        self._above = _Session(number, day)
        if number is None:
            if day is None and told[0] is None and isinstance(told[2], str) and _LIKE_A_DAY.search(told[2]):
                return self._above, "bad-date"
            return self._above, "bad-number" if has_number else "no-number"
        if day is None:
            return self._above, "bad-date" if has_day else "no-date"
        return self._above, "future" if day > self._today else ""


def _entry(row: Row, layout: Layout, session: _Session, fault: str, knows: Knows) -> Entry:
    text = "\n".join(" ".join(line.split()) for line in words(_cell(row, layout, Column.TEXT)).split("\n"))
    if not squash(text):
        fault = "no-text"
    elif len(text) > LONGEST_TEXT:
        fault = fault or "long-text"
    leads, helpers = _parties(row, layout, knows)
    state = " ".join(words(_cell(row, layout, Column.STATE)).split())[:300]
    due = _cell(row, layout, Column.DUE)
    return Entry(
        row=row.number,
        number=session.number,
        day=session.day,
        item=_ITEM_EDGES.sub("", canonical(words(_cell(row, layout, Column.ITEM))[:LONGEST_SAID]))[:20],
        text=text[:LONGEST_TEXT],
        owing=_joined(row, layout, Column.LEAD),
        helping=_joined(row, layout, Column.HELPER),
        leads=leads,
        helpers=helpers,
        due=due_of(due, session.day) if session.day else None,
        state=state,
        done=is_done(state),
        code=canonical(words(_cell(row, layout, Column.CODE)))[:200],
        fault=fault,
    )


def _cell(row: Row, layout: Layout, column: Column) -> Value:
    return next((value for place in layout.of(column) if (value := row.cell(place)) is not None), None)


def _short(value: Value) -> Value:
    return value[:LONGEST_SAID] if isinstance(value, str) else value


def _joined(row: Row, layout: Layout, column: Column) -> str:
    return "\n".join(text for place in layout.of(column) if (text := words(row.cell(place))))[:4_000]


def _parties(row: Row, layout: Layout, knows: Knows) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who owes and who helps; each name once."""
    leads: list[str] = []
    helpers: list[str] = []
    for place in layout.of(Column.LEAD):
        owing, helping = parted_helpers(words(row.cell(place)))
        leads += split_agencies(owing, knows)
        helpers += split_agencies(helping, knows)
    for place in layout.of(Column.HELPER):
        helpers += split_agencies(words(row.cell(place)), knows)
    leads = _once(leads)
    if layout.first_leads:
        leads, helpers = leads[:1], leads[1:] + helpers
    return tuple(leads), tuple(name for name in _once(helpers) if squash(name) not in set(map(squash, leads)))


def _once(names: list[str]) -> list[str]:
    return list({squash(name): name for name in reversed(names)}.values())[::-1]


def _title(row: Row, layout: Layout) -> str:
    """What a row over others says: one text alone, merged or in a single cell outside the text's column."""
    values = {words(value) for value in row.cells if value is not None}
    if len(values) != 1 or not isinstance(next(v for v in row.cells if v is not None), str):
        return ""
    filled = sum(value is not None for value in row.cells)
    only_text = filled == 1 and any(row.cell(place) is not None for place in layout.of(Column.TEXT))
    text = values.pop()
    return "" if only_text and not _names_meeting(text) else text


def _names_meeting(text: str) -> bool:
    return len(text) < 200 and "جلسه" in squash(text)


def _named(title: str, today: date) -> _Session | None:
    """The meeting that a title names with its day, or its number beside «جلسه»."""
    if not _names_meeting(title) and not _named_day(title, today):
        return None
    number, day = session_of(None, None, title, today)
    return _Session(number, day) if day or number else None


def _named_day(title: str, today: date) -> bool:
    return len(title) < 100 and cells.day_of(title, today) is not None


def _is_header(row: Row, labels: set[str]) -> bool:
    """A header that is printed again."""
    texts = {squash(words(value)) for value in row.cells if value is not None}
    return len(texts) > 1 and all(any(text in label for label in labels) for text in texts if text)


def _is_bare(row: Row, layout: Layout) -> bool:
    """A row that was numbered and left empty."""
    items = layout.of(Column.ITEM)
    return all(value is None or place in items for place, value in enumerate(row.cells))
