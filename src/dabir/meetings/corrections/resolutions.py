"""Corrections of resolutions: words, number and kind; add and remove; merge with the next one, split in two."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.meetings.corrections.acts import read_anew
from dabir.meetings.corrections.lookup import by_id, forget, fresh_id, line_text, line_where, span
from dabir.meetings.corrections.registry import Words, op
from dabir.reading.minutes import Minutes, Resolution, ResolutionKind


@op
def edit_resolution(minutes: Minutes, *, id: str, text: Words) -> None:
    """Change a resolution's words, and with them what it decides on debts."""
    resolution = by_id(minutes.resolutions, id)
    former, resolution.text = resolution.text, text
    read_anew(minutes, resolution, former)


@op
def set_resolution_number(minutes: Minutes, *, id: str, number: str) -> None:
    """Change the number that a resolution carries on the paper, or say that it has none."""
    if len(number) > 20:
        raise Invalid(_("A number has at most 20 signs."), field="number")
    by_id(minutes.resolutions, id).number = number or None


@op
def set_resolution_kind(minutes: Minutes, *, id: str, kind: ResolutionKind) -> None:
    """Change what kind of decision it is. Obligations stay: removing them is a correction of its own."""
    by_id(minutes.resolutions, id).kind = kind


@op
def add_resolution(
    minutes: Minutes,
    *,
    kind: ResolutionKind,
    text: str = "",
    number: str = "",
    first: int | None = None,
    last: int | None = None,
) -> None:
    """Add a resolution from lines of the paper, or typed; it takes its place by its lines, else at the end."""
    lines = span(minutes, first, last)
    text = text or line_text(minutes, lines)
    if not text:
        raise Invalid(_("Choose lines of the paper, or type the resolution's words."), field="text")
    new = Resolution(text, lines, kind, number=number or None, id=fresh_id(minutes))
    read_anew(minutes, new)
    later = [place for place, other in enumerate(minutes.resolutions) if lines[0] and other.lines[0] > lines[0]]
    minutes.resolutions.insert(later[0] if later else len(minutes.resolutions), new)


@op
def remove_resolution(minutes: Minutes, *, id: str) -> None:
    """Take a resolution out, with its obligations."""
    gone = by_id(minutes.resolutions, id)
    minutes.resolutions.remove(gone)
    forget(minutes, gone.obligations)


@op
def merge_resolution(minutes: Minutes, *, id: str) -> None:
    """Join a resolution with the one after it: number and kind of the first, words and obligations of both."""
    first = by_id(minutes.resolutions, id)
    place = minutes.resolutions.index(first)
    if place + 1 == len(minutes.resolutions):
        raise Invalid(_("No resolution comes after this one."), field="id")
    second = minutes.resolutions.pop(place + 1)
    first.text = f"{first.text} {second.text}"
    spans = [lines for lines in (first.lines, second.lines) if lines[0]]
    first.lines = (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else (0, 0)
    first.obligations += second.obligations
    first.references += second.references
    first.acts += second.acts


@op
def split_resolution(minutes: Minutes, *, id: str, at: int) -> None:
    """Cut a resolution in two before its letter number `at`; obligations go where their words are."""
    first = by_id(minutes.resolutions, id)
    head, tail = first.text[:at].strip(), first.text[at:].strip()
    if not head or not tail:
        raise Invalid(_("Cut the resolution inside its text."), field="at")
    cut = line_where(minutes, first.lines, tail)
    moved = [_begins_after(at, first.text, o.action, unsaid=o.lines[0] > cut) for o in first.obligations]
    second = Resolution(
        tail,
        (cut, first.lines[1]),
        first.kind,
        obligations=[o for o, moves in zip(first.obligations, moved, strict=True) if moves],
        references=[r for r in first.references if r.text not in head],
        id=fresh_id(minutes),
    )
    first.obligations = [o for o, moves in zip(first.obligations, moved, strict=True) if not moves]
    first.references = [r for r in first.references if r.text in head]
    former = first.text
    first.text, first.lines = head, (first.lines[0], cut)
    read_anew(minutes, first, former)
    read_anew(minutes, second)
    minutes.resolutions.insert(minutes.resolutions.index(first) + 1, second)


def _begins_after(at: int, text: str, action: str, *, unsaid: bool) -> bool:
    """Whether the action's words stand behind letter `at`; `unsaid` where the text has them not."""
    place = text.find(action[:40])
    return place >= at if place >= 0 else unsaid
