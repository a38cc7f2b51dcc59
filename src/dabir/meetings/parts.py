"""Half-verbs of meetings: they check state, not permission, and write their own event; `cycle` alone calls them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from dabir.directory.models import Body, Party
from dabir.directory.moving import hand_over, take_back
from dabir.directory.spans import check_span
from dabir.foundation import files, ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.files import sha256
from dabir.foundation.models import Event
from dabir.foundation.prepared import fresh
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter
from dabir.meetings import codes
from dabir.meetings.errata import Corrected, rewrite
from dabir.meetings.identity import Identity, check_number, identity_of, title_of
from dabir.meetings.manuscripts import revisions
from dabir.meetings.models import (
    ON_RECORD,
    AgendaItem,
    Call,
    Dissent,
    Draft,
    Erratum,
    Manuscript,
    Meeting,
    MeetingBody,
    MeetingState,
    MinutesVersion,
    Resolution,
    ResolutionKind,
    Signature,
    Suggestion,
    VersionState,
)
from dabir.meetings.recording import Recorded, header_of, write_text
from dabir.meetings.sealing import Ready, faults_of_state, fix
from dabir.persian import clock, jalali
from dabir.reading.minutes import Minutes, source_of

LONGEST_NUMBER = 20
"""Characters of a resolution's number."""


def record_meeting(draft: Draft, minutes: Minutes, *, by: Acting) -> Recorded:
    """Make the meeting that a paper tells of, with version 1 of its minutes, and end the draft.

    A meeting that stands already without minutes (planned, called or held here, or of an old register) is that meeting:
    it keeps its code, calls, attachments and attendance, and has the paper's day and words from now on.
    `Invalid` and `Conflict` as for `identity.identity_of`.
    """
    found = identity_of(draft, minutes)
    with ledger.change("meetings.record_meeting", by=by, file=draft.file.sha256) as change:
        meeting = (
            _made(change, draft, minutes, found) if found.there is None else _joined(change, draft, minutes, found)
        )
        change.subject = meeting
        there = set(meeting.bodies.values_list("body", flat=True))
        change.create_many(
            MeetingBody(meeting=meeting, body=body, year=found.year, number=number)
            for body, number in found.met
            if body.pk not in there
        )
        document = minutes.as_json()
        change.create(
            MinutesVersion(
                meeting=meeting,
                name=draft.name,
                number=1,
                state=VersionState.RECORDED,
                file=draft.file,
                document=document,
                sha256=sha256(source_of(document)),
                at=clock.now(),
                by=by.name,
            )
        )
        recorded = write_text(change, meeting, minutes)
        draft.accept()
        draft.meeting = meeting
        change.touch(draft, "state", "meeting")
    return recorded


def _made(change: ledger.Change, draft: Draft, minutes: Minutes, found: Identity) -> Meeting:
    first: tuple[Body, int | None] = found.met[0] if found.met else (draft.kept_by, None)
    known = set(Meeting.objects.filter(code__startswith=first[0].code).values_list("code", flat=True))
    return change.create(
        Meeting(
            code=codes.meeting_code(first[0], found.day, first[1], taken=known),
            kept_by=draft.kept_by,
            title=title_of(found.met, minutes.header.title, draft.kept_by),
            date=found.day,
            secrecy=draft.secrecy,
            **header_of(minutes),
        )
    )


def _joined(change: ledger.Change, draft: Draft, minutes: Minutes, found: Identity) -> Meeting:
    meeting = found.there
    assert meeting is not None
    secrecy = max(meeting.secrecy, draft.secrecy, key=SecrecyClass.values.index)
    change.update(meeting, date=found.day, secrecy=secrecy, **header_of(minutes))
    if meeting.state != MeetingState.RECORDED:
        meeting.record()
        change.touch(meeting, "state")
    return meeting


def classify(meeting: Meeting, secrecy: SecrecyClass, *, by: Acting) -> SecrecyClass:
    """Say its class; returns the one that it had."""
    with ledger.change("meetings.classify_meeting", by=by, on=meeting) as change:
        meeting.refresh_from_db(fields=["secrecy"])
        before = SecrecyClass(meeting.secrecy)
        change.update(meeting, secrecy=secrecy)
    return before


def finish(meeting: Meeting, *, by: Acting) -> Meeting:
    """Close the file of a meeting whose minutes stand; `Conflict` where it is closed already."""
    with ledger.change("meetings.finish", by=by, on=meeting) as change:
        meeting = fresh(meeting)
        if meeting.state not in ON_RECORD:
            raise Invalid(_("Only a meeting whose minutes stand can be finished."))
        if meeting.finished_at:
            raise Conflict(_("This meeting is finished already."), existing=meeting)
        change.update(meeting, finished_at=clock.now())
    return meeting


def reopen(meeting: Meeting, *, by: Acting, reason: str) -> Meeting:
    """Open the file of a finished meeting again."""
    with ledger.change("meetings.reopen", by=by, on=meeting, reason=reason) as change:
        meeting = fresh(meeting)
        if meeting.finished_at is None:
            raise Conflict(_("This meeting is not finished."), existing=meeting)
        change.update(meeting, finished_at=None)
    return meeting


def seal_text(manuscript: Manuscript, ready: Ready, *, by: Acting) -> tuple[MinutesVersion, Recorded]:
    """Fix a text as version 1 of its meeting's minutes, and write what it says into the meeting's rows.

    `Conflict` when somebody has written on since it was compiled; `Invalid` says what must be put right first. The
    text's bytes are on the disk already (`files.put`).
    """
    meeting = manuscript.meeting
    with ledger.change("meetings.seal_text", by=by, on=meeting, revision=ready.revision) as change:
        newest = revisions.newest(manuscript)
        if (newest.number, newest.text) != (ready.revision, ready.text):
            raise Conflict(
                _("Somebody has written on since you looked at the minutes. Look at them again."), existing=manuscript
            )
        faults = faults_of_state(manuscript) or ready.faults
        if faults:
            raise Invalid(" ".join(faults))
        if ready.blocking:
            raise Invalid(_("Errors stand in the way: correct the text, or say why they may stand."))
        file = files.register(change, ready.text.encode())
        version = fix(change, meeting, ready.document(), file, number=1, state=VersionState.SEALED, by=by)
        change.facts["sha256"] = version.sha256
        change.update(meeting, **header_of(ready.minutes))
        recorded = write_text(change, meeting, ready.minutes)
        meeting.seal()
        change.touch(meeting, "state")
        manuscript.seal()
        change.touch(manuscript, "state")
    return version, recorded


def correct_text(
    put_right: Corrected, *, old: str, new: str, decided_by: Resolution, reason: str, by: Acting
) -> Erratum:
    """The next version of sealed minutes, with its erratum; `Conflict` when somebody else has made one meanwhile."""
    meeting = put_right.before.meeting
    with ledger.change("meetings.correct_text", by=by, on=meeting) as change:
        last = meeting.versions.order_by("-number").values_list("number", flat=True)[0]
        if last != put_right.before.number:
            raise Conflict(_("The minutes have another erratum since you looked at them. Look at them again."))
        file = files.register(change, put_right.text.encode())
        document = put_right.minutes.as_json()
        version = fix(change, meeting, document, file, number=last + 1, state=VersionState.CORRECTED, by=by)
        change.facts["sha256"] = version.sha256
        rewrite(change, meeting, put_right.minutes)
        number = Erratum.objects.filter(version__meeting=meeting).count() + 1
        return change.create(
            Erratum(version=version, number=number, decided_by=decided_by, old=old, new=new, reason=reason)
        )


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
    check_number(number)
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
        title = title_of([(body, number)], None, body)
        meeting = change.create(Meeting(code=code, kept_by=body, title=title, date=day))
        change.create(MeetingBody(meeting=meeting, body=body, year=year, number=number))
    return meeting


def add_resolution(meeting: Meeting, *, text: str, number: str, by: Acting) -> Resolution:
    """One more resolution of a meeting, written by hand; `Conflict` where it has one with that number, `Invalid` where
    its minutes are sealed."""
    _refuse_sealed(meeting)
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
    """Put resolutions of an old register into the meeting of that number, as `open_meeting` finds or makes it.

    `Invalid` where its minutes are sealed and there are any to put in.
    """
    meeting = open_meeting(body=body, number=number, day=day, by=by)
    if decided:
        _refuse_sealed(meeting)
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
    """The text of a resolution that came from an old register, as its corrected file has it; `Invalid` where it stands
    in sealed minutes by now."""
    _refuse_sealed(resolution.meeting)
    with ledger.change("meetings.correct_from_register", by=by, on=resolution) as change:
        change.update(resolution, text=text)


def _refuse_sealed(meeting: Meeting) -> None:
    if meeting.state == MeetingState.SEALED:
        raise Invalid(_("The minutes of this meeting are sealed: only an erratum changes what they decided."))


def call_meeting(meeting: Meeting, letters: Iterable[Letter], *, by: Acting) -> None:
    """Those who are to come have been written to, by these letters."""
    with ledger.change("meetings.call_meeting", by=by, on=meeting) as change:
        meeting.refresh_from_db()
        change.create_many(Call(meeting=meeting, letter=letter) for letter in letters)
        try:
            meeting.call()
        except TransitionNotAllowed:
            raise Invalid(_("This meeting is no longer ahead.")) from None
        change.touch(meeting, "state")


def tell_called(meeting: Meeting, letters: Iterable[Letter], *, by: Acting) -> None:
    """Those who were called have been told by these letters that the meeting was moved or cancelled."""
    with ledger.change("meetings.tell_called", by=by, on=meeting) as change:
        change.create_many(Call(meeting=meeting, letter=letter) for letter in letters)
