"""What a plan should make its secretary look again: never a refusal, always a sentence that names the cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.calls import AHEAD, Called, bodies_of, called_to, invitation_of, meetings_of_day
from dabir.meetings.models import Meeting, MeetingBody
from dabir.meetings.queries import meetings_visible_to
from dabir.persian import clock, jalali
from dabir.persian.calendar import Calendar
from dabir.persian.letters import squash

NOTICE = 2
"""Working days that should lie between the invitation and the meeting."""


class WarningKind(StrEnum):
    CLOSED = "closed"
    PAST = "past"
    CLASH = "clash"
    NOTICE = "notice"
    LONG_AGENDA = "long-agenda"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Warning:
    kind: WarningKind
    text: str


def warnings_of(meeting: Meeting, *, by: Acting, calendar: Calendar) -> list[Warning]:
    """Of a meeting that is still to be held; none for any other."""
    if meeting.state not in AHEAD:
        return []
    return [*_day(meeting, calendar), *_clashes(meeting, by), *_agenda(meeting), *_gaps(meeting)]


def _day(meeting: Meeting, calendar: Calendar) -> list[Warning]:
    day, today = meeting.date, clock.today()
    if day < today:
        return [Warning(WarningKind.PAST, _("The day of this meeting is over. Say whether it was held."))]
    found = []
    if name := calendar.holiday_name(day):
        found.append(Warning(WarningKind.CLOSED, _("Offices are closed on this day: %(name)s.") % {"name": name}))
    elif not calendar.is_working(day):
        sentence = _("Offices are closed on this day: %(name)s.")
        found.append(Warning(WarningKind.CLOSED, sentence % {"name": jalali.weekday_name(day)}))
    invited = invitation_of(meeting).day or today
    left = calendar.working_days_between(invited, day)
    if left < NOTICE:
        sentence = ngettext(
            "Between the invitation and this day lies %(count)s working day.",
            "Between the invitation and this day lie %(count)s working days.",
            left,
        )
        if left <= 0:
            sentence = _("No working day lies between the invitation and this day.")
        found.append(Warning(WarningKind.NOTICE, sentence % {"count": left}))
    return found


def _clashes(meeting: Meeting, by: Acting) -> list[Warning]:
    """With what else takes place at that time: one sentence for each other meeting. One above the normal class that the
    actor may not see is not told of."""
    others = list(meetings_of_day(meeting.date).exclude(pk=meeting.pk).order_by("starts_at", "id"))
    if not others:
        return []
    seen = set(meetings_visible_to(by).filter(date=meeting.date).values_list("pk", flat=True))
    bodies, called = {met.body_id for met in bodies_of(meeting)}, _parties(called_to(meeting))
    found = []
    for other in others:
        if (other.pk not in seen and other.secrecy != SecrecyClass.NORMAL) or not _meet(meeting, other):
            continue
        shared = [met.body.party.name for met in bodies_of(other) if met.body_id in bodies]
        if meeting.venue and squash(meeting.venue) == squash(other.venue):
            shared.append(meeting.venue)
        theirs = _parties(called_to(other))
        shared += [name for key, name in called.items() if key in theirs and name not in shared]
        if shared:
            title = other.title if other.pk in seen else _("a meeting of another secretariat")
            hour = other.starts_at.strftime("%H:%M") if other.starts_at else _("hour unknown")
            some = _("; ").join(shared[:3])
            if shared[3:]:
                some = _("%(some)s and %(count)s more") % {"some": some, "count": len(shared) - 3}
            sentence = _("At the same time: %(title)s (%(hour)s). In both: %(shared)s.")
            found.append(Warning(WarningKind.CLASH, sentence % {"title": title, "hour": hour, "shared": some}))
    return found


def _parties(called: list[Called]) -> dict[int, str]:
    return {one.party.pk: one.party.name for one in called if one.party}


def _meet(one: Meeting, other: Meeting) -> bool:
    """Whether they share an hour; where an hour is unknown they may."""
    if one.starts_at is None or other.starts_at is None:
        return True
    return _end(one) > other.starts_at and _end(other) > one.starts_at


def _end(meeting: Meeting) -> time:
    """Two hours after its beginning, where nobody has said."""
    start = meeting.starts_at or time.min
    return meeting.ends_at or (start.replace(hour=start.hour + 2) if start.hour < 22 else time.max)


def _agenda(meeting: Meeting) -> list[Warning]:
    if meeting.starts_at is None or meeting.ends_at is None:
        return []
    planned = sum(minutes or 0 for minutes in meeting.agenda.values_list("minutes", flat=True))
    start, end = meeting.starts_at, meeting.ends_at
    there = (end.hour - start.hour) * 60 + end.minute - start.minute
    if planned <= there:
        return []
    sentence = _("The agenda takes %(planned)s minutes, the meeting has %(there)s.")
    return [Warning(WarningKind.LONG_AGENDA, sentence % {"planned": planned, "there": there})]


def _gaps(meeting: Meeting) -> list[Warning]:
    found = []
    for met in bodies_of(meeting):
        below = MeetingBody.objects.filter(body=met.body_id, year=met.year, number__lt=met.number or 0)
        last = below.aggregate(last=Max("number"))["last"] or 0
        if met.number is not None and met.number > last + 1:
            sentence = _("No meeting of %(body)s in %(year)s has number %(number)s yet.")
            values = {"body": met.body, "year": met.year, "number": last + 1}
            found.append(Warning(WarningKind.GAP, sentence % values))
    return found
