"""How minutes become the rows of a meeting, whether they were signed on paper or are sealed here.

A meeting that was planned, called and held here has rows before its minutes come, and one of an old register has
resolutions: what the minutes tell of them is written into those rows, which keep what the minutes do not tell (the
party of somebody present, the presenter of an item, the code and the debts of a resolution).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from dabir.directory.models import Party
from dabir.directory.queries import standing
from dabir.foundation import ledger
from dabir.meetings import codes
from dabir.meetings.attending import same_attendance
from dabir.meetings.claims import claim_row
from dabir.meetings.models import AgendaItem, Attendance, Meeting, Point, Resolution, Statement
from dabir.persian.letters import squash
from dabir.reading import minutes as read
from dabir.reading.minutes import Lines, Minutes


@dataclass(frozen=True, slots=True)
class Recorded:
    """A meeting whose minutes were just recorded, with its rows by the ids that the Minutes give them."""

    meeting: Meeting
    resolutions: dict[str, Resolution]
    points: dict[str, Point]


def header_of(minutes: Minutes) -> dict[str, Any]:
    """What the minutes tell of the session, as fields of `Meeting`; what they do not tell is left out."""
    header = minutes.header
    told = {
        "venue": (header.venue or "")[:300],
        "chair": header.chair.name[:200] if header.chair else "",
        "secretary": header.secretary.name[:200] if header.secretary else "",
        "starts_at": time.fromisoformat(header.starts_at) if header.starts_at else None,
        "ends_at": time.fromisoformat(header.ends_at) if header.ends_at else None,
        "invitation_number": header.invitation.number[:40] if header.invitation else "",
        "invitation_date": _day(header.invitation.date) if header.invitation else None,
        "next_date": _day(header.next_meeting.date) if header.next_meeting else None,
    }
    return {name: value for name, value in told.items() if value}


def write_text(change: ledger.Change, meeting: Meeting, minutes: Minutes) -> Recorded:
    """Write agenda, discussion, resolutions and attendance of the minutes into the meeting's rows."""
    _agenda(change, meeting, minutes.agenda)
    taken = set(meeting.resolutions.values_list("code", flat=True))
    points = _discussion(change, meeting, minutes, taken)
    resolutions = _resolutions(change, meeting, minutes.resolutions, taken)
    _attendance(change, meeting, minutes.attendance)
    return Recorded(meeting, resolutions, points)


def same_resolutions(there: Sequence[Resolution], decided: Sequence[read.Resolution]) -> dict[str, Resolution]:
    """Which resolutions of the minutes a meeting has already, by the ids of the minutes: by the same words, letters and
    digits alone, or else by the same number."""
    left = list(there)
    found: dict[str, Resolution] = {}
    for alike in (_same_words, _same_number):
        for one in decided:
            if one.id not in found and (row := next((row for row in left if alike(row, one)), None)):
                found[one.id] = row
                left.remove(row)
    return found


def _same_words(row: Resolution, decided: read.Resolution) -> bool:
    return squash(row.text) == squash(decided.text)


def _same_number(row: Resolution, decided: read.Resolution) -> bool:
    number = codes.ascii_number(decided.number or "")
    return bool(number) and codes.ascii_number(row.number) == number


def _agenda(change: ledger.Change, meeting: Meeting, items: Sequence[read.AgendaItem]) -> None:
    left = list(meeting.agenda.all())
    fresh = []
    for order, item in enumerate(items, 1):
        told = {"order": order, "text": item.text, **_lines(item.lines)}
        row = next((row for row in left if squash(row.text) == squash(item.text)), None)
        if row is None:
            fresh.append(AgendaItem(meeting=meeting, **told))
        else:
            left.remove(row)
            change.update(row, **told)
    for row in left:  # the minutes have another agenda
        for attachment in row.attachments.all():
            change.update(attachment, item=None)
        change.delete(row)
    change.create_many(fresh)


def _discussion(change: ledger.Change, meeting: Meeting, minutes: Minutes, taken: set[str]) -> dict[str, Point]:
    statements = change.create_many(
        Statement(
            meeting=meeting,
            order=n,
            speakers=[{"name": s.name, "post": s.post} for s in statement.speakers],
            secrecy=str(statement.secrecy),
        )
        for n, statement in enumerate(minutes.discussion, 1)
    )
    rows = {read.id: row for row, read in zip(statements, minutes.discussion, strict=True)}
    change.create_many(
        claim_row(meeting, rows.get(claim.statement or ""), order, claim)
        for order, claim in enumerate(minutes.claims, 1)
    )
    points: dict[str, Point] = {}
    for statement, said_by in zip(statements, minutes.discussion, strict=True):
        for said in said_by.points:
            order = len(points) + 1
            code = codes.item_code(meeting.code, said.number, order, taken=taken, mark="p")
            taken.add(code)
            points[said.id] = Point(
                statement=statement,
                meeting=meeting,
                order=order,
                code=code,
                number=(said.number or "")[:20],
                text=said.text,
                **_lines(said.lines),
            )
    change.create_many(points.values())
    return points


def _resolutions(
    change: ledger.Change, meeting: Meeting, decided: Sequence[read.Resolution], taken: set[str]
) -> dict[str, Resolution]:
    there = list(meeting.resolutions.all())
    same = same_resolutions(there, decided)
    rows: dict[str, Resolution] = {}
    for order, one in enumerate(decided, 1):
        told: dict[str, Any] = {"order": order, "kind": str(one.kind), "text": one.text, **_lines(one.lines)}
        if row := same.get(one.id):
            if one.number:
                told["number"] = one.number[:20]
            change.update(row, **told)
            rows[one.id] = row
        else:
            code = codes.item_code(meeting.code, one.number, order, taken=taken)
            taken.add(code)
            rows[one.id] = Resolution(meeting=meeting, code=code, number=(one.number or "")[:20], **told)
    change.create_many(row for row in rows.values() if row.pk is None)
    known = {row.pk for row in same.values()}
    for order, row in enumerate((row for row in there if row.pk not in known), len(decided) + 1):
        change.update(row, order=order)  # the minutes do not have it; its debts cite it
    return rows


def _attendance(change: ledger.Change, meeting: Meeting, entries: Sequence[read.Attendance]) -> None:
    """Whom the minutes name and who was called or present here are one by the party, certain or likely, or by the same
    words. Those whom the minutes do not name stay, behind the others, where somebody has said whether they came."""
    left = list(meeting.attendance.select_related("party"))
    known = standing(entry.known for entry in entries if entry.known)
    fresh = []
    for order, entry in enumerate(entries, 1):
        row = same_attendance(left, entry)
        told: dict[str, Any] = {
            "order": order,
            "text": entry.text[:300],
            "present": entry.present,
            "line": entry.lines[0] or None,
        }
        if entry.capacity:
            told["capacity"] = entry.capacity
        party: Party | None = known.get(entry.known or 0)
        if row is None:
            fresh.append(Attendance(meeting=meeting, party=party, **told))
            continue
        left.remove(row)
        if entry.present:
            told["excused"] = False
        else:
            told |= {"delegate": "", "delegate_letter": ""}
        change.update(row, party=row.party or party, **told)
    for order, row in enumerate((row for row in left if row.present is not None), len(entries) + 1):
        change.update(row, order=order)
    for row in left:
        if row.present is None:
            change.delete(row)
    change.create_many(fresh)


def _lines(lines: Lines) -> dict[str, int | None]:
    return {"first_line": lines[0] or None, "last_line": lines[1] or None}


def _day(day: read.Day | None) -> date | None:
    return date.fromisoformat(day.iso) if day else None
