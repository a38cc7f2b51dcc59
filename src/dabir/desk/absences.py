"""How a body's calls were answered over a year: a page, and the same list to take out; and what the body has set."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.lists import download
from dabir.directory import services
from dabir.directory.models import Body
from dabir.directory.queries import bodies_visible_to
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Invalid
from dabir.meetings.absences import FIRST_YEAR, LAST_YEAR, absences_table, tallies
from dabir.persian import clock, digits, jalali


@require_GET
def absences(request: DeskRequest, code: str) -> HttpResponse:
    """Who was absent how often in a Jalali year, this year's unless the address says another."""
    body, year = _body(request, code), year_of(request)
    context = {
        "body": body,
        "year": year,
        "this_year": jalali.from_gregorian(clock.today())[0],
        "tallies": tallies(request.acting, body, year),
    }
    return render(request, "absences.html", context)


@require_GET
def absences_out(request: DeskRequest, code: str, form: str) -> HttpResponse:
    """The same as a file."""
    body, year = _body(request, code), year_of(request)
    return download(form, lambda _chosen: absences_table(request.acting, body, year))


@require_POST
def quorum(request: DeskRequest, code: str) -> HttpResponse:
    """How many members must be there."""
    body, posted = _body(request, code), request.POST
    count = entry.count(posted.get("count", ""), field="count")
    services.set_quorum(by=request.acting, body=body, rule=posted.get("quorum", ""), count=count)
    messages.success(request, _("The quorum is set."))
    return redirect("party", body.party.code)


@require_POST
def follow_up(request: DeskRequest, code: str) -> HttpResponse:
    """How its debts are followed."""
    body, posted = _body(request, code), request.POST
    services.set_follow_up(
        by=request.acting,
        body=body,
        extensions_by_secretary=_whole(posted.get("extensions", ""), "extensions"),
        report_months=_whole(posted.get("months", ""), "months"),
        headquarters=bool(posted.get("headquarters")),
    )
    messages.success(request, _("How its debts are followed is set."))
    return redirect("party", body.party.code)


def _whole(text: str, field: str) -> int:
    number = entry.count(text, field=field)
    if number is None:
        raise Invalid(_("Write a number."), field=field)
    return number


def year_of(request: DeskRequest) -> int:
    """The Jalali year of the address, or this one."""
    year = digits.parse_int(request.GET.get("year", "")[:8])
    return year if year and FIRST_YEAR <= year <= LAST_YEAR else jalali.from_gregorian(clock.today())[0]


def _body(request: DeskRequest, code: str) -> Body:
    return get_visible(bodies_visible_to(request.acting), party__code=code)
