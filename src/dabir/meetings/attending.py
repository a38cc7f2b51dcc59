"""Who is who on two lists of attendance: the one that was written when the meeting was held, and the text's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dabir.meetings.models import Attendance, Meeting
from dabir.persian.letters import squash
from dabir.reading import minutes as read


@dataclass(frozen=True, slots=True)
class Difference:
    """Somebody of whom the text says something else than the record. `present` is the text's word, None where it does
    not name them; `row` is theirs, None where the record does not have them."""

    name: str
    present: bool | None
    row: Attendance | None


def same_attendance(rows: Sequence[Attendance], entry: read.Attendance) -> Attendance | None:
    """By the party, certain or likely, or by the same words."""
    by_party = (row for row in rows if entry.party and row.party_id == entry.party)
    by_words = (row for row in rows if squash(row.text) == squash(entry.text))
    return next(by_party, None) or next(by_words, None)


def differences(meeting: Meeting, entries: Sequence[read.Attendance]) -> list[Difference]:
    """Where the text tells another attendance than was recorded; nothing where none was recorded.

    In the record the text's word will stand; whoever it does not name stays as recorded.
    """
    left = list(meeting.attendance.select_related("party"))
    if all(row.present is None for row in left):
        return []
    found = []
    for entry in entries:
        row = same_attendance(left, entry)
        if row:
            left.remove(row)
        if row is None or row.present != entry.present:
            found.append(Difference(row.text if row else entry.text, entry.present, row))
    return found + [Difference(row.text, None, row) for row in left if row.present is not None]
