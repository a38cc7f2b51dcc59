"""Numbers for many letters: a column copied from the office-automation system, paired line by line with the letters
that wait, looked over, and stored together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dabir.cycle import communicating
from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.letters import MOST_CHOSEN, chosen, filter_choices, narrowed, way_of
from dabir.foundation.access import REASONS, may
from dabir.foundation.errors import Invalid, Refused
from dabir.letters import pasted
from dabir.letters.listing import AWAITING, Filters
from dabir.letters.models import Letter, LetterKind, Way
from dabir.letters.numbering import Faults, Numbered, doubts_of, faults_of
from dabir.meetings.queries import meetings_visible_to
from dabir.persian import clock, jalali

LARGEST = 100_000
ORDERS = {"written": ("written_at", "id"), "newest": ("-written_at", "-id"), "subject": ("subject", "id")}


@dataclass(slots=True)
class Row:
    """A letter and what it is to get, as it was typed or pasted."""

    letter: Letter
    taken: bool = True
    number: str = ""
    day: str = ""
    fault: str = ""
    fault_in: str = ""
    doubt: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: DeskRequest) -> HttpResponse:
    """The letters that wait for their number, in the order of the pasted column."""
    filters = Filters.from_query({**request.GET.dict(), "show": AWAITING})
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "written"
    context: dict[str, Any] = {"table": "", "told": [], "fault": "", "fault_in": ""}
    context["day"] = request.POST.get("day", "")[:40]
    status = 200
    if request.method == "POST":
        rows = _posted(request)
        context["table"] = request.POST.get("table", "")[:LARGEST]
        try:
            default = entry.optional_day(request.POST.get("day", ""))
            if request.POST.get("do") == "paste":
                context["told"] = _pair(rows, context["table"], default)
                _look(rows, default)
            else:
                return _give(request, rows, default, filters)
        except Faults as refusal:
            taken = [row for row in rows if row.taken]
            for at, sentence in refusal.faults.items():
                taken[at].fault = sentence
            context["fault"], status = str(refusal), 422
        except Invalid as refusal:
            context["fault"], context["fault_in"], status = str(refusal), refusal.field, 422
    else:
        rows = [Row(letter) for letter in _waiting(request, filters, order)]
    context |= filter_choices(request, filters) | {
        "rows": rows,
        "order": order,
        "orders": _orders(),
        "ways": Way.choices,
        "way": request.POST.get("way") or Way.AUTOMATION,
        "this": "?" + urlencode(filters.as_query() | {"order": order}),
        "most": MOST_CHOSEN,
    }
    return render(request, "letters/numbers.html", context, status=status)


def _waiting(request: DeskRequest, filters: Filters, order: str) -> list[Letter]:
    """Those that the actor may number, in the chosen order."""
    letters = narrowed(request, filters).order_by(*ORDERS[order])[:MOST_CHOSEN]
    found = [letter for letter in letters if may(request.acting, "cycle.number_letters", letter)]
    if not found and not request.acting.secretariats and not request.acting.operator:
        raise Refused(REASONS["cycle.number_letters"])
    return found


def _posted(request: DeskRequest) -> list[Row]:
    """The rows as the form has them, in its order."""
    posted = request.POST
    return [
        Row(
            letter,
            taken=f"take-{letter.pk}" in posted,
            number=posted.get(f"number-{letter.pk}", "")[:100],
            day=posted.get(f"day-{letter.pk}", "")[:40],
        )
        for letter in chosen(request)
    ]


def _pair(rows: Sequence[Row], table: str, default: date | None) -> list[tuple[str, str]]:
    """Fill the taken rows from the pasted lines; what is to be said of the pairing, each with its tone."""
    read = pasted.read(table, clock.today())
    taken = [row for row in rows if row.taken]
    if not any(line.number or line.day for line in read.lines):
        raise Invalid(_("There is no number in what was pasted."), field="table")
    for row in taken:
        row.number = row.day = ""
    for row, line in zip(taken, read.lines, strict=False):
        row.number, row.fault = line.number, line.fault
        day = line.day or (default if line.number else None)
        row.day = jalali.format_day(day, persian_digits=False) if day else ""
    said = []
    lines, letters = len(read.lines), len(taken)
    if lines != letters:
        counts = {"lines": figures(lines), "letters": figures(letters)}
        said.append(("warning", _("%(lines)s lines for %(letters)s letters: look at how they pair.") % counts))
    else:
        sentence = ngettext("%(count)s line for %(count)s letter.", "%(count)s lines for %(count)s letters.", lines)
        said.append(("success", sentence % {"count": figures(lines)}))
    if read.has_head:
        said.append(("info", _("The first line is the head of the column and was passed over.")))
    empty = [figures(line.at) for line in read.lines if not line.number and not line.fault][:10]
    if empty:
        said.append(("info", _("Without a number: line %(lines)s.") % {"lines": _(", ").join(empty)}))
    if read.too_many:
        most = {"count": figures(MOST_CHOSEN)}
        said.append(("warning", _("At most %(count)s letters at once.") % most))
    return said


def _look(rows: Sequence[Row], default: date | None) -> None:
    """Say beside each filled row what is wrong with it, or odd. A taken row without a number is left waiting."""
    filled = [row for row in rows if row.taken and (row.number or row.fault)]
    for row in rows:
        row.taken = row in filled
    numbered = [Numbered(row.letter, row.number, _day(row, default)) for row in filled]
    for at, fault in faults_of(numbered).items():
        filled[at].fault = filled[at].fault or str(fault)
        filled[at].fault_in = fault.field or ""
    for at, doubt in doubts_of(numbered).items():
        filled[at].doubt = doubt


def _give(request: DeskRequest, rows: Sequence[Row], default: date | None, filters: Filters) -> HttpResponse:
    """Store them; back to the meeting's communication where the actor came from there, else to those letters."""
    taken = [row for row in rows if row.taken]
    numbered = [Numbered(row.letter, row.number, _day(row, default)) for row in taken]
    given = communicating.number_letters(numbered, by=request.acting, way=way_of(request))
    sentence = ngettext("%(count)s letter has its number.", "%(count)s letters have their numbers.", len(given))
    messages.success(request, sentence % {"count": figures(len(given))})
    if filters.kind == LetterKind.COMMUNICATION:
        meeting = meetings_visible_to(request.acting).filter(code=filters.meeting).first()
        if meeting is not None:
            return redirect("meeting-communicate", meeting.code)
    named = ",".join(str(letter.pk) for letter in given)
    return redirect(f"{reverse('letters')}?{urlencode({'of': named})}")


def _day(row: Row, default: date | None) -> date | None:
    """The row's own day, or the one for all; a day that cannot be read is none, and so a fault of the row."""
    if not row.day.strip():
        return default
    try:
        return entry.day(row.day)
    except Invalid as refusal:
        row.fault, row.fault_in = str(refusal), "day"
        return None


def _orders() -> list[tuple[str, str]]:
    return [("written", _("oldest first")), ("newest", _("newest letters first")), ("subject", _("by subject"))]
