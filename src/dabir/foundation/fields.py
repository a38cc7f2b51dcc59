"""What must hold for a value in every table: canonical letters in names and codes, days that can be.

CHECKs are made of plain LIKE, not of regular expressions, which on SQLite are Python functions that other tools lack.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import CheckConstraint, Q

from dabir.persian.letters import NON_CANONICAL, canonical

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)


if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class NameField(Text):
    """A name in canonical letters: one ye, one kaf, no stray marks. Pair it with `canonical_check`."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return canonical(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return canonical(value) if isinstance(value, str) else value


def canonical_check(table: str, *fields: str) -> CheckConstraint:
    """A constraint that refuses non-canonical letters, also from other programs that write to the table."""
    condition = Q()
    for name in fields:
        for letter in NON_CANONICAL:
            condition &= ~Q(**{f"{name}__contains": letter})
    return CheckConstraint(condition=condition, name=f"{table}_{'_'.join(fields)}_canonical")


def days_check(table: str, *fields: str) -> CheckConstraint:
    """A constraint that refuses a day outside 1900–2199: a Jalali year stored as a Gregorian one."""
    condition = Q()
    for name in fields:
        condition &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": FIRST_DAY, f"{name}__lt": LAST_DAY})
    return CheckConstraint(condition=condition, name=f"{table}_{'_'.join(fields)}_range")


def order_check(table: str, start: str, end: str) -> CheckConstraint:
    """A constraint that keeps a span of days in order; an unknown end or start is no fault."""
    condition = Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": models.F(start)})
    return CheckConstraint(condition=condition, name=f"{table}_{start}_{end}_order")


def percent_check(table: str, *fields: str) -> CheckConstraint:
    """A constraint that keeps parts of a whole within 0–100."""
    condition = Q()
    for name in fields:
        condition &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": 100})
    return CheckConstraint(condition=condition, name=f"{table}_{'_'.join(fields)}_percent")
