"""«پیگیری امروز»: the letters that the ladder proposes today, written by one press; and the ladder of a body."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.cycle.chased import deputies_of
from dabir.cycle.ladder import EARLIEST, LATEST, MOST_STEPS, Step, has_own, restore_ladder, set_ladder, steps_of
from dabir.cycle.models import Rung
from dabir.cycle.reminding import proposals, write_reminders
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.party_entry import Named, party_of
from dabir.directory.models import Body, PartyKind
from dabir.directory.queries import bodies_visible_to
from dabir.directory.services import set_deputy
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.errors import Invalid
from dabir.persian import clock, digits


@require_GET
def today(request: DeskRequest) -> HttpResponse:
    require(request.acting, "cycle.write_reminders")
    day = clock.today()
    found = proposals(request.acting, day)
    bodies = {body.pk: body for body in bodies_visible_to(request.acting).filter(pk__in=request.acting.secretariats)}
    context = {
        "proposals": found,
        "debts": sum(len(one.debts) for one in found),
        "day": day,
        "several": len(bodies) > 1,
        "bodies": bodies.values(),
    }
    return render(request, "follow_up/today.html", context)


@require_POST
def write(request: DeskRequest) -> HttpResponse:
    chosen = request.POST.getlist("letter")
    if not chosen:
        raise Invalid(_("Choose at least one letter."))
    made = write_reminders(chosen, by=request.acting)
    said = ngettext(
        "%(count)s letter is written and awaits its number.",
        "%(count)s letters are written and await their numbers.",
        len(made),
    )
    messages.success(request, said % {"count": figures(len(made))})
    return redirect("letters")


@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request: DeskRequest, code: str) -> HttpResponse:
    """The steps of a body's ladder, to see and to set."""
    body, fault, status = _body(request, code), "", 200
    steps = list(steps_of(body))
    if request.method == "POST":
        try:
            steps = _typed(request)
            set_ladder(body, steps, by=request.acting)
        except Invalid as error:
            fault, status = str(error), 422
        else:
            messages.success(request, _("The ladder of this body is set."))
            return redirect("ladder", body.party.code)
    context = {
        "body": body,
        "steps": steps,
        "spare": max(0, min(3, MOST_STEPS - len(steps))),
        "rungs": Rung.choices,
        "labels": dict(Rung.choices),
        "own": has_own(body),
        "sets": may(request.acting, "cycle.set_ladder", body),
        "sets_deputy": may(request.acting, "directory.set_deputy", body),
        "deputy": deputies_of([body.pk], clock.today()).get(body.pk),
        "named": [Named(body.deputy.party, body.deputy.party.name)] if body.deputy else [],
        "fault": fault,
    }
    return render(request, "follow_up/ladder.html", context, status=status)


@require_POST
def deputy(request: DeskRequest, code: str) -> HttpResponse:
    """Name the post that gets the report to the deputy; an empty field leaves it to the chair."""
    body = _body(request, code)
    require(request.acting, "directory.set_deputy", body)
    named = party_of(request.POST, "deputy", request.acting, kinds=[PartyKind.POST])
    set_deputy(by=request.acting, body=body, post=named.party.post if named and named.party else None)
    messages.success(request, _("Who gets the report is set."))
    return redirect("ladder", body.party.code)


@require_POST
def restore(request: DeskRequest, code: str) -> HttpResponse:
    body = _body(request, code)
    restore_ladder(body, by=request.acting)
    messages.success(request, _("The ladder that comes with Dabir holds again."))
    return redirect("ladder", body.party.code)


def _typed(request: DeskRequest) -> list[Step]:
    """A row without days is none."""
    posted, steps = request.POST, []
    for number in range(MOST_STEPS):
        text = posted.get(f"days-{number}", "").strip()[:8]
        if not text:
            continue
        days, rung = digits.parse_int(text), posted.get(f"rung-{number}", "")
        before = posted.get(f"when-{number}") == "before"
        if days is None or not 0 <= days <= max(LATEST, -EARLIEST) or rung not in Rung.values:
            raise Invalid(_("Write a number of days and choose what is done."))
        steps.append(Step(-days if before else days, Rung(rung), bool(posted.get(f"working-{number}"))))
    return steps


def _body(request: DeskRequest, code: str) -> Body:
    return get_visible(bodies_visible_to(request.acting), party__code=code)
