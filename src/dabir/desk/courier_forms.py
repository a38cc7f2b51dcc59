"""Courier forms: out for the agencies of a meeting that have no account, and in again after a look at each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dabir.cycle.courier import forms_of
from dabir.cycle.courier_in import Fate, preview_forms, record_forms
from dabir.cycle.debtors import standing_of
from dabir.desk.acting import DeskRequest
from dabir.desk.brought import WRITERS, keep, kept, packed, uploaded
from dabir.desk.downloads import saved
from dabir.desk.jinja import figures
from dabir.desk.meeting_of import meeting_of
from dabir.foundation.access import may, require
from dabir.foundation.errors import DomainError, Invalid, Missing

SALT = "dabir.desk.courier"
FATES: dict[str, str | Promise] = {
    Fate.NEW: gettext_lazy("to be recorded"),
    Fate.SAME: gettext_lazy("nothing new"),
    Fate.REFUSED: gettext_lazy("refused"),
}


class Weighed(Protocol):
    """A row of a form that came back, and what becomes of it."""

    @property
    def fate(self) -> Fate: ...


@require_GET
def out(request: DeskRequest, code: str, form: str) -> HttpResponse:
    """A ZIP of the forms of a meeting's letters whose receipts the actor records, for the debtors without an account,
    or for all where `all` is asked; a form for each letter."""
    if form not in WRITERS:
        raise Missing(_("There is no such page."))
    meeting = meeting_of(request, code)
    require(request.acting, "cycle.preview_forms")
    standing = standing_of(meeting, request.acting)
    leads = {debtor.party.pk for debtor in standing.debtors if request.GET.get("all") or not debtor.signs_in}
    own = [letter for letter in standing.letters if may(request.acting, "cycle.record_receipts", letter)]
    found = forms_of(own, leads)
    if not found:
        raise Invalid(_("No letter to an agency without an account is written yet."))
    return saved(packed(found, form), f"forms-{meeting.code}.zip")


@require_http_methods(["GET", "POST"])
def bring_in(request: DeskRequest) -> HttpResponse:
    """Forms that came back: first what each of their rows would record; what the page carries is then recorded."""
    by = request.acting
    require(by, "cycle.preview_forms")
    context: dict[str, Any] = {"lines": [], "counts": {}, "fault": "", "carried": "", "fates": FATES}
    context |= {"unread": [], "recordable": 0, "more": 0, "most": settings.MOST_UPLOADS}
    if request.method == "POST":
        try:
            carried = request.POST.get("kept", "")
            if carried and request.POST.get("sure") == "1":
                done = Counter(line.fate for line in record_forms(kept(carried, request, SALT), by=by))
                text = ngettext("%(count)s row is recorded.", "%(count)s rows are recorded.", done[Fate.NEW])
                messages.success(request, text % {"count": figures(done[Fate.NEW])})
                return redirect("courier-forms")
            forms, unread = uploaded(request)
            lines = preview_forms(forms, by=by) if forms else []
            context |= look(lines) | {"carried": keep(forms, request, SALT), "unread": unread}
        except DomainError as error:
            context["fault"] = str(error)
    return render(request, "letters/courier.html", context, status=422 if context["fault"] else 200)


def look(lines: Sequence[Weighed]) -> dict[str, Any]:
    """What the page shows of them: what needs eyes first."""
    counts = Counter(line.fate for line in lines)
    rank = [Fate.REFUSED, Fate.NEW, Fate.SAME]
    return {
        "lines": sorted(lines, key=lambda line: rank.index(line.fate)),
        "counts": {fate: counts[fate] for fate in Fate if counts[fate]},
        "recordable": counts[Fate.NEW],
    }
