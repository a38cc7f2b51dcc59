"""The administrator's leave to read what is not theirs: taken for a reason and some hours, given back, and listed for
those whose record it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.directory import services
from dabir.directory.queries import content_accesses_visible_to, told_of_leave
from dabir.directory.services.content import LONGEST
from dabir.foundation import paging
from dabir.foundation.access import may
from dabir.foundation.errors import Invalid, Refused
from dabir.persian import clock


@require_GET
def leave(request: DeskRequest) -> HttpResponse:
    by = request.acting
    if not told_of_leave(by):
        raise Refused(_("Only the secretaries, the governor, the auditor and the administrator are told of this."))
    page = paging.page(content_accesses_visible_to(by), ["id"], cursor=request.GET.get("after", ""), descending=True)
    context = {
        "page": page,
        "now": clock.machine_now(),
        "may_take": may(by, "directory.open_content") and by.reads_until is None,
        "hours_of": [(hours, figures(hours)) for hours in range(1, LONGEST + 1)],
    }
    return render(request, "leave.html", context)


@require_POST
def take(request: DeskRequest) -> HttpResponse:
    hours = entry.count(request.POST.get("hours", ""), field="hours")
    if hours is None:
        raise Invalid(_("Say for how many hours."), field="hours")
    services.open_content(by=request.acting, reason=request.POST.get("reason", ""), hours=hours)
    messages.success(request, _("You have leave to read. It is on record, and the secretaries see it."))
    return HttpResponseRedirect("/")


@require_POST
def give_back(request: DeskRequest) -> HttpResponse:
    services.close_content(by=request.acting)
    messages.success(request, _("The leave to read is over."))
    return HttpResponseRedirect(reverse("leave"))
