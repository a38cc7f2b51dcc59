"""Report forms: out for the agencies of a body that have no account, and in again after a look at each row."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dabir.cycle.courier_in import Fate
from dabir.cycle.report_forms import report_forms
from dabir.cycle.report_forms_in import preview_report_forms, record_report_forms
from dabir.desk.acting import DeskRequest
from dabir.desk.brought import WRITERS, keep, kept, packed, uploaded
from dabir.desk.courier_forms import FATES, look
from dabir.desk.downloads import saved
from dabir.desk.jinja import figures
from dabir.directory.queries import bodies_visible_to
from dabir.foundation.access import get_visible, require
from dabir.foundation.errors import DomainError, Invalid, Missing

SALT = "dabir.desk.report_forms"


@require_GET
def out(request: DeskRequest, code: str, form: str) -> HttpResponse:
    """A ZIP of the forms of a body's debtors without an account, or of all where `all` is asked."""
    if form not in WRITERS:
        raise Missing(_("There is no such page."))
    by = request.acting
    body = get_visible(bodies_visible_to(by).filter(pk__in=by.secretariats).select_related("party"), code=code)
    found = report_forms(body, by=by, everyone=bool(request.GET.get("all")))
    if not found:
        raise Invalid(_("No agency without an account has a debt of this body to report on."))
    return saved(packed(found, form), f"reports-{body.code}.zip")


@require_http_methods(["GET", "POST"])
def bring_in(request: DeskRequest) -> HttpResponse:
    """Forms that came back: first what each of their rows would record; what the page carries is then recorded."""
    by = request.acting
    require(by, "cycle.preview_report_forms")
    bodies = bodies_visible_to(by).filter(pk__in=by.secretariats).order_by("party__sort_key")
    context: dict[str, Any] = {"lines": [], "counts": {}, "fault": "", "carried": "", "fates": FATES}
    context |= {"unread": [], "recordable": 0, "more": 0, "most": settings.MOST_UPLOADS}
    context["bodies"] = list(bodies.values_list("code", "party__name"))
    if request.method == "POST":
        try:
            carried = request.POST.get("kept", "")
            if carried and request.POST.get("sure") == "1":
                done = Counter(line.fate for line in record_report_forms(kept(carried, request, SALT), by=by))
                text = ngettext("%(count)s row is recorded.", "%(count)s rows are recorded.", done[Fate.NEW])
                messages.success(request, text % {"count": figures(done[Fate.NEW])})
                return redirect("report-forms")
            forms, unread = uploaded(request)
            lines = preview_report_forms(forms, by=by)
            context |= look(lines) | {"carried": keep(forms, request, SALT), "unread": unread}
        except DomainError as error:
            context["fault"] = str(error)
    return render(request, "letters/report_forms.html", context, status=422 if context["fault"] else 200)
