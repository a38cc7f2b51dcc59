"""Receipts: of one letter or of a pile, a row for each recipient; a column of days can be pasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dabir.cycle import communicating
from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.letters import chosen, found
from dabir.desk.switches import back
from dabir.desk.uploads import too_large
from dabir.foundation.access import REASONS, get_visible, may
from dabir.foundation.errors import Invalid, Refused
from dabir.letters import pasted
from dabir.letters.listing import Filters
from dabir.letters.models import Letter, LetterState, Recipient
from dabir.letters.numbering import Faults
from dabir.letters.receipts import Receipt
from dabir.persian import clock, jalali


@dataclass(slots=True)
class Row:
    """A recipient and their receipt as it was typed; `known` where one is recorded."""

    letter: Letter
    recipient: Recipient
    taken: bool
    day: str = ""
    name: str = ""
    number: str = ""
    known: bool = False
    fault: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: DeskRequest) -> HttpResponse:
    """The recipients of the chosen letters, to say when each letter arrived."""
    letters = _letters(request)
    rows = _rows(request, letters)
    act = request.POST.get("do", "")
    context = {"table": request.POST.get("table", "")[:100_000], "day": request.POST.get("day", "")[:40]}
    fault = fault_at = ""
    try:
        default = entry.optional_day(context["day"])
        if act == "paste":
            _fill(rows, context["table"])
        elif act == "record":
            return _record(request, rows, default)
    except Faults as refusal:
        fault = str(refusal)
        taken = [row for row in rows if row.taken]
        for at, sentence in refusal.faults.items():
            taken[at].fault = sentence
    except Invalid as refusal:
        fault, fault_at = str(refusal), refusal.field or ""
    more = {"rows": rows, "fault": fault, "fault_at": fault_at, "letters": letters}
    return render(request, "letters/receipts.html", context | more, status=422 if fault else 200)


@require_POST
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    """A receipt that was recorded by mistake."""
    recipient = get_visible(Recipient.objects.filter(letter__in=found(request)).select_related("letter"), pk=pk)
    communicating.take_receipt_back(recipient, by=request.acting, reason=request.POST.get("reason", ""))
    messages.success(request, _("The receipt is taken back."))
    return back(request)


def _letters(request: DeskRequest) -> list[Letter]:
    """Those named, that went out."""
    named = Filters.from_query(request.GET).named
    if request.method == "POST":
        letters = chosen(request)
    else:
        letters = list(found(request).filter(pk__in=named))
    sent = [letter for letter in letters if letter.state == LetterState.NUMBERED]
    if not all(may(request.acting, "cycle.record_receipts", letter) for letter in sent):
        raise Refused(REASONS["cycle.record_receipts"])
    return sent


def _rows(request: DeskRequest, letters: Sequence[Letter]) -> list[Row]:
    """As the form has them, or as they are on record."""
    posted = request.POST
    rows = []
    for letter in letters:
        for one in letter.recipients.all():
            row = Row(letter, one, taken=not one.is_copy and one.received_on is None, known=one.received_on is not None)
            if f"shown-{one.pk}" in posted:
                row.taken = f"take-{one.pk}" in posted
                row.day, row.name = posted.get(f"day-{one.pk}", "")[:40], posted.get(f"name-{one.pk}", "")[:300]
                row.number = posted.get(f"registered-{one.pk}", "")[:100]
            elif one.received_on:
                row.day = jalali.format_day(one.received_on, persian_digits=False)
                row.name, row.number = one.received_by, one.registered_as
            rows.append(row)
    return rows


def _fill(rows: Sequence[Row], table: str) -> None:
    lines = pasted.read_arrivals(table, clock.today())
    if not any(line.day for line in lines):
        raise Invalid(_("There is no day in what was pasted."), field="table")
    taken = [row for row in rows if row.taken]
    for row, line in zip(taken, lines, strict=False):
        row.day = jalali.format_day(line.day, persian_digits=False) if line.day else ""
        row.name, row.number = line.name or row.name, line.number or row.number
        row.taken = line.day is not None
    for row in taken[len(lines) :]:
        row.taken = False


def _record(request: DeskRequest, rows: Sequence[Row], default: date | None) -> HttpResponse:
    if large := too_large(request):
        raise Invalid(_("“%(name)s” is too large.") % {"name": large[0]})
    taken = [row for row in rows if row.taken]
    recorded = communicating.record_receipts([_receipt(request, row, default) for row in taken], by=request.acting)
    sentence = ngettext("%(count)s receipt is recorded.", "%(count)s receipts are recorded.", len(recorded))
    messages.success(request, sentence % {"count": figures(len(recorded))})
    keys = list(dict.fromkeys(row.letter.pk for row in taken))
    if len(keys) == 1:
        return redirect("letter", keys[0])
    return redirect(f"{reverse('letters')}?{urlencode({'of': ','.join(map(str, keys))})}")


def _receipt(request: DeskRequest, row: Row, default: date | None) -> Receipt:
    day = default
    if row.day.strip():
        try:
            day = entry.day(row.day)
        except Invalid as refusal:
            row.fault = str(refusal)
            day = None
    upload = request.FILES.get(f"scan-{row.recipient.pk}")
    return Receipt(row.recipient, day, row.name, row.number, upload.read() if upload else b"")
