"""The proposed agenda of a body's next meeting: lines with their reasons, and the form that takes the ticked ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dabir.cycle.agenda_words import Part
from dabir.cycle.next_agenda import Guest, Letter, Line, agenda_of, next_meetings, put_on_agenda
from dabir.desk.acting import DeskRequest
from dabir.desk.bodies import chosen_body
from dabir.desk.jinja import figures
from dabir.foundation.access import get_visible, may
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.models import Role
from dabir.persian import jalali

MOST = 50
"""Lines that a form sends."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is shown, as plain values; codes are empty where there is no such thing."""

    pk: int
    code: str
    action: str
    score: int
    lead_code: str
    lead: str
    secrecy: SecrecyClass
    parts: tuple[Part, ...]
    more: str
    planned: int | None
    reported: int | None
    verified: int | None
    due_day: date | None
    first_due_day: date | None
    last_words: str
    resolution: str
    order: str
    meeting: str
    """Its title."""
    letters: tuple[Letter, ...]
    candidates: tuple[str, str]


@require_GET
def agenda(request: DeskRequest) -> HttpResponse:
    """Of the body that the address names, or of the first one whose agenda the actor may read."""
    by = request.acting
    body, bodies = chosen_body(request, "cycle.agenda_of")
    made = agenda_of(body, by=by)
    writes = may(by, "cycle.put_on_agenda", body)
    coming = next_meetings(body, by) if writes else []
    context = {
        "day": made.day,
        "rows": [_row(line) for line in made.lines],
        "guests": [(guest, _roles(guest)) for guest in made.invite],
        "body": body,
        "bodies": [(one.code, one.party.name) for one in bodies],
        "writes": writes,
        "coming": [(one.code, figures(f"{one.title} · {jalali.format_day(one.date)}")) for one in coming],
        "meeting": request.GET.get("meeting", ""),
    }
    return render(request, "next_agenda.html", context)


def _row(line: Line) -> Row:
    debt = line.debt
    return Row(
        pk=debt.pk,
        code=debt.code,
        action=debt.action,
        score=line.score,
        lead_code=debt.lead.code if debt.lead else "",
        lead=debt.lead.name if debt.lead else "",
        secrecy=debt.secrecy,
        parts=line.parts,
        more=line.others,
        planned=line.planned,
        reported=debt.reported_percent,
        verified=debt.verified_percent,
        due_day=debt.due_day,
        first_due_day=debt.first_due_day,
        last_words=debt.last_words,
        resolution=debt.resolution.code if debt.resolution else "",
        order=debt.order.code if debt.order else "",
        meeting=debt.meeting.title if debt.meeting else "",
        letters=line.letters,
        candidates=line.candidates,
    )


def _roles(guest: Guest) -> str:
    """What it is to the debts for which it should come, in words."""
    return _(", ").join(_("lead") if role == "lead" else str(Role(role).label) for role in guest.roles)


@require_POST
def put(request: DeskRequest) -> HttpResponse:
    """Put the ticked lines into the agenda of a meeting, and call their owners to it where that is ticked too."""
    body, _all = chosen_body(request, "cycle.put_on_agenda")
    code = request.POST.get("meeting", "")
    meeting = get_visible(meetings_visible_to(request.acting), code=code) if code else None
    lines = request.POST.getlist("line")[:MOST]
    invites = bool(request.POST.get("invite"))
    chosen, new = put_on_agenda(body, lines, by=request.acting, meeting=meeting, invite=invites)
    said = ngettext("%(count)s item is new on this agenda.", "%(count)s items are new on this agenda.", new)
    messages.success(request, said % {"count": figures(new)} if new else _("This agenda has these items already."))
    return redirect("meeting", chosen.code)
