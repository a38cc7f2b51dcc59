"""What is done to debts from a page: each is one form, one service, and back to the page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dabir.cycle import recording
from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.party_entry import party_of
from dabir.desk.switches import back
from dabir.desk.ticked import ticked
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Invalid
from dabir.meetings.models import Point
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations import services
from dabir.obligations.making import Due, Duty
from dabir.obligations.models import Obligation
from dabir.obligations.queries import visible_to
from dabir.obligations.replies import Answer


def _debt(request: DeskRequest, pk: int) -> Obligation:
    return get_visible(visible_to(request.acting).select_related("meeting"), pk=pk)


@require_POST
def settle(request: DeskRequest, pk: int) -> HttpResponse:
    debt = _debt(request, pk)
    named = party_of(request.POST, "lead", request.acting)
    if named is None or named.party is None:
        raise Invalid(_("Say who owes it."), field="lead")
    lead = named.party
    recording.settle(debt, by=request.acting, lead=lead)
    messages.success(request, _("The debt has a lead now: %(lead)s.") % {"lead": lead.name})
    return back(request)


@require_POST
def set_due(request: DeskRequest, pk: int) -> HttpResponse:
    services.set_due(_debt(request, pk), by=request.acting, day=entry.day(request.POST.get("day", "")))
    messages.success(request, _("The deadline is set."))
    return back(request)


@require_POST
def release(request: DeskRequest) -> HttpResponse:
    """Release the debts of the form's `debt` fields together."""
    count = services.release(ticked(request), by=request.acting)
    messages.success(
        request,
        ngettext("%(count)s debt is released.", "%(count)s debts are released.", count) % {"count": figures(count)},
    )
    return back(request)


@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    services.withdraw([_debt(request, pk)], by=request.acting)
    messages.success(request, _("The release is taken back."))
    return back(request)


@require_POST
def acknowledge(request: DeskRequest, pk: int) -> HttpResponse:
    """An agency answers on its own page."""
    sent = request.POST
    answer = Answer.of(sent.get("kind", ""), sent.get("text", ""), sent.get("remark", ""), request.acting.name)
    if services.acknowledge(_debt(request, pk), by=request.acting, answer=answer):
        messages.success(request, _("Your answer is recorded."))
    return back(request)


@require_POST
def acknowledge_all(request: DeskRequest) -> HttpResponse:
    """The debts that were ticked on the desk, all or none."""
    if not (chosen := ticked(request)):
        raise Invalid(_("Choose at least one debt."))
    count = services.acknowledge_all(chosen, by=request.acting)
    text = ngettext("%(count)s debt is acknowledged.", "%(count)s debts are acknowledged.", count)
    messages.success(request, text % {"count": figures(count)})
    return back(request)


@require_POST
def cancel(request: DeskRequest, pk: int) -> HttpResponse:
    services.cancel(_debt(request, pk), by=request.acting, reason=request.POST.get("reason", ""))
    messages.success(request, _("The debt is cancelled."))
    return back(request)


@require_POST
def promote(request: DeskRequest, pk: int) -> HttpResponse:
    """Make a debt of a point of the discussion, long after the meeting (seed ب/۸)."""
    points = Point.objects.filter(meeting__in=meetings_visible_to(request.acting)).select_related("meeting__kept_by")
    point = get_visible(points, pk=pk)
    lead = party_of(request.POST, "lead", request.acting)
    due = entry.optional_day(request.POST.get("day", ""))
    duty = Duty(
        action=request.POST.get("action", "").strip(),
        lead=lead.party if lead else None,
        due=Due.on(due) if due else Due(),
    )
    made = recording.promote_point(point, by=request.acting, duty=duty)
    messages.success(request, _("The debt %(code)s is made.") % {"code": made.code})
    if point.meeting.finished_at:
        messages.info(request, _("The meeting was finished; with this debt it is open again."))
    return back(request)
