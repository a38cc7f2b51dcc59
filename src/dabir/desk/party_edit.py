"""Keeping one party: its names with their days, to whom it belongs, its members and seats, and its end."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.party_entry import Named, party_of
from dabir.directory import services
from dabir.directory.divisions import places_on
from dabir.directory.models import Capacity, Membership, NameKind, Office, Party, PartyKind, PartyName, Place, Seat
from dabir.directory.queries import parties_visible_to
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.acting import FUNCTION_LABELS
from dabir.foundation.errors import Invalid
from dabir.persian import clock

HOLDERS = (PartyKind.ORGANIZATION, PartyKind.UNIT, PartyKind.BODY, PartyKind.FIRM)
"""The kinds of parties to whom others belong."""
SITTERS = (*HOLDERS, PartyKind.POST)
"""The kinds that sit in a body or are a group's members."""


@require_GET
def edit(request: DeskRequest, code: str) -> HttpResponse:
    by, party = request.acting, _party(request, code)
    require(by, "directory.add_name", party)
    body = getattr(party, "body", None)
    context = {
        "party": party,
        "keeps": may(by, "directory.edit_party", party),
        "names": party.names.order_by("-kind", "starts", "id"),
        "ended": not party.names.filter(kind=NameKind.OFFICIAL, ends=None).exists(),
        "body": body,
        "seats": body.seats.filter(ends=None).select_related("party").order_by("party__sort_key") if body else [],
        "members": party.memberships.filter(ends=None).select_related("member").order_by("member__sort_key"),
        "parent": standing_in(party.parent),
        "holders": HOLDERS,
        "sitters": SITTERS,
        "places": places_near(),
        "capacities": Capacity.choices,
        "offices": Office.choices,
        "functions": [(str(one), label) for one, label in FUNCTION_LABELS],
    }
    return render(request, "party_edit.html", context)


@require_POST
def rename(request: DeskRequest, code: str) -> HttpResponse:
    starts = entry.day(request.POST.get("starts", ""), field="starts")
    services.rename_party(
        by=request.acting, party=_party(request, code), name=request.POST.get("name", ""), starts=starts
    )
    return _done(request, code, _("It has its new name; papers of earlier days keep the old one."))


@require_POST
def belongs(request: DeskRequest, code: str) -> HttpResponse:
    party = _party(request, code)
    named = request.POST.get("place", "").strip()
    stays = party.place is not None and named == party.place.path  # also where the place has ended
    place = party.place if stays else entry.place(named)
    services.edit_party(by=request.acting, party=party, parent=picked(request, "parent", kinds=HOLDERS), place=place)
    return _done(request, code, _("It is changed."))


@require_POST
def function(request: DeskRequest, code: str) -> HttpResponse:
    party = _party(request, code)
    post = getattr(party, "post", None)
    if post is None:
        raise Invalid(_("Only a post has a function."))
    services.set_function(by=request.acting, post=post, function=request.POST.get("function", ""))
    return _done(request, code, _("The post has its function."))


@require_POST
def end(request: DeskRequest, code: str) -> HttpResponse:
    ends = entry.day(request.POST.get("ends", ""), field="ends")
    services.end_party(by=request.acting, party=_party(request, code), ends=ends)
    return _done(request, code, _("It has its last day, with its units, posts and seats."))


@require_POST
def add_name(request: DeskRequest, code: str) -> HttpResponse:
    services.add_name(by=request.acting, party=_party(request, code), name=request.POST.get("name", ""))
    return _done(request, code, _("Papers that call it so find it now."))


@require_POST
def end_name(request: DeskRequest, pk: int) -> HttpResponse:
    names = PartyName.objects.filter(party__in=parties_visible_to(request.acting)).select_related("party")
    name = get_visible(names, pk=pk)
    services.end_name(by=request.acting, name=name, ends=entry.day(request.POST.get("ends", ""), field="ends"))
    return _done(request, name.party.code, _("The name has its last day."))


@require_POST
def add_member(request: DeskRequest, code: str) -> HttpResponse:
    member = picked(request, "member", kinds=SITTERS)
    if member is None:
        raise Invalid(_("Choose the member."), field="member")
    starts = entry.optional_day(request.POST.get("starts", ""), field="starts")
    services.add_member(by=request.acting, group=_party(request, code), member=member, starts=starts)
    return _done(request, code, _("%(name)s is a member.") % {"name": member.name})


@require_POST
def end_membership(request: DeskRequest, pk: int) -> HttpResponse:
    rows = Membership.objects.filter(group__in=parties_visible_to(request.acting)).select_related("group")
    row = get_visible(rows, pk=pk)
    services.end_membership(
        by=request.acting, membership=row, ends=entry.day(request.POST.get("ends", ""), field="ends")
    )
    return _done(request, row.group.code, _("The membership has its last day."))


@require_POST
def give_seat(request: DeskRequest, code: str) -> HttpResponse:
    body = getattr(_party(request, code), "body", None)
    party = picked(request, "party", kinds=SITTERS)
    if body is None or party is None:
        raise Invalid(_("Choose who sits in it."), field="party")
    services.give_seat(
        by=request.acting,
        body=body,
        party=party,
        capacity=request.POST.get("capacity", ""),
        office=request.POST.get("office", ""),
        starts=entry.optional_day(request.POST.get("starts", ""), field="starts"),
    )
    return _done(request, code, _("%(name)s has a seat.") % {"name": party.name})


@require_POST
def end_seat(request: DeskRequest, pk: int) -> HttpResponse:
    seats = Seat.objects.filter(body__party__in=parties_visible_to(request.acting)).select_related("body__party")
    seat = get_visible(seats, pk=pk)
    services.end_seat(by=request.acting, seat=seat, ends=entry.day(request.POST.get("ends", ""), field="ends"))
    return _done(request, seat.body.party.code, _("The seat has its last day."))


def picked(request: DeskRequest, name: str, *, kinds: Iterable[str] = ()) -> Party | None:
    """The party that a field of the form names; none for nothing."""
    named = party_of(request.POST, name, request.acting, kinds=kinds)
    return named.party if named else None


def standing_in(party: Party | None) -> list[Named]:
    """What a field of one party shows."""
    return [Named(party, party.name)] if party else []


def places_near() -> list[str]:
    """The paths of the counties, and of what lies in the provinces that parties are in, for a field to complete."""
    today = places_on(clock.today()).select_related("parent__parent__parent")
    used = set(Place.objects.filter(parties__isnull=False).values_list("pk", flat=True))
    found = {place.path for place in today.filter(kind__in=["province", "county"])}
    provinces = {path.split("/")[0] for path in (place.path for place in today.filter(pk__in=used))}
    for name in provinces:
        found |= {place.path for place in today.filter(parent__parent__name=name)}
    return sorted(found)


def _party(request: DeskRequest, code: str) -> Party:
    return get_visible(parties_visible_to(request.acting).select_related("parent", "place"), code=code)


def _done(request: DeskRequest, code: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("party-edit", args=[code]))
