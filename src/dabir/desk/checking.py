"""Checking a draft: its text with a way to correct each line, what members have said, and what is answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.cycle.deciding import findings_beside
from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.addresses import came_from
from dabir.desk.meeting_of import meeting_of
from dabir.directory.models import Party
from dabir.foundation.access import get_visible, may
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.audiences import Audience, audience_of, draft_view
from dabir.meetings.checking import (
    dissents_visible_to,
    manuscripts_visible_to,
    numbers_of,
    suggestions_visible_to,
)
from dabir.meetings.manuscripts import revisions
from dabir.meetings.members import own_parties, parties_of
from dabir.meetings.models import (
    ON_RECORD,
    Dissent,
    Manuscript,
    ManuscriptState,
    Meeting,
    Suggestion,
    SuggestionState,
)
from dabir.meetings.queries import meetings_visible_to
from dabir.meetings.sealing import readiness
from dabir.meetings.typed import cleaned
from dabir.meetings.words import narrowed, stands_once
from dabir.persian import clock
from dabir.persian.digits import parse_int


def part(request: DeskRequest, meeting: Meeting) -> dict[str, Any]:
    """What the meeting's page shows of it: how far the draft is, and how many corrections wait."""
    draft = manuscripts_visible_to(request.acting).filter(meeting=meeting).first()
    return {
        "manuscript": draft,
        "waiting": draft.suggestions.filter(state=SuggestionState.OPEN).select_related("party")[:50] if draft else [],
        "seals": draft is not None
        and draft.state != ManuscriptState.SEALED
        and may(request.acting, "cycle.preview_sealing", meeting),
        "dissents": meeting.dissents.select_related("party"),
        "late_dissent": _late_dissent(request.acting, meeting),
    }


def _late_dissent(by: Acting, meeting: Meeting) -> dict[str, list[tuple[Any, str]]] | None:
    """What the form of a dissent from minutes that stand lets choose, for whoever may record one."""
    if meeting.state not in ON_RECORD:
        return None
    if not may(by, "meetings.record_dissent", meeting):
        return None
    return {
        "numbers": [(number, number) for number in numbers_of(meeting)],
        "parties": [(party.pk, party.name) for party in parties_of(meeting)],
    }


@require_GET
def check(request: DeskRequest, code: str) -> HttpResponse:
    """`?line=` opens the form for a line."""
    by, draft = request.acting, _draft(request, code)
    meeting = draft.meeting
    newest, audience = revisions.newest(draft), audience_of(by, meeting)
    shown = draft_view(meeting, newest.text, audience)
    keeps = may(by, "meetings.suggest_for_another", meeting)
    decides = may(by, "meetings.accept_suggestion", meeting)
    said = list(suggestions_visible_to(by, draft))
    is_late = bool(draft.until and clock.today() > draft.until)
    is_open = draft.state != ManuscriptState.SEALED and meeting.state != "recorded"
    corrects = is_open and may(by, "meetings.suggest", draft) and (keeps or not is_late)
    ready = readiness(draft, findings_beside) if keeps and is_open else None
    parties = list(parties_of(meeting)) if keeps else own_parties(by, meeting)
    context = {
        "meeting": meeting,
        "draft": draft,
        "revision": newest.number,
        "lines": shown.lines,
        "hidden": shown.hidden,
        "line": parse_int(request.GET.get("line", "")[:6]) if corrects else None,
        "reads_whole": audience == Audience.INTERNAL,
        "keeps": keeps,
        "decides": decides and is_open,
        "corrects": corrects,
        "is_open": is_open,
        "is_late": is_late,
        "ready": ready,
        "open_ones": [one for one in said if one.state == SuggestionState.OPEN],
        "answered": [one for one in said if one.state != SuggestionState.OPEN],
        "own": by.parties,
        "stands": {one.pk: bool(one.old) and stands_once(newest.text, one.old) for one in said},
        "parties": [(party.pk, party.name) for party in parties],
        "dissents": dissents_visible_to(by, meeting),
        "classifies": may(by, "meetings.classify_dissent", meeting),
        "secrecies": SecrecyClass.choices,
        "dissenting": is_open and may(by, "meetings.record_dissent", meeting) and (keeps or not is_late),
        "numbers": [(n, n) for n in numbers_of(meeting)] if is_open else [],
    }
    return render(request, "checking/check.html", context)


@require_POST
def send_round(request: DeskRequest, code: str) -> HttpResponse:
    """To the members until a day, or back from them."""
    draft, by = _draft(request, code), request.acting
    if request.POST.get("back"):
        services.take_back(draft, by=by)
        messages.success(request, _("The draft is the secretariat's alone again; what members have said stays."))
    else:
        services.circulate(draft, until=entry.day(request.POST.get("until", ""), field="until"), by=by)
        messages.success(request, _("Members see the draft now, and may correct it until that day."))
    return redirect("check", code)


@require_POST
def suggest(request: DeskRequest, code: str) -> HttpResponse:
    """A correction of a line, or a remark about the whole."""
    draft, posted = _draft(request, code), request.POST
    revision = parse_int(posted.get("revision", "")[:9]) or 0
    line, new = parse_int(posted.get("line", "")[:6]), cleaned(posted.get("new", ""))
    old = ""
    if line is not None:
        meeting = draft.meeting
        shown = draft_view(meeting, revisions.based_on(draft, revision).text, audience_of(request.acting, meeting))
        change = narrowed(shown.text, line, new)
        if change is None:
            raise Invalid(_("These are the same words as before."), field="new")
        old, new = change.old, change.new
    services.suggest(
        draft,
        by=request.acting,
        revision=revision,
        party=_party(request),
        said_by=posted.get("said_by", ""),
        old=old,
        new=new,
        reason=posted.get("reason", ""),
    )
    messages.success(request, _("The correction is noted; the secretary answers it."))
    return redirect(reverse("check", args=[code]) + (f"#L{line}" if line else "#corrections"))


@require_POST
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Accept, refuse, or take back."""
    by = request.acting
    drafts = manuscripts_visible_to(by)
    row = get_visible(
        Suggestion.objects.filter(manuscript__in=drafts).select_related("manuscript__meeting", "party"), pk=pk
    )
    if not suggestions_visible_to(by, row.manuscript).filter(pk=pk).exists():
        get_visible(Suggestion.objects.none(), pk=pk)
    said, act = request.POST.get("answer", ""), request.POST.get("act", "")
    if act == "accept":
        services.accept_suggestion(row, by=by, answer=said)
        messages.success(request, _("Its words are in the text."))
    elif act == "placed":
        services.accept_suggestion(row, by=by, answer=said, placed=True)
    elif act == "refuse":
        services.refuse_suggestion(row, by=by, answer=said)
    elif act == "withdraw":
        services.withdraw_suggestion(row, by=by)
    else:
        raise Invalid(_("Say what becomes of it."))
    return redirect(reverse("check", args=[row.manuscript.meeting.code]) + "#corrections")


@require_POST
def dissent(request: DeskRequest, code: str) -> HttpResponse:
    """What a member disagrees with, from the page of the draft."""
    _record_dissent(request, _draft(request, code).meeting)
    return redirect(reverse("check", args=[code]) + "#dissent")


@require_POST
def late_dissent(request: DeskRequest, code: str) -> HttpResponse:
    """What came after the minutes stood, sealed or recorded from paper, from the meeting's page."""
    meeting = meeting_of(request, code)
    _record_dissent(request, meeting)
    return redirect(reverse("meeting", args=[meeting.code]) + "#dissent")


def _record_dissent(request: DeskRequest, meeting: Meeting) -> None:
    posted = request.POST
    services.record_dissent(
        meeting,
        by=request.acting,
        text=posted.get("text", ""),
        party=_party(request),
        name=posted.get("name", ""),
        about=posted.get("about", ""),
        secrecy=entry.secrecy(posted.get("secrecy") or SecrecyClass.NORMAL),
    )
    messages.success(request, _("The dissent is kept with the minutes."))


@require_POST
def classify_dissent(request: DeskRequest, pk: int) -> HttpResponse:
    """Set a dissent's class, from the page of the draft or from that of the meeting."""
    row = _dissent(request, pk)
    services.classify_dissent(row, entry.secrecy(request.POST.get("secrecy", "")), by=request.acting)
    return redirect((came_from(request) or reverse("meeting", args=[row.meeting.code])) + "#dissent")


@require_POST
def remove_dissent(request: DeskRequest, pk: int) -> HttpResponse:
    row = _dissent(request, pk)
    services.remove_dissent(row, by=request.acting)
    return redirect(reverse("check", args=[row.meeting.code]) + "#dissent")


@require_POST
def override(request: DeskRequest, code: str) -> HttpResponse:
    """Let an error pass, or no longer."""
    draft, posted = _draft(request, code), request.POST
    rule, words = posted.get("rule", "")[:60], posted.get("words", "")
    if posted.get("lift"):
        services.lift_override(draft, by=request.acting, rule=rule, words=words)
    else:
        reason = posted.get("reason", "")
        services.override_finding(
            draft, by=request.acting, rule=rule, words=words, reason=reason, beside=findings_beside
        )
    return redirect(reverse("check", args=[code]) + "#errors")


def _draft(request: DeskRequest, code: str) -> Manuscript:
    drafts = manuscripts_visible_to(request.acting).select_related("meeting__kept_by__party")
    return get_visible(drafts, meeting__code=code)


def _dissent(request: DeskRequest, pk: int) -> Dissent:
    by = request.acting
    seen = Q(meeting__manuscript__in=manuscripts_visible_to(by)) | Q(meeting__in=meetings_visible_to(by))
    row = get_visible(Dissent.objects.filter(seen).select_related("meeting"), pk=pk)
    get_visible(dissents_visible_to(by, row.meeting), pk=pk)
    return row


def _party(request: DeskRequest) -> Party | None:
    """In whose name; the service asks whether that may be."""
    key = parse_int(request.POST.get("party", "")[:12])
    return Party.objects.filter(pk=key).first() if key else None
