"""Sealing minutes, and the errata after it: what each will make, then the button that does it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.cycle.deciding import readable_in
from dabir.cycle.errata import issue_erratum
from dabir.cycle.sealing import preview_sealing, seal_minutes
from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.document_list import documents_of
from dabir.desk.jinja import figures
from dabir.desk.meeting_of import meeting_of, minutes_of
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.errors import Conflict, Invalid
from dabir.meetings import services
from dabir.meetings.audiences import Audience, audience_of, view_of
from dabir.meetings.checking import manuscripts_visible_to
from dabir.meetings.documents import amendments_of, attachments_of
from dabir.meetings.errata import may_decide, places_of
from dabir.meetings.models import Manuscript, ManuscriptState, Meeting, MeetingState, MinutesVersion, Statement
from dabir.meetings.queries import meetings_visible_to, resolutions_visible_to
from dabir.obligations import queries
from dabir.persian.digits import parse_int

MOST = 300
"""Resolutions to choose from, the newest meetings first."""


def part(request: DeskRequest, meeting: Meeting) -> dict[str, Any]:
    """What the meeting's page shows of errata: each with the debts that cite what it has put right, and the resolution
    that has decided it for whoever may know that one."""
    versions = [version for version in reversed(meeting.versions.all()) if hasattr(version, "erratum")]
    deciding = resolutions_visible_to(request.acting).filter(errata__version__in=versions)
    return {
        "deciding": set(deciding.values_list("pk", flat=True)) if versions else set(),
        "errata": [(version, _citing(request, version)) for version in versions],
        "corrects_record": meeting.state == MeetingState.SEALED and may(request.acting, "cycle.issue_erratum", meeting),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: DeskRequest, code: str) -> HttpResponse:
    """What sealing will write and what stands in its way; the button that does it."""
    draft = _draft(request, code)
    require(request.acting, "cycle.preview_sealing", draft.meeting)
    if draft.state == ManuscriptState.SEALED:
        return redirect("meeting", code)
    fault = ""
    if request.method == "POST":
        revision = parse_int(request.POST.get("revision", "")[:9]) or 0
        try:
            seal_minutes(draft, revision=revision, by=request.acting)
        except (Invalid, Conflict) as refusal:
            fault = str(refusal)
        else:
            messages.success(request, _("The minutes are sealed: version 1. Print them and have them signed."))
            return redirect("meeting", code)
    sealing = preview_sealing(draft, by=request.acting)
    context = {"meeting": draft.meeting, "draft": draft, "sealing": sealing, "ready": sealing.ready, "fault": fault}
    context["readable"] = readable_in(sealing.deciding, request.acting)
    return render(request, "sealing/seal.html", context, status=422 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def erratum(request: DeskRequest, code: str) -> HttpResponse:
    """The form of an erratum; a refused one comes back filled."""
    meeting = meeting_of(request, code)
    require(request.acting, "cycle.issue_erratum", meeting)
    deciding = may_decide(meeting).filter(meeting__in=meetings_visible_to(request.acting))
    if request.method == "POST":
        chosen = parse_int(request.POST.get("decided_by", "")[:12])
        decided_by = deciding.filter(pk=chosen).first() if chosen else None
        if decided_by is None:
            raise Invalid(_("Say which resolution has decided it."), field="decided_by")
        made = issue_erratum(
            meeting,
            old=request.POST.get("old", ""),
            new=request.POST.get("new", ""),
            reason=request.POST.get("reason", ""),
            decided_by=decided_by,
            by=request.acting,
        )
        messages.success(request, _("The erratum is issued: version %(number)s.") % {"number": made.version.number})
        return redirect("meeting", code)
    version = meeting.versions.order_by("-number").first()
    options = [
        (one.pk, figures(f"{one.meeting.title} · {one.number or one.order}: {one.text[:70]}"))
        for one in deciding[:MOST]
    ]
    context = {"meeting": meeting, "version": version, "deciding": options}
    return render(request, "sealing/erratum.html", context)


@require_GET
def version(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """One version of the minutes as it was fixed, as far as whoever asks may read it; also those before an erratum."""
    meeting = minutes_of(request, code)
    found = get_visible(meeting.versions.select_related("file", "meeting"), number=number)
    audience = audience_of(request.acting, meeting)
    view = view_of(found, audience)
    erratum = getattr(found, "erratum", None)
    context = {
        "meeting": meeting,
        "version": found,
        "view": view,
        "attachments": attachments_of(found, view),
        "others": meeting.versions.exclude(pk=found.pk).order_by("number"),
        "erratum": list(amendments_of(found, view))[-1] if erratum else None,
        "reads_whole": audience == Audience.INTERNAL,
        **documents_of(request, meeting),
    }
    return render(request, "sealing/version.html", context)


@require_POST
def classify_statement(request: DeskRequest, pk: int) -> HttpResponse:
    """Set a statement's class."""
    statements = Statement.objects.filter(meeting__in=meetings_visible_to(request.acting)).select_related("meeting")
    statement = get_visible(statements, pk=pk)
    services.classify_statement(statement, entry.secrecy(request.POST.get("secrecy", "")), by=request.acting)
    return redirect("meeting", statement.meeting.code)


def _draft(request: DeskRequest, code: str) -> Manuscript:
    drafts = manuscripts_visible_to(request.acting).select_related("meeting__kept_by__party")
    return get_visible(drafts, meeting__code=code)


def _citing(request: DeskRequest, corrected: MinutesVersion) -> list[str]:
    """The codes of the debts that cite what was put right."""
    places: dict[str, list[int]] = {"resolution": [], "point": []}
    for place in places_of(corrected):
        places[place._meta.model_name or ""].append(place.pk)
    visible = queries.visible_to(request.acting).filter(parent=None)
    found = visible.filter(resolution__in=places["resolution"]) | visible.filter(point__in=places["point"])
    return list(found.order_by("code").values_list("code", flat=True))
