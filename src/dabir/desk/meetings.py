"""Meetings: their list, the page of one with everything that its paper says, and the paper itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import history
from dabir.desk.acting import DeskRequest
from dabir.desk.downloads import attachment
from dabir.desk.sources import Debt, debts_of
from dabir.directory.models import Post
from dabir.directory.queries import bodies_visible_to
from dabir.foundation import paging
from dabir.foundation.access import get_visible, may
from dabir.foundation.acting import Function
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.models import Meeting, NamedReader, Resolution
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations import queries
from dabir.obligations.models import Obligation, SheetRow


@require_GET
def meetings(request: DeskRequest) -> HttpResponse:
    """Newest first, of all bodies or of one."""
    by, body = request.acting, body_of(request)
    visible = meetings_visible_to(by).prefetch_related("bodies__body__party")
    if body:
        visible = visible.filter(bodies__body__code=body)
    page = paging.page(visible, ["date", "id"], cursor=request.GET.get("after", ""), descending=True, size=30)
    context = {
        "page": page,
        "decided": _count(Resolution.objects.all(), page.rows),
        "owed": _count(queries.visible_to(by).filter(queries.DEBTS), page.rows),
        "previous": page.previous and "?" + urlencode({"body": body, "after": page.previous}),
        "next": page.next and "?" + urlencode({"body": body, "after": page.next}),
        "body": body,
        "bodies": [(b.code, b.party.name) for b in bodies_visible_to(by).order_by("party__sort_key")],
    }
    return render(request, "meetings.html", context)


def body_of(request: DeskRequest) -> str:
    """The code of the body that the address narrows to; PostgreSQL takes no NUL."""
    return request.GET.get("body", "").replace("\0", "")[:100]


def _count(rows: QuerySet[Any], meetings: list[Meeting]) -> dict[int, int]:
    """How many of these rows each meeting has; one query."""
    counted = rows.filter(meeting__in=meetings).order_by().values_list("meeting").annotate(Count("id"))
    return dict(counted)


def _meeting(request: DeskRequest, code: str) -> Meeting:
    return get_visible(meetings_visible_to(request.acting).select_related("kept_by__party"), code=code)


@require_GET
def meeting(request: DeskRequest, code: str) -> HttpResponse:
    by, found = request.acting, _meeting(request, code)
    version = found.versions.select_related("file").order_by("-number").first()
    rows = queries.visible_to(by).filter(meeting=found).select_related("resolution", "point", "order")
    debts = debts_of(by, rows)
    of_source: dict[Model, list[Debt]] = {}
    for debt in debts:
        of_source.setdefault(debt.of.source, []).append(debt)
    promotes = may(by, "obligations.promote_point", Obligation(body=found.kept_by))
    promoting = request.GET.get("promote", "") if promotes else ""
    classifies = may(by, "meetings.classify_meeting", found)
    context = {
        "meeting": found,
        "bodies": found.bodies.select_related("body__party"),
        "version": version,
        "of_register": version is None and SheetRow.objects.filter(resolution__meeting=found).exists(),
        "agenda": found.agenda.all(),
        "statements": found.statements.prefetch_related("points"),
        "resolutions": found.resolutions.all(),
        "attendance": found.attendance.select_related("party"),
        "debts": debts,
        "of_source": of_source,
        "releasable": [d.row.pk for d in debts if "release" in d.acts],
        "promotes": promotes,
        "promoting": promoting,
        "classifies": classifies,
        "secrecies": SecrecyClass.choices,
        "readers": found.readers.select_related("post__party") if classifies else [],
        "posts": posts_by_name() if classifies else [],
        "history": history.of([found]),
    }
    return render(request, "meeting.html", context)


@require_GET
def paper(request: DeskRequest, code: str) -> HttpResponse:
    """The file as it came in."""
    version = get_visible(_meeting(request, code).versions.select_related("file"), number=1)
    return attachment(version.file, version.name)


@require_POST
def classify(request: DeskRequest, code: str) -> HttpResponse:
    """Set the class; whoever may not see the meeting any more finds it gone."""
    chosen = request.POST.get("secrecy", "")
    if chosen not in SecrecyClass.values:
        raise Invalid(_("There is no such class."), field="secrecy")
    services.classify_meeting(_meeting(request, code), SecrecyClass(chosen), by=request.acting)
    messages.success(request, _("The class is set."))
    return redirect("meeting", code)


@require_POST
def add_reader(request: DeskRequest, code: str) -> HttpResponse:
    post = get_visible(Post.objects.select_related("party"), pk=request.POST.get("post") or 0)
    services.name_reader(_meeting(request, code), post, by=request.acting)
    return redirect("meeting", code)


@require_POST
def remove_reader(request: DeskRequest, pk: int) -> HttpResponse:
    readers = NamedReader.objects.filter(meeting__in=meetings_visible_to(request.acting))
    reader = get_visible(readers.select_related("meeting"), pk=pk)
    services.remove_reader(reader.meeting, reader, by=request.acting)
    return redirect("meeting", reader.meeting.code)


def posts_by_name() -> list[tuple[int, str]]:
    """Whoever may be named a reader; an administrator reads no content."""
    posts = Post.objects.exclude(function=Function.ADMIN)
    return list(posts.order_by("party__sort_key", "pk").values_list("pk", "party__name"))
