"""Which days offices work in a province: the official calendar, with what has been announced above it.

What holds for the country holds in a province too, unless the province has said otherwise for that day. A lunar holiday
that was announced leaves the day on which it was estimated; a Friday stays free, and a day with another holiday closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from dabir.directory.divisions import provinces_in_use
from dabir.directory.models import OF_A_DAY, CalendarEntry, EntryKind, Party, Place
from dabir.foundation.acting import Acting
from dabir.foundation.prepared import models_of
from dabir.foundation.remembered import until_the_next_event
from dabir.persian.calendar import ESTIMATED, JOINT, Calendar, official
from dabir.persian.jalali import to_gregorian

FARTHEST = timedelta(days=5)
"""How far from its estimate a lunar day can be announced; the moon leaves a day or two."""

_ABOVE = "place__parent__parent__parent"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of the official calendar. `entry` is what was announced of it; then `day` is the announced one."""

    day: date
    name: str
    estimated: bool
    entry: CalendarEntry | None = None


def calendar_for(province: int | None) -> Calendar:
    """The calendar of a province, by its key, or of the country alone; one query. For every year: entries are few."""
    return compose(entries_for(province))


def calendar_of(by: Acting) -> Calendar:
    """The calendar that holds where the actor works."""
    return calendar_of_party(by.party_id)


@until_the_next_event
def calendar_of_party(key: int | None) -> Calendar:
    """The calendar of the province that a party is in (`province_of_party`)."""
    entries = models_of(_every_entry)
    own = province_of_party(key) if any(entry.province_id for entry in entries) else None
    return compose(entry for entry in entries if entry.province_id in (None, own and own.pk))


def _every_entry() -> QuerySet[CalendarEntry]:
    return CalendarEntry.objects.order_by("day", "id")


def entries_for(province: int | None) -> QuerySet[CalendarEntry]:
    """What has been announced for a province, or for the country alone."""
    return CalendarEntry.objects.filter(Q(province=None) | Q(province=province)).order_by("day", "id")


def province_of(by: Acting) -> Place | None:
    """The province of the actor's organization; see `province_of_party`."""
    return province_of_party(by.party_id)


def province_of_party(key: int | None) -> Place | None:
    """The province that a party is in, or the one above it; else the only one that any party is in."""
    party = Party.objects.select_related(_ABOVE, f"parent__{_ABOVE}").filter(pk=key or 0).first()
    for one in (party, party.parent if party else None):
        if one and one.place:
            return _top(one.place)
    sole = only(provinces_in_use())
    return Place.objects.get(pk=sole) if sole else None


def only(provinces: set[int]) -> int | None:
    """The one province, where there is one and no more."""
    return next(iter(provinces)) if len(provinces) == 1 else None


def compose(entries: Iterable[CalendarEntry]) -> Calendar:
    """The calendar that these entries make of the official one: the country's first, a province's above them."""
    ordered = sorted(entries, key=lambda entry: entry.province_id is not None)
    names = _announced(entry for entry in ordered if entry.kind == EntryKind.ANNOUNCED)
    closures: dict[date, bool] = {}
    for entry in ordered:
        if entry.kind in OF_A_DAY:
            closures[entry.day] = entry.kind == EntryKind.CLOSED
            if closures[entry.day]:
                known = names.get(entry.day, JOINT.join(official(entry.day.year).get(entry.day, ())))
                names[entry.day] = JOINT.join(dict.fromkeys(filter(None, (known, entry.reason))))
    return Calendar(closures, names=names, thursdays=_thursdays(ordered))


def holidays_of(year: int, entries: Iterable[CalendarEntry]) -> list[Holiday]:
    """The official holidays of a Jalali year, as announced where they were, in the order of their days."""
    first, last = to_gregorian(year, 1, 1), to_gregorian(year + 1, 1, 1) - timedelta(days=1)
    told = {(e.reason, e.day): e for e in entries if e.kind == EntryKind.ANNOUNCED}
    found = [Holiday(entry.day, entry.reason, False, entry) for entry in told.values()]
    for gregorian in (first.year, last.year):
        for day, names in official(gregorian).items():
            for name in names:
                if not any(name_of(name) == other and abs(at - day) <= FARTHEST for other, at in told):
                    found.append(Holiday(day, name_of(name), name.endswith(ESTIMATED)))
    return sorted((h for h in found if first <= h.day <= last), key=lambda h: h.day)


def estimated_on(day: date) -> list[str]:
    """The names of the lunar holidays that the official calendar estimates to fall on that day."""
    return [name_of(name) for name in official(day.year).get(day, ()) if name.endswith(ESTIMATED)]


def name_of(name: str) -> str:
    """A holiday's name without the mark of an estimate."""
    return name.removesuffix(ESTIMATED).strip()


def _announced(entries: Iterable[CalendarEntry]) -> dict[date, str]:
    """What the days are called around which a lunar holiday was announced."""
    names: dict[date, list[str]] = {}

    def at(day: date) -> list[str]:
        return names.setdefault(day, list(official(day.year).get(day, ())))

    for entry in entries:
        # Wherever it stands near there: a newer official calendar may know the day itself.
        for offset in range(-FARTHEST.days, FARTHEST.days + 1):
            day = entry.day + timedelta(days=offset)
            if entry.reason in map(name_of, names.get(day, official(day.year).get(day, ()))):
                names[day] = [name for name in at(day) if name_of(name) != entry.reason]
        at(entry.day).append(entry.reason)
    return {day: JOINT.join(called) for day, called in names.items()}


def _thursdays(ordered: list[CalendarEntry]) -> tuple[tuple[date, bool], ...]:
    """Since when Thursdays are off or worked; from its own first rule on, a province goes by its own."""
    told = [entry for entry in ordered if entry.kind in (EntryKind.THURSDAYS_FREE, EntryKind.THURSDAYS_WORKED)]
    own = min((entry.day for entry in told if entry.province_id), default=date.max)
    rules = [(e.day, e.kind == EntryKind.THURSDAYS_WORKED) for e in told if e.province_id or e.day < own]
    return tuple(sorted(rules))


def _top(place: Place) -> Place:
    while place.parent is not None:
        place = place.parent
    return place
