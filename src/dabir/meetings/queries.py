"""What may be seen of meetings and drafts. A list is always one of these."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from dabir.foundation.acting import Acting
from dabir.foundation.prepared import Prepared
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.meetings.members import is_theirs
from dabir.meetings.models import (
    Draft,
    Meeting,
    MeetingBody,
    MinutesVersion,
    NamedReader,
    Reading,
    Resolution,
)
from dabir.persian import clock, digits, jalali


def meetings_visible_to(by: Acting) -> QuerySet[Meeting]:
    """Meetings whose whole record the actor may read.

    Normal: governor, auditor and operator all, a secretariat those of its bodies. Above normal: its secretary, its
    chair, and named readers; nobody else, the auditor neither. Officers see single resolutions, not meetings.
    """
    meetings = Meeting.objects.all()
    if by.operator:
        return meetings
    if by.sees_nothing:
        return meetings.none()
    return meetings.filter(Prepared(Meeting, _visible, by))


def _visible(by: Acting) -> Q:
    met = MeetingBody.objects.filter(meeting=OuterRef("pk"), body__in=by.secretariats)
    in_secretariat = Q(kept_by__in=by.secretariats) | Q(Exists(met))
    normal = Q(secrecy=SecrecyClass.NORMAL)
    visible = normal if by.sees_all else normal & in_secretariat
    return visible | _classified_for(by, in_secretariat)


def minutes_visible_to(by: Acting) -> QuerySet[Meeting]:
    """Meetings whose minutes, where they stand, the actor may read as `audiences.audience_of` says: of those that they
    may read as a whole, and of those of the normal class that a party for which they speak was called to, as a member
    or invitee of that day, or attended. Nothing but these words: neither its debts nor its page follow from it."""
    whole = meetings_visible_to(by)
    if by.operator or by.sees_nothing:
        return whole
    stand = Q(Exists(MinutesVersion.objects.filter(meeting=OuterRef("pk"))), secrecy=SecrecyClass.NORMAL)
    return Meeting.objects.filter(Q(pk__in=whole.order_by().values("pk")) | stand & is_theirs(by, "pk"))


def newest_minutes(by: Acting, meetings: Iterable[Meeting]) -> dict[int, int]:
    """The number of the newest version of the minutes that the actor may read, by the meeting's key; one query."""
    readable = minutes_visible_to(by).filter(pk__in=[one.pk for one in meetings])
    versions = MinutesVersion.objects.filter(meeting__in=readable).order_by()
    return dict(versions.values_list("meeting").annotate(Max("number")))


def drafts_visible_to(by: Acting) -> QuerySet[Draft]:
    """Papers on the workbench, by the same rule as the meetings that they become; one whose meeting was put above the
    normal class later went there with it."""
    drafts = Draft.objects.all()
    if by.operator:
        return drafts
    if by.sees_nothing:
        return drafts.none()
    normal = Q(secrecy=SecrecyClass.NORMAL) & (Q(meeting=None) | Q(meeting__secrecy=SecrecyClass.NORMAL))
    own = Q(kept_by__in=by.secretariats)
    visible = normal if by.sees_all else normal & own
    if by.function in KEEPERS:
        visible |= own
    return drafts.filter(visible | Q(kept_by__in=by.chaired))


def readings_visible_to(by: Acting) -> QuerySet[Reading]:
    """Papers that are being read or were not read: for those who may work on the paper that each becomes. Whoever only
    reads papers is not told of them before they are there."""
    readings = Reading.objects.all()
    if by.operator:
        return readings
    own = readings.filter(kept_by__in=by.secretariats)
    return own if by.function in KEEPERS else own.filter(secrecy=SecrecyClass.NORMAL)


def resolutions_visible_to(by: Acting) -> QuerySet[Resolution]:
    """Resolutions of meetings that may be read; `obligations.queries` adds those that a visible debt cites."""
    return Resolution.objects.filter(meeting__in=meetings_visible_to(by))


def _classified_for(by: Acting, in_secretariat: Q) -> Q:
    named = Exists(NamedReader.objects.filter(meeting=OuterRef("pk"), post=by.post_id))
    chaired = Exists(MeetingBody.objects.filter(meeting=OuterRef("pk"), body__in=by.chaired))
    allowed = Q(named) | Q(kept_by__in=by.chaired) | Q(chaired)
    return allowed | in_secretariat if by.function in KEEPERS else allowed


def find_meetings(by: Acting, words: str, *, limit: int = 8) -> list[Meeting]:
    """The newest meetings with a number that answer to the words: the number, the day, or parts of the title."""
    found = meetings_visible_to(by).filter(bodies__isnull=False)
    for word in words.split()[:8]:
        number, day = digits.parse_int(word), jalali.parse_day(word, clock.today())
        asked = Q(title__icontains=word)
        if day:
            asked |= Q(date=day)
        elif number is not None and number < 2**31:
            asked |= Q(bodies__number=number)
        found = found.filter(asked)
    return list(found.order_by("-date", "-id").distinct()[:limit])
