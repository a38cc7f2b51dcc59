"""`dabir calendar`: the days of a Jalali year that are off, or worked by announcement; not the weekly days off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dabir.directory.calendar import calendar_of, compose, entries_for, province_of
from dabir.directory.divisions import provinces_in_use
from dabir.directory.models import Place
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.persian import jalali
from dabir.persian.calendar import ESTIMATED, Calendar
from dabir.persian.letters import squash


def year_of(by: Acting, year: int, province: str = "") -> dict[str, Any]:
    """The year as plain values: `province`, `working_days`, `days` with what each is called and whether it is closed,
    `thursdays` with the days from which they are worked or not. Without a name the province is the actor's own."""
    if not jalali.FIRST_YEAR < year < jalali.LAST_YEAR:
        raise Invalid(f"{year} is no Jalali year between {jalali.FIRST_YEAR + 1} and {jalali.LAST_YEAR - 1}")
    where = _named(province) if province else province_of(by)
    calendar = compose(entries_for(where.pk)) if where else calendar_of(by)
    first, last = jalali.to_gregorian(year, 1, 1), jalali.to_gregorian(year + 1, 1, 1) - timedelta(days=1)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {
        "year": year,
        "province": where.name if where else None,
        "working_days": calendar.working_days_between(first - timedelta(days=1), last),
        "days": [_day(day, calendar) for day in every if day in calendar.closures or calendar.holiday_name(day)],
        "thursdays": [{"from": _jalali(day), "worked": works} for day, works in calendar.thursdays],
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The same for reading."""
    head = f"{found['year']}, {found['province'] or 'the whole country'}: {found['working_days']} working days"
    days = [
        f"{d['jalali']}  {'closed' if d['closed'] else 'worked'}  {d['weekday']}  {d['name']}" for d in found["days"]
    ]
    thursdays = [f"Thursdays {'worked' if t['worked'] else 'off'} from {t['from']}" for t in found["thursdays"]]
    return [head, *days, *thursdays]


def _day(day: date, calendar: Calendar) -> dict[str, Any]:
    name = calendar.holiday_name(day) or ""
    return {
        "jalali": _jalali(day),
        "gregorian": day.isoformat(),
        "weekday": jalali.weekday_name(day),
        "name": name,
        "closed": not calendar.is_working(day),
        "estimated": name.endswith(ESTIMATED),
        "announced": day in calendar.closures,
    }


def _jalali(day: date) -> str:
    return jalali.format_day(day, persian_digits=False)


def _named(name: str) -> Place:
    for place in Place.objects.filter(pk__in=provinces_in_use()):
        if squash(name) == squash(place.name):
            return place
    raise Invalid(f"no party is in a province called {name}")
