"""Planning a meeting: the form, the plan on the meeting's page, and what happens to it until it is held."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.cycle import calling
from dabir.desk import entry
from dabir.desk.acting import DeskRequest, calendar_now
from dabir.desk.calling import say_written
from dabir.desk.downloads import attachment
from dabir.desk.meeting_of import meeting_of
from dabir.desk.party_entry import Named, kept_in, parties_of, party_of
from dabir.desk.uploads import too_large
from dabir.directory.models import Body
from dabir.directory.queries import bodies_visible_to
from dabir.foundation import once
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.meetings import services
from dabir.meetings.calls import AHEAD, attachments_visible_to, called_to, invitation_of
from dabir.meetings.models import AgendaItem, Attendance, Meeting, MeetingState
from dabir.meetings.numbers import next_number
from dabir.meetings.queries import meetings_visible_to
from dabir.meetings.services.agenda import OPEN
from dabir.meetings.services.planning import Attendee, Plan
from dabir.meetings.warnings import warnings_of
from dabir.persian import clock, jalali


def part(request: DeskRequest, meeting: Meeting) -> dict[str, Any]:
    """What the meeting's page shows of the plan."""
    by, ahead = request.acting, meeting.state in AHEAD
    writes = meeting.state in OPEN and may(by, "meetings.add_item", meeting)
    return {
        "is_ahead": ahead,
        "writes_agenda": writes,
        "files": attachments_visible_to(by).filter(meeting=meeting).order_by("id"),
        "called": called_to(meeting) if ahead or meeting.state == "cancelled" else [],
        "invites": ahead and may(by, "meetings.invite_party", meeting),
        "doubts": warnings_of(meeting, by=by, calendar=calendar_now()) if ahead else [],
        "changes": ahead and may(by, "meetings.change_meeting", meeting),
        "cancels": ahead and may(by, "meetings.cancel_meeting", meeting),
        "revives": meeting.state == "cancelled" and may(by, "meetings.revive_meeting", meeting),
        "invitation": invitation_of(meeting, by),
        "secrecies": SecrecyClass.choices,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """The form of a plan, empty or as it was sent."""
    bodies = _own_bodies(request.acting)
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            with transaction.atomic():
                address = _address(_plan(request, bodies))
                once.answered(address)
            return redirect(address)
        except Invalid as error:
            faults[error.field or ""] = str(error)
        except Conflict as error:
            faults["number"] = str(error)
    typed = request.POST if request.method == "POST" else request.GET
    year = jalali.from_gregorian(clock.today())[0]
    others = bodies_visible_to(request.acting).order_by("party__sort_key")
    context = {
        "bodies": [(body.code, body.party.name) for body in bodies],
        "others": [(body.code, body.party.name) for body in others],
        "next_numbers": [(body.party.name, next_number(body, year)) for body in bodies],
        "year": year,
        "typed": _first(typed),
        "attendees": kept_in(typed, "attendees", request.acting, several=True) if faults else ([], ""),
        "faults": faults,
        "secrecies": SecrecyClass.choices if request.acting.function in KEEPERS else [],
    }
    return render(request, "meeting/new.html", context, status=422 if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: DeskRequest, code: str) -> HttpResponse:
    """Another day, hour or venue; those who were called are told by a letter (`calling`)."""
    meeting = meeting_of(request, code)
    require(request.acting, "meetings.change_meeting", meeting)
    if request.method != "POST":
        context = {"meeting": meeting, "bodies": meeting.bodies.select_related("body__party")}
        return render(request, "meeting/change.html", context)
    posted = request.POST
    numbers = {
        met.body_id: number
        for met in meeting.bodies.all()
        if (number := entry.count(posted.get(f"number-{met.body_id}", ""), field=f"number-{met.body_id}")) is not None
        and number != met.number
    }
    plan = _typed_plan(posted)
    by, title = request.acting, posted.get("title", "")
    if meeting.state == MeetingState.CALLED:
        tell = bool(posted.get("tell"))
        say_written(request, calling.move_meeting(meeting, plan, by=by, title=title, numbers=numbers, tell=tell))
    else:
        services.change_meeting(meeting, plan, by=by, title=title, numbers=numbers)
    messages.success(request, _("The plan is changed."))
    return redirect("meeting", _code(meeting))


@require_POST
def cancel(request: DeskRequest, code: str) -> HttpResponse:
    meeting = meeting_of(request, code)
    reason, tell = request.POST.get("reason", ""), bool(request.POST.get("tell"))
    say_written(request, calling.call_off(meeting, by=request.acting, reason=reason, tell=tell))
    messages.success(request, _("The meeting is cancelled; its number is free for the next one."))
    return redirect("meeting", _code(meeting))


@require_POST
def revive(request: DeskRequest, code: str) -> HttpResponse:
    meeting = meeting_of(request, code)
    services.revive_meeting(meeting, by=request.acting)
    messages.success(request, _("The meeting is planned again."))
    return redirect("meeting", _code(meeting))


@require_POST
def invite(request: DeskRequest, code: str) -> HttpResponse:
    """One more who is to come, a party or in words."""
    meeting = meeting_of(request, code)
    named = party_of(request.POST, "who", request.acting, fresh=True)
    services.invite_party(meeting, _attendee(named) if named else "", by=request.acting)
    return redirect(f"{_address(meeting)}#called")


@require_POST
def uninvite(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    meeting = meeting_of(request, code)
    row = get_visible(Attendance.objects.filter(meeting=meeting).select_related("meeting"), pk=pk)
    services.uninvite_party(row, by=request.acting)
    return redirect(f"{_address(meeting)}#called")


@require_POST
def add_item(request: DeskRequest, code: str) -> HttpResponse:
    meeting = meeting_of(request, code)
    services.add_item(meeting, by=request.acting, **_item(request))
    return redirect(f"{_address(meeting)}#agenda")


@require_POST
def edit_item(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    """Its words, its place or its end, as the pressed button says."""
    meeting = meeting_of(request, code)
    item = get_visible(AgendaItem.objects.filter(meeting=meeting).select_related("meeting"), pk=pk)
    asked = request.POST.get("do", "")
    if asked in ("up", "down"):
        services.move_item(item, by=request.acting, up=asked == "up")
    elif asked == "remove":
        services.remove_item(item, by=request.acting)
    else:
        services.edit_item(item, by=request.acting, **_item(request))
    return redirect(f"{_address(meeting)}#agenda")


@require_POST
def attach(request: DeskRequest, code: str) -> HttpResponse:
    """A file with the meeting, or with an item of its agenda."""
    meeting = meeting_of(request, code)
    require(request.acting, "meetings.attach_file", meeting)
    if names := too_large(request):
        raise Invalid(_("“%(name)s” is larger than 10 MB.") % {"name": names[0]}, field="file")
    brought = request.FILES.get("file")
    if brought is None:
        raise Invalid(_("Choose a file."), field="file")
    key = request.POST.get("item", "")
    item = get_visible(AgendaItem.objects.filter(meeting=meeting), pk=key) if key else None
    secrecy = entry.secrecy(request.POST.get("secrecy") or SecrecyClass.NORMAL)
    services.attach_file(
        meeting, brought.read(), by=request.acting, name=brought.name or "", item=item, secrecy=secrecy
    )
    return redirect(f"{_address(meeting)}#files")


@require_POST
def detach(request: DeskRequest, pk: int) -> HttpResponse:
    visible = attachments_visible_to(request.acting).filter(meeting__in=meetings_visible_to(request.acting))
    found = get_visible(visible, pk=pk)
    services.detach_file(found, by=request.acting)
    return redirect(f"{_address(found.meeting)}#files")


@require_GET
def attached(request: DeskRequest, pk: int) -> HttpResponse:
    """A file of a meeting, for those who may read the meeting, and a normal one for those who are called to it."""
    found = get_visible(attachments_visible_to(request.acting), pk=pk)
    return attachment(found.file, found.name)


def _own_bodies(by: Acting) -> list[Body]:
    """Those whose meetings the actor plans; refused where there are none."""
    found = list(bodies_visible_to(by).filter(pk__in=by.secretariats).order_by("party__sort_key"))
    require(by, "meetings.plan_meeting", Meeting(kept_by=found[0]) if found else Meeting())
    return found


def _plan(request: DeskRequest, bodies: list[Body]) -> Meeting:
    by, posted = request.acting, request.POST
    kept_by = next((body for body in bodies if body.code == posted.get("body")), None)
    if kept_by is None:
        raise Invalid(_("Choose the body."), field="body")
    met = [] if posted.get("without") else [(kept_by, entry.count(posted.get("number", ""), field="number"))]
    if met and (code := posted.get("second", "")):
        second = bodies_visible_to(by).filter(code=code.replace("\0", "")).first()
        if second is None:
            raise Invalid(_("Choose the body."), field="second")
        met.append((second, entry.count(posted.get("second-number", ""), field="second-number")))
    attendees = [_attendee(one) for one in parties_of(posted, "attendees", by, fresh=True)]
    if not met and not attendees:
        raise Invalid(_("A meeting without a body needs those who must come."), field="attendees")
    if not met and not posted.get("title", "").strip():
        raise Invalid(_("Write what this meeting is about."), field="title")
    return services.plan_meeting(
        _typed_plan(posted),
        by=by,
        kept_by=kept_by,
        bodies=met,
        attendees=attendees,
        title=posted.get("title", ""),
        secrecy=entry.secrecy(posted.get("secrecy") or SecrecyClass.NORMAL),
    )


def _typed_plan(posted: QueryDict) -> Plan:
    return Plan(
        day=entry.day(posted.get("day", "")),
        starts_at=entry.hour(posted.get("starts_at", ""), field="starts_at"),
        ends_at=entry.hour(posted.get("ends_at", ""), field="ends_at"),
        venue=posted.get("venue", ""),
    )


def _item(request: DeskRequest) -> dict[str, Any]:
    posted = request.POST
    presenter = party_of(posted, "presenter", request.acting, fresh=True)
    return {
        "text": posted.get("text", ""),
        "presenter": presenter.party if presenter else None,
        "presenter_text": presenter.text if presenter else "",
        "minutes": entry.count(posted.get("minutes", ""), field="minutes"),
    }


def _attendee(named: Named) -> Attendee:
    return named.party or named.text


def _first(typed: QueryDict) -> dict[str, str]:
    return {name: typed.get(name, "") for name in typed}


def _code(meeting: Meeting) -> str:
    """As it is now: another number is another code."""
    meeting.refresh_from_db(fields=["code"])
    return meeting.code


def _address(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.code])
