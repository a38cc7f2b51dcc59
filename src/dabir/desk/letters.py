"""Letters: their list, one to read, and the number that the office-automation system gave it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.cycle import communicating
from dabir.desk import entry, history
from dabir.desk.acting import DeskRequest
from dabir.desk.switches import back
from dabir.foundation import paging
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Invalid
from dabir.letters.documents import BASMALA
from dabir.letters.models import Letter, LetterState, Way
from dabir.letters.numbering import Numbered
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
    found, way = get_visible(_letters(request), pk=pk), request.POST.get("way") or Way.AUTOMATION
    row = Numbered(found, request.POST.get("number", ""), entry.day(request.POST.get("day", "")))
    communicating.number_letters([row], by=request.acting, way=_way(way))
    messages.success(request, _("The letter has its number."))
    return back(request)


def _way(text: str) -> Way:
    if text not in Way.values:
        raise Invalid(_("Choose how it goes."), field="way")
    return Way(text)
