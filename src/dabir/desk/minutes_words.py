"""What is offered at the caret of the editor: known words that begin as what was typed."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dabir.desk.acting import DeskRequest
from dabir.desk.days import shut
from dabir.desk.jinja import figures
from dabir.desk.minutes import manuscript_of
from dabir.meetings.manuscripts.completing import Completion, completions
from dabir.persian import jalali

LONGEST = 200
"""Letters before the caret."""


@require_GET
def words(request: DeskRequest, code: str) -> HttpResponse:
    """For the letters `?before=` the caret."""
    meeting = manuscript_of(request, code).meeting
    found = completions(request.GET.get("before", "")[-LONGEST:], meeting, by=request.acting)
    return JsonResponse({"found": [_told(one) for one in found]})


def _told(one: Completion) -> dict[str, object]:
    kinds = {"party": _("party"), "person": _("person"), "day": "", "turn": _("words of the form")}
    notes = [kinds[one.kind], one.note]
    if one.day:
        notes = [one.note, figures(jalali.format_long(one.day)), shut(one.day)]
    return {"text": one.text, "replaces": one.replaces, "note": " · ".join(filter(None, notes))}
