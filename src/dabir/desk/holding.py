"""Holding a meeting: the hour at which it began, and the page on which attendance is written, a row each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.meeting_of import meeting_of
from dabir.desk.party_entry import party_of
from dabir.directory.spans import in_force
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.errors import Invalid
from dabir.meetings import services
from dabir.meetings.calls import AHEAD, bodies_of
from dabir.meetings.models import Attendance, Meeting, MeetingState
from dabir.meetings.quorum import Count, quorum_of
from dabir.meetings.services.holding import Mark, Standing
from dabir.persian import clock


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the list, and in which bodies they count for the quorum, by the bodies' keys."""

    of: Attendance
    standing: Standing
    counts_in: tuple[int, ...]
    may_go: bool


def part(request: DeskRequest, meeting: Meeting) -> dict[str, Any]:
    """What the meeting's page shows of its attendance while no minutes stand."""
    held = meeting.state == MeetingState.HELD
    is_day = meeting.state in AHEAD and meeting.date <= clock.today()
    return {
        "is_held": held,
        "holds": is_day and may(request.acting, "meetings.hold_meeting", meeting),
        "unholds": held and may(request.acting, "meetings.take_holding_back", meeting),
        "marks": held and may(request.acting, "meetings.mark_attendance", meeting),
        "quorum": quorum_of(meeting) if held else [],
    }


@require_POST
def hold(request: DeskRequest, code: str) -> HttpResponse:
    """It took place; the list of attendance comes next."""
    meeting = meeting_of(request, code)
    starts_at = _start(request.POST)
    ends_at = entry.hour(request.POST.get("ends_at", ""), field="ends_at")
    services.hold_meeting(meeting, by=request.acting, starts_at=starts_at, ends_at=ends_at)
    return redirect("meeting-attendance", meeting.code)


@require_POST
def unhold(request: DeskRequest, code: str) -> HttpResponse:
    """That it took place was said by mistake."""
    meeting = meeting_of(request, code)
    services.take_holding_back(meeting, by=request.acting)
    messages.success(request, _("It is ahead again."))
    return redirect("meeting", meeting.code)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: DeskRequest, code: str) -> HttpResponse:
    """Who was there. One button says it of everybody of whom nothing is said yet."""
    meeting = meeting_of(request, code)
    require(request.acting, "meetings.mark_attendance", meeting)
    if request.method != "POST":
        return _show(request, meeting)
    rest = Standing.PRESENT if request.POST.get("do") == "all-present" else Standing.UNKNOWN
    try:
        starts_at = _start(request.POST)
        ends_at = entry.hour(request.POST.get("ends_at", ""), field="ends_at")
        with transaction.atomic():
            services.set_hours(meeting, by=request.acting, starts_at=starts_at, ends_at=ends_at)
            services.mark_attendance(meeting, _marks(meeting, request.POST, rest), by=request.acting)
    except Invalid as error:
        return _show(request, meeting, request.POST, error)
    if rest:
        return redirect("meeting-attendance", meeting.code)
    messages.success(request, _("The attendance is recorded."))
    return redirect("meeting", meeting.code)


@require_POST
def add(request: DeskRequest, code: str) -> HttpResponse:
    """Somebody came who was not called."""
    meeting = meeting_of(request, code)
    named = party_of(request.POST, "who", request.acting, fresh=True)
    who = (named.party or named.text) if named else ""
    services.add_attendee(meeting, who, by=request.acting)
    return redirect("meeting-attendance", meeting.code)


@require_POST
def drop(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    meeting = meeting_of(request, code)
    row = get_visible(Attendance.objects.filter(meeting=meeting).select_related("meeting"), pk=pk)
    services.drop_attendee(row, by=request.acting)
    return redirect("meeting-attendance", meeting.code)


def _show(
    request: DeskRequest, meeting: Meeting, typed: QueryDict | None = None, error: Invalid | None = None
) -> HttpResponse:
    quorum = quorum_of(meeting)
    seated = _seated(meeting)
    rows = []
    for row in meeting.attendance.select_related("party").order_by("order", "id"):
        standing = Standing.of(row)
        if typed is not None:
            mark = _mark(typed, row.pk, standing)
            standing, row.delegate, row.delegate_letter = mark.standing, mark.delegate, mark.delegate_letter
        rows.append(Row(row, standing, _counts_in(row, quorum), row.party_id not in seated))
    context = {
        "meeting": meeting,
        "rows": rows,
        "standings": [(one.value, label) for one, label in _labels().items()],
        "quorum": quorum,
        "starts_at": typed.get("starts_at", "") if typed is not None else _clock(meeting.starts_at),
        "ends_at": typed.get("ends_at", "") if typed is not None else _clock(meeting.ends_at),
        "faults": {error.field or "": str(error)} if error else {},
        "unsaid": sum(not row.standing for row in rows),
    }
    return render(request, "meeting/attendance_sheet.html", context, status=422 if error else 200)


def _labels() -> dict[Standing, str]:
    """In the order of the keys 1 to 4, in the page's language."""
    return {
        Standing.PRESENT: _("present"),
        Standing.ABSENT: _("absent"),
        Standing.EXCUSED: _("absent with notice"),
        Standing.DELEGATE: _("by a delegate"),
    }


def _marks(meeting: Meeting, posted: QueryDict, rest: Standing) -> dict[int, Mark]:
    return {key: _mark(posted, key, rest) for key in meeting.attendance.values_list("pk", flat=True)}


def _mark(posted: QueryDict, key: int, rest: Standing) -> Mark:
    """What the form says of a row; `rest` where it says nothing."""
    said = posted.get(f"standing-{key}", "")
    standing = Standing(said) if said in set(Standing) else rest
    return Mark(standing or rest, posted.get(f"delegate-{key}", ""), posted.get(f"letter-{key}", ""))


def _counts_in(row: Attendance, quorum: Iterable[Count]) -> tuple[int, ...]:
    return tuple(count.body.pk for count in quorum if row.party_id in count.members)


def _seated(meeting: Meeting) -> set[int | None]:
    """Whoever has a seat stays on the list."""
    return {
        party
        for met in bodies_of(meeting)
        for party in met.body.seats.filter(in_force(meeting.date)).values_list("party_id", flat=True)
    }


def _start(posted: QueryDict) -> time:
    starts_at = entry.hour(posted.get("starts_at", ""), field="starts_at")
    if starts_at is None:
        raise Invalid(_("Write when it began."), field="starts_at")
    return starts_at


def _clock(value: time | None) -> str:
    return f"{value:%H:%M}" if value else ""
