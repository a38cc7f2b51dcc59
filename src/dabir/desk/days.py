"""What stands behind the date field: the sheet of a month, and which day a typed text is.

Both answer with a part of a page, which `static/day.js` puts beside the field; without scripts nobody asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie

from dabir.desk import entry
from dabir.desk.acting import DeskRequest, calendar_now
from dabir.desk.months import Sheet, closed_because, is_shown, weekdays
from dabir.foundation.errors import Invalid
from dabir.persian import clock, digits, jalali

_MONTH = re.compile(r"(\d{4})/(\d{1,2})")
FRESH = 60
"""Seconds for which a browser may show a month again without asking."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said back beside a field: the day with what closes offices on it, or what is wrong; or nothing."""

    day: date | None = None
    closed: str = ""
    fault: str = ""


def said(value: date | str | None) -> Said:
    """For a field's value, where the actor of this request works."""
    if not value:
        return Said()
    try:
        day = value if isinstance(value, date) else entry.day(value)
    except Invalid as refusal:
        return Said(fault=str(refusal))
    return Said(day, shut(day))


def shut(day: date | None) -> str:
    """Why offices are closed on a day where the actor of this request works; empty where they are open, or for none."""
    return closed_because(day, calendar_now()) if day else ""


@require_GET
def typed_day(request: DeskRequest) -> HttpResponse:
    """The day that is being typed into a field."""
    return render(request, "day/said.html", {"said": said(request.GET.get("day", "")[:60].strip())})


@require_GET
@vary_on_cookie
@cache_control(private=True, max_age=FRESH)
def month(request: DeskRequest) -> HttpResponse:
    """The sheet of `month` (1398/08), or else of the month in which the typed `day` lies, or of today's."""
    today = clock.today()
    try:
        picked = entry.day(request.GET.get("day", ""))
    except Invalid:
        picked = None
    year, number = _month(request.GET.get("month", "")) or jalali.from_gregorian(picked or today)[:2]
    sheet = Sheet(year, number, calendar_now(), today)
    return render(request, "day/month.html", {"sheet": sheet, "weekdays": weekdays()})


def _month(text: str) -> tuple[int, int] | None:
    match = _MONTH.fullmatch(digits.to_ascii(text))
    if not match:
        return None
    year, number = int(match[1]), int(match[2])
    return (year, number) if is_shown(year) and 1 <= number <= 12 else None
