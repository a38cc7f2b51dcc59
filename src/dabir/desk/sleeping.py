"""Debts of old registers whose reminders sleep: a chosen set is woken, and put to sleep again."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.ticked import MOST, ticked
from dabir.obligations import counting, queries, services
from dabir.obligations.queries import Filters


@require_GET
def sleeping(request: DeskRequest) -> HttpResponse:
    """The sleeping debts that the actor may see, narrowed as the register is; those of `?woken=` can sleep again."""
    filters = replace(Filters.from_query(request.GET), asleep=True)
    page = queries.register_page(request.acting, filters, cursor=request.GET.get("after", ""), size=100)
    asked = filters.as_query()
    woken = [pk for pk in request.GET.get("woken", "").split(",")[:MOST] if pk.isdecimal()]
    context = {
        "page": page,
        "filters": filters,
        "count": counting.counts(request.acting, filters)["all"],
        "woken": woken,
        "next": page.next and "?" + urlencode(asked | {"after": page.next}),
        "previous": page.previous and "?" + urlencode(asked | {"after": page.previous}),
    }
    return render(request, "registers/sleeping.html", context)


@require_POST
def wake(request: DeskRequest) -> HttpResponse:
    """Wake the debts of the form's `debt` fields together, or with `again` put them back to sleep."""
    chosen = ticked(request)
    if "again" in request.POST:
        count = services.let_sleep(chosen, by=request.acting)
        text = ngettext("%(count)s debt sleeps again.", "%(count)s debts sleep again.", count)
        messages.success(request, text % {"count": figures(count)})
        return redirect("sleeping")
    if not chosen:
        messages.warning(request, _("Choose the debts to wake."))
        return redirect("sleeping")
    count = services.wake(chosen, by=request.acting)
    woken = urlencode({"woken": ",".join(str(debt.pk) for debt in chosen)})
    return redirect(f"{reverse('sleeping')}?{woken}" if count else "sleeping")
