"""What a person typed into a form, as the value that a service takes; `Invalid` in their words otherwise."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.models import Place
from dabir.directory.queries import places_named
from dabir.foundation.errors import Invalid
from dabir.persian import clock, jalali


def day(text: str, *, field: str = "day") -> date:
    """A Jalali day in any digits, or «+۱۵»."""
    try:
        return jalali.parse_entry(text[:40], clock.today())
    except jalali.DayError as error:
        sentences = {
            "empty": _("Write the day."),
            "impossible": _("The calendar has no such day."),
            "unreadable": _("Write the day like 1398/08/15, or +15 for fifteen days from today."),
        }
        raise Invalid(sentences[error.code], field=field) from None


def optional_day(text: str, *, field: str = "day") -> date | None:
    return day(text, field=field) if text.strip() else None


def place(text: str, *, field: str = "place") -> Place | None:
    """A place by its name, or by its names from above down («زنجان/ایجرود»); none for nothing."""
    if not text.strip():
        return None
    found = places_named(text[:200])
    if not found:
        raise Invalid(_("There is no place “%(name)s”.") % {"name": text[:60]}, field=field)
    if len(found) > 1:
        paths = "؛ ".join(place.path for place in found[:5])
        raise Invalid(_("Several places are called so. Write which: %(paths)s.") % {"paths": paths}, field=field)
    return found[0]
