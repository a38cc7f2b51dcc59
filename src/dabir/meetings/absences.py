"""Who was absent how often: over a Jalali year, in a body or of one party, with notice or without."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from dabir.directory.models import Body, Party
from dabir.foundation.acting import Acting
from dabir.foundation.prepared import AMONG, models_of
from dabir.meetings.models import Attendance, Meeting, MeetingState
from dabir.meetings.queries import meetings_visible_to
from dabir.persian import jalali
from dabir.writing.table import Column, Kind, Table

TOOK_PLACE = (MeetingState.HELD, MeetingState.RECORDED, MeetingState.SEALED)
FIRST_YEAR, LAST_YEAR = 1300, 1500
LANGUAGE = "fa"
"""The record's own, whatever language its reader's pages are in."""


@dataclass(slots=True)
class Tally:
    """How a party answered the calls of a year; the meetings that it missed, the newer ones first."""

    party: Party
    present: int = 0
    by_delegate: int = 0
    excused: int = 0
    absent: int = 0
    """Without notice."""
    unsaid: int = 0
    """Absent by a paper, which does not say whether they had told."""
    missed: list[Meeting] = field(default_factory=list)

    @property
    def called(self) -> int:
        return self.present + self.by_delegate + self.excused + self.absent + self.unsaid


def tallies(by: Acting, body: Body, year: int) -> list[Tally]:
    """Of everybody on the attendance lists of the body's meetings in that year that the actor may read, whoever was
    absent without notice most often first. One query. Names that are no party's are not counted."""
    rows = _of_year(by, year).filter(meeting__bodies__body=body).select_related("party__merged_into", "meeting")
    found: dict[int, Tally] = {}
    for row in rows.order_by("-meeting__date", "-meeting_id", "order"):
        assert row.party is not None  # _of_year
        party = row.party.merged_into or row.party
        tally = found.setdefault(party.pk, Tally(party))
        if row.present:
            tally.by_delegate += bool(row.delegate)
            tally.present += not row.delegate
        else:
            says = row.excused or row.meeting.state != MeetingState.RECORDED
            tally.excused += row.excused
            tally.absent += says and not row.excused
            tally.unsaid += not says
            tally.missed.append(row.meeting)
    return sorted(found.values(), key=lambda one: (-one.absent, -one.unsaid, -one.excused, one.party.sort_key))


def missed_by(by: Acting, party: Party, year: int, most: int) -> list[Attendance]:
    """The meetings of a year that a party was absent from, the newer ones first, so many of them; one query."""
    return models_of(_missed, by, year, most, AMONG, among=[party.pk])


def _missed(by: Acting, year: int, most: int, parties: tuple[int, ...]) -> QuerySet[Attendance]:
    rows = _of_year(by, year).filter(party__in=parties, present=False)
    return rows.select_related("meeting").order_by("-meeting__date", "-meeting_id")[:most]


def _of_year(by: Acting, year: int) -> QuerySet[Attendance]:
    first, next_first = jalali.to_gregorian(year, 1, 1), jalali.to_gregorian(year + 1, 1, 1)
    known = Q(party__isnull=False, present__isnull=False)
    meetings = meetings_visible_to(by).filter(state__in=TOOK_PLACE, date__gte=first, date__lt=next_first)
    return Attendance.objects.filter(known, meeting__in=meetings.order_by().values("pk"))


def absences_table(by: Acting, body: Body, year: int) -> Table:
    """The tallies as a table."""
    with translation.override(LANGUAGE):
        columns = [
            Column(_("Party"), Kind.TEXT, share=3),
            Column(_("Code"), Kind.CODE, share=1.2),
            Column(_("Called"), Kind.NUMBER, share=0.7),
            Column(_("Present"), Kind.NUMBER, share=0.7),
            Column(_("By a delegate"), Kind.NUMBER, share=0.7),
            Column(_("Absent with notice"), Kind.NUMBER, share=0.8),
            Column(_("Absent without notice"), Kind.NUMBER, share=0.8),
            Column(_("Absent, notice not known"), Kind.NUMBER, share=0.8),
        ]
        rows = [
            (
                one.party.name,
                one.party.code,
                one.called,
                one.present,
                one.by_delegate,
                one.excused,
                one.absent,
                one.unsaid,
            )
            for one in tallies(by, body, year)
        ]
        title = _("Attendance of %(body)s in %(year)s") % {"body": body.party.name, "year": year}
        return Table(title=title, columns=columns, rows=rows)
