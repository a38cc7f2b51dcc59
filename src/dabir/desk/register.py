"""The register: who owes what by when, narrowed, in the order of due, page by page."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST
from django.utils.translation import gettext as _

from dabir.desk import strip
from dabir.desk.acting import DeskRequest
from dabir.directory.queries import bodies_visible_to, parties_visible_to
from dabir.foundation.access import get_visible
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations import queries, services
from dabir.obligations.models import State
from dabir.obligations.queries import Filters
from dabir.persian import clock


@require_GET
def register(request: DeskRequest) -> HttpResponse:
    by, filters = request.acting, Filters.from_query(request.GET.dict())
    descending = request.GET.get("order") == "-due"
    page = queries.register_page(by, filters, cursor=request.GET.get("after", ""), descending=descending)
    debts = filters.narrow(queries.visible_to(by).filter(queries.DEBTS), clock.today())

    def address(**more: str) -> str:
        query = filters.as_query() | ({"order": "-due"} if descending else {}) | more
        return f"?{urlencode({name: value for name, value in query.items() if value})}"

    context = {
        "page": page,
        "filters": filters,
        "narrowed": bool(filters.as_query()),
        "counts": queries.counts(by, filters),
        "columns": strip.columns(debts.filter(queries.RUNNING), clock.today()),
        "descending": descending,
        "turned": address(order="" if descending else "-due"),
        "next": address(after=page.next) if page.next else "",
        "previous": address(after=page.previous) if page.previous else "",
        "states": State.choices,
        "bodies": bodies_visible_to(by).order_by("party__sort_key"),
        "party": parties_visible_to(by).filter(code=filters.party).first() if filters.party else None,
        "meeting": meetings_visible_to(by).filter(code=filters.meeting).first() if filters.meeting else None,
    }
    return render(request, "register.html", context)
