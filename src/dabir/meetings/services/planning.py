"""Planning: a meeting gets its day, its number and who is to come; it is moved, cancelled, and revived.

Nothing is deleted: each of these is an event that keeps what was before. Telling those who were called is `cycle`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from dabir.directory.models import Body, Capacity, Party
from dabir.directory.spans import check_span
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import Event
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import codes
from dabir.meetings.calls import AHEAD, bodies_of, called_to
from dabir.meetings.identity import title_of
from dabir.meetings.models import Attendance, Meeting, MeetingBody, MeetingState
from dabir.meetings.numbers import free_number, next_number
from dabir.persian import jalali
from dabir.persian.letters import squash

Attendee = Party | str
"""A party, or whoever is in no directory, in words."""
MOST_ATTENDEES = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a meeting is to be; hours and venue may be empty while nobody has said."""

    day: date
    starts_at: time | None = None
    ends_at: time | None = None
    venue: str = ""

    @classmethod
    def of(cls, meeting: Meeting) -> Plan:
        """As it stands."""
        return cls(meeting.date, meeting.starts_at, meeting.ends_at, meeting.venue)


def plan_meeting(
    plan: Plan,
    *,
    by: Acting,
    kept_by: Body,
    bodies: Sequence[tuple[Body, int | None]] = (),
    attendees: Iterable[Attendee] = (),
    title: str = "",
    secrecy: SecrecyClass = SecrecyClass.NORMAL,
) -> Meeting:
    """A meeting to be called: of `kept_by`, of two bodies together, or of required attendees without a body (seed ج/۴).

    A body's number is the next one of the day's Jalali year where none is given. `Invalid` names the input at fault;
    `Conflict` holds the meeting that has a number already.
    """
    require(by, "meetings.plan_meeting", Meeting(kept_by=kept_by, secrecy=secrecy))
    _check(plan)
    _check_bodies(kept_by, [body for body, _number in bodies])
    year = jalali.from_gregorian(plan.day)[0]
    with ledger.change("meetings.plan_meeting", by=by) as change:
        met: list[tuple[Body, int | None]] = [(body, free_number(body, year, number)) for body, number in bodies]
        first, number = met[0] if met else (kept_by, None)
        meeting = Meeting(kept_by=kept_by, date=plan.day, secrecy=secrecy, state=MeetingState.PLANNED)
        meeting.code = codes.meeting_code(first, plan.day, number, taken=_codes_of(first))
        meeting.title = title.strip()[:300] or title_of(met, None, kept_by)
        meeting.starts_at, meeting.ends_at, meeting.venue = plan.starts_at, plan.ends_at, plan.venue.strip()
        change.create(meeting)
        change.create_many(MeetingBody(meeting=meeting, body=body, year=year, number=n) for body, n in met)
        change.create_many(_rows(meeting, attendees))
    return meeting


def change_meeting(
    meeting: Meeting, plan: Plan, *, by: Acting, title: str | None = None, numbers: Mapping[int, int] | None = None
) -> Plan | None:
    """Another day, hour, venue, title, or another number in a body (by the body's key). Returns the plan as it was
    before, or None where nothing of the plan is another; the event keeps what was.

    In another Jalali year the meeting gets the next number of that year, where none is given. On another day others may
    have a seat: whoever came onto the list by theirs, when it was held by mistake, is called by it or not at all.
    Whoever was named for this meeting stays, with a seat or without.
    """
    require(by, "meetings.change_meeting", meeting)
    _check(plan)
    with ledger.change("meetings.change_meeting", by=by, on=meeting) as change:
        _ahead(meeting)
        before = Plan.of(meeting)
        met = bodies_of(meeting)
        own_title = _own_title(meeting, met)
        year = jalali.from_gregorian(plan.day)[0]
        wanted = dict(numbers or {})
        renumbered = False
        for one in met:
            number = wanted.get(one.body_id, one.number if one.year == year else None)
            if (number, year) != (one.number, one.year):
                change.facts.setdefault("numbers", {})[one.body.code] = [one.year, one.number]
                change.update(one, number=free_number(one.body, year, number, of=meeting.pk), year=year)
                renumbered = True
        values = {"date": plan.day, "starts_at": plan.starts_at, "ends_at": plan.ends_at, "venue": plan.venue.strip()}
        if renumbered or (not met and plan.day != before.day):
            values["code"] = _code(meeting, met, plan.day)
        values["title"] = (title or "").strip()[:300] or own_title or _title(meeting, met)
        if plan.day != before.day:
            by_seat = _listed_by_seat(meeting)
            for called in called_to(meeting):
                if called.seats and called.row and called.row.pk in by_seat:
                    change.delete(called.row)
        change.update(meeting, **values)
        moved = Plan.of(meeting) != before
        if moved:
            change.facts["before"] = asdict(before)
    return before if moved else None


def cancel_meeting(meeting: Meeting, *, by: Acting, reason: str) -> None:
    """It will not take place. Its number and its code are free for the next one; what is planned stays to be read."""
    require(by, "meetings.cancel_meeting", meeting)
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say why."), field="reason")
    with ledger.change("meetings.cancel_meeting", by=by, on=meeting, reason=reason[:500]) as change:
        _ahead(meeting)
        met = bodies_of(meeting)
        own_title = _own_title(meeting, met)
        change.facts |= {"code": meeting.code, "numbers": {one.body.code: one.number for one in met}}
        for one in met:
            change.update(one, number=None)
        code = codes.unique(f"{meeting.code}-cancelled", _codes_of(meeting.kept_by, *(one.body for one in met)))
        meeting.cancel()
        meeting.code, meeting.title = code, own_title or _title(meeting, met)
        change.touch(meeting, "state", "code", "title")


def revive_meeting(meeting: Meeting, *, by: Acting) -> None:
    """A cancelled meeting is planned again, under its old number where that is still free, else the next one."""
    require(by, "meetings.revive_meeting", meeting)
    with ledger.change("meetings.revive_meeting", by=by, on=meeting) as change:
        meeting.refresh_from_db()
        met = bodies_of(meeting)
        own_title = _own_title(meeting, met)
        try:
            meeting.revive()
        except TransitionNotAllowed:
            raise Invalid(_("This meeting is not cancelled.")) from None
        had = _numbers_before(meeting)
        for one in met:
            number = had.get(one.body.code)
            taken = MeetingBody.objects.filter(body=one.body_id, year=one.year, number=number).exists()
            change.update(one, number=next_number(one.body, one.year) if taken or number is None else number)
        meeting.code, meeting.title = _code(meeting, met, meeting.date), own_title or _title(meeting, met)
        change.touch(meeting, "state", "code", "title")


def invite_party(meeting: Meeting, who: Attendee, *, by: Acting) -> Attendance:
    """Somebody more is to come, besides those who have a seat."""
    require(by, "meetings.invite_party", meeting)
    with ledger.change("meetings.invite_party", by=by, on=meeting) as change:
        _ahead(meeting)
        rows = _rows(meeting, [who])
        if not rows:
            raise Conflict(_("They are called to this meeting already."))
        change.facts["who"] = rows[0].text
        return change.create(rows[0])


def uninvite_party(row: Attendance, *, by: Acting) -> None:
    """Take somebody off again who was named for this meeting; whoever has a seat is called by it."""
    require(by, "meetings.uninvite_party", row.meeting)
    with ledger.change("meetings.uninvite_party", by=by, on=row.meeting, who=row.text) as change:
        _ahead(row.meeting)
        change.delete(row)


def _rows(meeting: Meeting, attendees: Iterable[Attendee]) -> list[Attendance]:
    """Of those who are not called to the meeting yet."""
    there = called_to(meeting)
    known = {one.party.pk for one in there if one.party} | {squash(one.text) for one in there if one.party is None}
    order = max((row.order for row in meeting.attendance.all()), default=0)
    capacity = Capacity.INVITEE if meeting.bodies.exists() else ""
    rows = []
    for who in attendees:
        party, text = (who, who.name) if isinstance(who, Party) else (None, who.strip()[:300])
        key = party.pk if party else squash(text)
        if not key:
            raise Invalid(_("Write who is to come."), field="who")
        if key in known:
            continue
        known.add(key)
        order += 1
        rows.append(Attendance(meeting=meeting, order=order, text=text, party=party, capacity=capacity))
    if len(there) + len(rows) > MOST_ATTENDEES:
        raise Invalid(_("At most %(count)s are called to one meeting.") % {"count": MOST_ATTENDEES}, field="who")
    return rows


def _ahead(meeting: Meeting) -> None:
    """The row as it is, now that no other writer can change it; `Invalid` where it is no plan any more."""
    meeting.refresh_from_db()
    if meeting.state not in AHEAD:
        raise Invalid(_("This meeting is no longer ahead."))


def _check(plan: Plan) -> None:
    check_span(plan.day, None)
    if plan.ends_at is not None and plan.starts_at is None:
        raise Invalid(_("Write when it begins."), field="starts_at")
    if plan.starts_at and plan.ends_at and plan.ends_at <= plan.starts_at:
        raise Invalid(_("It ends before it begins."), field="ends_at")
    if len(plan.venue) > 300:
        raise Invalid(_("This is too long."), field="venue")


def _check_bodies(kept_by: Body, bodies: list[Body]) -> None:
    keys = [body.pk for body in bodies]
    if len(keys) > 2 or len(set(keys)) < len(keys):
        raise Invalid(_("A meeting is of one body, or of two different ones together."), field="second")
    if keys and kept_by.pk not in keys:
        raise Invalid(_("The body that keeps the papers is not among those that meet."), field="body")


def _codes_of(*bodies: Body) -> set[str]:
    found: set[str] = set()
    for body in bodies:
        found |= set(Meeting.objects.filter(code__startswith=body.code).values_list("code", flat=True))
    return found


def _code(meeting: Meeting, met: Sequence[MeetingBody], day: date) -> str:
    """What it would be called if it were planned now."""
    first, number = (met[0].body, met[0].number) if met else (meeting.kept_by, None)
    return codes.meeting_code(first, day, number, taken=_codes_of(first) - {meeting.code})


def _title(meeting: Meeting, met: Sequence[MeetingBody]) -> str:
    return title_of([(one.body, one.number) for one in met], None, meeting.kept_by)


def _own_title(meeting: Meeting, met: Sequence[MeetingBody]) -> str:
    """The title that somebody wrote; empty where it is the one that follows from its bodies and numbers."""
    return "" if meeting.title == _title(meeting, met) else meeting.title


def _numbers_before(meeting: Meeting) -> dict[str, int | None]:
    """The numbers that it gave back when it was cancelled, by the bodies' codes."""
    last = _events(meeting, "meetings.cancel_meeting").order_by("-number").first()
    return last.data["facts"].get("numbers", {}) if last else {}


def _listed_by_seat(meeting: Meeting) -> set[int]:
    """The rows of its attendance that holding it made, for whoever had a seat and was not named."""
    held = _events(meeting, "meetings.hold_meeting").values_list("data", flat=True)
    return {row["pk"] for data in held for row in data["rows"] if row["act"] == "create"}


def _events(meeting: Meeting, verb: str) -> QuerySet[Event]:
    return Event.objects.filter(subject=f"{meeting._meta.label_lower}:{meeting.pk}", verb=verb)
