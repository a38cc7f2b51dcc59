"""Two parties that are one: which may be, what would pass from the one to the other, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.cycle import merging
from dabir.desk.acting import DeskRequest
from dabir.desk.party_entry import party_of
from dabir.directory.matching import duplicates as pairs_alike
from dabir.directory.models import AGENCIES, Party
from dabir.directory.queries import parties_visible_to
from dabir.foundation.access import get_visible, require
from dabir.foundation.errors import Conflict, Invalid

PASSES: dict[str, str | Promise] = {
    "debts": gettext_lazy("debts that it leads"),
    "involved": gettext_lazy("debts in which it helps, receives or endorses"),
    "attendance": gettext_lazy("lines of attendance in minutes"),
    "names": gettext_lazy("names"),
    "units": gettext_lazy("units and posts"),
    "seats": gettext_lazy("seats in bodies"),
    "memberships": gettext_lazy("memberships in groups"),
    "letters": gettext_lazy("letters that came to it"),
    "stays": gettext_lazy("rows that both have, and that stay with the merged one"),
}


@require_GET
def duplicates(request: DeskRequest) -> HttpResponse:
    """Pairs of parties whose names are nearly the same."""
    require(request.acting, merging.MERGE)
    parties = parties_visible_to(request.acting).filter(kind__in=AGENCIES).select_related("parent").order_by("sort_key")
    return render(request, "duplicates.html", {"pairs": pairs_alike(parties)})


@require_http_methods(["GET", "POST"])
def merge(request: DeskRequest, code: str) -> HttpResponse:
    """Choose the other one; then see what would pass, and say so once more."""
    by = request.acting
    party = get_visible(parties_visible_to(by).select_related("parent"), code=code)
    require(by, merging.MERGE, party)
    context = {"party": party, "kinds": AGENCIES, "into": None, "passes": [], "fault": ""}
    asked = request.POST if request.method == "POST" else request.GET
    try:
        named = party_of(asked, "into", by, kinds=AGENCIES)
        into = context["into"] = named.party if named else None
        if into is not None and request.POST.get("sure") == "1":
            merging.merge_parties(party, by=by, into=into)
            messages.success(request, _("%(name)s is this one now.") % {"name": party.name})
            return HttpResponseRedirect(reverse("party", args=[into.code]))
        if into is not None and request.method == "POST":
            counts = merging.preview_merge(party, by=by, into=into)
            context["passes"] = [(PASSES[what], number) for what, number in counts.items() if number]
    except (Invalid, Conflict) as error:
        context["fault"] = str(error)
    return render(request, "party_merge.html", context, status=422 if context["fault"] else 200)


@require_POST
def unmerge(request: DeskRequest, code: str) -> HttpResponse:
    merged = Party.objects.filter(merged_into__in=parties_visible_to(request.acting))
    party = get_visible(merged, code=code)
    merging.unmerge_party(party, by=request.acting)
    messages.success(request, _("%(name)s is a party of its own again.") % {"name": party.name})
    return HttpResponseRedirect(reverse("party", args=[party.code]))
