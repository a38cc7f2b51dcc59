"""The page of events that debts wait for, and of those that took place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.switches import back
from dabir.directory.queries import bodies_visible_to
from dabir.foundation.access import get_visible, may
from dabir.foundation.errors import Invalid
from dabir.obligations import events
from dabir.obligations.models import Obligation, Occurrence
from dabir.obligations.queries import resolutions_visible_to, visible_to
from dabir.obligations.triggers import awaited, occurrences_visible_to, sources_told_to

SHOWN = 50
MOST_TICKED = 500


@require_GET
def happenings(request: DeskRequest) -> HttpResponse:
    by = request.acting
    found = awaited(by)
    took_place = list(occurrences_visible_to(by).select_related("body__party").prefetch_related("started")[:SHOWN])
    context = {
        "awaited": [(one, may(by, "obligations.record_event", Obligation(body=one.body))) for one in found],
        "occurrences": [
            (event, may(by, "obligations.take_event_back", Obligation(body=event.body))) for event in took_place
        ],
        "sources": sources_told_to(by, took_place),
    }
    return render(request, "time/events.html", context)


@require_POST
def record(request: DeskRequest) -> HttpResponse:
    by, sent = request.acting, request.POST
    ticked = [int(pk) for pk in sent.getlist("debt")[:MOST_TICKED] if pk.isdecimal() and len(pk) < 16]
    debts = visible_to(by).filter(pk__in=ticked).select_related("meeting")
    body = get_visible(bodies_visible_to(by), pk=_number(sent.get("body", "")))
    resolution = debt = None
    if code := sent.get("by_code", "").strip()[:110]:
        resolution = resolutions_visible_to(by).filter(code=code).first()
        debt = None if resolution else visible_to(by).filter(code=code).first()
        if resolution is None and debt is None:
            raise Invalid(_("There is no resolution and no debt with this code."), field="by_code")
    event = events.record_event(
        body,
        by=by,
        words=sent.get("words", ""),
        day=entry.day(sent.get("day", "")),
        debts=debts,
        told_by=sent.get("told_by", ""),
        resolution=resolution,
        debt=debt,
    )
    messages.success(request, _("The event is recorded: %(words)s.") % {"words": event.words})
    return back(request)


@require_POST
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    found: Occurrence = get_visible(occurrences_visible_to(request.acting).select_related("body"), pk=pk)
    events.take_event_back(found, by=request.acting)
    messages.success(request, _("The event is taken back."))
    return back(request)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0
