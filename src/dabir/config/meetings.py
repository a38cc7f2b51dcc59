"""`dabir meetings`: the meetings as lines of text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dabir.config.obligations import lines_of
from dabir.foundation.acting import Acting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.documents import meetings_table
from dabir.persian import jalali
from dabir.writing.table import Form


def as_json(by: Acting) -> Iterator[str]:
    """One array, a meeting on each line, the newest first; two queries. `docs/operations.md` has the fields."""
    before = "["
    meetings = meetings_visible_to(by).order_by("-date", "-id").prefetch_related("bodies__body__party")
    for meeting in meetings:
        bodies = [
            {"code": row.body.party.code, "name": row.body.party.name, "number": row.number}
            for row in meeting.bodies.all()
        ]
        told = {
            "code": meeting.code,
            "number": bodies[0]["number"] if bodies else None,
            "date": {"jalali": jalali.format_day(meeting.date, persian_digits=False), "iso": meeting.date.isoformat()},
            "bodies": bodies,
            "state": meeting.state,
            "title": meeting.title,
        }
        yield before + json.dumps(told, ensure_ascii=False)
        before = ","
    yield "]" if before == "," else "[]"


def as_table(by: Acting) -> Iterator[str]:
    """Tabs between the columns, the newest first."""
    return lines_of(meetings_table(by, Form.PDF))
