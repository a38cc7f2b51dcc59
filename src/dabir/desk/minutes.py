"""The editor of minutes: source text on one side, what the reader makes of it on the other.

Without scripts it is a form: saving compiles. With them (`static/minutes.js`) each key is compiled, each pause saved.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.cycle.deciding import findings_beside
from dabir.desk import terms
from dabir.desk.acting import DeskRequest
from dabir.desk.days import shut
from dabir.desk.meeting_of import meeting_of
from dabir.foundation.access import get_visible, require
from dabir.foundation.errors import Conflict, DomainError, Invalid
from dabir.foundation.remembered import until_the_next_event
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.compiling import compiled
from dabir.meetings.manuscripts import revisions
from dabir.meetings.manuscripts.queries import WRITTEN_IN, is_written
from dabir.meetings.manuscripts.services import Saved, open_manuscript, save_text, take_attendance
from dabir.meetings.manuscripts.skeleton import attended
from dabir.meetings.models import Manuscript, Meeting, Revision
from dabir.meetings.typed import cleaned
from dabir.persian.digits import parse_int
from dabir.reading.minutes import Finding, Minutes, Severity

_AT_ONCE = threading.BoundedSemaphore(2)
"""So many texts are compiled at the same time: each takes a processor."""
_PATIENCE = 5  # seconds
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}

WORDS = {
    "act_name": terms.act_name,
    "as_day": date.fromisoformat,
    "closed_because": shut,
    "due_name": terms.due_name,
    "reason_of": terms.reason_of,
    "resolution_name": terms.resolution_name,
    "secrecy_name": lambda value: SecrecyClass(value).label,
    "severity_name": terms.severity_name,
    "sureness": terms.sureness,
}


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding on the page, with its place among them."""

    key: str
    finding: Finding

    @property
    def line(self) -> int:
        return self.finding.lines[0]


@require_GET
def minutes(request: DeskRequest, code: str) -> HttpResponse:
    """The editor; for minutes that are not begun the button that begins them, for sealed ones their text."""
    meeting = _meeting(request, code)
    manuscript = Manuscript.objects.filter(meeting=meeting).first()
    if manuscript is None:
        return render(request, "minutes/begin.html", {"meeting": meeting, "begins": meeting.state in WRITTEN_IN})
    manuscript.meeting = meeting
    row = revisions.newest(manuscript)
    return _editor(request, manuscript, row.text, row.number)


@require_POST
def begin(request: DeskRequest, code: str) -> HttpResponse:
    meeting = _meeting(request, code)
    try:
        open_manuscript(meeting, by=request.acting)
    except Conflict:
        messages.info(request, _("The minutes of this meeting have been begun already."))
    return redirect("minutes", code)


@require_POST
def save(request: DeskRequest, code: str) -> HttpResponse:
    """Save what is in the editor, made from revision `base`; a clash leads to the page that shows both texts."""
    manuscript = manuscript_of(request, code)
    base = parse_int(request.POST.get("base", ""))
    if base is None:
        raise Invalid(_("The form does not say which version it is about. Open the page again."))
    if wants_json(request):
        return _saved_json(request, manuscript, base)
    try:
        saved = save_text(manuscript, request.POST.get("text", ""), base=base, by=request.acting)
    except Invalid as refusal:
        return _editor(request, manuscript, cleaned(request.POST.get("text", "")), base, fault=str(refusal))
    if saved.sent.clashes:
        return redirect("minutes-clash", code, saved.sent.number)
    if saved.now.number != saved.sent.number:
        messages.info(request, _("Somebody else has written too; the text has what both of you wrote."))
    return HttpResponseRedirect(reverse("minutes", args=[code]))


@require_POST
def attendance(request: DeskRequest, code: str) -> HttpResponse:
    """Save as `save` does, then write who was there and who was not as it is recorded."""
    answer = save(request, code)
    if answer.status_code == 302 and answer["Location"] == reverse("minutes", args=[code]):
        take_attendance(manuscript_of(request, code), by=request.acting)
    return answer


def _saved_json(request: DeskRequest, manuscript: Manuscript, base: int) -> JsonResponse:
    try:
        saved = save_text(manuscript, request.POST.get("text", ""), base=base, by=request.acting)
    except DomainError as refusal:
        status = 422 if isinstance(refusal, Invalid) else 403
        return JsonResponse({"fault": str(refusal)}, status=status)
    return JsonResponse(_told(manuscript, saved))


def _told(manuscript: Manuscript, saved: Saved) -> dict[str, Any]:
    told: dict[str, Any] = {"sent": saved.sent.number, "now": saved.now.number, "by": saved.now.saved_by}
    if saved.sent.clashes:
        told["clash"] = reverse("minutes-clash", args=[manuscript.meeting.code, saved.sent.number])
    elif saved.now.number != saved.sent.number:
        told["text"] = saved.now.text
    return told


@require_GET
def newest(request: DeskRequest, code: str) -> HttpResponse:
    """The number of the newest revision; its text too where it is another one than `?have=`."""
    row = revisions.newest(manuscript_of(request, code))
    told: dict[str, Any] = {"now": row.number, "by": row.saved_by}
    if request.GET.get("have") != str(row.number):
        told["text"] = row.text
    return JsonResponse(told)


@require_POST
def compile_text(request: DeskRequest, code: str) -> HttpResponse:
    """What the reader makes of the text as it is typed: the cards as HTML, the findings with their lines and fixes."""
    meeting = _meeting(request, code)
    try:
        made = _compiled(meeting, request.POST.get("text", ""))
    except Invalid as refusal:
        return JsonResponse({"fault": str(refusal)}, status=422)
    if made is None:
        return JsonResponse({"fault": _("The server has much to do; what you write is kept.")}, status=503)
    noticed = noticed_in(made)
    return JsonResponse(
        {
            "cards": render_to_string(
                "minutes/cards.html", _context(meeting, made, noticed) | {"editable": True}, request=request
            ),
            "findings": [_finding_json(one) for one in noticed],
            "heads": [section.lines[0] for section in made.sections if section.title],
        },
        json_dumps_params={"ensure_ascii": False},  # escaped, Persian would be thrice as long
    )


def noticed_in(made: Minutes) -> list[Noticed]:
    """The findings, the gravest first, each kind in the order of the text."""
    order = sorted(made.findings, key=lambda one: (_RANK[one.severity], one.lines))
    return [Noticed(f"f{n}", finding) for n, finding in enumerate(order, 1)]


def _finding_json(one: Noticed) -> dict[str, Any]:
    finding = one.finding
    return {
        "key": one.key,
        "first": finding.lines[0],
        "last": finding.lines[1],
        "severity": str(finding.severity),
        "message": finding.message,
        "suggestion": finding.suggestion or "",
        "fixes": [[fix.old, fix.new] for fix in finding.fixes],
    }


def _compiled(meeting: Meeting, text: str) -> Minutes | None:
    """The text as the reader takes it; None where too many are being read."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        return None
    try:
        return compiled(meeting, cleaned(text), findings_beside)
    finally:
        _AT_ONCE.release()


def _editor(request: DeskRequest, manuscript: Manuscript, text: str, base: int, *, fault: str = "") -> HttpResponse:
    meeting = manuscript.meeting
    made = None if fault else _compiled(meeting, text)
    noticed = noticed_in(made) if made else []
    context = {
        "manuscript": manuscript,
        "text": text,
        "base": base,
        "fault": fault,
        "editable": is_written(manuscript),
        "clashing": _clashing(request, manuscript),
        "saved": manuscript.revisions.filter(number=base).first(),
        **_context(meeting, made, noticed),
    }
    return render(request, "minutes/editor.html", context, status=422 if fault else 200)


def _context(meeting: Meeting, made: Minutes | None, noticed: list[Noticed]) -> dict[str, Any]:
    context = {"meeting": meeting, "made": made, "noticed": noticed, **WORDS}
    return context | {"otherwise_there": made is not None and _is_otherwise(meeting, made)}


def _is_otherwise(meeting: Meeting, made: Minutes) -> bool:
    """Whether the record tells who was there, and the text does not say it in the record's words."""
    recorded = _recorded(meeting.pk)
    return bool(recorded) and recorded not in "\n".join(made.lines)


@until_the_next_event
def _recorded(meeting: int) -> str:
    """The words in which the record tells who was there; empty where it does not. Remembered: asked at each key."""
    found = Meeting.objects.get(pk=meeting)
    return attended(found).strip() if found.attendance.exclude(present=None).exists() else ""


def _clashing(request: DeskRequest, manuscript: Manuscript) -> Revision | None:
    """What this person has written and somebody else changed too, where they have not chosen yet."""
    return manuscript.revisions.filter(clashes=True, user=request.acting.user_id).first()


def _meeting(request: DeskRequest, code: str) -> Meeting:
    """The meeting whose minutes the actor may write."""
    meeting = meeting_of(request, code)
    require(request.acting, "manuscripts.open_manuscript", meeting)
    return meeting


def manuscript_of(request: DeskRequest, code: str) -> Manuscript:
    """The minutes that the actor may write, where they have been begun."""
    meeting = _meeting(request, code)
    return get_visible(Manuscript.objects.select_related("meeting__kept_by__party"), meeting=meeting)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
