"""Meetings: their list, the paper of one, and who may read it; the page of one is `meeting_page`."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dabir.cycle.classifying import classify_meeting
from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.downloads import attachment
from dabir.desk.jinja import figures
from dabir.desk.meeting_of import meeting_of
from dabir.directory.models import Post
from dabir.directory.queries import bodies_visible_to
from dabir.foundation import paging
from dabir.foundation.access import get_visible
from dabir.meetings import services
from dabir.meetings.calls import AHEAD, listed_meetings
from dabir.meetings.models import Meeting, MeetingState, NamedReader, Resolution
from dabir.meetings.queries import meetings_visible_to, minutes_visible_to, newest_minutes
from dabir.obligations import queries
from dabir.persian import clock

MOST_AHEAD = 50


@require_GET
def meetings(request: DeskRequest) -> HttpResponse:
    """What is ahead, the next one first, and all others, newest first; of all bodies and states or of one."""
    by, body, state = request.acting, body_of(request), request.GET.get("state", "")
    visible = listed_meetings(by, body=body, state=state).prefetch_related("bodies__body__party")
    ahead = Q(state__in=AHEAD, date__gte=clock.today())
    after = request.GET.get("after", "")
    coming = [] if after else list(visible.filter(ahead).order_by("date", "starts_at", "id")[:MOST_AHEAD])
    page = paging.page(visible.exclude(ahead), ["date", "id"], cursor=after, descending=True, size=30)
    shown = [*coming, *page.rows]
    asked = {name: value for name, value in (("body", body), ("state", state)) if value}
    context = {
        "page": page,
        "coming": coming,
        "days_left": {one.pk: (one.date - clock.today()).days for one in coming},
        "whole": set(meetings_visible_to(by).filter(pk__in=[one.pk for one in shown]).values_list("pk", flat=True)),
        "minutes": newest_minutes(by, shown),
        "decided": _count(Resolution.objects.filter(meeting__in=minutes_visible_to(by)), page.rows),
        "owed": _count(queries.visible_to(by).filter(queries.DEBTS), page.rows),
        "previous": page.previous and "?" + urlencode(asked | {"after": page.previous}),
        "next": page.next and "?" + urlencode(asked | {"after": page.next}),
        "asked": "?" + urlencode(asked) if asked else "",
        "body": body,
        "state": state,
        "states": MeetingState.choices,
        "plans": bool(by.secretariats),
        "proposes": by.sees_all or bool(by.secretariats | by.chaired),
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


@require_GET
def paper(request: DeskRequest, code: str) -> HttpResponse:
    """The file as it came in."""
    version = get_visible(meeting_of(request, code).versions.select_related("file"), number=1)
    return attachment(version.file, version.name)


@require_POST
def classify(request: DeskRequest, code: str) -> HttpResponse:
    """Set the class; whoever may not see the meeting any more finds it gone."""
    secrecy = entry.secrecy(request.POST.get("secrecy", ""))
    lowers = bool(request.POST.get("letters"))
    changed = classify_meeting(meeting_of(request, code), secrecy, by=request.acting, lowers_letters=lowers)
    messages.success(request, _("The class is set."))
    if changed:
        told = ngettext("So is that of %(count)s letter.", "So is that of %(count)s letters.", len(changed))
        messages.success(request, told % {"count": figures(len(changed))})
    return redirect("meeting", code)


@require_POST
def add_reader(request: DeskRequest, code: str) -> HttpResponse:
    post = get_visible(Post.objects.select_related("party"), pk=request.POST.get("post") or 0)
    services.name_reader(meeting_of(request, code), post, by=request.acting)
    return redirect("meeting", code)


@require_POST
def remove_reader(request: DeskRequest, pk: int) -> HttpResponse:
    readers = NamedReader.objects.filter(meeting__in=meetings_visible_to(request.acting))
    reader = get_visible(readers.select_related("meeting"), pk=pk)
    services.remove_reader(reader.meeting, reader, by=request.acting)
    return redirect("meeting", reader.meeting.code)
