"""The past of minutes being written: their revisions, what two differ in, and what two people wrote at once."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.desk.acting import DeskRequest
from dabir.desk.minutes import manuscript_of
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Missing
from dabir.meetings.manuscripts import revisions
from dabir.meetings.manuscripts.merging import differences
from dabir.meetings.manuscripts.queries import clash_of, is_written
from dabir.meetings.manuscripts.services import restore_revision, settle_clash
from dabir.meetings.models import Manuscript, Revision
from dabir.persian.digits import parse_int

MOST = 200
"""Revisions on the page; thinned out as they are, those of many days."""
_AROUND = 2
"""Lines that are shown before and after what has changed."""


@require_GET
def past(request: DeskRequest, code: str) -> HttpResponse:
    """The revisions, newest first."""
    manuscript = manuscript_of(request, code)
    rows = manuscript.revisions.defer("text")[:MOST]
    context = {
        "meeting": manuscript.meeting,
        "rows": rows,
        "newest": revisions.newest(manuscript).number,
        "editable": is_written(manuscript),
    }
    return render(request, "minutes/revisions.html", context)


@require_GET
def revision(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """One revision: what it changed in the one that it was made from, or in the one of `?with=`."""
    manuscript = manuscript_of(request, code)
    row = _row(manuscript, number)
    other = parse_int(request.GET.get("with", ""))
    before = _row(manuscript, other) if other is not None else _before(manuscript, row)
    context = {
        "meeting": manuscript.meeting,
        "row": row,
        "before": before,
        "parts": _parts(before.text if before else "", row.text),
        "newest": revisions.newest(manuscript).number,
        "editable": is_written(manuscript),
    }
    return render(request, "minutes/revision.html", context)


@require_POST
def restore(request: DeskRequest, code: str, number: int) -> HttpResponse:
    restore_revision(manuscript_of(request, code), number, by=request.acting)
    messages.success(request, _("The text is again what it was then. What it was before stays among the revisions."))
    return redirect("minutes", code)


@require_http_methods(["GET", "HEAD", "POST"])
def clash(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Both texts side by side where two people have changed the same lines, to choose place by place, or to edit."""
    manuscript = manuscript_of(request, code)
    mine = get_visible(manuscript.revisions.filter(aside=True), number=number)
    if request.method == "POST":
        against = parse_int(request.POST.get("against", "")) or 0
        saved = settle_clash(manuscript, number, against=against, chosen=_chosen(request), by=request.acting)
        if saved.sent.clashes:
            return redirect("minutes-clash", code, saved.sent.number)
        messages.success(request, _("The text has what you have chosen. Both texts stay among the revisions."))
        return redirect("minutes", code)
    theirs = revisions.newest(manuscript)
    merged = clash_of(mine, theirs)
    context = {
        "meeting": manuscript.meeting,
        "mine": mine,
        "theirs": theirs,
        "parts": _folded(merged.parts),
        "clashes": len(merged.clashes),
        "editable": is_written(manuscript),
    }
    return render(request, "minutes/clash.html", context)


def _chosen(request: DeskRequest) -> list[str]:
    """The words for each clash, in order: what was typed where «edit» is chosen, else those of the side."""
    chosen: list[str] = []
    for n in count():
        side = request.POST.get(f"side-{n}")
        if side is None:
            return chosen
        chosen.append(request.POST.get(f"{side}-{n}", ""))
    return chosen


def _folded(parts: Any) -> list[Any]:
    """The parts as they are shown: of what is the same in both the lines next to a clash."""
    shown: list[Any] = []
    same: list[str] = []
    for part in parts:
        if part.clash:
            shown += [_ends(same, first=not shown), part]
            same = []
        else:
            same += part.lines
    return [*shown, {"head": same[:_AROUND], "hidden": max(len(same) - _AROUND, 0), "tail": []}]


def _ends(same: list[str], *, first: bool) -> dict[str, Any]:
    if len(same) <= 2 * _AROUND:
        return {"head": same, "hidden": 0, "tail": []}
    head = [] if first else same[:_AROUND]
    return {"head": head, "hidden": len(same) - len(head) - _AROUND, "tail": same[-_AROUND:]}


def _parts(old: str, new: str) -> list[Any]:
    """What has changed, with some lines around it."""
    shown: list[Any] = []
    told = list(differences(old, new))
    for place, (kind, before, after) in enumerate(told):
        if kind == "changed":
            shown.append({"before": before, "after": after})
        else:
            ends = _ends(list(before), first=not shown)
            if place == len(told) - 1:
                ends = {"head": list(before[:_AROUND]), "hidden": max(len(before) - _AROUND, 0), "tail": []}
            shown.append(ends)
    return shown


def _row(manuscript: Manuscript, number: int) -> Revision:
    if number >= 2**31:
        raise Missing(_("There is no such page."))
    return get_visible(manuscript.revisions.all(), number=number)


def _before(manuscript: Manuscript, row: Revision) -> Revision | None:
    """The one that it was made from, or the last before it that is kept."""
    return manuscript.revisions.filter(number__lte=row.base or row.number - 1, number__lt=row.number).first()
