"""The desk: what is theirs to do now, longest waiting first, beside what stands in the register."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dabir.cycle import worklist
from dabir.cycle.worklist import Kind
from dabir.desk import overview, strip
from dabir.desk.acting import DeskRequest
from dabir.desk.in_register import rows
from dabir.foundation import second_factor
from dabir.foundation.acting import Acting, Function
from dabir.foundation.backup import overview as backup_overview
from dabir.foundation.errors import Missing
from dabir.foundation.models import Event, User
from dabir.foundation.prepared import models_of
from dabir.meetings.models import Draft, DraftState
from dabir.meetings.queries import drafts_visible_to
from dabir.obligations import counting, queries
from dabir.obligations.queries import Filters
from dabir.obligations.saved_views import views_visible_to
from dabir.persian import clock

FEW = 6


@dataclass(frozen=True, slots=True)
class Task:
    """A count that opens its rows."""

    title: str
    count: int
    address: str
    kind: str = ""


def home(request: DeskRequest) -> HttpResponse:
    by = request.acting
    if by.is_stranger:
        return render(request, "no_post.html")
    assert isinstance(request.user, User)
    neglected, forgotten = backup_overview.neglected(by), second_factor.forgotten(request.user)
    if by.sees_nothing:
        return render(request, "home_admin.html", {"neglected": neglected, "forgotten": forgotten})
    if by.sees_all:  # whoever reads everything opens on how it stands
        own = sum(worklist.worklist_of(by).counts.values())
        return render(request, "governor.html", overview.sheet(by, "") | {"own_desk": own, "forgotten": forgotten})
    return _desk(request, neglected=neglected, forgotten=forgotten)


@require_GET
def desk(request: DeskRequest) -> HttpResponse:
    """The list alone, also for whom another page opens."""
    if request.acting.sees_nothing:
        raise Missing(_("There is no such page."))
    return _desk(request, neglected=backup_overview.neglected(request.acting))


def _desk(request: DeskRequest, *, neglected: bool, forgotten: Event | None = None) -> HttpResponse:
    by = request.acting
    asked = tuple(Kind(kind) for kind in request.GET.getlist("kind")[: len(Kind)] if kind in Kind.values)
    page = worklist.worklist_of(by, asked, request.GET.get("after", ""))
    counts = counting.running_counts(by)
    context = {
        "neglected": neglected,
        "forgotten": forgotten,
        "oversees": overview.oversees(by),
        "kinds": [(kind, kind.label, count) for kind, count in page.counts.items() if count or kind in asked],
        "asked": asked,
        "all": sum(page.counts.values()),
        "entries": page.entries,
        "begun": bool(request.GET.get("after")),
        "next": page.next and "?" + urlencode([*(("kind", kind.value) for kind in asked), ("after", page.next)]),
        "ticks": sum(entry.kind == Kind.ACKNOWLEDGE for entry in page.entries),
        "any": counting.has_debts(by),
        "tasks": tasks(by, counts),
        "views": models_of(views_visible_to, by),
        "drafts": models_of(_newest_drafts, by),
        "columns": strip.columns(counting.pressed_by_day(by, Filters()), clock.today()),
        "coming": () if page.entries else queries.register_page(by, Filters(coming=True), size=1).rows,
    }
    return render(request, "home.html", context)


def _newest_drafts(by: Acting) -> QuerySet[Draft]:
    drafts = drafts_visible_to(by).filter(state=DraftState.OPEN).select_related("kept_by__party")
    return drafts.defer("minutes", "corrections").order_by("-created_at", "-id")[:FEW]


def tasks(by: Acting, counts: dict[str, int]) -> list[Task]:
    """What presses first; what only a secretariat, or only an agency, can do is shown to them alone."""
    found = [
        Task(_("Overdue"), counts["overdue"], rows(Filters(overdue=True)), "late"),
        Task(_("Due within a week"), counts["soon"], rows(Filters(soon=True))),
    ]
    if by.secretariats:
        found += [
            Task(_("Unsettled: without a lead"), counts["unsettled"], rows(Filters(unsettled=True)), "wait"),
            Task(_("Without a deadline"), counts["undated"], rows(Filters(gap="due")), "wait"),
            Task(_("Not yet released"), counts["unreleased"], rows(Filters(unreleased=True))),
        ]
    elif by.function in (Function.OFFICER, Function.HEAD):
        unanswered = rows(Filters(unacknowledged=True))
        found.append(Task(_("Receipt not acknowledged"), counts["unacknowledged"], unanswered, "wait"))
    return [*found, Task(_("Running in all"), counts["running"], rows(Filters(running=True)))]
