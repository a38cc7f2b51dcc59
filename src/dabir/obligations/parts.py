"""Half-verbs of obligations: they check state, not permission, and write their own event; `cycle` alone calls them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dabir.directory.calendar import calendar_of_party
from dabir.directory.models import Party
from dabir.directory.moving import hand_over, take_back
from dabir.directory.queries import standing
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.models import Event, StoredFile
from dabir.foundation.prepared import fresh
from dabir.letters.models import Letter
from dabir.meetings.models import Meeting, Point, Resolution
from dabir.meetings.recording import Recorded
from dabir.obligations import communication, deciding, replies
from dabir.obligations.deciding import Decided
from dabir.obligations.making import Due, Duty, Source, check_by_hand, index, make
from dabir.obligations.models import NOT_ENDED, Extract, Involved, KnownName, Obligation, Role, Wait
from dabir.obligations.replies import Answer
from dabir.obligations.reporting.recording import follow_endorsers
from dabir.persian.calendar import Calendar
from dabir.reading import minutes as paper


def create_from_minutes(recorded: Recorded, minutes: paper.Minutes, *, by: Acting) -> list[Obligation]:
    """The debts of a meeting just recorded: those of its resolutions and of the points that were promoted.

    A resolution that informs or proposes makes none, nor does one that has debts: it stood in an old register. A lead
    counts only when it is certain (`Party.known`).
    """
    meeting = recorded.meeting
    there = Obligation.objects.filter(meeting=meeting, resolution__isnull=False).select_related(
        "lead", "group", "resolution"
    )
    owed = {debt.resolution_id for debt in there}
    for debt in there:
        index(debt, debt.source.text)
    parties = standing(_known_parties(minutes))
    made: dict[str, Obligation] = {}
    with ledger.change("obligations.create_from_minutes", by=by, on=meeting) as change:
        for resolution in minutes.resolutions:
            row = recorded.resolutions[resolution.id]
            if not resolution.binds or row.pk in owed:
                continue
            source = Source(meeting.kept_by, meeting.date, row.code, row.text, meeting=meeting, resolution=row)
            duties = [_duty(o, parties) for o in resolution.obligations]
            made |= dict(zip([o.id for o in resolution.obligations], make(change, source, duties), strict=True))
        for point in (p for s in minutes.discussion for p in s.points):
            said = recorded.points[point.id]
            source = Source(meeting.kept_by, meeting.date, said.code, said.text, meeting=meeting, point=said)
            duties = [_duty(o, parties) for o in point.obligations]
            made |= dict(zip([o.id for o in point.obligations], make(change, source, duties), strict=True))
        change.create_many(
            Wait(obligation=made[o.id], waits_for=made[other])
            for o in _obligations(minutes)
            if o.id in made
            for other in dict.fromkeys(o.waits_for)
            if other in made and other != o.id
        )
    return list(made.values())


def put_into_letter(letter: Letter, debts: Iterable[Obligation], *, by: Acting) -> None:
    """Note that a letter tells of these debts; they are communicated once it has its number (`follow_letters`)."""
    with ledger.change("obligations.put_into_letter", by=by, on=letter) as change:
        change.create_many(Extract(obligation=debt, letter=letter) for debt in debts)


def follow_letters(letters: Iterable[Letter], *, by: Acting) -> list[Obligation]:
    """Let the debts that these letters tell of follow what has become of the letters: communicated and released, or not
    communicated after all, and a limit that starts with it counted anew. An instance is told with the duty that comes
    again. Those that changed; each has its own event."""
    told_in = Obligation.objects.filter(extracts__letter__in=[letter.pk for letter in letters], is_group=False)
    debts = list(told_in.filter(recurs_from=None).select_related("body").distinct().order_by("pk"))
    told, changed = communication.told_of(debts), []
    if again := [debt for debt in debts if debt.instances_made]:
        debts += Obligation.objects.filter(recurs_from__in=again).select_related("body").order_by("pk")
    calendars: dict[int, Calendar] = {}
    for debt in debts:
        if debt.body_id not in calendars:
            calendars[debt.body_id] = calendar_of_party(debt.body.party_id)
        values = communication.follows(debt, told.get(debt.recurs_from_id or debt.pk), calendars[debt.body_id])
        if not values:
            continue
        verb = "move_limit"
        if "communicated_at" in values:
            verb = "communicate" if values["communicated_at"] else "take_communication_back"
        with ledger.change(f"obligations.{verb}", by=by, on=debt) as change:
            change.update(debt, **values)
        changed.append(debt)
    return changed


def record_reply(debt: Obligation, answer: Answer, *, by: Acting, form: StoredFile | None) -> bool:
    """Keep what an agency answered on a courier form; False where it has said so already."""
    with ledger.change("obligations.record_reply", by=by, on=debt) as change:
        return replies.record(change, debt, answer, by=by, form=form)


def find_anew(meeting: Meeting) -> None:
    """Let the debts of a meeting be found by what they cite, as it reads now; no event tells of the search table."""
    for debt in Obligation.objects.filter(meeting=meeting).select_related("lead", "group", "resolution", "point"):
        index(debt, debt.source.text)


def hand_over_party(party: Party, into: Party, *, by: Acting) -> dict[str, int]:
    """Let `into` owe what `party` owes, and help, receive and endorse in its place.

    Where `into` leads a debt, or is beside it in the same role, the row of `party` stays: it is one party, named twice.
    """
    with ledger.change("obligations.hand_over_party", by=by, on=party) as change:
        debts = hand_over(change, Obligation.objects.filter(lead=party), "lead", into)
        there = Involved.objects.filter(party=into)
        moved = stays = 0
        for row in Involved.objects.filter(party=party).select_related("obligation"):
            if row.obligation.lead_id == into.pk or there.filter(obligation=row.obligation, role=row.role).exists():
                stays += 1
            else:
                moved += change.update(row, party=into)
        for name in KnownName.objects.filter(party=party):
            if not KnownName.objects.filter(body=name.body_id, squash=name.squash, party=into).exists():
                change.update(name, party=into)
    return {"debts": debts, "involved": moved, "stays": stays}


def take_party_back(event: Event, party: Party, from_: Party, *, by: Acting) -> None:
    """Undo what `hand_over_party` wrote by that event."""
    with ledger.change("obligations.take_party_back", by=by, on=party) as change:
        take_back(change, event, party, from_)


def ask_endorsers(party: Party, other: Party, *, by: Acting) -> None:
    """Once these two are one, or are two again: let reports that need the consent of either go on, or wait."""
    named = Involved.objects.filter(role=Role.ENDORSER, party__in=[party, other])
    with ledger.change("obligations.ask_endorsers", by=by, on=party) as change:
        follow_endorsers(change, Obligation.objects.filter(state__in=NOT_ENDED, pk__in=named.values("obligation")))


def create_for_resolution(resolution: Resolution, duties: list[Duty], *, by: Acting) -> list[Obligation]:
    """The debts of a resolution that was written by hand."""
    meeting = resolution.meeting
    check_by_hand(resolution.text, meeting.date, duties)
    with ledger.change("obligations.create_for_resolution", by=by, on=resolution) as change:
        source = Source(
            meeting.kept_by, meeting.date, resolution.code, resolution.text, meeting=meeting, resolution=resolution
        )
        return make(change, source, duties)


def decide(debt: Obligation, decided: Decided, resolution: Resolution, *, by: Acting) -> list[Obligation]:
    """Let a resolution close, extend, amend, supersede, merge, open again or cancel a debt; the rows that changed, the
    debt's first, then those of its group. `Invalid` where it cannot."""
    debt = fresh(debt, "meeting", "order")
    with ledger.change(f"obligations.{decided.act}", by=by, on=debt, resolution=resolution.code) as change:
        return deciding.decide(change, debt, decided, resolution)


def promote_point(point: Point, *, by: Acting, duty: Duty) -> Obligation:
    """Make a debt of something said, also long after (seed ب/۸, the chair's closing words)."""
    meeting = point.meeting
    if not duty.action.strip():
        raise Invalid(_("Write what is to be done."), field="action")
    with ledger.change("obligations.promote_point", by=by, on=point) as change:
        source = Source(meeting.kept_by, meeting.date, point.code, point.text, meeting=meeting, point=point)
        return make(change, source, [duty])[0]


def _duty(read: paper.Obligation, parties: dict[int, Party]) -> Duty:
    endorses = read.endorser.text if read.endorser else None  # the reader names it among the helpers too (seed ج/۳)
    beside = [(Role.HELPER, p) for p in read.helpers if p.text != endorses]
    beside += [(Role.RECIPIENT, p) for p in read.recipients]
    if read.endorser:
        beside.append((Role.ENDORSER, read.endorser))
    return Duty(
        action=read.action,
        lead=parties.get(read.lead.known or 0) if read.lead else None,
        lead_text=read.lead.text if read.lead else "",
        due=Due.on_paper(read.due),
        involved=tuple((role, parties.get(p.known or 0), p.text) for role, p in beside),
        lines=read.lines,
    )


def _obligations(minutes: paper.Minutes) -> list[paper.Obligation]:
    of_points = [o for s in minutes.discussion for p in s.points for o in p.obligations]
    return [o for r in minutes.resolutions for o in r.obligations] + of_points


def _known_parties(minutes: paper.Minutes) -> set[int]:
    named = [p for o in _obligations(minutes) for p in (o.lead, o.endorser, *o.helpers, *o.recipients) if p]
    return {p.known for p in named if p.known}
