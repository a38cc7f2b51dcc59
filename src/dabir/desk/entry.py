"""What a person typed into a form, as the value that a service takes; `Invalid` in their words otherwise."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

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
