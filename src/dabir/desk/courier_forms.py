"""Courier forms: out for the agencies of a meeting that have no account, and in again after a look at each row."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dabir.cycle.courier import forms_of
from dabir.cycle.courier_in import Fate, Line, Returned, preview_forms, record_forms
from dabir.cycle.debtors import standing_of
from dabir.desk import uploads
from dabir.desk.acting import DeskRequest
from dabir.desk.downloads import saved
from dabir.desk.jinja import figures
from dabir.desk.meeting_of import meeting_of
from dabir.foundation import files
from dabir.foundation.access import may, require
from dabir.foundation.errors import DomainError, Invalid, Missing
from dabir.foundation.tables import NotRead, read_form
from dabir.reading.sheets.child import from_plain, plain
from dabir.writing.courier import CourierForm, to_xlsx
from dabir.writing.courier_docx import each_docx
from dabir.writing.letters_zip import safe

SALT = "dabir.desk.courier"
LARGEST_KEPT = 2_000_000
"""Letters of what a page carries from the look to the recording."""
FATES: dict[str, str | Promise] = {
    Fate.NEW: gettext_lazy("to be recorded"),
    Fate.SAME: gettext_lazy("nothing new"),
    Fate.REFUSED: gettext_lazy("refused"),
}
_WRITERS: dict[str, Callable[[Iterable[CourierForm]], Iterator[bytes]]] = {
    "xlsx": partial(map, to_xlsx),
    "docx": each_docx,
}


@require_GET
def out(request: DeskRequest, code: str, form: str) -> HttpResponse:
    """A ZIP of the forms of a meeting's letters whose receipts the actor records, for the debtors without an account,
    or for all where `all` is asked; a form for each letter."""
    if form not in _WRITERS:
        raise Missing(_("There is no such page."))
    meeting = meeting_of(request, code)
    require(request.acting, "cycle.preview_forms")
    standing = standing_of(meeting, request.acting)
    leads = {debtor.party.pk for debtor in standing.debtors if request.GET.get("all") or not debtor.signs_in}
    own = [letter for letter in standing.letters if may(request.acting, "cycle.record_receipts", letter)]
    found = forms_of(own, leads)
    if not found:
        raise Invalid(_("No letter to an agency without an account is written yet."))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for (name, _form), data in zip(found, _WRITERS[form](one for _name, one in found), strict=True):
            package.writestr(f"{safe(name)}.{form}", data)
    return saved(held.getvalue(), f"forms-{meeting.code}.zip")


@require_http_methods(["GET", "POST"])
def bring_in(request: DeskRequest) -> HttpResponse:
    """Forms that came back: first what each of their rows would record; what the page carries is then recorded."""
    by = request.acting
    require(by, "cycle.preview_forms")
    context: dict[str, Any] = {"lines": [], "counts": {}, "fault": "", "kept": "", "fates": FATES}
    context |= {"unread": [], "recordable": 0, "more": 0, "most": settings.MOST_UPLOADS}
    if request.method == "POST":
        try:
            kept = request.POST.get("kept", "")
            if kept and request.POST.get("sure") == "1":
                done = Counter(line.fate for line in record_forms(_kept(kept, request), by=by))
                text = ngettext("%(count)s row is recorded.", "%(count)s rows are recorded.", done[Fate.NEW])
                messages.success(request, text % {"count": figures(done[Fate.NEW])})
                return redirect("courier-forms")
            forms, unread = _uploaded(request)
            lines = preview_forms(forms, by=by) if forms else []
            context |= _look(lines) | {"kept": _keep(forms, request), "unread": unread}
        except DomainError as error:
            context["fault"] = str(error)
    return render(request, "letters/courier.html", context, status=422 if context["fault"] else 200)


def _look(lines: list[Line]) -> dict[str, Any]:
    counts = Counter(line.fate for line in lines)
    rank = [Fate.REFUSED, Fate.NEW, Fate.SAME]
    return {
        "lines": sorted(lines, key=lambda line: rank.index(line.fate)),
        "counts": {fate: counts[fate] for fate in Fate if counts[fate]},
        "recordable": counts[Fate.NEW],
    }


def _uploaded(request: DeskRequest) -> tuple[list[Returned], list[str]]:
    """The forms that were sent, and why others are none."""
    sent = request.FILES.getlist("file")
    unread = [str(NotRead("too-large", name)) for name in uploads.too_large(request)]
    if len(sent) > settings.MOST_UPLOADS:
        raise Invalid(uploads.too_many(), field="file")
    if not sent and not unread:
        raise Invalid(_("Choose the file."), field="file")
    forms = []
    for file in sent:
        data = file.read()
        try:
            tables = read_form(data, name=file.name or "")
        except NotRead as error:
            unread.append(str(error))
        else:
            forms.append(Returned(files.shown_name(file.name or ""), tables, files.put(data)))
    if not forms:
        raise Invalid(" ".join(unread), field="file")
    return forms, unread


def _keep(forms: list[Returned], request: DeskRequest) -> str:
    said = [[form.name, [plain(table) for table in form.tables], form.sha256] for form in forms]
    kept = signing.dumps(said, salt=f"{SALT}.{request.acting.post_id}", compress=True)
    if len(kept) > LARGEST_KEPT:
        raise Invalid(_("These forms are too large to be looked at together; bring fewer at once."), field="file")
    return kept


def _kept(text: str, request: DeskRequest) -> list[Returned]:
    try:
        said = signing.loads(text, salt=f"{SALT}.{request.acting.post_id}", max_age=24 * 3600)
        return [Returned(name, [from_plain(table) for table in tables], digest) for name, tables, digest in said]
    except (signing.BadSignature, json.JSONDecodeError, KeyError, TypeError, ValueError):
        raise Invalid(_("What was looked at is too old. Choose the file again."), field="file") from None
