"""The page of works that wait for the capital, across all bodies: what was asked, promised, and came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.lists import download
from dabir.desk.meetings import body_of
from dabir.desk.switches import back
from dabir.directory.queries import body_names
from dabir.foundation.access import get_visible, may
from dabir.obligations.reporting import services
from dabir.obligations.reporting.capital import capital_table, capital_works, days_waited
from dabir.obligations.reporting.queries import obstacles_visible_to
from dabir.obligations.reporting.values import Word
from dabir.persian import clock

SHOWN = 200


@require_GET
def capital(request: DeskRequest) -> HttpResponse:
    by, body, ended = request.acting, body_of(request), bool(request.GET.get("ended"))
    works = capital_works(by, body=body, ended=ended)
    shown = list(works.prefetch_related("obligation__involved")[:SHOWN])
    context = {
        "works": [(one, days_waited(one), may(by, "reporting.follow_obstacle", one)) for one in shown],
        "more": works.count() - SHOWN if len(shown) == SHOWN else 0,
        "bodies": body_names(by),
        "body": body,
        "ended": ended,
        "as_of": clock.today(),
        "this": "?" + request.GET.urlencode() if request.GET else "",
    }
    return render(request, "progress/capital.html", context)


@require_GET
def out(request: DeskRequest, form: str) -> HttpResponse:
    """The list as the address narrows it."""
    body, ended = body_of(request), bool(request.GET.get("ended"))
    return download(form, lambda chosen: capital_table(request.acting, chosen, body=body, ended=ended))


@require_POST
def follow(request: DeskRequest, pk: int) -> HttpResponse:
    sent = request.POST
    visible = obstacles_visible_to(request.acting).select_related("obligation__meeting")
    word = Word(
        sent.get("asked_of", ""),
        sent.get("asked_by", ""),
        sent.get("asked_number", ""),
        entry.optional_day(sent.get("asked_dated", ""), field="asked_dated"),
        sent.get("promised_by", ""),
        sent.get("promise", ""),
        entry.optional_day(sent.get("promised_for", ""), field="promised_for"),
    )
    services.follow_obstacle(get_visible(visible, pk=pk), word, by=request.acting)
    messages.success(request, _("It is recorded."))
    return back(request)
