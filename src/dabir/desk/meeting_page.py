"""The page of a meeting: what its parts show, each from a function of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dabir.cycle.debtors import reach
from dabir.desk import calling, checking, history, holding, planning, sealing, signing
from dabir.desk.acting import DeskRequest
from dabir.desk.document_list import documents_of
from dabir.desk.meeting_life import life
from dabir.desk.meeting_of import meeting_of
from dabir.desk.sources import Debt, debts_of
from dabir.directory.models import Post
from dabir.foundation.access import may
from dabir.foundation.acting import Function
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import ON_RECORD, Meeting, MinutesVersion
from dabir.obligations import queries
from dabir.obligations.models import SheetRow
from dabir.obligations.standing import standing_rules

Part = Callable[[DeskRequest, Meeting], dict[str, Any]]


@require_GET
def meeting(request: DeskRequest, code: str) -> HttpResponse:
    found = meeting_of(request, code)
    versions = MinutesVersion.objects.select_related("file", "erratum__decided_by").order_by("-number")
    prefetch_related_objects([found], Prefetch("versions", versions))  # every part asks for the newest one
    context: dict[str, Any] = {"meeting": found}
    for part in PARTS:
        context |= part(request, found)
    return render(request, "meeting.html", context)


def _record(_request: DeskRequest, found: Meeting) -> dict[str, Any]:
    """What its paper, or its sealed minutes, say."""
    version = next(iter(found.versions.all()), None)
    return {
        "life": life(found, version),
        "is_on_record": found.state in ON_RECORD,
        "bodies": found.bodies.select_related("body__party"),
        "version": version,
        "of_register": version is None and SheetRow.objects.filter(resolution__meeting=found).exists(),
        "agenda": found.agenda.select_related("presenter"),
        "statements": found.statements.prefetch_related("points", "claims"),
        "resolutions": found.resolutions.all(),
        "attendance": found.attendance.select_related("party"),
        "history": history.of([found]),
    }


def _debts(request: DeskRequest, found: Meeting) -> dict[str, Any]:
    """What follows from it for whom."""
    by = request.acting
    rows = queries.visible_to(by).filter(meeting=found).select_related("resolution", "point", "order")
    debts = debts_of(by, rows)
    of_source: dict[Model, list[Debt]] = {}
    for debt in debts:
        of_source.setdefault(debt.of.source, []).append(debt)
    promotes = may(by, "cycle.promote_point", found)
    return {
        "debts": debts,
        "of_source": of_source,
        "releasable": [d.row.pk for d in debts if "release" in d.acts],
        "promotes": promotes,
        "promoting": request.GET.get("promote", "") if promotes else "",
    }


def _rules(request: DeskRequest, found: Meeting) -> dict[str, Any]:
    """What the body has decided to go by, beside the plan of its meeting."""
    return {"rules": [] if found.state in ON_RECORD else standing_rules(request.acting, found.kept_by)}


def _communication(request: DeskRequest, found: Meeting) -> dict[str, Any]:
    """How far its debts have come to those who owe them."""
    if found.state not in ON_RECORD:
        return {"communication": None, "communicates": False}
    counts = reach(found, request.acting)
    return {
        "communication": counts if counts["all"] or counts["unsettled"] else None,
        "communicates": bool(counts["all"]) and may(request.acting, "cycle.communicate", found),
    }


def _readership(request: DeskRequest, found: Meeting) -> dict[str, Any]:
    """Who may read it."""
    classifies = may(request.acting, "cycle.classify_meeting", found)
    return {
        "classifies": classifies,
        "secrecies": SecrecyClass.choices,
        "readers": found.readers.select_related("post__party") if classifies else [],
        "posts": posts_by_name() if classifies else [],
    }


def posts_by_name() -> list[tuple[int, str]]:
    """Whoever may be named a reader; an administrator reads no content."""
    posts = Post.objects.exclude(function=Function.ADMIN)
    return list(posts.order_by("party__sort_key", "pk").values_list("pk", "party__name"))


PARTS: tuple[Part, ...] = (
    _record,
    documents_of,
    planning.part,
    calling.part,
    checking.part,
    signing.part,
    sealing.part,
    holding.part,
    _debts,
    _rules,
    _communication,
    _readership,
)
"""What the page shows; a new part adds its function here and its partial in `meeting.html`."""
