"""The page of a debt's deadline: its extensions, the event that started it, how often it comes again, its chain."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry, history
from dabir.desk.acting import DeskRequest
from dabir.desk.chain_picture import picture
from dabir.desk.switches import back
from dabir.foundation.access import get_visible, may
from dabir.foundation.acting import Acting
from dabir.meetings.models import Meeting, MeetingState
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations import extending, recurring, waiting
from dabir.obligations.chains import chain_of
from dabir.obligations.extensions import extensions_visible_to, secretary_decides
from dabir.obligations.instances import period_of
from dabir.obligations.measures import IS_RUNNING
from dabir.obligations.models import NOT_ENDED, DueKind, Extension, ExtensionState, Obligation, Rhythm, State
from dabir.obligations.queries import followed_among, resolutions_visible_to, rows_of, visible_to
from dabir.obligations.standing import standing_rules
from dabir.obligations.triggers import sources_told_to, waits_for_an_event
from dabir.persian import clock

MOST_OFFERED = 100
"""Debts of the same meeting that one can be made to wait for by a choice."""


@require_GET
def deadline(request: DeskRequest, code: str) -> HttpResponse:
    by, today = request.acting, clock.today()
    debts = visible_to(by).select_related(
        "meeting", "body__party", "resolution", "point", "order", "lead", "recurs_from", "started_by"
    )
    debt = get_visible(debts, code=code)
    requests = list(extensions_visible_to(by).filter(obligation=debt).select_related("resolution"))
    asked = next((one for one in requests if one.state == ExtensionState.ASKED), None)
    chain = chain_of(debt, by)
    runs = debt.state in NOT_ENDED
    recurs = debt.due_kind == DueKind.RECURRENCE and debt.recurs_from is None
    dated = debt.state == State.OPEN and debt.due_day is not None and not debt.is_group
    asks = dated and may(by, "obligations.ask_extension", debt)
    decides = runs and may(by, "obligations.grant_extension", debt)
    context: dict[str, Any] = {
        "debt": debt,
        "row": rows_of(Obligation.objects.filter(pk=debt.pk))[0],
        "requests": requests,
        "cited": set(resolutions_visible_to(by).filter(extensions__in=requests).values_list("pk", flat=True)),
        "asked": asked,
        "asks": asks and asked is None,
        "withdraws": asks and asked is not None,
        "own": by.speaks_for(debt.lead_id),
        "decides": decides,
        "secretary_decides": secretary_decides(debt),
        "into_minutes": runs and may(by, "cycle.add_to_next_minutes", debt),
        "session": _next_session(by, debt) if decides and asked and not secretary_decides(debt) else None,
        "sources": sources_told_to(by, [debt.started_by]) if debt.started_by else {},
        "awaits": waits_for_an_event(debt),
        "recurs": recurs and not debt.is_group,
        "period": period_of(debt) if recurs else None,
        "rhythms": Rhythm.choices,
        "instances": rows_of(visible_to(by).filter(recurs_from=debt)) if debt.instances_made else [],
        "chain": chain,
        "picture": picture(chain, today, from_right=translation.get_language_bidi()) if chain else None,
        "offered": _offered(by, debt) if decides else [],
        "rules": standing_rules(by, debt.body),
        "history": history.of([debt], quiet=() if followed_among(by, [debt.pk]) else (debt,)),
    }
    return render(request, "time/debt.html", context)


@require_POST
def ask(request: DeskRequest, pk: int) -> HttpResponse:
    sent = request.POST
    extending.ask_extension(
        _debt(request, pk),
        by=request.acting,
        wanted=entry.day(sent.get("wanted", ""), field="wanted"),
        reason=sent.get("reason", ""),
        number=sent.get("number", ""),
        dated=entry.optional_day(sent.get("dated", ""), field="dated"),
    )
    messages.success(request, _("The request for an extension is recorded."))
    return back(request)


@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    extending.withdraw_extension(_extension(request, pk), by=request.acting)
    messages.success(request, _("The request is taken back."))
    return back(request)


@require_POST
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """Grant or refuse, as the pressed button says."""
    extension, sent, by = _extension(request, pk), request.POST, request.acting
    answer = sent.get("answer", "")
    if sent.get("do") == "refuse":
        extending.refuse_extension(extension, by=by, answer=answer)
        messages.success(request, _("The request is refused."))
    else:
        extending.grant_extension(extension, by=by, day=entry.optional_day(sent.get("day", "")), answer=answer)
        messages.success(request, _("The deadline is extended."))
    return back(request)


@require_POST
def set_rhythm(request: DeskRequest, pk: int) -> HttpResponse:
    sent = request.POST
    counted = sent.get("unit") in (Rhythm.WEEK, Rhythm.MONTH)
    recurring.set_rhythm(
        _debt(request, pk),
        by=request.acting,
        unit=sent.get("unit", ""),
        every=entry.count(sent.get("every", ""), field="every") if counted else None,
        first=entry.optional_day(sent.get("first", ""), field="first") if counted else None,
    )
    messages.success(request, _("How often it comes again is set."))
    return back(request)


@require_POST
def add_wait(request: DeskRequest, pk: int) -> HttpResponse:
    other = get_visible(visible_to(request.acting), code=request.POST.get("waits_for", "").strip()[:110])
    waiting.add_wait(_debt(request, pk), by=request.acting, waits_for=other)
    messages.success(request, _("It waits for %(code)s.") % {"code": other.code})
    return back(request)


@require_POST
def remove_wait(request: DeskRequest, pk: int, other: int) -> HttpResponse:
    waits_for = get_visible(visible_to(request.acting), pk=other)
    waiting.remove_wait(_debt(request, pk), by=request.acting, waits_for=waits_for)
    messages.success(request, _("It does not wait for %(code)s any longer.") % {"code": waits_for.code})
    return back(request)


def _debt(request: DeskRequest, pk: int) -> Obligation:
    return get_visible(visible_to(request.acting).select_related("meeting", "body"), pk=pk)


def _extension(request: DeskRequest, pk: int) -> Extension:
    return get_visible(extensions_visible_to(request.acting).select_related("obligation__meeting"), pk=pk)


def _next_session(by: Acting, debt: Obligation) -> Meeting | None:
    """The body's next meeting of the debt's class or a higher one, where the actor writes its agenda: it decides on
    what the secretary may not."""
    ahead = meetings_visible_to(by).filter(
        bodies__body=debt.body_id, state__in=[MeetingState.PLANNED, MeetingState.CALLED], date__gte=clock.today()
    )
    found = next((one for one in ahead.order_by("date", "id") if not debt.secrecy.is_above(one.secrecy)), None)
    return found if found and may(by, "meetings.add_item", found) else None


def _offered(by: Acting, debt: Obligation) -> list[tuple[str, str]]:
    """The running debts of the same meeting or order, by their codes."""
    near = {"meeting": debt.meeting_id} if debt.meeting_id else {"order": debt.order_id}
    rows = visible_to(by).filter(IS_RUNNING, is_group=False, **near).exclude(pk=debt.pk).order_by("code")
    return list(rows.values_list("code", "action")[:MOST_OFFERED])
