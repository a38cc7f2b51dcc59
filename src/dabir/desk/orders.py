"""Writing by hand: an order given outside a meeting, or one resolution of a meeting, with its debts.

One form with five buttons: save, read the text, one more debt, one debt less, and show what was typed (which brings
back what a lost page has kept). Whatever it is, the answer has all that was typed.
"""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.cycle.extracts import communicate_order
from dabir.cycle.recording import record_resolution
from dabir.desk import entry, order_entry
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.order_entry import KINDS, Entry, Row
from dabir.desk.switches import back
from dabir.directory.models import Body
from dabir.directory.queries import bodies_visible_to
from dabir.foundation import once
from dabir.foundation.access import get_visible, require
from dabir.foundation.errors import Conflict, Invalid
from dabir.meetings.models import Meeting
from dabir.meetings.queries import find_meetings
from dabir.obligations import services
from dabir.obligations.making import Duty
from dabir.obligations.models import Obligation, OrderWay
from dabir.obligations.paragraphs import Unread, read_paragraph
from dabir.obligations.queries import orders_visible_to
from dabir.persian import clock, digits, jalali

OF_MEETING = "meeting"
LAST = "order"
"""In the session: body and way of the last one."""
WAYS = [*OrderWay.choices, (OF_MEETING, gettext_lazy("resolution of a meeting"))]
KIND_NAMES = {
    "day": gettext_lazy("a day"),
    "trigger": gettext_lazy("after an event"),
    "recurrence": gettext_lazy("recurring"),
    "none": gettext_lazy("none"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def new_order(request: DeskRequest) -> HttpResponse:
    """The form, empty but for today and what was chosen last; or what one of its buttons asks for."""
    bodies = _bodies(request)
    if request.method != "POST":
        last = request.session.get(LAST, {})
        way = request.GET.get("way") or last.get("way") or OrderWay.NOTE
        body = last.get("body") or (bodies[0].code if bodies else "")
        form = Entry(way=way, body=body, day=jalali.format_day(clock.today(), persian_digits=False))
        return _show(request, form, bodies, at="text")
    form = order_entry.typed(request.POST, request.acting)
    asked = request.POST.get("do", "save")
    if asked == "read":
        return _read(request, form, bodies)
    if asked == "more":
        form.rows.append(Row(max(row.number for row in form.rows) + 1))
        return _show(request, form, bodies, at=f"{form.rows[-1].number}-action")
    if asked.startswith("less-"):
        form.rows = [row for row in form.rows if f"less-{row.number}" != asked] or [Row(1)]
        return _show(request, form, bodies, at=f"{form.rows[-1].number}-action")
    if asked == "show":
        return _show(request, form, bodies, at="text")
    return _save(request, form, bodies)


@require_GET
def meetings(request: DeskRequest) -> JsonResponse:
    """The few meetings that a field completes to."""
    _bodies(request)
    found = find_meetings(request.acting, request.GET.get("words", "")[:200])
    return JsonResponse(
        {"found": [{"key": one.pk, "name": one.title, "note": figures(jalali.format_day(one.date))} for one in found]}
    )


@require_POST
def set_number(request: DeskRequest, pk: int) -> HttpResponse:
    order = get_visible(orders_visible_to(request.acting), pk=pk)
    services.set_order_number(order, by=request.acting, number=request.POST.get("number", ""))
    messages.success(request, _("The number is recorded."))
    return back(request)


@require_POST
def communicate(request: DeskRequest, pk: int) -> HttpResponse:
    """Write the letters by which the order comes to whoever owes what follows from it."""
    order = get_visible(orders_visible_to(request.acting), pk=pk)
    made = communicate_order(order, by=request.acting)
    text = ngettext(
        "%(count)s letter is written and waits for its number.",
        "%(count)s letters are written and wait for their numbers.",
        len(made),
    )
    messages.success(request, text % {"count": figures(len(made))})
    return back(request)


def _bodies(request: DeskRequest) -> list[Body]:
    """Those whose orders the actor records; refused where there are none."""
    by = request.acting
    found = list(bodies_visible_to(by).filter(pk__in=by.secretariats).order_by("party__sort_key"))
    require(by, "obligations.record_order", Obligation(body=found[0]) if found else Obligation())
    return found


def _read(request: DeskRequest, form: Entry, bodies: list[Body]) -> HttpResponse:
    """Fill the debts from the text; the first gap has the focus."""
    try:
        day = entry.optional_day(form.day) or clock.today()
    except Invalid as error:
        form.fault(error)
        return _show(request, form, bodies, status=422)
    try:
        found = read_paragraph(form.text, day)
    except Unread:
        form.faults["text"] = _("This text could not be read by itself. Fill the fields in.")
        return _show(request, form, bodies, at="1-action")
    if not found:
        form.faults["text"] = _("The text orders nothing that could be read out of it. Fill the fields in.")
        return _show(request, form, bodies, at="1-action")
    order_entry.read_into(form, found)
    gap = next((f"{row.number}-lead" for row in form.rows if not row.named.get("lead")), "")
    gap = gap or next((f"{row.number}-day" for row in form.rows if row.kind == "day" and not row.day), "")
    return _show(request, form, bodies, at=gap or "1-lead", was_read=True)


def _save(request: DeskRequest, form: Entry, bodies: list[Body]) -> HttpResponse:
    duties = order_entry.duties_of(form, request.POST, request.acting)
    body = next((body for body in bodies if body.code == form.body), bodies[0] if len(bodies) == 1 else None)
    if body is None:
        form.faults["body"] = _("Choose the body.")
    if form.faults or body is None:
        return _show(request, form, bodies, status=422)
    try:
        with transaction.atomic():
            said, code, address = _record(request, form, body, duties)
            again = reverse("order-new")
            once.answered(again)
    except Invalid as error:
        form.fault(_at_its_row(form, error))
        return _show(request, form, bodies, status=422)
    except Conflict as error:
        form.faults["number"] = str(error)
        return _show(request, form, bodies, status=409)
    request.session[LAST] = {"body": body.code, "way": form.way}
    link = format_html('<a href="{}"><bdi class="code" dir="ltr">{}</bdi></a>', address, code)
    messages.success(request, format_html("{} {}", said, link))
    return HttpResponseRedirect(again)


def _record(request: DeskRequest, form: Entry, body: Body, duties: list[Duty]) -> tuple[str, str, str]:
    """What was made, in words, its code and its address."""
    by = request.acting
    if form.way == OF_MEETING:
        meeting = _meeting(request)
        number = digits.parse_int(form.number) if meeting is None else None
        if meeting is None and number is None:
            raise Invalid(_("Write the number of the meeting, or choose one that is on record."), field="number")
        if meeting is not None:
            met = meeting.bodies.select_related("body__party").order_by("id").first()
            assert met is not None  # `find_meetings` gives no other
            body, number, day = met.body, met.number, meeting.date
        else:
            day = entry.day(form.day)
        resolution, made = record_resolution(
            by=by, body=body, number=number or 0, day=day, text=form.text, item=form.item, duties=duties
        )
        said = ngettext(
            "The resolution is recorded with %(count)s debt:",
            "The resolution is recorded with %(count)s debts:",
            len(made),
        )
        return said % {"count": figures(len(made))}, resolution.code, reverse("resolution", args=[resolution.code])
    if form.way not in OrderWay.values:
        raise Invalid(_("Say how the order was given."), field="way")
    made = services.record_order(
        by=by,
        body=body,
        way=OrderWay(form.way),
        day=entry.day(form.day),
        text=form.text,
        number=form.number,
        duties=duties,
    )
    said = ngettext(
        "The order is recorded with %(count)s debt:", "The order is recorded with %(count)s debts:", len(made)
    )
    return said % {"count": figures(len(made))}, made[0].source.code, reverse("debt", args=[made[0].code])


def _meeting(request: DeskRequest) -> Meeting | None:
    """The meeting that was picked, or the only one that the words mean; None where neither was said."""
    words, key = request.POST.get("meeting", "").strip(), request.POST.get("meeting-is", "")
    if not words:
        return None
    found = find_meetings(request.acting, words[:200])
    picked = [one for one in found if str(one.pk) == key]
    if len(picked or found) == 1:
        return (picked or found)[0]
    if not found:
        raise Invalid(_("No meeting on record is called so. Write its number and its day."), field="meeting")
    raise Invalid(_("Several meetings are called so. Write the number and the day too."), field="meeting")


def _at_its_row(form: Entry, error: Invalid) -> Invalid:
    """A service counts the debts from 1; a form of which some were taken away does not."""
    place, dash, name = (error.field or "").partition("-")
    if dash and place.isdecimal() and int(place) <= len(form.rows):
        return Invalid(str(error), field=f"{form.rows[int(place) - 1].number}-{name}")
    return error


def _show(
    request: DeskRequest, form: Entry, bodies: list[Body], *, status: int = 200, at: str = "", was_read: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "bodies": [(body.code, body.party.name) for body in bodies],
        "ways": WAYS,
        "kinds": [(kind, KIND_NAMES[kind]) for kind in KINDS],
        "at": next((name for name in form.faults if name), "") or at,
        "was_read": was_read,
    }
    return render(request, "order_new.html", context, status=status)
