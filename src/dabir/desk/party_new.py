"""Entering a party: an agency, a unit, a firm, a group, a body, a post. One form, with the fields of its kind."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.party_edit import HOLDERS, picked, places_near
from dabir.desk.party_entry import Ambiguous
from dabir.directory import services
from dabir.directory.models import Party, PartyKind, Post
from dabir.directory.queries import bodies_visible_to, parties_visible_to
from dabir.foundation.access import may, require
from dabir.foundation.acting import FUNCTION_LABELS, Acting, Function
from dabir.foundation.errors import Conflict, Invalid, Missing

VERBS = {
    "organization": "create_party",
    "unit": "create_party",
    "firm": "create_party",
    "group": "create_group",
    "body": "create_body",
    "post": "create_post",
}
WHAT: dict[str, str | Promise] = {
    "organization": gettext_lazy("An agency: a department, an organization, an office of the government."),
    "unit": gettext_lazy(
        "A part of an organization that answers for itself: a secretariat, a team, a county's office."
    ),
    "firm": gettext_lazy("A company that belongs to nobody here: a consultant, a contractor."),
    "group": gettext_lazy("Several parties under one name; each member owes what the group is told to do."),
    "body": gettext_lazy("What meets and decides: a headquarters, a committee, a council."),
    "post": gettext_lazy("An office that people hold in turn. What its holders may do comes from its function."),
}
BELONGS = {"unit": True, "post": True, "organization": False}
"""Kinds that can belong to another party, and whether they must."""


def kinds_for(by: Acting) -> list[tuple[str, str]]:
    """The kinds of parties that the actor may enter."""
    return [(kind, str(PartyKind(kind).label)) for kind in VERBS if _may(by, kind)]


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest, kind: str) -> HttpResponse:
    by = request.acting
    if kind not in VERBS:
        raise Missing(_("There is no such page."))
    if not _may(by, kind):
        require(by, f"directory.{VERBS[kind]}")
    fault: Invalid | Conflict | None = None
    if request.method == "POST":
        try:
            made = _create(request, kind)
        except (Invalid, Conflict) as error:
            fault = error
        else:
            messages.success(request, _("%(name)s is entered.") % {"name": made.name})
            _tell_of_twins(request, made)
            return HttpResponseRedirect(reverse("party", args=[made.code]))
    context = {
        "kind": kind,
        "kind_name": PartyKind(kind).label,
        "what": WHAT[kind],
        "kinds": kinds_for(by),
        "belongs": BELONGS.get(kind),
        "typed": request.POST if request.method == "POST" else request.GET,
        "fault": {getattr(fault, "field", None) or "": str(fault)} if fault else {},
        "holders": HOLDERS,
        "candidates": fault.candidates if isinstance(fault, Ambiguous) else [],
        "places": places_near() if kind not in ("post", "group") else [],
        "bodies": [(body.pk, body.party.name) for body in bodies_visible_to(by).order_by("party__sort_key")],
        "functions": [(str(one), label) for one, label in FUNCTION_LABELS if _may(by, "post", one)],
    }
    return render(request, "party_new.html", context, status=422 if fault else 200)


def _tell_of_twins(request: DeskRequest, made: Party) -> None:
    """Two parties may bear one name; whoever enters the second one by mistake should hear of the first."""
    twins = parties_visible_to(request.acting).filter(sort_key=made.sort_key, merged_into=None).exclude(pk=made.pk)
    if codes := list(twins.values_list("code", flat=True)[:5]):
        text = _("This very name is on record already: %(codes)s. If they are one, let them be merged.")
        messages.warning(request, text % {"codes": "، ".join(codes)})


def _may(by: Acting, kind: str, function: str = Function.OFFICER) -> bool:
    return may(by, f"directory.{VERBS[kind]}", Post(function=function) if kind == "post" else None)


def _create(request: DeskRequest, kind: str) -> Party:
    by, posted = request.acting, request.POST
    naming: dict[str, Any] = {
        "by": by,
        "code": posted.get("code", "").strip(),
        "name": posted.get("name", ""),
        "aliases": [alias for alias in posted.get("aliases", "")[:4000].splitlines() if alias.strip()],
    }
    if kind == PartyKind.GROUP:
        chosen = posted.get("members_of", "")
        body = bodies_visible_to(by).filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 16 else None
        return services.create_group(**naming, members_of=body)
    if kind == PartyKind.BODY:
        return services.create_body(**naming, place=entry.place(posted.get("place", ""))).party
    parent = picked(request, "parent", kinds=HOLDERS)
    if kind == PartyKind.POST:
        if parent is None:
            raise Invalid(_("Say to whom it belongs."), field="parent")
        return services.create_post(**naming, organization=parent, function=posted.get("function", "")).party
    return services.create_party(**naming, kind=kind, parent=parent, place=entry.place(posted.get("place", "")))
