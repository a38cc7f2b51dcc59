"""Which meeting minutes are of: its day, the bodies that met and its number in each, and where it stands already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.models import Body
from dabir.foundation.errors import Conflict, Invalid
from dabir.meetings.models import Draft, Meeting, MeetingBody, MeetingState
from dabir.persian import jalali
from dabir.persian.digits import to_persian
from dabir.reading.minutes import Minutes

MOST_MEETINGS = 10_000
"""More than any body holds in a year; a longer number is a letter's, misread."""

Met = list[tuple[Body, int]]
"""The bodies that met, with the meeting's number in each."""

BEFORE_MINUTES = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD)


@dataclass(frozen=True, slots=True)
class Identity:
    """`there` is the meeting as it stands already without minutes: planned, called or held, or of an old register."""

    day: date
    met: Met
    there: Meeting | None = None

    @property
    def year(self) -> int:
        return jalali.from_gregorian(self.day)[0]


def identity_of(draft: Draft, minutes: Minutes) -> Identity:
    """Which meeting a paper is of.

    `Invalid` names what is missing: the date, or which bodies met; `Conflict` a number whose minutes are on record, or
    two bodies whose numbers are those of two meetings.
    """
    day = minutes.header.day
    if day is None:
        raise Invalid(_("The meeting's date is missing. Enter it in the header."), field="date")
    wanted = Identity(day, _bodies(draft, minutes))
    found = {row.meeting.pk: row for body, number in wanted.met if (row := _numbered(body, wanted.year, number))}
    for row in found.values():
        if row.meeting.versions.exists():
            raise Conflict(
                _("Meeting %(number)s of %(body)s in %(year)s is recorded already.")
                % {"number": row.number, "body": row.body, "year": row.year},
                existing=row.meeting,
            )
    if len(found) > 1:
        raise Conflict(
            _("These numbers are of two meetings: %(meetings)s. Correct the number that is wrong.")
            % {"meetings": "، ".join(row.meeting.title for row in found.values())},
            existing=next(iter(found.values())).meeting,
        )
    there = next(iter(found.values())).meeting if found else None
    return Identity(day, wanted.met, there or (_without_body(draft, day) if not wanted.met else None))


def title_of(met: Iterable[tuple[Body, int | None]], written: str | None, kept_by: Body) -> str:
    # The record's own name, in the language of the record.
    joined = " و ".join(
        f"جلسه {to_persian(str(number))} {body}" if number is not None else f"جلسه {body}" for body, number in met
    )
    return (joined or written or f"جلسه {kept_by}")[:300]


def check_number(number: int | None) -> None:
    """`Invalid` for what no meeting's number can be."""
    if number is not None and not 0 < number < MOST_MEETINGS:
        raise Invalid(_("%(number)s is no number of a meeting.") % {"number": number}, field="number")


def _numbered(body: Body, year: int, number: int) -> MeetingBody | None:
    numbered = MeetingBody.objects.filter(body=body, year=year, number=number)
    return numbered.select_related("meeting__kept_by", "body__party").first()


def _without_body(draft: Draft, day: date) -> Meeting | None:
    """The only meeting without a body that this secretariat has planned for that day (seed ج/۴)."""
    planned = Meeting.objects.filter(kept_by=draft.kept_by, date=day, bodies=None, state__in=BEFORE_MINUTES)
    found = list(planned.filter(versions=None).select_related("kept_by")[:2])
    return found[0] if len(found) == 1 else None


def _bodies(draft: Draft, minutes: Minutes) -> Met:
    """Which bodies met under which number. One unknown name is the body that keeps the paper: the secretary said so
    when bringing it. A paper without a number is of a meeting without a body (seed ج/۴)."""
    named = minutes.bodies
    if len(named) <= 1 and not (named and named[0].party):
        number = (named[0].number if named else None) or minutes.header.number
        check_number(number)
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
