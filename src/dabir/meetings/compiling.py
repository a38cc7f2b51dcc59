"""Minutes that are written here are source text, and the reader compiles it: the same grammar that reads old paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from dabir.directory.context import build_context
from dabir.foundation.errors import Invalid
from dabir.foundation.prepared import AMONG, rows_of
from dabir.foundation.remembered import until_the_next_event
from dabir.meetings.manuscripts.record import differences
from dabir.meetings.models import Manuscript, Meeting, Revision
from dabir.meetings.typed import LONGEST_TEXT, too_long
from dabir.persian.remembering import remembering
from dabir.reading.context import Context
from dabir.reading.minutes import BodyNumber, Finding, Minutes
from dabir.reading.reader import read_text

Beside = Callable[[Meeting, Minutes], list[Finding]]
"""What a room above says of a text: findings, beside those of the reader."""


def nothing(_meeting: Meeting, _minutes: Minutes) -> list[Finding]:
    return []


def text_of(manuscript: Manuscript) -> str:
    """The text as it was saved last."""
    newest = Revision.objects.filter(manuscript=manuscript, aside=False).values_list("text", flat=True).first()
    return newest or ""


def texts_of(meetings: Iterable[Meeting]) -> dict[int, str]:
    """The texts of the drafts of these meetings as they were saved last, by the meetings' keys; one query."""
    rows = rows_of(_texts, AMONG, among=[meeting.pk for meeting in meetings])
    return {row["meeting"]: row["newest"] or "" for row in rows}


def _texts(meetings: tuple[int, ...]) -> QuerySet[Manuscript, Any]:
    newest = Revision.objects.filter(manuscript=OuterRef("pk"), aside=False).values("text")[:1]
    return Manuscript.objects.filter(meeting__in=meetings).values("meeting", newest=Subquery(newest))


def compiled(meeting: Meeting, text: str, beside: Beside = nothing) -> Minutes:
    """What the reader makes of the text, with the directory as it was on the meeting's day.

    Which bodies met, and under which numbers, is the meeting's record; everything else is what the text says, with
    findings where that differs from the record.
    `Invalid` for a text of more than `LONGEST_TEXT` letters: the reader's time grows with the text, and this is done
    while somebody waits.
    """
    if len(text) > LONGEST_TEXT:
        raise Invalid(too_long(), field="text")
    with remembering():
        minutes = read_text(text, _known(meeting.date, meeting.kept_by.party_id))
    met = meeting.bodies.select_related("body__party")
    if bodies := [BodyNumber(str(one.body), one.number, one.body.party_id) for one in met]:
        minutes.bodies = bodies
    numbers = [body.number for body in bodies if body.number is not None]
    minutes.findings = [*differences(meeting, numbers, minutes), *beside(meeting, minutes), *minutes.findings]
    return minutes


@until_the_next_event
def _known(day: date, kept_by: int) -> Context:
    """The directory of that day, remembered: the same for each key that is typed."""
    return replace(build_context(day, kept_by), session_date=day)
