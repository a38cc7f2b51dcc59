"""Calling to a meeting: the letter before it is written, the letters on the meeting's page, and the page of a call for
those who are called."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dabir.cycle import calling
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.meeting_of import meeting_of
from dabir.foundation.access import get_visible, may, require
from dabir.letters.models import Letter, Urgency
from dabir.letters.queries import visible_to
from dabir.letters.wordings import Words
from dabir.meetings.calls import AHEAD, attachments_visible_to, bodies_of, calls_visible_to
from dabir.meetings.models import Meeting
from dabir.meetings.queries import meetings_visible_to, newest_minutes


def part(request: DeskRequest, meeting: Meeting) -> dict[str, Any]:
    """The letters about the meeting that the actor may read, and whether they may write one."""
    letters = visible_to(request.acting).filter(call__meeting=meeting)
    return {
        "calls": meeting.state in AHEAD and may(request.acting, "cycle.call_meeting", meeting),
        "call_letters": letters.prefetch_related("recipients").order_by("pk"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def call_to(request: DeskRequest, code: str) -> HttpResponse:
    """The letter as it would be written, and writing it."""
    meeting = meeting_of(request, code)
    require(request.acting, "cycle.call_meeting", meeting)
    if request.method != "POST":
        words = calling.words_of_call(meeting)
        context = {
            "meeting": meeting,
            "to": calling.to_be_called(meeting),
            "words": words,
            "written": calling.as_written(meeting, words),
            "urgencies": Urgency.choices,
            "lacks": [(str(lack), lack.field) for lack in calling.lacks_of(meeting)],
        }
        return render(request, "meeting/call_to.html", context)
    posted = request.POST
    words = Words(posted.get("subject", "")[:1_000], posted.get("text", "")[:10_000].replace("\r\n", "\n"))
    own = words if any((words.subject, words.text)) and words != calling.words_of_call(meeting) else None
    urgency = posted.get("urgency", "")
    made = calling.call_meeting(
        meeting,
        by=request.acting,
        one_each=posted.get("form") == "each",
        urgency=Urgency(urgency) if urgency in Urgency.values else Urgency.NORMAL,
        words=own,
    )
    say_written(request, made)
    return redirect("meeting", meeting.code)


def say_written(request: DeskRequest, made: list[Letter]) -> None:
    """How many letters there are to be numbered now."""
    if made:
        said = ngettext(
            "%(count)s letter is written and awaits its number.",
            "%(count)s letters are written and await their numbers.",
            len(made),
        )
        messages.success(request, said % {"count": figures(len(made))})


@require_GET
def call(request: DeskRequest, code: str) -> HttpResponse:
    """What those who are called may read: when and where, the agenda, its normal files, and their own letter."""
    meeting = get_visible(calls_visible_to(request.acting).select_related("kept_by__party"), code=code)
    context = {
        "meeting": meeting,
        "bodies": bodies_of(meeting),
        "agenda": meeting.agenda.select_related("presenter"),
        "files": attachments_visible_to(request.acting).filter(meeting=meeting).order_by("id"),
        "letters": visible_to(request.acting).filter(call__meeting=meeting).order_by("pk"),
        "is_reader": meetings_visible_to(request.acting).filter(pk=meeting.pk).exists(),
        "minutes": newest_minutes(request.acting, [meeting]).get(meeting.pk),
    }
    return render(request, "meeting/call.html", context)
