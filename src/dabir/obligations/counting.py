"""How many debts stand how: the figures of the desk, the register and its picture, each worked out once between two
events of the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from dabir.foundation.acting import Acting
from dabir.foundation.prepared import rows_of
from dabir.foundation.remembered import until_the_next_event
from dabir.obligations.models import NOT_ENDED, DueKind, Obligation
from dabir.obligations.queries import DEBTS, PRESSED, Filters, narrowed, standings, visible_to
from dabir.persian import clock

OF_ENDED = ("closed_before", "extended")
"""The standings that a debt has also when it has ended."""


def counts(by: Acting, filters: Filters | None = None) -> dict[str, int]:
    """How many debts: `all`, and of each of the `standings`; two queries."""
    return _counted(by, filters or Filters(), ended=True) | running_counts(by, filters)


def running_counts(by: Acting, filters: Filters | None = None) -> dict[str, int]:
    """How many of each of the standings that no debt has which has ended. One query, which passes over most debts of a
    register that is some years old."""
    return _counted(by, filters or Filters(), ended=False)


@until_the_next_event
def _counted(by: Acting, filters: Filters, *, ended: bool) -> dict[str, int]:
    key = (by, filters, clock.today(), filters.owners, ended)
    rows = rows_of(_counting, *key, keep=not filters.looks_up)
    return rows[0] if rows else dict.fromkeys(_counts(clock.today(), ended), 0)  # nothing can meet the conditions


def _counting(
    by: Acting, filters: Filters, today: date, owners: tuple[int, ...], ended: bool
) -> QuerySet[Obligation, Any]:
    debts = narrowed(by, filters, today, owners).order_by()
    each = _counts(today, ended)
    # Grouped by what is the same for all of them: one row, and nothing that asks at once as `aggregate` does.
    rows = (debts if ended else debts.filter(state__in=NOT_ENDED)).values(same=Value(1)).annotate(**each)
    one: QuerySet[Obligation, Any] = rows.values(*each)
    return one


def _counts(today: date, ended: bool) -> dict[str, Count]:
    is_a = standings(today)
    counted = OF_ENDED if ended else is_a.keys() - set(OF_ENDED)
    each = {name: Count("id", filter=is_a[name]) for name in is_a if name in counted}
    return {"all": Count("id"), **each} if ended else each


@until_the_next_event
def has_debts(by: Acting) -> bool:
    """Whether there is any that the actor may see."""
    return bool(rows_of(_any, by))


def _any(by: Acting) -> QuerySet[Obligation, Any]:
    return visible_to(by).filter(DEBTS).values("pk")[:1]


@until_the_next_event
def pressed_by_day(by: Acting, filters: Filters) -> dict[date | None, int]:
    """How many debts are due on each day, and without one, of those that are `PRESSED`; a standing rule is never due.
    One query."""
    rows = rows_of(_pressed, by, filters, clock.today(), filters.owners, keep=not filters.looks_up)
    return {row["due_day"]: row["n"] for row in rows}


def _pressed(by: Acting, filters: Filters, today: date, owners: tuple[int, ...]) -> QuerySet[Obligation, Any]:
    debts = narrowed(by, filters, today, owners).filter(PRESSED, ~Q(due_kind=DueKind.ALWAYS))
    return debts.order_by().values("due_day").annotate(n=Count("id"))
