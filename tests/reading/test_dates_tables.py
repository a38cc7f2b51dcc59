"""The tables of written time limits, read as they say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.persian.calendar import Calendar
from dabir.persian.jalali import to_gregorian
from dabir.reading.dates import events, find_dues, hints, limits, read_due, recurrences
from dabir.reading.minutes import Due
from tests.reading.dates_table import Limit, Row, rows

TABLES = (
    *("dates_table.txt", "dates_second_table.txt", "dates_paragraphs.txt", "dates_forms.txt", "dates_offices.txt"),
    "dates_meetings.txt",
)
ROWS = [row for table in TABLES for row in rows(table)]


def limits_of(text: str, row: Row) -> tuple[Limit, ...]:
    """The limits that are read in `text`, of the row's session."""
    if row.is_cell:
        due = read_due(text, row.session, row.hour)
        return (limit(due),) if due else ()
    found = find_dues(text, row.session, row.hour)
    assert all(text[one.start : one.end].strip() == one.due.text for one in found)
    return tuple(limit(one.due) for one in found)


def limit(due: Due) -> Limit:
    return Limit(due.text, str(due.kind), due.jalali, due.time, due.trigger)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text)
def test_a_sentence_has_the_limits_of_the_table_and_no_others(row: Row) -> None:
    assert limits_of(row.text, row) == row.limits


def test_the_tables_are_as_large_as_they_were() -> None:
    """A table that is read in part would let everything pass."""
    assert sum(bool(row.limits) for row in ROWS) >= 580
    assert sum(not row.limits for row in ROWS) >= 200


def told(limits: tuple[Limit, ...]) -> list[tuple[str, str | None, str | None]]:
    """What limits say, apart from their letters."""
    return [(one.kind, one.day, one.time) for one in limits]


@pytest.mark.parametrize(
    "letters",
    [
        pytest.param({"\u200c": ""}, id="without-zwnj"),
        pytest.param({"\u200c": " "}, id="zwnj-as-space"),
        pytest.param({"ی": "ي", "ک": "ك"}, id="arabic-letters"),
        pytest.param(dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)), id="ascii-digits"),
        pytest.param(dict(zip("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", strict=True)), id="arabic-digits"),
        pytest.param(dict(zip("0123456789", "۰۱۲۳۴۵۶۷۸۹", strict=True)), id="persian-digits"),
    ],
)
def test_a_limit_is_the_same_in_other_letters_and_digits(letters: dict[str, str | int | None]) -> None:
    written = [(row, row.text.translate(str.maketrans(letters))) for row in ROWS]
    assert [text for row, text in written if told(limits_of(text, row)) != told(row.limits)] == []


@given(
    st.lists(st.sampled_from(sorted({word for row in ROWS for word in row.text.split()})), max_size=12).map(" ".join)
)
@settings(max_examples=300, deadline=None)
def test_the_first_look_at_a_sentence_passes_over_no_limit(text: str) -> None:
    session = to_gregorian(1398, 7, 17)
    found = find_dues(text, session)
    every_word = limits.TIMES | events.HINTS | recurrences.HINTS | hints.GLUED
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "words_in", lambda folded: every_word)
        assert find_dues(text, session) == found


def test_working_days_pass_over_the_closures_that_an_office_has_entered() -> None:
    session, closed = to_gregorian(1398, 7, 17), to_gregorian(1398, 7, 20)
    assert last_day("ظرف سه روز کاری پاسخ دهد", session, Calendar()) == "1398/07/21"
    assert last_day("ظرف سه روز کاری پاسخ دهد", session, Calendar({closed: True})) == "1398/07/22"
    assert last_day("ظرف سه روز کاری پاسخ دهد", session, Calendar(thursday_works=False)) == "1398/07/22"


def last_day(text: str, session: date, calendar: Calendar) -> str | None:
    (found,) = find_dues(text, session, calendar=calendar)
    return found.due.jalali
