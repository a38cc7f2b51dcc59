"""A list of debts as somebody has put it together: what narrows it, its order and its columns; an address holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.foundation import paging
from dabir.foundation.acting import Acting
from dabir.foundation.prepared import rows_of
from dabir.foundation.remembered import until_the_next_event
from dabir.obligations import queries
from dabir.obligations.columns import COLUMNS, USUAL
from dabir.obligations.models import Obligation
from dabir.obligations.queries import Filters, RegisterRow
from dabir.persian import clock

BY_DUE, LATEST_DUE, NEWEST, BY_LEAD = "", "-due", "-made", "lead"


@dataclass(frozen=True, slots=True)
class Order:
    """Its name, the fields that make it (together unique and never null), and whether they go down."""

    label: str | Promise
    keys: tuple[str, ...]
    descending: bool = False


ORDERS: dict[str, Order] = {
    BY_DUE: Order(_("earliest deadline first"), ("sort_day", "id")),
    LATEST_DUE: Order(_("latest deadline first"), ("sort_day", "id"), descending=True),
    NEWEST: Order(_("newest first"), ("id",), descending=True),
    BY_LEAD: Order(_("by lead, then by deadline"), ("lead_key", "sort_day", "id")),
}
"""`lead_key` is empty where there is no lead, so that unsettled debts come first."""


@dataclass(frozen=True, slots=True)
class Listing:
    filters: Filters = field(default_factory=Filters)
    order: str = BY_DUE
    columns: tuple[str, ...] = USUAL

    @classmethod
    def from_query(cls, query: QueryDict) -> Listing:
        """From an address; what is unknown there is passed over. The debt itself is always among the columns."""
        order = query.get("order", BY_DUE)
        chosen = set(query.getlist("column")[:50])
        columns = tuple(name for name in COLUMNS if name in chosen | {"debt"}) if chosen & COLUMNS.keys() else USUAL
        return cls(
            Filters.from_query({name: str(value) for name, value in query.dict().items()}),
            order if order in ORDERS else BY_DUE,
            columns,
        )

    def as_pairs(self) -> list[tuple[str, str]]:
        """The address's part, without what is as usual."""
        return [*self.filters.as_query().items(), *self.shape()]

    def shape(self) -> list[tuple[str, str]]:
        """Of that the order and the columns."""
        order = [("order", self.order)] if self.order else []
        return [*order, *(("column", name) for name in self.columns if not self.is_usual)]

    @property
    def is_usual(self) -> bool:
        """Whether the columns are those that nobody has chosen."""
        return self.columns == USUAL

    def debts(self, by: Acting) -> QuerySet[Obligation]:
        """What the actor may see of it, in no order yet."""
        return queries.narrowed(by, self.filters, clock.today())

    def in_order(self, by: Acting) -> QuerySet[Obligation]:
        """All of it, in its order."""
        return self._ordered(self.debts(by))

    def page(self, by: Acting, *, cursor: str = "", size: int = paging.SIZE) -> paging.Page[RegisterRow]:
        """A page of it; two queries, whatever its length."""
        if not cursor:
            return _first(self, by, size)
        order = ORDERS[self.order]
        rows = queries.row_values(self._keyed(self.debts(by)), *order.keys)
        found = paging.page(rows, order.keys, cursor=cursor, descending=order.descending, size=size)
        return found.with_rows(queries.rows_from)

    def _ordered(self, debts: QuerySet[Obligation]) -> QuerySet[Obligation]:
        order = ORDERS[self.order]
        return self._keyed(debts).order_by(*(f"-{key}" if order.descending else key for key in order.keys))

    def _keyed(self, debts: QuerySet[Obligation]) -> QuerySet[Obligation]:
        if self.order != BY_LEAD:
            return debts
        return debts.annotate(lead_key=Coalesce(F("lead__sort_key"), Value("")))


@until_the_next_event
def _first(listing: Listing, by: Acting, size: int) -> paging.Page[RegisterRow]:
    key = (by, listing, clock.today(), listing.filters.owners, size + 1)
    found = rows_of(_opening, *key, keep=not listing.filters.looks_up)
    return paging.first(found, ORDERS[listing.order].keys, size=size).with_rows(queries.rows_from)


def _opening(
    by: Acting, listing: Listing, today: date, owners: tuple[int, ...], most: int
) -> QuerySet[Obligation, dict[str, Any]]:
    """What a list opens with."""
    debts = listing._ordered(queries.narrowed(by, listing.filters, today, owners))
    return queries.row_values(debts, *ORDERS[listing.order].keys)[:most]
