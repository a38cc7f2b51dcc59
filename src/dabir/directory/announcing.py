"""What somebody announces of the calendar, as entries not stored yet, so that a page can say first what they change."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from dabir.directory.calendar import FARTHEST, estimated_on
from dabir.directory.models import OF_A_DAY, OF_THURSDAYS, CalendarEntry, EntryKind, Place, PlaceKind
from dabir.directory.spans import check_span
from dabir.foundation.errors import Conflict, Invalid
from dabir.persian.letters import canonical

LONGEST = 31
"""Days in one closure."""


def of_days(
    *, closed: bool, first: date, last: date | None, province: Place | None, reason: str, announced_by: str
) -> list[CalendarEntry]:
    """Offices closed, or open whatever the calendar says, from the first day to the last; one entry for each day."""
    last = last or first
    check_span(first, last)
    if (last - first).days >= LONGEST:
        raise Invalid(_("At most a month can be announced at once."), field="last")
    kind = EntryKind.CLOSED if closed else EntryKind.WORKED
    why, who = _words(reason, "reason"), _words(announced_by, "announced_by")
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [CalendarEntry(kind=kind, day=day, province=province, reason=why, announced_by=who) for day in days]


def of_lunar(*, name: str, estimated: date, day: date, announced_by: str) -> list[CalendarEntry]:
    """An estimated holiday of the calendar confirmed on its day, or moved to the one that was announced."""
    check_span(day, day)
    if name not in estimated_on(estimated):
        raise Invalid(_("The calendar does not estimate this holiday on that day."), field="name")
    if abs(day - estimated) > FARTHEST:
        raise Invalid(_("A lunar day moves by a day or two, not farther."), field="day")
    who = _words(announced_by, "announced_by")
    return [CalendarEntry(kind=EntryKind.ANNOUNCED, day=day, estimated=estimated, reason=name, announced_by=who)]


def of_thursdays(*, works: bool, starts: date, province: Place | None, announced_by: str) -> list[CalendarEntry]:
    """Whether Thursdays are worked, from that day on."""
    check_span(starts, None)
    kind = EntryKind.THURSDAYS_WORKED if works else EntryKind.THURSDAYS_FREE
    return [CalendarEntry(kind=kind, day=starts, province=province, announced_by=_words(announced_by, "announced_by"))]


def check_new(entry: CalendarEntry) -> None:
    """Raise where the like is known already: `Conflict`; or where the province is none: `Invalid`."""
    if entry.province is not None and entry.province.kind != PlaceKind.PROVINCE:
        raise Invalid(_("Choose a province."), field="province")
    known = CalendarEntry.objects.filter(province=entry.province)
    if entry.kind == EntryKind.ANNOUNCED:
        known = known.filter(kind=entry.kind, estimated=entry.estimated, reason=entry.reason)
    else:
        known = known.filter(kind__in=OF_A_DAY if entry.kind in OF_A_DAY else OF_THURSDAYS, day=entry.day)
    if existing := known.first():
        raise Conflict(
            _("This is announced already: %(what)s. Take it back first.") % {"what": existing}, existing=existing
        )


def _words(text: str, field: str) -> str:
    clean = " ".join(canonical(text.replace("\0", "")).split())
    if not clean:
        raise Invalid(_("This is needed: who announced it, and why."), field=field)
    if len(clean) > 200:
        raise Invalid(_("At most 200 letters."), field=field)
    return clean
