"""Exchange with other systems: a body's debts out as the table of a profile, and in again after a look at each row."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dabir.cycle.exchange_in import preview_exchange, record_exchange
from dabir.desk.acting import DeskRequest
from dabir.desk.brought import keep, kept, uploaded
from dabir.desk.courier_forms import FATES, look
from dabir.desk.downloads import saved
from dabir.desk.jinja import figures
from dabir.desk.register import leads_of
from dabir.directory.queries import bodies_visible_to, body_names
from dabir.foundation.access import get_visible, require
from dabir.foundation.errors import DomainError, Invalid, Missing
from dabir.obligations.exchange.profiles import Profile, profiles
from dabir.obligations.exchange.tables import exchange_tables
from dabir.persian import clock, jalali
from dabir.persian.digits import parse_int
from dabir.writing.sheets import to_xlsx

SALT = "dabir.desk.exchange"
USUAL = "nipa"
YEARS = 5
"""That are offered, up to the next one."""


@require_GET
def out(request: DeskRequest) -> HttpResponse:
    """The workbook of a profile, body and year, of all agencies or of one; as the form stands where it is not said."""
    by, asked = request.acting, request.GET
    profile = _profile(asked.get("profile", USUAL))
    bodies = bodies_visible_to(by).select_related("party").order_by("party__sort_key")
    body = get_visible(bodies, code=asked["body"]) if "body" in asked else bodies.first()
    if body is None:
        raise Missing(_("There is no such page."))
    year = parse_int(asked["year"]) if "year" in asked else jalali.from_gregorian(clock.today())[0]
    if year is None or not jalali.FIRST_YEAR <= year < jalali.LAST_YEAR:
        raise Invalid(_("Choose the year."), field="year")
    party = asked.get("party", "").replace("\0", "")[:100]
    tables = exchange_tables(profile, by, body=body, year=year, party=party)
    name = "-".join(filter(None, [profile.name, body.code, str(year), party]))
    return saved(to_xlsx(*tables), f"{name}.xlsx")


@require_http_methods(["GET", "POST"])
def exchange(request: DeskRequest) -> HttpResponse:
    """What leaves, and what came back: first what each row would record; what the page carries is then recorded."""
    by = request.acting
    require(by, "cycle.preview_exchange")
    found, faults = profiles()
    year = jalali.from_gregorian(clock.today())[0]
    context: dict[str, Any] = {
        "lines": [],
        "counts": {},
        "fault": "",
        "carried": "",
        "fates": FATES,
        "unread": faults,
        "recordable": 0,
        "more": 0,
        "most": settings.MOST_UPLOADS,
        "profiles": [(profile.name, profile.title) for profile in found.values()],
        "chosen": request.POST.get("profile", USUAL),
        "bodies": body_names(by),
        "parties": leads_of(by),
        "years": [(str(one), figures(one)) for one in range(year + 1, year + 1 - YEARS, -1)],
        "year": str(year),
    }
    if request.method == "POST":
        try:
            profile = _profile(request.POST.get("profile", ""))
            carried = request.POST.get("kept", "")
            salt = f"{SALT}.{profile.name}"
            if carried and request.POST.get("sure") == "1":
                lines = record_exchange(kept(carried, request, salt), profile, by=by)
                done = sum(line.is_news for line in lines)
                text = ngettext("%(count)s row is recorded.", "%(count)s rows are recorded.", done)
                messages.success(request, text % {"count": figures(done)})
                return redirect("exchange")
            forms, unread = uploaded(request)
            lines = preview_exchange(forms, profile, by=by)
            context |= look(lines) | {"carried": keep(forms, request, salt), "unread": [*faults, *unread]}
            context["recordable"] = sum(line.is_news for line in lines)
        except DomainError as error:
            context["fault"] = str(error)
    return render(request, "exchange.html", context, status=422 if context["fault"] else 200)


def _profile(name: str) -> Profile:
    profile = profiles()[0].get(name)
    if profile is None:
        raise Missing(_("There is no such page."))
    return profile
