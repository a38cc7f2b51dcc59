"""The register: who owes what by when, narrowed, in the order and with the columns that were chosen, page by page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from dabir.desk import narrowed, saved_views, strip
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.directory.models import Body, Party
from dabir.directory.queries import bodies_visible_to, body_names, parties_visible_to
from dabir.foundation.acting import Acting
from dabir.foundation.prepared import models_of, rows_of
from dabir.foundation.remembered import until_the_next_event
from dabir.meetings.models import Meeting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations import counting, queries
from dabir.obligations.listing import BY_DUE, LATEST_DUE, Listing
from dabir.obligations.saved_views import views_visible_to
from dabir.persian import clock
from dabir.writing.tables_pdf import MOST_ROWS

NEWEST = 30


@require_GET
def register(request: DeskRequest) -> HttpResponse:
    by = request.acting
    views = models_of(views_visible_to, by)
    view, listing = saved_views.shown(request.GET, views, by)
    filters = listing.filters
    page = listing.page(by, cursor=request.GET.get("after", ""))
    turned = BY_DUE if listing.order == LATEST_DUE else LATEST_DUE

    def address(asked: Listing, *more: tuple[str, str]) -> str:
        pairs = asked.as_pairs()
        named = [(saved_views.VIEW, str(view.pk))] if view and pairs else [] if pairs else [(saved_views.VIEW, "0")]
        return "?" + urlencode([*pairs, *named, *more])

    context = {
        "page": page,
        "listing": listing,
        "views": views,
        "view": view,
        "own": view is not None and view.user_id == by.user_id,
        "changed": view is not None and urlencode(listing.as_pairs()) != view.query,
        "secretariats": [(body.pk, body.party.name) for body in _secretariats(by)],
        "filters": filters,
        "measured": narrowed.said(filters, by),
        "counts": counting.counts(by, filters),
        "weeks": strip.columns(counting.pressed_by_day(by, filters), clock.today()),
        "turned": address(replace(listing, order=turned)),
        "this": address(listing),
        "previous": page.previous and address(listing, ("after", page.previous)),
        "next": page.next and address(listing, ("after", page.next)),
        "most_printed": MOST_ROWS,
        "bodies": body_names(by),
        "parties": _parties(by, filters.party),
        "meetings": tuple((code, figures(title)) for code, title in _meetings(by, filters.meeting)),
    }
    return render(request, "register.html", context)


@until_the_next_event
def _secretariats(by: Acting) -> list[Body]:
    """The bodies in whose secretariat a view can be shared."""
    return list(bodies_visible_to(by).filter(pk__in=by.secretariats)) if by.secretariats else []


@until_the_next_event
def _parties(by: Acting, chosen: str) -> tuple[tuple[str, str], ...]:
    """Who leads a debt that the actor may see, by name, and the one chosen."""
    return tuple((row["code"], row["name"]) for row in rows_of(_leads, by, chosen))


def _leads(by: Acting, chosen: str) -> QuerySet[Party, Any]:
    parties = parties_visible_to(by).filter(queries.leads_visible_to(by) | Q(code=chosen))
    return parties.order_by("sort_key", "id").values("code", "name")


def leads_of(by: Acting) -> tuple[tuple[str, str], ...]:
    """Code and name of whoever leads a debt that the actor may see, by name."""
    return _parties(by, "")


@until_the_next_event
def _meetings(by: Acting, chosen: str) -> list[tuple[str, str]]:
    """The newest meetings, and the one chosen."""
    return [(row["code"], row["title"]) for row in rows_of(_newest_and, by, chosen)]


def _newest_and(by: Acting, chosen: str) -> QuerySet[Meeting, Any]:
    visible = meetings_visible_to(by)
    newest = visible.order_by("-date", "-id").values("pk")[:NEWEST]
    return visible.filter(Q(pk__in=newest) | Q(code=chosen)).order_by("-date", "-id").values("code", "title")
