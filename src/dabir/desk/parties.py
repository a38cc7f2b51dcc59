"""Parties: their list, and the page of one with its names, units, seats or members, and what it owes."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from dabir.desk.acting import DeskRequest
from dabir.directory.models import Party, PartyKind, Seat
from dabir.directory.queries import find_parties, members_on, parties_visible_to, seats_on
from dabir.foundation import paging
from dabir.foundation.access import get_visible
from dabir.obligations import queries
from dabir.obligations.queries import Filters
from dabir.persian import clock

MOST_FOUND = 50
COMPLETED = 8
DEBTS = 20


@require_GET
def parties(request: DeskRequest) -> HttpResponse:
    """By name, all or of one kind; with words those that any of their names answers to, best first."""
    by, kind, words = request.acting, request.GET.get("kind", ""), request.GET.get("words", "").strip()[:200]
    if words:
        found = find_parties(by, words, limit=MOST_FOUND)
        page = paging.Page([party for party in found if kind in ("", party.kind)])
    else:
        visible = parties_visible_to(by).select_related("parent")
        of_kind = visible.filter(kind=kind) if kind in PartyKind.values else visible
        page = paging.page(of_kind, ["sort_key", "id"], cursor=request.GET.get("after", ""))
    asked = {name: value for name, value in {"kind": kind, "words": words}.items() if value}
    context = {
        "page": page,
        "kind": kind,
        "words": words,
        "kinds": PartyKind.choices,
        "previous": page.previous and "?" + urlencode(asked | {"after": page.previous}),
        "next": page.next and "?" + urlencode(asked | {"after": page.next}),
    }
    return render(request, "parties.html", context)


@require_GET
def find(request: DeskRequest) -> JsonResponse:
    """The few parties that a field completes to, best first; `kinds` narrows them."""
    kinds = [kind for kind in request.GET.get("kinds", "").split(",") if kind in PartyKind.values]
    found = find_parties(request.acting, request.GET.get("words", "")[:200], limit=COMPLETED, kinds=kinds)
    return JsonResponse({"found": [{"key": one.pk, "name": one.name, "note": note_of(one)} for one in found]})


def note_of(party: Party) -> str:
    """What it is and whose, where it is somebody's."""
    kind = str(party.get_kind_display())
    return f"{kind} · {party.parent.name}" if party.parent else kind


@require_GET
def party(request: DeskRequest, code: str) -> HttpResponse:
    by, today = request.acting, clock.today()
    found = get_visible(parties_visible_to(by).select_related("parent", "place", "members_of__party"), code=code)
    filters = Filters(party=found.code)
    body = getattr(found, "body", None)
    context = {
        "party": found,
        "names": found.names.order_by("-kind", "starts", "id"),
        "units": found.units.order_by("sort_key"),
        "seats": Seat.objects.filter(party=found).select_related("body__party").order_by("starts", "id"),
        "body": body,
        "body_seats": seats_on(body, today) if body else [],
        "members": members_on(found, today) if found.kind == PartyKind.GROUP else [],
        "counts": queries.counts(by, filters),
        "debts": queries.register_page(by, filters, size=DEBTS).rows,
    }
    return render(request, "party.html", context)
