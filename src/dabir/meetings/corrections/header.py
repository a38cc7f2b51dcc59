"""Corrections of a meeting's head: bodies and numbers, days and hours, people, and the agenda."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.meetings.corrections.lookup import as_day, at, span, typed_day, typed_hour
from dabir.meetings.corrections.registry import Words, op
from dabir.persian import jalali
from dabir.reading.minutes import AgendaItem, BodyNumber, Invitation, Minutes, NextMeeting, Person


class NumberedBody(TypedDict):
    """A body as picked: its key and name in the directory, and the meeting's number in it."""

    party: int
    organization: Words
    number: int


@op
def set_bodies(minutes: Minutes, *, bodies: list[NumberedBody]) -> None:
    """Say which bodies met, 0 to 2, and the meeting's number in each; the first one's is the header's too."""
    if len(bodies) > 2 or len({body["party"] for body in bodies}) < len(bodies):
        raise Invalid(_("A meeting has at most two bodies, each of them once."), field="bodies")
    minutes.bodies = [BodyNumber(body["organization"], body["number"], body["party"]) for body in bodies]
    minutes.header.number = bodies[0]["number"] if bodies else None


@op
def set_title(minutes: Minutes, *, title: Words) -> None:
    """Name the meeting."""
    minutes.header.title = title


@op
def set_date(minutes: Minutes, *, day: Words) -> None:
    """Set the meeting's day, typed in any digits."""
    if jalali.parse_day(day) is None:
        raise Invalid(_("“%(text)s” is no day; write it like 1398/07/28.") % {"text": day[:40]}, field="day")
    minutes.header.date = as_day(typed_day(minutes, day), day)


@op
def set_times(minutes: Minutes, *, starts_at: str, ends_at: str) -> None:
    """Set the hours of beginning and end; an empty one is unknown."""
    starts = typed_hour(starts_at, field="starts_at") if starts_at else None
    ends = typed_hour(ends_at, field="ends_at") if ends_at else None
    if starts and ends and ends < starts:
        raise Invalid(_("The meeting ends before it begins."), field="ends_at")
    minutes.header.starts_at, minutes.header.ends_at = starts, ends


@op
def set_venue(minutes: Minutes, *, venue: str) -> None:
    """Set the place where the meeting was held, or none."""
    minutes.header.venue = venue or None


@op
def set_chair(minutes: Minutes, *, name: str, post: str) -> None:
    """Set who chaired, or none."""
    minutes.header.chair = _person(name, post)


@op
def set_secretary(minutes: Minutes, *, name: str, post: str) -> None:
    """Set who was the secretary, or none."""
    minutes.header.secretary = _person(name, post)


@op
def set_invitation(minutes: Minutes, *, number: str, day: str) -> None:
    """Set the invitation's number and day, or none."""
    date = as_day(typed_day(minutes, day), day) if day else None
    if date and not number:
        raise Invalid(_("An invitation with a date has a number."), field="number")
    minutes.header.invitation = Invitation(number, date) if number else None


@op
def set_next_meeting(minutes: Minutes, *, day: str) -> None:
    """Set the day of the next meeting, or none."""
    minutes.header.next_meeting = NextMeeting(as_day(typed_day(minutes, day), day), day) if day else None


@op
def add_agenda_item(minutes: Minutes, *, text: Words, first: int | None = None, last: int | None = None) -> None:
    """Add an item at the end of the agenda, from lines of the paper or typed."""
    minutes.agenda.append(AgendaItem(text, span(minutes, first, last)))


@op
def edit_agenda_item(minutes: Minutes, *, index: int, text: Words) -> None:
    """Change the words of the item at this place, counted from 0."""
    at(minutes.agenda, index).text = text


@op
def remove_agenda_item(minutes: Minutes, *, index: int) -> None:
    """Take the item at this place off the agenda."""
    at(minutes.agenda, index)
    del minutes.agenda[index]


def _person(name: str, post: str) -> Person | None:
    if post and not name:
        raise Invalid(_("A post needs the name of who holds it."), field="name")
    return Person(name, post or None) if name else None
