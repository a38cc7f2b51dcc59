"""What a person typed into a form, as the value that a service takes; `Invalid` in their words otherwise."""

from __future__ import annotations

import re
from datetime import date, time

from django.utils.translation import gettext as _

from dabir.directory.models import Place
from dabir.directory.queries import places_named
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.persian import clock, digits, jalali
from dabir.persian.digits import to_ascii


def day(text: str, *, field: str = "day") -> date:
    """A Jalali day in any digits, or «+۱۵»."""
    try:
        return jalali.parse_entry(text[:40], clock.today())
    except jalali.DayError as error:
        sentences = {
            "empty": _("Write the day."),
            "impossible": _("The calendar has no such day."),
            "unreadable": _("Write the day like %(day)s, or +15 for fifteen days from today.")
            % {"day": jalali.format_day(clock.today(), persian_digits=False)},
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


def hour(text: str, *, field: str) -> time | None:
    """«۱۰:۳۰», «10.30» or «10» as a time of the day, or none for nothing."""
    plain = to_ascii(text).strip()
    if not plain:
        return None
    match = re.fullmatch(r"(\d{1,2})(?:[:.٫](\d{2}))?", plain)
    if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise Invalid(_("Write the hour like 10:30."), field=field)
    return time(int(match[1]), int(match[2] or 0))


def secrecy(text: str, *, field: str = "secrecy") -> SecrecyClass:
    """The class of this name."""
    if text not in SecrecyClass.values:
        raise Invalid(_("There is no such class."), field=field)
    return SecrecyClass(text)


def count(text: str, *, field: str) -> int | None:
    """A whole number in any digits, or none for nothing."""
    if not text.strip():
        return None
    number = digits.parse_int(text[:20])
    if number is None:
        raise Invalid(_("Write a number."), field=field)
    return number
