"""Putting a meeting's resolutions into the hands of those who owe them: who gets what, what is missing, and its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dabir.cycle import finishing
from dabir.cycle.debtors import Debtor, standing_of
from dabir.cycle.extracts import Form, communicate
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.meeting_of import meeting_of
from dabir.foundation.access import get_visible, may
from dabir.foundation.errors import Invalid, Missing
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Urgency
from dabir.meetings.models import ON_RECORD
from dabir.obligations import services
from dabir.obligations.queries import visible_to


@require_GET
def page(request: DeskRequest, code: str) -> HttpResponse:
    by, meeting = request.acting, meeting_of(request, code)
    if meeting.state not in ON_RECORD:
        raise Missing(_("There is no such page."))
    standing = standing_of(meeting, by)
    classes = list(SecrecyClass)
    communicates = may(by, "cycle.communicate", meeting)
    context = {
        "meeting": meeting,
        "standing": standing,
        "counts": standing.counts(),
        "missing": finishing.missing(meeting),
        "communicates": communicates,
        "without_account": any(not debtor.signs_in and _is_told(debtor) for debtor in standing.debtors),
        "explains": any(may(by, "obligations.set_gap_reason", debt) for debt in standing.unsettled[:1]),
        "again": communicates and bool(request.GET.get("again")),
        "urgencies": Urgency.choices,
        "classes": [(c.value, c.label) for c in classes[classes.index(SecrecyClass(meeting.secrecy)) :]],
    }
    return render(request, "meeting/communicate.html", context)


def _is_told(debtor: Debtor) -> bool:
    return any(owed.sent for owed in debtor.owed)


@require_POST
def write(request: DeskRequest, code: str) -> HttpResponse:
    """Write the letters for the chosen debts."""
    meeting, sent = meeting_of(request, code), request.POST
    chosen = [int(key) for key in sent.getlist("debt")[:2_000] if key.isascii() and key.isdecimal() and len(key) < 16]
    if not chosen:
        raise Invalid(_("Choose at least one debt."))
    form, urgency, secrecy = sent.get("form", Form.EXTRACTS), sent.get("urgency", ""), sent.get("secrecy", "")
    if form not in list(Form):
        raise Invalid(_("There is no such form."), field="form")
    if secrecy and secrecy not in SecrecyClass.values:
        raise Invalid(_("There is no such class."), field="secrecy")
    made = communicate(
        meeting,
        by=request.acting,
        form=Form(form),
        debts=chosen,
        again=bool(sent.get("again")),
        secrecy=SecrecyClass(secrecy) if secrecy else None,
        urgency=Urgency(urgency) if urgency in Urgency.values else Urgency.NORMAL,
        copies=bool(sent.get("copies")),
    )
    text = ngettext(
        "%(count)s letter is written and waits for its number.",
        "%(count)s letters are written and wait for their numbers.",
        len(made),
    )
    messages.success(request, text % {"count": figures(len(made))})
    return redirect("meeting-communicate", code)


@require_POST
def finish(request: DeskRequest, code: str) -> HttpResponse:
    finishing.finish_meeting(meeting_of(request, code), by=request.acting)
    messages.success(request, _("The meeting is finished."))
    return redirect("meeting-communicate", code)


@require_POST
def reopen(request: DeskRequest, code: str) -> HttpResponse:
    finishing.reopen_meeting(meeting_of(request, code), by=request.acting, reason=request.POST.get("reason", ""))
    messages.success(request, _("The meeting is open again."))
    return redirect("meeting-communicate", code)


@require_POST
def gap_reason(request: DeskRequest, pk: int) -> HttpResponse:
    """Say why a debt stays unsettled."""
    debt = get_visible(visible_to(request.acting).select_related("meeting"), pk=pk)
    services.set_gap_reason(debt, by=request.acting, reason=request.POST.get("reason", ""))
    if debt.meeting is None:
        return redirect("debt", debt.code)
    return redirect("meeting-communicate", debt.meeting.code)
