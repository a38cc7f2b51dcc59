"""Where the text of minutes tells something else than the meeting's record: what would make the sealed record false."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.meetings.models import Meeting
from dabir.persian.digits import to_persian
from dabir.persian.jalali import format_day
from dabir.reading.minutes import Finding, Fix, Minutes, Severity

FALSE_RECORD = ("record.date", "record.number")
"""Rules of findings that no reason can set aside."""


def differences(meeting: Meeting, numbers: list[int], minutes: Minutes) -> Iterator[Finding]:
    """The header's day and number beside those of the record; `numbers` are the meeting's in its bodies."""
    header = minutes.header
    at = header.lines or (1, 1)
    if header.date and header.day != meeting.date:
        ours = format_day(meeting.date)
        message = f"تاریخ جلسه در متن «{header.date.text}» است و در پرونده جلسه «{ours}»."
        fixes = [Fix(header.date.text, ours)]
        yield Finding("record.date", Severity.ERROR, message, at, f"تاریخ را «{ours}» بنویسید.", fixes)
    if header.number is not None and numbers and header.number not in numbers:
        ours, said = to_persian(str(numbers[0])), to_persian(str(header.number))
        message = f"شماره جلسه در متن «{said}» است و در پرونده جلسه «{ours}»."
        yield Finding("record.number", Severity.ERROR, message, at, f"شماره را «{ours}» بنویسید.")
