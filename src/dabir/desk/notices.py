"""What the actor's post was told of: a page of notices; each leads to its thing, and is read with that."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from dabir.cycle import saying
from dabir.cycle.models import Notice, NoticeKind
from dabir.cycle.notices import mark_all_read, mark_read, notices_visible_to, seen_by
from dabir.cycle.over import is_over, with_days
from dabir.desk.acting import DeskRequest
from dabir.foundation import paging
from dabir.foundation.access import get_visible, require


@require_GET
def notices(request: DeskRequest) -> HttpResponse:
    """The newest first, and whether it still holds; a thing that the actor may no longer see has no sentence and no way
    to it."""
    by = request.acting
    require(by, "cycle.mark_read")
    unread = bool(request.GET.get("unread"))
    rows = with_days(notices_visible_to(by))
    page = paging.page(
        rows.filter(read_at=None) if unread else rows, ["id"], cursor=request.GET.get("page", ""), descending=True
    )
    seen = {one.pk for one in seen_by(by, page.rows)}
    context = {
        "rows": [(one, saying.say(one) if one.pk in seen else None) for one in page.rows],
        "over": {one.pk for one in page.rows if one.pk in seen and is_over(one) and not saying.is_classified(one)},
        "page": page,
        "unread": unread,
        "waiting": rows.filter(read_at=None).count(),
    }
    return render(request, "follow_up/notices.html", context)


@require_POST
def read(request: DeskRequest) -> HttpResponse:
    """All that wait are read."""
    mark_all_read(by=request.acting)
    return redirect("notices")


@require_POST
def follow(request: DeskRequest, pk: int) -> HttpResponse:
    """It is read, and this is the page of what it tells of."""
    notice = get_visible(notices_visible_to(request.acting).select_related(*saying.WITH), pk=pk)
    mark_read([notice], by=request.acting)
    return HttpResponseRedirect(_address(notice))


_OF_ITS_DEADLINE = (NoticeKind.EXTENSION_ASKED, NoticeKind.EXTENSION_DECIDED)


def _address(notice: Notice) -> str:
    """Where what it tells of is done: a communication is acknowledged beside its source, a report confirmed beside the
    others."""
    if notice.obligation:
        page = "deadline" if notice.kind in _OF_ITS_DEADLINE else "progress"
        return reverse("debt" if notice.kind == NoticeKind.COMMUNICATED else page, args=[notice.obligation.code])
    if notice.letter:
        return reverse("letter", args=[notice.letter.pk])
    if notice.kind == NoticeKind.REMIND:
        return reverse("follow-up")
    if notice.kind == NoticeKind.SUCCESSOR:
        return reverse("handover", args=[notice.post.party.code])
    return reverse("meeting", args=[notice.meeting.code]) if notice.meeting else reverse("register")
