"""The directory as a workbook: out, and in again after a look at what each row would do."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dabir.desk.acting import DeskRequest
from dabir.desk.downloads import under
from dabir.desk.lists import TYPES
from dabir.desk.uploads import too_large
from dabir.directory import leaving
from dabir.directory.loading import Line, Outcome, bring, lines_of
from dabir.foundation.access import require
from dabir.foundation.errors import DomainError, Invalid, Missing
from dabir.foundation.tables import NotRead, read_tables
from dabir.persian import clock, jalali
from dabir.reading.sheets.child import from_plain, plain
from dabir.reading.sheets.table import Table

SALT = "dabir.directory.file"
LARGEST_KEPT = 2_000_000
"""Letters of what a page carries from the look to the saving."""
SHOWN = 400
OUTCOMES: dict[str, str | Promise] = {
    Outcome.NEW: gettext_lazy("new"),
    Outcome.CHANGED: gettext_lazy("changed"),
    Outcome.SAME: gettext_lazy("as it is"),
    Outcome.REFUSED: gettext_lazy("refused"),
}


@require_GET
def out(request: DeskRequest) -> HttpResponse:
    """All that the actor sees of the directory."""
    if request.acting.is_stranger:
        raise Missing(_("There is no such page."))
    response = HttpResponse(leaving.workbook(request.acting), content_type=TYPES["xlsx"])
    day = jalali.format_day(clock.today(), persian_digits=False).replace("/", "-")
    name = f"فهرست طرف‌ها {day}.xlsx"  # the workbook's own name, in its language
    response["Content-Disposition"] = under(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def bring_in(request: DeskRequest) -> HttpResponse:
    """A file: first what each row would do; what the page carries on is then saved, all of it or nothing."""
    by = request.acting
    require(by, "directory.create_party")
    context: dict[str, Any] = {"lines": [], "counts": {}, "fault": "", "carried": "", "outcomes": OUTCOMES, "more": 0}
    context |= {"unread": [], "savable": False}
    if request.method == "POST":
        try:
            carried = request.POST.get("kept", "")
            tables = _kept(carried) if carried else _uploaded(request)
            if carried and request.POST.get("sure") == "1":
                done = Counter(line.outcome for line in bring(by, lines_of(tables), save=True))
                sentence = _("%(new)s rows are new and %(changed)s changed.")
                messages.success(request, sentence % {"new": done[Outcome.NEW], "changed": done[Outcome.CHANGED]})
                return HttpResponseRedirect(reverse("parties"))
            context |= _look(bring(by, lines_of(tables), save=False)) | {"carried": carried or _keep(tables)}
        except DomainError as error:
            context["fault"] = str(error)
    return render(request, "directory_file.html", context, status=422 if context["fault"] else 200)


def _look(lines: list[Line]) -> dict[str, Any]:
    rank = list(Outcome)[::-1]
    telling = sorted(
        (line for line in lines if line.outcome != Outcome.SAME), key=lambda line: rank.index(line.outcome)
    )
    counts = Counter(line.outcome for line in lines)
    return {
        "lines": telling[:SHOWN],
        "more": max(len(telling) - SHOWN, 0),
        "counts": {outcome: counts[outcome] for outcome in Outcome if counts[outcome]},
        "savable": not counts[Outcome.REFUSED] and bool(counts[Outcome.NEW] or counts[Outcome.CHANGED]),
    }


def _uploaded(request: DeskRequest) -> list[Table]:
    file = request.FILES.get("file")
    if names := too_large(request):
        raise NotRead("too-large", names[0])
    if file is None:
        raise Invalid(_("Choose the file."), field="file")
    return read_tables(file.read(), name=file.name or "")


def _keep(tables: list[Table]) -> str:
    kept = signing.dumps([plain(table) for table in tables], salt=SALT, compress=True)
    if len(kept) > LARGEST_KEPT:
        raise Invalid(_("This file is too large to be looked at here; the operator brings it in by “dabir directory”."))
    return kept


def _kept(text: str) -> list[Table]:
    try:
        return [from_plain(table) for table in signing.loads(text, salt=SALT, max_age=24 * 3600)]
    except (signing.BadSignature, json.JSONDecodeError, KeyError, TypeError, ValueError):
        raise Invalid(_("What was looked at is too old. Choose the file again."), field="file") from None
