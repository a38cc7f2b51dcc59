"""Meetings and debts as the values of a calendar: of one meeting, or at somebody's secret address.

What is above the normal class is at no address: programs on telephones and servers elsewhere keep copies of it. Nor are
debts that sleep: nobody is reminded of those.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from dabir.directory.models import Feed, FeedKind, Party, Seat
from dabir.directory.tenures import party_and_units
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.queries import visible_to as letters_visible_to
from dabir.meetings.models import Attendance, Call, Meeting, MeetingBody
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.documents import LANGUAGE
from dabir.obligations.entries import Address, sessions, tasks
from dabir.obligations.measures import IS_RUNNING
from dabir.obligations.models import Involved, Obligation, State
from dabir.obligations.queries import DEBTS, UNCLASSIFIED, Filters, visible_to
from dabir.persian import clock, jalali
from dabir.writing import ical


def nowhere(_kind: str, _code: str) -> str:
    """No page has an address: a file that is handed on."""
    return ""


def meeting_ics(by: Acting, meeting: Meeting, address: Address = nowhere) -> bytes:
    """The meeting, and each dated debt of it that the actor may see, settled or not, as iCalendar: a file that somebody
    takes who may see the meeting, which the caller has checked. One above the normal class says so in it."""
    alone = Meeting.objects.filter(pk=meeting.pk)
    return _written(meeting.title, alone, _dated(visible_to(by)).filter(meeting=meeting), alone, address)


def feed_ics(feed: Feed, by: Acting, address: Address = nowhere) -> bytes:
    """What is to be had at the address now; `by` is its owner, in the post that it was made in."""
    party = (feed.party.merged_into or feed.party) if feed.party else None
    since = _since()
    readable = meetings_visible_to(by).filter(secrecy=SecrecyClass.NORMAL)
    told = Call.objects.filter(meeting=OuterRef("pk"), letter__in=letters_visible_to(by).values("pk"))
    # Whoever was written to knows day and place of the meeting, though not what is on record of it.
    meetings = Meeting.objects.filter(Q(pk__in=readable.values("pk")) | Exists(told), secrecy=SecrecyClass.NORMAL)
    lasting = IS_RUNNING | Q(state=State.UNSETTLED) | Q(due_day__gte=since)
    debts = _dated(visible_to(by)).filter(UNCLASSIFIED, lasting, asleep=False)
    if feed.kind == FeedKind.BODY:
        met = Q(bodies__body__party=party) | Q(kept_by__party=party)
        debts = Filters(body=party.code if party else "").narrow(debts, clock.today(), by)
    elif party is not None:
        met = _with(party_and_units(party.pk))
        debts = Filters(party=party.code).narrow(debts, clock.today(), by)
    else:
        met = _with(by.parties) | Q(kept_by__in=by.secretariats | by.chaired)
        involved = Involved.objects.filter(obligation=OuterRef("pk"), party__in=by.parties)
        debts = debts.filter(Q(lead__in=by.parties) | Exists(involved))
    concerned = Meeting.objects.filter(met).values("pk")
    meetings = meetings.filter(pk__in=concerned, date__gte=since)
    return _written(_name(feed, party, by), meetings, debts, readable, address)


def _since() -> date:
    """The first day of last year: what is older and over is in the register, and no longer in calendars."""
    return jalali.to_gregorian(jalali.from_gregorian(clock.today())[0] - 1, 1, 1)


def _dated(debts: QuerySet[Obligation]) -> QuerySet[Obligation]:
    return debts.filter(DEBTS, due_day__isnull=False)


def _with(parties: Iterable[int]) -> Q:
    """Meetings that these parties attended, were called to, or had a seat for on the day."""
    day = OuterRef("meeting__date")
    seats = Seat.objects.filter(
        Q(starts=None) | Q(starts__lte=day), Q(ends=None) | Q(ends__gte=day), body=OuterRef("body"), party__in=parties
    )
    seated = MeetingBody.objects.filter(Exists(seats))
    there = Attendance.objects.filter(party__in=parties)
    called = Call.objects.filter(letter__recipients__party__in=parties)
    return Q(pk__in=seated.values("meeting")) | Q(pk__in=there.values("meeting")) | Q(pk__in=called.values("meeting"))


def _name(feed: Feed, party: Party | None, by: Acting) -> str:
    with translation.override(LANGUAGE):
        return _("Meetings and deadlines of %(whom)s") % {"whom": party.name if party else by.post}


def _written(
    name: str, meetings: QuerySet[Meeting], debts: QuerySet[Obligation], readable: QuerySet[Meeting], address: Address
) -> bytes:
    """Nine queries, however many there are of both."""
    with translation.override(LANGUAGE):
        entries: list[ical.Session | ical.Task] = [*sessions(meetings, readable, address), *tasks(debts, address)]
        return ical.ical(ical.Feed(name, entries))
