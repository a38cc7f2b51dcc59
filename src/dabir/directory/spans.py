"""Spans of days: in force on a day, overlapping, in order. Both ends are included; none is unknown or open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.fields import FIRST_DAY, LAST_DAY
from dabir.foundation.ledger import Change


def in_force(day: date, prefix: str = "") -> Q:
    """Rows whose span holds `day`; `prefix` leads to them from another table (`"tenures__"`)."""
    return overlapping(day, day, prefix)


def overlapping(starts: date | None, ends: date | None, prefix: str = "") -> Q:
    """Rows whose span has a day in common with this one."""
    condition = Q()
    if ends is not None:
        condition &= Q(**{f"{prefix}starts__isnull": True}) | Q(**{f"{prefix}starts__lte": ends})
    if starts is not None:
        condition &= Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gte": starts})
    return condition


def check_span(starts: date | None, ends: date | None) -> None:
    """Raise `Invalid` for a span that ends before it starts, or a day that no record can have."""
    for field, day in (("starts", starts), ("ends", ends)):
        if day is not None and not FIRST_DAY <= day < LAST_DAY:
            raise Invalid(_("This day is too far away."), field=field)
    if starts is not None and ends is not None and ends < starts:
        raise Invalid(_("The last day is before the first."), field="ends")


def end_row(change: Change, row: Any, ends: date) -> None:
    """Give a row its last day; `Conflict` where it has one. `row` is anything with `starts` and `ends`."""
    row.refresh_from_db(fields=["ends"])  # now that no other writer can end it
    if row.ends is not None:
        raise Conflict(_("It has ended already."), existing=row)
    check_span(row.starts, ends)
    change.update(row, ends=ends)
