"""Corrections of attendance: who was there or not, as what, and which party that is."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.meetings.corrections.lookup import by_id, fresh_id, picked
from dabir.meetings.corrections.registry import Words, op
from dabir.reading.minutes import Attendance, Minutes

Capacity = Literal["member", "invitee"]


@op
def add_attendance(
    minutes: Minutes,
    *,
    present: bool,
    capacity: Capacity | None = None,
    text: str = "",
    party: int | None = None,
    organization: str | None = None,
) -> None:
    """Add someone who was there or not: a party of the directory, or words alone."""
    words = text or organization
    if not words:
        raise Invalid(_("Choose a party, or type its name."), field="party")
    entry = Attendance(words, present, (0, 0), capacity=capacity, id=fresh_id(minutes))
    minutes.attendance.append(entry)
    _name(entry, party, organization)


@op
def remove_attendance(minutes: Minutes, *, id: str) -> None:
    """Take someone off the list."""
    minutes.attendance.remove(by_id(minutes.attendance, id))


@op
def edit_attendance(minutes: Minutes, *, id: str, text: Words) -> None:
    """Change the words on the list."""
    by_id(minutes.attendance, id).text = text


@op
def set_attendance(minutes: Minutes, *, id: str, present: bool, capacity: Capacity | None) -> None:
    """Say whether they were there, and as member or invitee."""
    entry = by_id(minutes.attendance, id)
    entry.present, entry.capacity = present, capacity


@op
def name_attendance(minutes: Minutes, *, id: str, party: int | None = None, organization: str | None = None) -> None:
    """Say which party of the directory it is, or that none is known."""
    _name(by_id(minutes.attendance, id), party, organization)


@op
def accept_attendance(minutes: Minutes, *, id: str) -> None:
    """Accept the party that the reader suggests."""
    entry = by_id(minutes.attendance, id)
    if entry.party is None:
        raise Invalid(_("There is no suggestion to accept."), field="id")
    entry.score, entry.reason = 1.0, "picked"


def _name(entry: Attendance, party: int | None, organization: str | None) -> None:
    named = picked(entry.text, party, organization)
    entry.organization, entry.party, entry.score, entry.reason = (
        named.organization,
        named.party,
        named.score,
        named.reason,
    )
