"""The public and the internal version of minutes: two views of one record.

Each statement, attachment and dissent has its class. The public view leaves out what is above the normal one, and tells
that something is left out, not what; nor does it tell why the secretary let a finding be. A meeting above the normal
class has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Attachment, Dissent, Meeting, MinutesVersion
from dabir.meetings.queries import meetings_visible_to
from dabir.writing.minutes import Audience

__all__ = ["Audience", "View", "audience_of", "view_of"]

LEFT_OUT = "[…]"
"""What stands in the place of lines that are left out."""


@dataclass(frozen=True, slots=True)
class View:
    """What one audience gets: the document, in the form of `MinutesVersion.document`, the attachments and the dissents;
    how many statements, attachments and dissents are left out of it, and the lines of those statements, from 1."""

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
    spans = [_span(one) for order, one in enumerate(version.document["discussion"], 1) if order in orders]
    gone = frozenset(line for first, last in spans for line in range(first, last + 1))
    document = _unexplained(version.document)
    return View(
        _without(document, orders, spans, gone) if orders else document,
        shown,
        open_ones,
        statements_left_out=len(orders),
        attachments_left_out=len(attachments) - len(shown),
        dissents_left_out=len(dissents) - len(open_ones),
        lines_left_out=gone,
    )


def _unexplained(document: dict[str, Any]) -> dict[str, Any]:
    """The document with its findings, but not the reasons for which they were let be: those are the office's own."""
    findings = [one | {"waived": None} if one.get("waived") else one for one in document["findings"]]
    return document | {"findings": findings}


def _without(
    document: dict[str, Any], orders: set[int], spans: Sequence[tuple[int, int]], gone: frozenset[int]
) -> dict[str, Any]:
    """The document without those statements (counted from 1), their lines, and what the proofreader says of these."""
    discussion = document["discussion"]
    starts = {first for first, _last in spans}
    lines = [
        (LEFT_OUT if number in starts else "") if number in gone else line
        for number, line in enumerate(document["lines"], 1)
    ]
    hidden = {one["id"] for order, one in enumerate(discussion, 1) if order in orders}
    return document | {
        "discussion": [one for order, one in enumerate(discussion, 1) if order not in orders],
        "claims": [one for one in document.get("claims", []) if one["statement"] not in hidden],
        "lines": lines,
        **{name: _clear(document.get(name, []), gone) for name in ("findings", "source")},
    }


def _span(statement: dict[str, Any]) -> tuple[int, int]:
    """From its first line to the last one of its points."""
    every = [statement["lines"], *(point["lines"] for point in statement["points"])]
    return min(first for first, _ in every), max(last for _, last in every)


def _clear(said: Sequence[dict[str, Any]], gone: frozenset[int]) -> list[dict[str, Any]]:
    return [one for one in said if gone.isdisjoint(range(one["lines"][0], one["lines"][1] + 1))]
