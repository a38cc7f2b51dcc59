"""Half-verbs of meetings: they check state, not permission, and write their own event; `cycle` alone calls them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from dabir.directory.models import Body, Party
from dabir.directory.moving import hand_over, take_back
from dabir.directory.queries import standing
from dabir.directory.spans import check_span
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import Event
from dabir.meetings import codes
from dabir.meetings.models import (
    AgendaItem,
    Attendance,
    Dissent,
    Draft,
    Meeting,
    MeetingBody,
    MinutesVersion,
    Point,
    Resolution,
    ResolutionKind,
    Signature,
    Statement,
    Suggestion,
    VersionState,
)
from dabir.persian import clock, jalali
from dabir.persian.digits import to_persian
from dabir.reading.minutes import Minutes

LONGEST_NUMBER = 20
"""Characters of a resolution's number."""
MOST_MEETINGS = 10_000
"""More than any body holds in a year; a longer number is a letter's, misread."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A meeting just made from a paper, with its rows by the ids that the paper's Minutes give them."""

    meeting: Meeting
    resolutions: dict[str, Resolution]
    points: dict[str, Point]


def record_meeting(draft: Draft, minutes: Minutes, *, by: Acting) -> Recorded:
    """Make the meeting that a paper tells of, with version 1 of its minutes, and end the draft.

    `Invalid` names what is missing: the date, or which bodies met; `Conflict` a number that its body has given before.
    """
    header = minutes.header
    if header.date is None:
        raise Invalid(_("The meeting's date is missing. Enter it in the header."), field="date")
    day = date.fromisoformat(header.date.iso)
    met = _bodies(draft, minutes)
    year = jalali.from_gregorian(day)[0]
    for body, number in met:
        other = MeetingBody.objects.filter(body=body, year=year, number=number).select_related("meeting").first()
        if other:
            raise Conflict(
                _("Meeting %(number)s of %(body)s in %(year)s is recorded already.")
                % {"number": number, "body": body, "year": year},
                existing=other.meeting,
            )
    with ledger.change("meetings.record_meeting", by=by, file=draft.file.sha256) as change:
        first: tuple[Body, int | None] = met[0] if met else (draft.kept_by, None)
        known = set(Meeting.objects.filter(code__startswith=first[0].code).values_list("code", flat=True))
        meeting = change.create(
            Meeting(
                code=codes.meeting_code(first[0], day, first[1], taken=known),
                kept_by=draft.kept_by,
                title=_title(met, header.title, draft.kept_by),
                date=day,
                secrecy=draft.secrecy,
                venue=(header.venue or "")[:300],
                chair=header.chair.name[:200] if header.chair else "",
                secretary=header.secretary.name[:200] if header.secretary else "",
                starts_at=_time(header.starts_at),
                ends_at=_time(header.ends_at),
                invitation_number=(header.invitation.number if header.invitation else "")[:40],
                invitation_date=_day(header.invitation.date.iso)
                if header.invitation and header.invitation.date
                else None,
                next_date=_day(header.next_meeting.date.iso)
                if header.next_meeting and header.next_meeting.date
                else None,
            )
        )
        change.subject = meeting
        change.create_many(MeetingBody(meeting=meeting, body=b, year=year, number=n) for b, n in met)
        change.create(
            MinutesVersion(
                meeting=meeting,
                name=draft.name,
                number=1,
                state=VersionState.RECORDED,
                file=draft.file,
                document=minutes.as_json(),
            )
        )
        recorded = _record_text(change, meeting, minutes)
        draft.accept()
        draft.meeting = meeting
        change.touch(draft, "state", "meeting")
    return recorded


def hand_over_party(party: Party, into: Party, *, by: Acting) -> dict[str, int]:
    """Let `into` have been where `party` was, and have said what it said. The words of the papers stay as they are."""
    with ledger.change("meetings.hand_over_party", by=by, on=party) as change:
        for named in (Dissent, Signature, Suggestion):
            hand_over(change, named.objects.filter(party=party), "party", into)
        hand_over(change, AgendaItem.objects.filter(presenter=party), "presenter", into)
        return {"attendance": hand_over(change, party.attendance.all(), "party", into)}


def take_party_back(event: Event, party: Party, from_: Party, *, by: Acting) -> None:
    """Undo what `hand_over_party` wrote by that event."""
    with ledger.change("meetings.take_party_back", by=by, on=party) as change:
        take_back(change, event, party, from_)


def open_meeting(*, body: Body, number: int, day: date, by: Acting) -> Meeting:
    """The meeting of a body with that number in the day's year; made where nobody has recorded it, without a paper.

    `Conflict` where it was on another day.
    """
    if not 0 < number < MOST_MEETINGS:
        raise Invalid(_("%(number)s is no number of a meeting.") % {"number": number}, field="number")
    check_span(day, None)
    if day > clock.today():
        raise Invalid(_("A meeting that is recorded was today or earlier."), field="day")
    year = jalali.from_gregorian(day)[0]
    there = MeetingBody.objects.filter(body=body, year=year, number=number).select_related("meeting__kept_by").first()
    if there and there.meeting.date != day:
        raise Conflict(
            _("Meeting %(number)s of %(body)s was on %(day)s. Write that day, or another number.")
            % {"number": number, "body": body, "day": jalali.format_day(there.meeting.date)},
            existing=there.meeting,
        )
    if there:
        return there.meeting
    with ledger.change("meetings.open_meeting", by=by) as change:
        known = set(Meeting.objects.filter(code__startswith=body.code).values_list("code", flat=True))
        code = codes.meeting_code(body, day, number, taken=known)
        title = _title([(body, number)], None, body)
        meeting = change.create(Meeting(code=code, kept_by=body, title=title, date=day))
        change.create(MeetingBody(meeting=meeting, body=body, year=year, number=number))
    return meeting


def add_resolution(meeting: Meeting, *, text: str, number: str, by: Acting) -> Resolution:
    """One more resolution of a meeting, written by hand; `Conflict` where it has one with that number."""
    number = number.strip()
    if len(number) > LONGEST_NUMBER:
        raise Invalid(_("This number is too long."), field="item")
    with ledger.change("meetings.add_resolution", by=by, on=meeting) as change:
        there = list(meeting.resolutions.all())
        plain = codes.ascii_number(number)
        if plain and any(codes.ascii_number(one.number) == plain for one in there):
            raise Conflict(_("This meeting has a resolution with that number already."))
        order = max((one.order for one in there), default=0) + 1
        taken = {one.code for one in there}
        code = codes.item_code(meeting.code, number, order, taken=taken)
        row = Resolution(meeting=meeting, order=order, code=code, number=number, kind="obligation", text=text.strip())
        return change.create(row)


@dataclass(frozen=True, slots=True)
class OldResolution:
    """A resolution as an old register has it: its number there, verbatim text, and whether it recurs."""

    number: str
    text: str
    recurs: bool = False


def record_from_register(
    body: Body, number: int, day: date, decided: Sequence[OldResolution], *, by: Acting
) -> tuple[Meeting, list[Resolution]]:
    """Put resolutions of an old register into the meeting of that number, as `open_meeting` finds or makes it."""
    meeting = open_meeting(body=body, number=number, day=day, by=by)
    with ledger.change("meetings.record_from_register", by=by, on=meeting) as change:
        there = list(meeting.resolutions.values_list("code", "order"))
        taken, last = {code for code, _ in there}, max((order for _, order in there), default=0)
        made = []
        for order, old in enumerate(decided, last + 1):
            code = codes.item_code(meeting.code, old.number, order, taken=taken)
            taken.add(code)
            kind = ResolutionKind.RECURRING if old.recurs else ResolutionKind.OBLIGATION
            made.append(
                Resolution(meeting=meeting, order=order, code=code, number=old.number[:20], kind=kind, text=old.text)
            )
        change.create_many(made)
    return meeting, made


def correct_from_register(resolution: Resolution, text: str, *, by: Acting) -> None:
    """The text of a resolution that came from an old register, as its corrected file has it."""
    with ledger.change("meetings.correct_from_register", by=by, on=resolution) as change:
        change.update(resolution, text=text)


def _record_text(change: ledger.Change, meeting: Meeting, minutes: Minutes) -> Recorded:
    change.create_many(
        AgendaItem(
            meeting=meeting, order=n, text=item.text, first_line=item.lines[0] or None, last_line=item.lines[1] or None
        )
        for n, item in enumerate(minutes.agenda, 1)
    )
    statements = change.create_many(
        Statement(meeting=meeting, order=n, speakers=[{"name": s.name, "post": s.post} for s in statement.speakers])
        for n, statement in enumerate(minutes.discussion, 1)
    )
    taken: set[str] = set()
    points: dict[str, Point] = {}
    for statement, read in zip(statements, minutes.discussion, strict=True):
        for said in read.points:
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
                first_line=said.lines[0] or None,
                last_line=said.lines[1] or None,
            )
    change.create_many(points.values())
    resolutions: dict[str, Resolution] = {}
    for order, decided in enumerate(minutes.resolutions, 1):
        code = codes.item_code(meeting.code, decided.number, order, taken=taken)
        taken.add(code)
        resolutions[decided.id] = Resolution(
            meeting=meeting,
            order=order,
            code=code,
            number=(decided.number or "")[:20],
            kind=str(decided.kind),
            text=decided.text,
            first_line=decided.lines[0] or None,
            last_line=decided.lines[1] or None,
        )
    change.create_many(resolutions.values())
    known = standing(entry.known for entry in minutes.attendance if entry.known)
    change.create_many(
        Attendance(
            meeting=meeting,
            order=n,
            text=entry.text[:300],
            party=known.get(entry.known or 0),
            capacity=entry.capacity or "",
            present=entry.present,
            line=entry.lines[0] or None,
        )
        for n, entry in enumerate(minutes.attendance, 1)
    )
    return Recorded(meeting, resolutions, points)


def _bodies(draft: Draft, minutes: Minutes) -> list[tuple[Body, int]]:
    """Which bodies met under which number. One unknown name is the body that keeps the paper: the secretary said so
    when bringing it. A paper without a number is of a meeting without a body (seed ج/۴)."""
    named = minutes.bodies
    if len(named) <= 1 and not (named and named[0].party):
        number = (named[0].number if named else None) or minutes.header.number
        if number is not None and not 0 < number < MOST_MEETINGS:
            raise Invalid(_("%(number)s is no number of a meeting.") % {"number": number}, field="number")
        return [(draft.kept_by, number)] if number else []
    if len(named) > 2:
        raise Invalid(_("A meeting has two bodies at most."), field="bodies")
    found = []
    for entry in named:
        body = Body.objects.select_related("party").filter(party=entry.party).first() if entry.party else None
        number = entry.number or (minutes.header.number if len(named) == 1 else None)
        if body is None or number is None or not 0 < number < MOST_MEETINGS:
            raise Invalid(
                _("Say which body «%(name)s» is and which number the meeting has in it.") % {"name": entry.name},
                field="bodies",
            )
        found.append((body, number))
    return found


def _title(met: list[tuple[Body, int]], written: str | None, kept_by: Body) -> str:
    # The record's own name, in the language of the record.
    joined = " و ".join(f"جلسه {to_persian(str(number))} {body}" for body, number in met)
    return (joined or written or f"جلسه {kept_by}")[:300]


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
