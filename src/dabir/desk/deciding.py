"""What a body decides on a debt: the page of one, the list of those that are proposed for closing, and their forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dabir.cycle.deciding import decide_by_resolution
from dabir.cycle.next_minutes import (
    Added,
    add_to_next_minutes,
    close_all_proposed,
    coming_meetings,
    drafted,
    proposed_to,
)
from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.switches import back
from dabir.desk.terms import ACTS
from dabir.desk.ticked import ticked
from dabir.directory.models import Body
from dabir.directory.queries import bodies_visible_to
from dabir.foundation import paging
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid, Missing
from dabir.foundation.prepared import AMONG, models_of, rows_of
from dabir.foundation.remembered import until_the_next_event
from dabir.meetings.models import Meeting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations import queries
from dabir.obligations.deciding import TAKEN_FROM, TIMELESS, Decided
from dabir.obligations.decisions import decisions_of, may_have_decided
from dabir.obligations.models import Act, ExtensionState, Obligation
from dabir.obligations.queries import visible_to
from dabir.persian import jalali
from dabir.persian.digits import parse_int
from dabir.reading.acts import code_of

MOST = 300
"""Resolutions to choose from, the newest meetings first."""
NAMED = 5
"""Of the debts that were left out, how many are told with their reasons."""


@require_GET
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """What was decided on a debt, and what its secretariat may do about that."""
    by = request.acting
    debts = visible_to(by).select_related("body__party", "meeting", "resolution", "point", "order")
    debt = get_visible(debts, pk=pk)
    require(by, "cycle.add_to_next_minutes", debt)
    records = may(by, "cycle.decide_by_resolution", debt)
    context = {
        "debt": debt,
        "row": queries.rows_of(Obligation.objects.filter(pk=pk))[0],
        "in_its_place": queries.codes_told_to(by, [debt.superseded_by_id]).get(debt.superseded_by_id or 0, ""),
        "decisions": decisions_of([debt], by).get(debt.pk, []),
        "kinds": [(act.value, ACTS[act]) for act in _taken(debt)],
        "coming": _options(coming_meetings(debt.body, by)),
        "records": records,
        "resolutions": [
            (one.pk, figures(f"{one.meeting.title} · {one.number or one.order}: {one.text[:70]}"))
            for one in (may_have_decided(debt, by)[:MOST] if records else ())
        ],
    }
    return render(request, "decide.html", context)


@require_GET
def proposed(request: DeskRequest) -> HttpResponse:
    """The debts that wait for their body to close them, page by page; of the body that the address names, or of the
    first that has some, of those whose secretariat the actor is."""
    by = request.acting
    if not by.secretariats:
        raise Missing(_("There is no such page."))
    counts = {row["body"]: row["count"] for row in rows_of(_counts, by)}
    bodies = models_of(_bodies, AMONG, among=list(counts))
    body = next((one for one in bodies if one.code == request.GET.get("body")), bodies[0] if bodies else None)
    page = _page(body.pk, by, request.GET.get("after", "")) if body else paging.Page([])
    named = [("body", body.code)] if body and len(bodies) > 1 else []
    coming = coming_meetings(body, by) if body else []
    context = {
        "page": page,
        "drafted": {code: (m.code, m.title) for code, m in drafted((row.code for row in page.rows), coming).items()},
        "body": body,
        "bodies": [(one.code, figures(f"{one.party.name} · {counts[one.pk]}")) for one in bodies],
        "count": counts[body.pk] if body else 0,
        "coming": _options(coming),
        "first": "?" + urlencode(named) if named else "",
        "previous": page.previous and "?" + urlencode([*named, ("after", page.previous)]),
        "next": page.next and "?" + urlencode([*named, ("after", page.next)]),
    }
    return render(request, "proposed.html", context)


def _counts(by: Acting) -> QuerySet[Obligation, Any]:
    return proposed_to(by.secretariats, by).order_by().values("body").annotate(count=Count("id"))


def _bodies(keys: tuple[int, ...]) -> QuerySet[Body]:
    return Body.objects.filter(pk__in=keys).select_related("party").order_by("party__sort_key")


@until_the_next_event
def _page(body: int, by: Acting, cursor: str) -> paging.Page[queries.RegisterRow]:
    keys = ["sort_day", "id"]
    if cursor:
        found = paging.page(queries.row_values(proposed_to([body], by)), keys, cursor=cursor)
    else:
        found = paging.first(rows_of(_opening, by, paging.SIZE + 1, AMONG, among=[body]), keys)
    return found.with_rows(queries.rows_from)


def _opening(by: Acting, most: int, bodies: tuple[int, ...]) -> QuerySet[Obligation, dict[str, Any]]:
    return queries.row_values(proposed_to(bodies, by).order_by("sort_day", "id"))[:most]


@require_POST
def to_minutes(request: DeskRequest) -> HttpResponse:
    """Put a line for each of the form's debts into the draft of the next minutes, and say where it stands."""
    chosen = ticked(request)
    for debt in chosen:
        require(request.acting, "cycle.add_to_next_minutes", debt)
    added = add_to_next_minutes(chosen, _decided(request), by=request.acting, meeting=_meeting(request))
    return _told(request, added)


@require_POST
def all_to_minutes(request: DeskRequest) -> HttpResponse:
    """Put a line for each debt that is proposed for closing to the form's body into the draft of the next minutes, and
    say which were left out, and why."""
    body = get_visible(bodies_visible_to(request.acting), code=request.POST.get("body", ""))
    return _told(request, close_all_proposed(body, by=request.acting, meeting=_meeting(request)))


def _meeting(request: DeskRequest) -> Meeting | None:
    code = request.POST.get("meeting", "")
    return get_visible(meetings_visible_to(request.acting), code=code) if code else None


def _told(request: DeskRequest, added: Added) -> HttpResponse:
    if added.added:
        text = ngettext(
            "%(count)s line stands in the draft of the minutes of %(meeting)s.",
            "%(count)s lines stand in the draft of the minutes of %(meeting)s.",
            added.added,
        )
    else:
        text = _("The draft of the minutes of %(meeting)s has these lines already.")
    if added.added or added.there:
        messages.success(request, text % {"count": figures(added.added), "meeting": figures(added.meeting.title)})
    if added.later:
        text = ngettext(
            "%(count)s more waits: so many lines at a time are enough. Press again for it.",
            "%(count)s more wait: so many lines at a time are enough. Press again for them.",
            added.later,
        )
        messages.info(request, text % {"count": figures(added.later)})
    if added.left:
        text = ngettext("%(count)s debt was left out.", "%(count)s debts were left out.", len(added.left))
        said = [text % {"count": figures(len(added.left))}, *added.left[:NAMED]]
        messages.warning(request, " ".join(said) + (" …" if len(added.left) > NAMED else ""))
    return redirect("minutes", added.meeting.code) if "open" in request.POST else back(request)


@require_POST
def by_resolution(request: DeskRequest, pk: int) -> HttpResponse:
    """Record what a resolution has decided on a debt."""
    debt = get_visible(visible_to(request.acting), pk=pk)
    require(request.acting, "cycle.decide_by_resolution", debt)
    chosen = parse_int(request.POST.get("resolution", "")[:12])
    resolution = may_have_decided(debt, request.acting).filter(pk=chosen).first() if chosen else None
    if resolution is None:
        raise Invalid(_("Say which resolution has decided it."), field="resolution")
    decide_by_resolution(debt, _decided(request), resolution, by=request.acting)
    messages.success(request, _("The decision is recorded."))
    return back(request)


def _taken(debt: Obligation) -> list[Act]:
    """What can be decided on a debt as it stands; to refuse more time is offered where it is asked for."""
    found = {act for act, states in TAKEN_FROM.items() if debt.state in states}
    if debt.due_kind in TIMELESS:
        found -= {Act.EXTEND}
    if not debt.extension_requests.filter(state=ExtensionState.ASKED).exists():
        found -= {Act.REFUSE}
    return [act for act in Act if act in found]


def _decided(request: DeskRequest) -> Decided:
    """The act that the form names, with what it needs."""
    sent = request.POST
    if sent.get("act", "") not in Act.values:
        raise Invalid(_("Say what is decided."), field="act")
    act = Act(sent["act"])
    into = None
    if act in (Act.MERGE, Act.SUPERSEDE) and (code := code_of(sent.get("into", "")[:200])):
        into = visible_to(request.acting).filter(code=code).first()
        if into is None:
            raise Invalid(_("There is no debt with the code %(code)s.") % {"code": code[:60]}, field="into")
    day = entry.day(sent.get("day", "")) if act == Act.EXTEND else None
    said = {Act.AMEND: "words", Act.REFUSE: "text"}.get(act, "")
    words = sent.get(said, "").replace("\0", "").strip()[:2_000]
    return Decided(act, day, into, words, wording=words if act == Act.AMEND else "")


def _options(meetings: list[Meeting]) -> list[tuple[str, str]]:
    return [(one.code, figures(f"{one.title} · {jalali.format_day(one.date)}")) for one in meetings]
