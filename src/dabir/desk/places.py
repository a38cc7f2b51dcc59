"""The country's divisions from province to rural district: to look up, and to keep when they are reorganised."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry, history
from dabir.desk.acting import DeskRequest
from dabir.directory import services
from dabir.directory.divisions import places_on
from dabir.directory.models import Place, PlaceKind
from dabir.directory.queries import find_places, parties_visible_to, places_visible_to
from dabir.foundation.access import get_visible, may
from dabir.persian import clock

MOST_FOUND = 50

SEVERAL: dict[PlaceKind, str | Promise] = {
    PlaceKind.COUNTY: gettext_lazy("counties"),
    PlaceKind.DISTRICT: gettext_lazy("districts"),
    PlaceKind.RURAL_DISTRICT: gettext_lazy("rural districts"),
}
"""What stands behind their number; Persian says it as of one."""


@require_GET
def places(request: DeskRequest) -> HttpResponse:
    """The provinces; with words, the places of any kind that are called so."""
    words = request.GET.get("words", "").replace("\0", "").strip()[:100]
    context = {
        "words": words,
        "found": find_places(words, limit=MOST_FOUND) if words else [],
        "provinces": [] if words else _beneath(None),
        "loaded": places_visible_to(request.acting).exists(),
        "may_keep": may(request.acting, "directory.add_place"),
    }
    return render(request, "places.html", context)


@require_GET
def place(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_visible(places_visible_to(request.acting).select_related("parent__parent__parent"), pk=pk)
    line: list[Place] = []
    step = found.parent
    while step is not None:
        line.insert(0, step)
        step = step.parent
    today = clock.today()
    kinds = list(PlaceKind)
    depth = kinds.index(PlaceKind(found.kind)) + 1
    context = {
        "place": found,
        "line": line,
        "beneath": _beneath(found),
        "former": found.children.filter(Q(ends__lt=today)).order_by("sort_key"),
        "beneath_kind": kinds[depth].label if depth < len(kinds) else "",
        "beneath_kinds": SEVERAL.get(kinds[depth], "") if depth < len(kinds) else "",
        "is_now": places_on(today).filter(pk=found.pk).exists(),
        "parties": parties_visible_to(request.acting).filter(place=found).order_by("sort_key", "id"),
        "may_keep": may(request.acting, "directory.add_place"),
        "siblings": [(row.pk, row.path) for row in _above(found)],
        "history": history.of([found]),
    }
    return render(request, "place.html", context)


@require_POST
def add(request: DeskRequest) -> HttpResponse:
    made = services.add_place(
        by=request.acting,
        name=request.POST.get("name", ""),
        parent=_chosen(request),
        starts=entry.day(request.POST.get("starts", ""), field="starts"),
    )
    return _done(request, made, _("%(name)s is entered.") % {"name": made.name})


@require_POST
def change(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_visible(places_visible_to(request.acting), pk=pk)
    made = services.change_place(
        by=request.acting,
        place=found,
        name=request.POST.get("name", ""),
        parent=_chosen(request),
        starts=entry.day(request.POST.get("starts", ""), field="starts"),
    )
    return _done(request, made, _("This is the place from that day on; what it was before has ended the day before."))


@require_POST
def end(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_visible(places_visible_to(request.acting), pk=pk)
    services.end_place(by=request.acting, place=found, ends=entry.day(request.POST.get("ends", ""), field="ends"))
    return _done(request, found, _("It has its last day, with all beneath it."))


def _beneath(place: Place | None) -> list[Place]:
    """What lies in it today, with `places`: how many lie in each."""
    today = places_on(clock.today())
    rows = today.filter(parent=place) if place else today.filter(kind=PlaceKind.PROVINCE)
    inside = Count("children", filter=Q(children__in=today))
    return list(rows.annotate(places=inside).order_by("sort_key", "id"))


def _above(place: Place) -> list[Place]:
    """Where the place could lie instead: those of its parent's kind in the same province, or all provinces."""
    if place.parent is None:
        return []
    today = places_on(clock.today()).filter(kind=place.parent.kind).select_related("parent__parent")
    province = place.parent
    while province.parent is not None:
        province = province.parent
    if place.parent.kind == PlaceKind.COUNTY:
        today = today.filter(parent=province)
    elif place.parent.kind == PlaceKind.DISTRICT:
        today = today.filter(parent__parent=province)
    return list(today.order_by("sort_key", "id"))


def _chosen(request: DeskRequest) -> Place | None:
    chosen = request.POST.get("parent", "")
    return get_visible(places_visible_to(request.acting), pk=chosen) if chosen else None


def _done(request: DeskRequest, place: Place, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("place", args=[place.pk]))
