"""Calling to a meeting: the letters that invite to it, and those that tell that it was moved or cancelled.

The letters wait for their number like any other (`meetings.calls.invitation_of` says it once it is there). What follows
a letter that was sent is a letter that names its number; one that still waits is taken back instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from dabir.cycle.extracts import heads_of
from dabir.directory.models import Office, Party
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import parts as letters
from dabir.letters import wordings
from dabir.letters.models import Letter, LetterKind, LetterState, Urgency
from dabir.letters.parts import Addressee
from dabir.letters.wordings import Words
from dabir.meetings import parts as meetings
from dabir.meetings import services
from dabir.meetings.calls import AHEAD, Called, called_to, letters_of
from dabir.meetings.models import AgendaItem, Meeting, MeetingState
from dabir.meetings.services.planning import Plan
from dabir.persian import clock, jalali
from dabir.persian.digits import in_prose, to_persian

IN_ITS_PLACE = "نامه تازه به جای آن نوشته شد"


def call_meeting(
    meeting: Meeting,
    *,
    by: Acting,
    one_each: bool = False,
    urgency: Urgency = Urgency.NORMAL,
    words: Words | None = None,
) -> list[Letter]:
    """Write the letters that invite to a planned meeting: one circular to all, or one for each. To one that was called
    already, those who have no letter yet.

    `Invalid` names what the invitation would have to leave out: the hour, the venue, the agenda; `Conflict` where
    nobody is left to write to. The secretariat that sends them gets none.
    """
    require(by, "cycle.call_meeting", meeting)
    with ledger.standstill():
        meeting.refresh_from_db()
        _check(meeting)
        to = [one.party for one in to_be_called(meeting) if one.party]
        if not to:
            raise Conflict(_("Everybody who is to come has a letter already."), existing=meeting)
        groups = [[party] for party in to] if one_each else [to]
        made = _write(LetterKind.CALL, meeting, groups, _values(meeting), by=by, urgency=urgency, words=words)
        meetings.call_meeting(meeting, made, by=by)
    return made


def move_meeting(
    meeting: Meeting,
    plan: Plan,
    *,
    by: Acting,
    title: str | None = None,
    numbers: Mapping[int, int] | None = None,
    tell: bool = True,
) -> list[Letter]:
    """Change a meeting to which people were called, and tell them by a letter, unless they are told otherwise.

    An invitation that still waits for its number is taken back and written anew; nothing is written where day, hour and
    venue stay.
    """
    require(by, "cycle.move_meeting", meeting)
    with ledger.standstill():
        before = services.change_meeting(meeting, plan, by=by, title=title, numbers=numbers)
        if before is None or not tell or meeting.state != MeetingState.CALLED:
            return []
        _check(meeting)
        waiting = _take_back(meeting, by=by)
        calls = [letter for letter in waiting if letter.kind == LetterKind.CALL]
        groups = [[one.party for one in letter.recipients.all()] for letter in calls]
        anew = _write(LetterKind.CALL, meeting, groups, _values(meeting), by=by)
        if anew:
            meetings.call_meeting(meeting, anew, by=by)
        return anew + _follow(LetterKind.MOVED, meeting, _values(meeting), by=by)


def call_off(meeting: Meeting, *, by: Acting, reason: str, tell: bool = True) -> list[Letter]:
    """Cancel a meeting, and tell those who were called by a letter, unless they are told otherwise; an invitation that
    still waits for its number is taken back. The reason is for the record alone."""
    require(by, "cycle.call_off", meeting)
    with ledger.standstill():
        values = _values(meeting)
        services.cancel_meeting(meeting, by=by, reason=reason)
        _take_back(meeting, by=by)
        return _follow(LetterKind.CALLED_OFF, meeting, values, by=by) if tell else []


def to_be_called(meeting: Meeting) -> list[Called]:
    """Who would get a letter now: whoever is to come, but the secretariat itself, those named in words, and those who
    have a letter already."""
    has: set[int] = set()
    if meeting.state == MeetingState.CALLED:
        written = [letter for letter in letters_of(meeting) if letter.kind == LetterKind.CALL]
        has = {one.party_id for letter in written for one in letter.recipients.all()}
    own = {
        seat.party_id
        for one in called_to(meeting)
        for seat in one.seats
        if seat.office == Office.SECRETARY and seat.body_id == meeting.kept_by_id
    }
    return [one for one in called_to(meeting) if one.party and one.party.pk not in has | own]


def words_of_call(meeting: Meeting) -> Words:
    """The words that the secretary may change for this letter, with their places."""
    return wordings.words_of(meeting.kept_by, LetterKind.CALL)


def as_written(meeting: Meeting, words: Words) -> Words:
    """The letter as it would be written now; what is not known yet is an empty line."""
    return wordings.filled(words, _values(meeting))


def lacks_of(meeting: Meeting) -> list[Invalid]:
    """What keeps an invitation to it from being written; each names the field of the plan, `text` of the agenda."""
    found = []
    if meeting.date < clock.today():
        found.append(Invalid(_("The day of this meeting is over."), field="day"))
    if meeting.starts_at is None:
        found.append(Invalid(_("The invitation has no hour: write when the meeting begins."), field="starts_at"))
    if not meeting.venue:
        found.append(Invalid(_("The invitation has no venue: write where the meeting is."), field="venue"))
    if not meeting.agenda.exists():
        found.append(Invalid(_("The invitation has no agenda: write what is to be talked about."), field="text"))
    return found


def _check(meeting: Meeting) -> None:
    if meeting.state not in AHEAD:
        raise Invalid(_("This meeting is no longer ahead."))
    for lack in lacks_of(meeting):
        raise lack


def _take_back(meeting: Meeting, *, by: Acting) -> list[Letter]:
    """The letters that wait for their number; they are withdrawn."""
    waiting = [letter for letter in letters_of(meeting) if letter.state == LetterState.AWAITING]
    return letters.withdraw_letters(waiting, by=by, reason=IN_ITS_PLACE) if waiting else []


def _follow(kind: LetterKind, meeting: Meeting, values: Mapping[str, str], *, by: Acting) -> list[Letter]:
    """A letter behind each invitation that was sent, to those whom it was sent to, naming its number."""
    made: list[Letter] = []
    for letter in letters_of(meeting):
        if letter.kind != LetterKind.CALL or letter.state != LetterState.NUMBERED or letter.dated is None:
            continue
        earlier = f"شماره {to_persian(letter.number)} مورخ {jalali.format_day(letter.dated)}"
        to = [one.party for one in letter.recipients.all()]
        made += _write(kind, meeting, [to], {**values, wordings.EARLIER: earlier}, by=by, urgency=Urgency.URGENT)
    if made:
        meetings.tell_called(meeting, made, by=by)
    return made


def _write(
    kind: LetterKind,
    meeting: Meeting,
    groups: Iterable[list[Party]],
    values: Mapping[str, str],
    *,
    by: Acting,
    urgency: Urgency = Urgency.NORMAL,
    words: Words | None = None,
) -> list[Letter]:
    template = wordings.clean(words.subject, words.text, kind) if words else wordings.words_of(meeting.kept_by, kind)
    groups = list(groups)
    heads = heads_of(party for group in groups for party in group)
    secrecy = SecrecyClass(meeting.secrecy)
    enclosures = [one.name for one in meeting.attachments.all() if not SecrecyClass(one.secrecy).is_above(secrecy)]
    made = []
    for group in groups:
        name = group[0].name if len(group) == 1 else ""
        filled = wordings.filled(template, {**values, wordings.AGENCY: name or "دستگاه‌های دعوت‌شده"})
        made.append(
            letters.write_letter(
                Words(filled.subject[:300], filled.text),
                by=by,
                body=meeting.kept_by,
                kind=kind,
                to=[Addressee(party, heads.get(party.pk)) for party in group],
                secrecy=secrecy,
                urgency=urgency,
                enclosures=enclosures if kind == LetterKind.CALL else (),
            )
        )
    return made


def _values(meeting: Meeting) -> dict[str, str]:
    plan = Plan.of(meeting)
    items = meeting.agenda.select_related("presenter").order_by("order", "id")
    return {
        wordings.BODY: meeting.kept_by.party.name,
        wordings.MEETING: meeting.title,
        wordings.DAY: jalali.format_day(plan.day),
        wordings.WEEKDAY: jalali.format_long(plan.day),
        wordings.HOUR: _hours(plan),
        wordings.VENUE: plan.venue,
        wordings.AGENDA: "\n".join(_line(number, item) for number, item in enumerate(items, 1)),
    }


def _line(number: int, item: AgendaItem) -> str:
    by_whom = item.presenter.name if item.presenter else item.presenter_text
    told = (f"ارائه: {by_whom}" if by_whom else "", f"{item.minutes} دقیقه" if item.minutes else "")
    about = "، ".join(filter(None, told))
    text = " ".join(item.text.split())
    return in_prose(f"{number}- {text}" + (f" ({about})" if about else ""))


def _hours(plan: Plan) -> str:
    if plan.starts_at is None:
        return ""
    start = f"{plan.starts_at:%H:%M}"
    return to_persian(start if plan.ends_at is None else f"{start} تا {plan.ends_at:%H:%M}")
