"""The calendar of a year, and what is announced of it: what a change does to deadlines is shown before it is made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry, history
from dabir.desk.acting import DeskRequest
from dabir.desk.errors import STATUS
from dabir.desk.months import Sheet, is_shown, weekdays
from dabir.directory import announcing, services
from dabir.directory.calendar import compose, entries_for, holidays_of, province_of
from dabir.directory.divisions import provinces_in_use
from dabir.directory.models import OF_A_DAY, OF_THURSDAYS, CalendarEntry, EntryKind, Place
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.errors import Conflict, Invalid
from dabir.obligations.effects import effects
from dabir.persian import clock, jalali
from dabir.persian.digits import parse_int

VERBS = ("directory.announce_calendar", "directory.withdraw_calendar")


@require_GET
def calendar(request: DeskRequest) -> HttpResponse:
    """A year of a province as twelve sheets, its holidays and what was announced; `year` and `province` choose."""
    return _page(request)


@require_POST
def announce(request: DeskRequest) -> HttpResponse:
    """Say what an announcement would change, or with `sure` make it; a wrong one comes back with its fault."""
    try:
        entries = _entries(request)
        if request.POST.get("sure"):
            services.announce_calendar(by=request.acting, entries=entries)
            messages.success(request, _("It is announced. Deadlines on closed days are flagged, none was moved."))
            return _back(entries[0])
        for one in entries:
            require(request.acting, "directory.announce_calendar", one)
            announcing.check_new(one)
    except (Invalid, Conflict) as refusal:
        return _page(request, refusal)
    fields = {name: value for name, value in request.POST.dict().items() if name != "csrfmiddlewaretoken"}
    return _preview(request, entries, reverse("calendar-announce"), fields)


@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Say what taking it back would change, or with `sure` take it back."""
    known = get_visible(CalendarEntry.objects.select_related("province"), pk=pk)
    require(request.acting, "directory.withdraw_calendar", known)
    if request.POST.get("sure"):
        back = _back(known)
        services.withdraw_calendar(by=request.acting, entry=known)
        messages.success(request, _("It is taken back."))
        return back
    return _preview(request, [known], request.path, {}, withdrawn=True)


def _entries(request: DeskRequest) -> list[CalendarEntry]:
    """What the form announces, not stored."""
    posted = request.POST
    kind, who = posted.get("kind", ""), posted.get("announced_by", "")
    day = entry.day(posted.get("day", ""))
    if kind == EntryKind.ANNOUNCED:
        estimated = entry.day(posted.get("estimated", ""), field="estimated")
        return announcing.of_lunar(name=posted.get("name", ""), estimated=estimated, day=day, announced_by=who)
    province = _chosen(posted.get("province", ""))
    if kind in OF_THURSDAYS:
        works = kind == EntryKind.THURSDAYS_WORKED
        return announcing.of_thursdays(works=works, starts=day, province=province, announced_by=who)
    if kind not in OF_A_DAY:
        raise Invalid(_("Say what is announced."), field="kind")
    return announcing.of_days(
        closed=kind == EntryKind.CLOSED,
        first=day,
        last=entry.optional_day(posted.get("last", ""), field="last"),
        province=province,
        reason=posted.get("reason", ""),
        announced_by=who,
    )


def _chosen(text: str) -> Place | None:
    """The province that a form names; none for the whole country."""
    if not text:
        return None
    return get_visible(Place.objects.filter(pk__in=provinces_in_use()), pk=parse_int(text) or 0)


def _preview(
    request: DeskRequest, entries: list[CalendarEntry], action: str, fields: dict[str, str], *, withdrawn: bool = False
) -> HttpResponse:
    by, changed = request.acting, entries[0].province
    where = changed or province_of(by)
    known = list(entries_for(where.pk if where else None))
    gone = {one.pk for one in entries}
    after = [one for one in known if one.pk not in gone] if withdrawn else [*known, *entries]
    found = effects(by, compose(known), compose(after), province=changed.pk if changed else None)
    context = {
        "entries": entries,
        "effects": found,
        "withdrawn": withdrawn,
        "action": action,
        "fields": fields | {"sure": "1"},
        "sees_debts": not by.sees_nothing,
        "back": _address(entries[0]),
    }
    return render(request, "calendar_preview.html", context)


def _page(request: DeskRequest, refusal: Invalid | Conflict | None = None) -> HttpResponse:
    by, today = request.acting, clock.today()
    asked = parse_int(request.GET.get("year", "") or request.POST.get("year", "")) or 0
    year = asked if is_shown(asked) else jalali.from_gregorian(today)[0]
    provinces = list(Place.objects.filter(pk__in=provinces_in_use()).order_by("sort_key", "id"))
    wanted = request.GET.get("province", "")
    shown = next((place for place in provinces if str(place.pk) == wanted), None) or province_of(by)
    known = list(entries_for(shown.pk if shown else None).select_related("province"))
    made = compose(known)
    first, last = jalali.to_gregorian(year, 1, 1), jalali.to_gregorian(year + 1, 1, 1) - timedelta(days=1)
    example = CalendarEntry(kind=EntryKind.CLOSED, province=shown)
    keeps_all = may(by, VERBS[0], CalendarEntry(kind=EntryKind.ANNOUNCED))
    context: dict[str, Any] = {
        "year": year,
        "earlier": year - 1 if is_shown(year - 1) else None,
        "later": year + 1 if is_shown(year + 1) else None,
        "sheets": [Sheet(year, month, made, today) for month in range(1, 13)],
        "weekdays": weekdays(),
        "working_days": made.working_days_between(first - timedelta(days=1), last),
        "holidays": holidays_of(year, known),
        "announced": [
            one for one in known if one.kind in OF_THURSDAYS or (one.kind in OF_A_DAY and first <= one.day <= last)
        ],
        "province": shown,
        "provinces": [(place.pk, place.name) for place in provinces],
        "keeps_all": keeps_all,
        "closes": keeps_all or may(by, VERBS[0], example),
        "may_withdraw": lambda one: may(by, VERBS[1], one),
        "history": history.of_verbs(*VERBS) if by.sees_all or keeps_all or by.secretariats else None,
        "posted": request.POST if refusal else {},
        "fault": str(refusal) if refusal else "",
        "fault_at": (getattr(refusal, "field", None) or "kind") if refusal else "",
    }
    return render(request, "calendar.html", context, status=STATUS[type(refusal)] if refusal else 200)


def _back(one: CalendarEntry) -> HttpResponseRedirect:
    return HttpResponseRedirect(_address(one))


def _address(one: CalendarEntry) -> str:
    """The year that it is about."""
    province = f"&province={one.province_id}" if one.province_id else ""
    return f"{reverse('calendar')}?year={jalali.from_gregorian(one.day)[0]}{province}"
