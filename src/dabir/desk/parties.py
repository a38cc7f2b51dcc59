"""Parties: their list, and the page of one with its names, units, seats or members, and what it owes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from dabir.desk import history
from dabir.desk.acting import DeskRequest
from dabir.desk.party_new import kinds_for
from dabir.directory.models import REPORT_MONTHS, NameKind, Party, PartyKind, PartyName, Quorum, Seat
from dabir.directory.queries import find_parties, members_on, parties_visible_to, seats_on, speaks_for
from dabir.foundation import paging
from dabir.foundation.access import get_prepared, get_visible, may
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Missing
from dabir.foundation.prepared import AMONG, models_of
from dabir.meetings.absences import missed_by
from dabir.obligations import counting, queries
from dabir.obligations.queries import Filters
from dabir.obligations.standing import standing_rules
from dabir.persian import clock, jalali

MOST_FOUND = 50
COMPLETED = 8
DEBTS = 20
MISSED = 30
PAGE = ("parent", "place__parent__parent__parent", "members_of__party", "body", "post")


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
        "makes": kinds_for(by),
        "asked": "?" + urlencode(asked) if asked else "",
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
    try:
        found = get_prepared(_parties, by, code)
    except Missing:
        return HttpResponseRedirect(
            reverse("party", args=[get_visible(parties_visible_to(by), merged__code=code).code])
        )
    is_group, its = found.kind == PartyKind.GROUP, [found.pk]
    merged = models_of(_merged, AMONG, among=its)
    filters = Filters(party=found.code)
    body, post = getattr(found, "body", None), getattr(found, "post", None)
    names = sorted(models_of(_names, AMONG, among=its), key=_newest_first)
    official = [name for name in names if name.kind == NameKind.OFFICIAL]
    context = {
        "party": found,
        "names": names,
        "former": [name for name in official if name.ends and name.name != found.name],
        "ended": max((name.ends for name in official if name.ends), default=None)
        if all(name.ends for name in official)
        else None,
        "speakers": speaks_for(found, today),
        "holders": post.tenures.select_related("person").order_by("-starts", "-id") if post else [],
        "units": models_of(_units, AMONG, among=its),
        "seats": models_of(_seats, AMONG, among=its),
        "body": body,
        "post": post,
        "sitting": seats_on(body, today) if body else [],
        "sat": body.seats.filter(ends__lt=today).select_related("party").order_by("-ends", "id") if body else [],
        "members": members_on(found, today) if is_group else [],
        "memberships": found.memberships.select_related("member").order_by("member__sort_key", "starts")
        if is_group
        else [],
        "missed": missed_by(by, found, jalali.from_gregorian(today)[0], MISSED),
        "quorums": Quorum.choices if body and may(by, "directory.set_quorum", body) else [],
        "follows": bool(body) and may(by, "directory.set_follow_up", body),
        "report_months": REPORT_MONTHS,
        "rules": standing_rules(by, body) if body else [],
        "merged": merged,
        "may_merge": may(by, "cycle.merge_parties", found),
        "counts": counting.counts(by, filters),
        "debts": queries.debts_of(by, found.pk, DEBTS),
        "keeps_names": may(by, "directory.add_name", found),
        "history": history.of([*(row for row in (found, body, post) if row), *merged])
        if may(by, "directory.add_name")
        else [],
    }
    return render(request, "party.html", context)


def _parties(by: Acting, codes: tuple[int, ...]) -> QuerySet[Party]:
    return parties_visible_to(by).filter(code__in=codes).select_related(*PAGE)


def _merged(into: tuple[int, ...]) -> QuerySet[Party]:
    return Party.objects.filter(merged_into__in=into).order_by("sort_key")


def _names(parties: tuple[int, ...]) -> QuerySet[PartyName]:
    return PartyName.objects.filter(party__in=parties)


def _units(parties: tuple[int, ...]) -> QuerySet[Party]:
    return Party.objects.filter(parent__in=parties, kind=PartyKind.UNIT, merged_into=None).order_by("sort_key")


def _seats(parties: tuple[int, ...]) -> QuerySet[Seat]:
    return Seat.objects.filter(party__in=parties).select_related("body__party").order_by("starts", "id")


def _newest_first(name: PartyName) -> tuple[bool, bool, int, int]:
    """Official names before others, those in force before those that have ended, the newer ones first."""
    ends = name.ends.toordinal() if name.ends else 0
    return name.kind != NameKind.OFFICIAL, name.ends is not None, -ends, name.pk
