"""The numbers of meetings in their bodies, by Jalali year."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext as _

from dabir.directory.models import Body
from dabir.foundation.errors import Conflict
from dabir.meetings.identity import check_number
from dabir.meetings.models import MeetingBody


def next_number(body: Body, year: int) -> int:
    """The one after the highest that the body has given in that year; cancelled meetings have given theirs back."""
    given: int | None = MeetingBody.objects.filter(body=body, year=year).aggregate(last=Max("number"))["last"]
    return (given or 0) + 1


def free_number(body: Body, year: int, number: int | None, *, of: int | None = None) -> int:
    """That number, or the next one for none. `Invalid` for what is no number, `Conflict` where another meeting than
    the one of key `of` has it."""
    if number is None:
        return next_number(body, year)
    check_number(number)
    taken = MeetingBody.objects.filter(body=body, year=year, number=number).exclude(meeting=of)
    if other := taken.select_related("meeting").first():
        sentence = _("Meeting %(number)s of %(body)s in %(year)s is there already.")
        raise Conflict(sentence % {"number": number, "body": body, "year": year}, existing=other.meeting)
    return number
