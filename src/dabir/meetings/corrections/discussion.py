"""Corrections of the discussion: points and who said them; a point is promoted to a duty (seed ب/۸), or back."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.meetings.corrections.lookup import by_id, forget, fresh_id, points
from dabir.meetings.corrections.registry import Words, op
from dabir.reading.minutes import Minutes, Obligation, Person


class Speaker(TypedDict):
    """Who spoke; `post` may be empty."""

    name: Words
    post: str


@op
def edit_point(minutes: Minutes, *, id: str, text: Words) -> None:
    """Change a point's words."""
    by_id(points(minutes), id).text = text


@op
def remove_point(minutes: Minutes, *, id: str) -> None:
    """Take a point out, with what it was promoted to."""
    gone = by_id(points(minutes), id)
    statement = next(s for s in minutes.discussion if any(point is gone for point in s.points))
    statement.points.remove(gone)
    forget(minutes, gone.obligations)


@op
def promote_point(minutes: Minutes, *, id: str, action: str = "") -> None:
    """Make a duty of what was said, in its words or in others."""
    point = by_id(points(minutes), id)
    if point.obligations:
        raise Invalid(_("This point is promoted already."), field="id")
    point.obligations.append(Obligation(action or point.text, point.lines, id=fresh_id(minutes)))


@op
def demote_point(minutes: Minutes, *, id: str) -> None:
    """Let a promoted point be only something said again."""
    point = by_id(points(minutes), id)
    if not point.obligations:
        raise Invalid(_("This point is not promoted."), field="id")
    gone, point.obligations = point.obligations, []
    forget(minutes, gone)


@op
def set_speakers(minutes: Minutes, *, id: str, speakers: list[Speaker]) -> None:
    """Say who spoke; at least one."""
    if not speakers:
        raise Invalid(_("A statement has at least one speaker."), field="speakers")
    statement = by_id(minutes.discussion, id)
    lines = {speaker.name: speaker.lines for speaker in statement.speakers}
    statement.speakers = [Person(s["name"], s["post"] or None, lines.get(s["name"])) for s in speakers]
