"""The first text of minutes: the office's own form, filled with what the meeting's record knows and nothing else.

The reader reads it back to the same header, agenda and attendance (seed: header cells between tabs, الف … ه).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from dabir.directory.models import Capacity, Office
from dabir.directory.queries import seats_on
from dabir.meetings.models import AgendaItem, Attendance, Meeting
from dabir.persian.digits import to_persian
from dabir.persian.jalali import format_day
from dabir.reading.minutes import Minutes, SectionKind
from dabir.reading.names import split_names

_SEPARATOR = " - "
_AWAY_WITH_NOTICE = "(با اطلاع قبلی)"
_LONGEST_DELEGATE = 40
"""Letters; the reader takes a longer bracket for a part of the name."""


def skeleton(meeting: Meeting) -> str:
    """What minutes of the meeting begin with. A label without a value is a gap for whoever writes them."""
    parts = [
        *_header(meeting),
        "الف - دستور جلسه:",
        _agenda(meeting.agenda.all()),
        "ب - مذاکرات جلسه:",
        "",
        "ج - مصوبات جلسه:",
        "",
        attended(meeting),
    ]
    return "\n\n".join(parts)


def attended(meeting: Meeting) -> str:
    """The two sections that tell who was there and who was not, as the record has it."""
    there = [row for row in meeting.attendance.select_related("party") if row.present is not None]
    present = [row for row in there if row.present]
    parts = ["د - اعضا و مدعوین حاضر در جلسه:"]
    if others := [row for row in present if not row.capacity]:
        parts.append(_names(others))
    parts += ["اعضای اصلی:", _names(row for row in present if row.capacity == Capacity.MEMBER)]
    parts += ["اعضای مدعو:", _names(row for row in present if row.capacity == Capacity.INVITEE)]
    parts += ["ه - اعضا و مدعوین غایب در جلسه:", _names(row for row in there if not row.present)]
    return "\n\n".join(parts) + "\n"


def with_attendance(minutes: Minutes, sections: str) -> str:
    """The text with `sections` in the place of all that tells who was there and who was not; at its end where nothing
    does."""
    lines = [*minutes.lines]
    told = [section.lines for section in minutes.sections if section.kind in (SectionKind.PRESENT, SectionKind.ABSENT)]
    gone = {number for first, last in told for number in range(first, last + 1)}
    at = min(gone, default=len(lines) + 1)
    behind = "\n".join(line for number, line in enumerate(lines[at - 1 :], at) if number not in gone).strip("\n")
    parts = ["\n".join(lines[: at - 1]).rstrip("\n"), sections.rstrip("\n"), behind]
    return "\n\n".join(filter(None, parts)) + "\n"


def _header(meeting: Meeting) -> list[str]:
    bodies = list(meeting.bodies.select_related("body__party"))
    met = " و ".join(str(one.body) for one in bodies)
    numbers = " و ".join(to_persian(str(one.number)) for one in bodies if one.number is not None)
    first = [("تاریخ جلسه", format_day(meeting.date))]
    invited = format_day(meeting.invitation_date) if meeting.invitation_date else ""
    second = [
        ("شماره دعوت‌نامه", to_persian(meeting.invitation_number)),
        ("تاریخ دعوت‌نامه", invited),
        ("ریاست جلسه", meeting.chair),
        ("شماره جلسه", numbers),
        ("محل برگزاری جلسه", meeting.venue),
    ]
    third = [
        ("دبیر جلسه", meeting.secretary),
        ("ساعت شروع", _hour(meeting.starts_at)),
        ("ساعت پایان", _hour(meeting.ends_at)),
    ]
    if meeting.next_date:
        third.append(("تاریخ جلسه بعدی", format_day(meeting.next_date)))
    title = f"صورتجلسه {met or meeting.title}"
    rows = [
        "\t".join([*_cells(first), _line(title), *_issuer(meeting)]),
        "\t".join(_cells(second)),
        "\t".join(_cells(third)),
    ]
    return ["\n".join(rows)]


def _cells(labelled: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{label}: {_line(value)}".rstrip() for label, value in labelled]


def _issuer(meeting: Meeting) -> list[str]:
    """The office that keeps the minutes: whoever sits in the body as its secretary that day."""
    seats = seats_on(meeting.kept_by, meeting.date)
    return [seat.party.name for seat in seats if seat.office == Office.SECRETARY][:1]


def _hour(at: time | None) -> str:
    return to_persian(at.strftime("%H:%M")) if at else ""


def _agenda(items: Iterable[AgendaItem]) -> str:
    texts = [text for item in items if (text := _line(item.text))]
    if len(texts) == 1:
        return f"- {texts[0]}"
    return "\n".join(f"{to_persian(str(n))}- {text}" for n, text in enumerate(texts, 1))


def _names(rows: Iterable[Attendance]) -> str:
    """The names on one line with dashes between them, as the form has it; one to a numbered line where a name would
    fall apart so."""
    entries = [(_line(row.text).replace(_SEPARATOR, "-"), _note(row)) for row in rows]
    written = [" ".join(filter(None, entry)) for entry in entries]
    one_line = _SEPARATOR.join(written)
    if list(split_names(one_line)) == written:
        return one_line
    return "\n".join(f"{to_persian(str(n))}- {name}" for n, name in enumerate(written, 1))


def _note(row: Attendance) -> str:
    if row.delegate:
        return f"(با حضور نماینده: {_line(row.delegate)[:_LONGEST_DELEGATE]})"
    return _AWAY_WITH_NOTICE if row.excused else ""


def _line(text: str) -> str:
    """The words on one line, without what ends a cell."""
    return " ".join(text.replace("|", " ").split())
