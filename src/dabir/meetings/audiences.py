"""The public and the internal version of minutes, and of their draft: two views of one record.

Each statement, attachment and dissent has its class. The public view leaves out what is above the normal one, and tells
that something is left out, not what; nor does it tell why the secretary let a finding be. A meeting above the normal
class has none. In a draft, that members correct by its lines, each line keeps its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.compiling import compiled
from dabir.meetings.models import Attachment, Dissent, Meeting, MinutesVersion
from dabir.meetings.queries import meetings_visible_to
from dabir.reading.classed import unheard
from dabir.reading.minutes import Lines, Minutes, StatementClass
from dabir.writing.minutes import Audience

__all__ = ["Audience", "DraftView", "View", "audience_of", "draft_minutes", "draft_view", "view_of"]

LEFT_OUT = "[…]"
"""What stands in the place of lines that are left out."""
HIDDEN = "متن این سطر محرمانه است"
"""What stands in the place of such a line in a draft."""


@dataclass(frozen=True, slots=True)
class View:
    """What one audience gets: the document, in the form of `MinutesVersion.document`, the attachments and the dissents;
    how many statements, attachments and dissents are left out of it, and the lines of those statements, from 1. A
    marked line of nobody's statement is left out as one."""

    document: dict[str, Any]
    attachments: list[Attachment]
    dissents: list[Dissent]
    statements_left_out: int = 0
    attachments_left_out: int = 0
    dissents_left_out: int = 0
    lines_left_out: frozenset[int] = frozenset()

    @property
    def is_whole(self) -> bool:
        return not (self.statements_left_out or self.attachments_left_out or self.dissents_left_out)


def audience_of(by: Acting, meeting: Meeting) -> Audience:
    """As whom the actor reads minutes that `queries.minutes_visible_to` shows them: whoever was called to the meeting
    gets what the public gets, without what is above the normal class."""
    whole = meetings_visible_to(by).filter(pk=meeting.pk).exists()
    return Audience.INTERNAL if whole else Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class DraftView:
    """The lines of a draft as one audience gets them, each under its number; `hidden` are the numbers, from 1, of those
    whose words it does not get."""

    lines: list[str]
    hidden: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def draft_view(meeting: Meeting, text: str, audience: Audience) -> DraftView:
    """The text of a draft, to be corrected by its lines; who may ask is not checked here."""
    lines = text.split("\n")
    if audience == Audience.INTERNAL:
        return DraftView(lines)
    minutes = compiled(meeting, text)
    gone = _lines_in(_spans(minutes, _classified(minutes)))
    hidden = frozenset(number for number in gone if lines[number - 1].strip())
    return DraftView([HIDDEN if number in hidden else line for number, line in enumerate(lines, 1)], hidden)


def draft_minutes(meeting: Meeting, text: str, audience: Audience) -> Minutes:
    """What the text of a draft says, to be printed; who may ask is not checked here."""
    minutes = compiled(meeting, text)
    if audience == Audience.INTERNAL:
        return minutes
    orders = _classified(minutes)
    return Minutes.from_json(_without(minutes.as_json(), orders, _spans(minutes, orders), HIDDEN))


def view_of(version: MinutesVersion, audience: Audience) -> View:
    """A version of the minutes as that audience gets it; who may ask is not checked here.

    `Invalid` where there is no public version.
    """
    attachments = list(version.meeting.attachments.select_related("file"))
    dissents = list(version.meeting.dissents.all())
    if audience == Audience.INTERNAL:
        return View(version.document, attachments, dissents)
    if version.meeting.secrecy != SecrecyClass.NORMAL:
        raise Invalid(_("A meeting above the normal class has no public version."))
    hidden = version.meeting.statements.exclude(secrecy=SecrecyClass.NORMAL).values_list("order", flat=True)
    orders = set(hidden)
    shown = [one for one in attachments if one.secrecy == SecrecyClass.NORMAL]
    open_ones = [one for one in dissents if one.secrecy == SecrecyClass.NORMAL]
    spans = _spans(Minutes.from_json(version.document), orders)
    document = _unexplained(version.document)
    return View(
        _without(document, orders, spans) if spans else document,
        shown,
        open_ones,
        statements_left_out=len(spans),
        attachments_left_out=len(attachments) - len(shown),
        dissents_left_out=len(dissents) - len(open_ones),
        lines_left_out=_lines_in(spans),
    )


def _unexplained(document: dict[str, Any]) -> dict[str, Any]:
    """The document with its findings, but not the reasons for which they were let be: those are the office's own."""
    findings = [one | {"waived": None} if one.get("waived") else one for one in document["findings"]]
    return document | {"findings": findings}


def _without(
    document: dict[str, Any], orders: set[int], spans: Sequence[Lines], said: str = LEFT_OUT
) -> dict[str, Any]:
    """The document without those statements (counted from 1), their lines, in whose place `said` stands, and what the
    proofreader says of these."""
    discussion = document["discussion"]
    gone, starts = _lines_in(spans), {first for first, _last in spans}
    lines = [
        (said if number in starts else "") if number in gone else line
        for number, line in enumerate(document["lines"], 1)
    ]
    hidden = {one["id"] for order, one in enumerate(discussion, 1) if order in orders}
    return document | {
        "discussion": [one for order, one in enumerate(discussion, 1) if order not in orders],
        "claims": [one for one in document.get("claims", []) if one["statement"] not in hidden],
        "lines": lines,
        **{name: _clear(document.get(name, []), gone) for name in ("findings", "source")},
    }


def _classified(minutes: Minutes) -> set[int]:
    """The statements, counted from 1, that the text itself marks."""
    return {n for n, one in enumerate(minutes.discussion, 1) if one.secrecy != StatementClass.NORMAL}


def _spans(minutes: Minutes, orders: set[int]) -> list[Lines]:
    """The lines of those statements, each from its first one to the last one of its points, and of what is marked and
    is nobody's statement."""
    found = []
    for order, one in enumerate(minutes.discussion, 1):
        if order in orders:
            every = [one.lines, *(point.lines for point in one.points)]
            found.append((min(first for first, _ in every), max(last for _, last in every)))
    return found + [(number, number) for number in unheard(minutes)]


def _lines_in(spans: Sequence[Lines]) -> frozenset[int]:
    return frozenset(line for first, last in spans for line in range(first, last + 1))


def _clear(said: Sequence[dict[str, Any]], gone: frozenset[int]) -> list[dict[str, Any]]:
    return [one for one in said if gone.isdisjoint(range(one["lines"][0], one["lines"][1] + 1))]
