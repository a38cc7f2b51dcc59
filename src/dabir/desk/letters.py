"""Letters: their list, one to read, and the number that the office-automation system gave it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry, history
from dabir.desk.acting import DeskRequest
from dabir.desk.switches import back
from dabir.foundation import paging
from dabir.foundation.access import get_visible
from dabir.letters import services
from dabir.letters.documents import BASMALA
from dabir.letters.models import Letter, LetterState
from dabir.letters.queries import visible_to


def _letters(request: DeskRequest) -> QuerySet[Letter]:
    found = visible_to(request.acting).select_related("body__party", "invitation")
    return found.prefetch_related("recipients")


@require_GET
def letters(request: DeskRequest) -> HttpResponse:
    """Newest first, all or those of one state."""
    state = request.GET.get("state", "")
    rows = _letters(request).filter(state=state) if state in LetterState.values else _letters(request)
    page = paging.page(rows, ["written_at", "id"], cursor=request.GET.get("after", ""), descending=True)
    asked = {"state": state} if state else {}
    context = {
        "page": page,
        "state": state,
        "states": LetterState.choices,
        "awaiting": visible_to(request.acting).filter(state=LetterState.AWAITING).count(),
        "previous": page.previous and "?" + urlencode(asked | {"after": page.previous}),
        "next": page.next and "?" + urlencode(asked | {"after": page.next}),
    }
    return render(request, "letters/list.html", context)


@require_GET
def letter(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_visible(_letters(request), pk=pk)
    return render(request, "letters/letter.html", {"letter": found, "basmala": BASMALA, "history": history.of([found])})


@require_POST
def number(request: DeskRequest, pk: int) -> HttpResponse:
    services.number_letter(
        get_visible(_letters(request), pk=pk),
        by=request.acting,
        number=request.POST.get("number", ""),
        day=entry.day(request.POST.get("day", "")),
    )
    messages.success(request, _("The letter has its number."))
    return back(request)
