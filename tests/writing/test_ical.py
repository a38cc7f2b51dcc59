"""iCalendar as bytes: what a strict reader finds in them, with the library's parser and without."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.persian import clock
from dabir.writing.ical import Feed, Progress, Session, Standing, Task, ical, shown

AT = datetime(2019, 10, 10, 8, 30, 15, 999, tzinfo=UTC)
SESSION = Session("hq-1398-11", "جلسهٔ ۱۱ ستاد", AT, 7, day=date(2019, 10, 9), starts=time(9), ends=time(11, 30))
TEXTS = st.text(
    st.one_of(st.sampled_from('آبپژگ\u200c ـ۱۲;,\\:"\r\n\t\u2028\u202e\0🙂e\u0301'), st.characters()), max_size=300
)


def parsed(*entries: Session | Task, name: str = "ستاد") -> list[Any]:
    return list(icalendar.Calendar.from_ical(ical(Feed(name, entries))).subcomponents)


def plain_lines(data: bytes) -> list[str]:
    """The content lines by RFC 5545, 3.1 alone: every line folded by octets, every piece of it UTF-8 by itself."""
    assert data.endswith(b"\r\n")
    pieces = data[:-2].split(b"\r\n")
    assert all(len(piece) <= 75 and b"\r" not in piece and b"\n" not in piece for piece in pieces)
    lines: list[str] = []
    for piece in pieces:
        text = piece.decode()  # a character that was cut in two would not decode
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    assert all(re.match(r"[A-Z-]+[;:]", line) for line in lines)
    return lines


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2019, 10, 9), 5),  # winter time, three and a half hours
        (date(2019, 7, 9), 4),  # summer time
        (date(2022, 7, 9), 4),  # the last summer that had it
        (date(2023, 7, 9), 5),
    ],
)
def test_hours_are_those_of_tehran_also_in_past_summers(day: date, hour: int) -> None:
    (event,) = parsed(Session("a", "جلسه", AT, 1, day=day, starts=time(9), ends=time(10)))
    assert event["dtstart"].dt == datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)
    assert event["dtend"].dt.astimezone(clock.TEHRAN).time() == time(10)


def test_a_meeting_whose_hour_nobody_knows_is_a_day() -> None:
    (event,) = parsed(Session("a", "جلسه", AT, 1, day=date(2019, 10, 9)))
    assert event["dtstart"].dt == date(2019, 10, 9) and "dtend" not in event and event["transp"] == "TRANSPARENT"


def test_an_end_that_is_not_after_the_beginning_is_left_out() -> None:
    (event,) = parsed(Session("a", "جلسه", AT, 1, day=date(2019, 10, 9), starts=time(9), ends=time(9)))
    assert "dtend" not in event


def test_a_meeting_says_what_a_calendar_asks_for() -> None:
    address = "https://dabir.example/m/hq-1398-11/"
    session = Session(
        "hq-1398-11",
        "جلسه",
        AT,
        7,
        "دستور:\n- الف، ب; ج",
        address,
        day=SESSION.day,
        starts=time(9),
        venue="سالن, ایجرود",
    )
    (event,) = parsed(session)
    assert event["uid"] == "hq-1398-11@dabir" and event["sequence"] == 7 and event["status"] == "CONFIRMED"
    assert event["dtstamp"].dt == event["last-modified"].dt == AT.replace(microsecond=0)
    assert (event["summary"], event["location"]) == ("جلسه", "سالن, ایجرود")
    assert event["description"] == "دستور:\n- الف، ب; ج" and event["url"] == address


@pytest.mark.parametrize("standing", Standing)
def test_a_meeting_stands_as_it_is(standing: Standing) -> None:
    (event,) = parsed(Session("a", "جلسه", AT, 1, day=SESSION.day, standing=standing))
    assert event["status"] == standing.value


@pytest.mark.parametrize("progress", Progress)
def test_a_debt_is_due_on_its_day_or_at_its_instant(progress: Progress) -> None:
    instant = datetime(2019, 10, 20, 12, tzinfo=clock.TEHRAN)
    by_day, by_hour = parsed(
        Task("a/2.1", "گزارش", AT, 1, due=date(2019, 10, 20), progress=progress), Task("b", "گزارش", AT, 1, due=instant)
    )
    assert by_day.name == "VTODO" and by_day["due"].dt == date(2019, 10, 20) and by_day["status"] == progress.value
    assert ("percent-complete" in by_day) is (progress == Progress.DONE)
    assert by_hour["due"].dt == datetime(2019, 10, 20, 8, 30, tzinfo=UTC)


@given(title=TEXTS, text=TEXTS, venue=TEXTS, name=TEXTS, code=TEXTS)
def test_any_text_comes_back_whole_and_no_line_is_longer_or_cut_within_a_character(
    title: str, text: str, venue: str, name: str, code: str
) -> None:
    feed = Feed(name, [Session(code, title, AT, 1, text, day=SESSION.day, venue=venue), Task("t", title, AT, 2, text)])
    data = ical(feed)
    assert plain_lines(data).count("BEGIN:VEVENT") == plain_lines(data).count("BEGIN:VTODO") == 1
    event, todo = icalendar.Calendar.from_ical(data).subcomponents
    assert event.get("description", "") == todo.get("description", "") == shown(text)
    assert event["summary"] == todo["summary"] == " ".join(shown(title).split())


@given(st.lists(st.integers(0, 3), max_size=6))
def test_the_same_values_give_the_same_bytes(which: list[int]) -> None:
    entries = [SESSION if n else Task(f"t{n}", "گزارش", AT, n, due=SESSION.day) for n in which]
    assert ical(Feed("ستاد", entries)) == ical(Feed("ستاد", list(entries)))


def test_nothing_can_be_slipped_in_by_a_text() -> None:
    hostile = "جلسه\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:دیگر\r\nATTENDEE:mailto:x@example.org"
    lines = plain_lines(
        ical(Feed(hostile, [Session(hostile, hostile, AT, 1, hostile, day=SESSION.day, venue=hostile)]))
    )
    assert lines.count("BEGIN:VEVENT") == 1 and not any(line.startswith("ATTENDEE") for line in lines)
