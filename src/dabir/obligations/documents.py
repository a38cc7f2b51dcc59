"""The register as the plain values that `writing` puts into a file: what the page shows, all of it, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from dabir.directory.queries import bodies_visible_to, parties_visible_to
from dabir.foundation.acting import Acting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.columns import HELPERS, STATE, TODAY, Cell, Form, cells_of
from dabir.obligations.listing import ORDERS, Listing
from dabir.obligations.models import Obligation, State
from dabir.obligations.queries import Filters, helpers_of
from dabir.persian import clock, jalali
from dabir.writing.table import Column, Table, Value

CHUNK = 1_000
LANGUAGE = "fa"
"""The record's own: a list says the same whatever language its reader's pages are in."""


def register_table(by: Acting, listing: Listing, form: Form) -> Table:
    """The list as a table, its rows read from the database as they are taken."""
    with translation.override(LANGUAGE):
        cells = cells_of(listing.columns, form)
        return Table(
            title=_("Register"),
            columns=[Column(cell.title, cell.kind, share=cell.share) for cell in cells],
            rows=_rows(listing.in_order(by), cells, {value: str(label) for value, label in State.choices}),
            notes=_notes(by, listing),
        )


def _rows(debts: QuerySet[Obligation], cells: list[Cell], states: dict[str, str]) -> Iterator[Sequence[Value]]:
    """Column by column for a thousand debts at a time, which costs a third of going row by row."""
    sources = dict.fromkeys("state" if name == STATE else name for cell in cells for name in cell.sources)
    names = [name for name in sources if name not in (HELPERS, TODAY)]
    found = debts.values_list("id", *names).iterator(chunk_size=CHUNK)
    # Asked for once by the list's own condition: to name ten thousand ids costs more than to find them again.
    helpers = helpers_of(debts.order_by().values("pk")) if any(HELPERS in cell.sources for cell in cells) else {}
    while some := list(islice(found, CHUNK)):
        ids, *values = zip(*some, strict=True)
        columns: dict[str, Sequence[Any]] = dict(zip(names, values, strict=True))
        columns[TODAY] = [clock.today()] * len(ids)
        columns[HELPERS] = ["، ".join(helpers[pk]) if pk in helpers else "" for pk in ids]
        if "state" in columns:
            columns[STATE] = [states[state] for state in columns["state"]]
        yield from zip(*(_values(cell, columns) for cell in cells), strict=True)


def _values(cell: Cell, columns: dict[str, Sequence[Any]]) -> Sequence[Value]:
    taken = [columns[name] for name in cell.sources]
    return list(map(cell.make, *taken)) if cell.make else taken[0]


def _notes(by: Acting, listing: Listing) -> list[str]:
    """On which day, and what narrows and orders it, in words."""
    narrowed = "؛ ".join(_in_words(by, listing.filters))
    day = _("On %(day)s") % {"day": jalali.format_long(clock.today())}
    order = str(ORDERS[listing.order].label)
    return [f"{day} · {order}", *([_("Only: %(what)s") % {"what": narrowed}] if narrowed else [])]


def _in_words(by: Acting, filters: Filters) -> list[str]:
    """Each condition of the filters; a code of what the actor may not know of stays a code."""

    def named(visible: QuerySet[Any], code: str, name: str) -> str:
        return visible.filter(code=code).values_list(name, flat=True).first() or code

    said: list[tuple[object, Callable[[], str]]] = [
        (filters.words, lambda: _("the words “%(words)s”") % {"words": filters.words}),
        (filters.party, lambda: _("of %(party)s") % {"party": named(parties_visible_to(by), filters.party, "name")}),
        (
            filters.body,
            lambda: _("body: %(body)s") % {"body": named(bodies_visible_to(by), filters.body, "party__name")},
        ),
        (
            filters.meeting,
            lambda: _("meeting: %(meeting)s") % {"meeting": named(meetings_visible_to(by), filters.meeting, "title")},
        ),
        (filters.state in State.values, lambda: _("state: %(state)s") % {"state": State(filters.state).label}),
        (filters.overdue, lambda: _("overdue")),
        (filters.soon, lambda: _("due within a week")),
        (filters.unsettled or filters.gap == "lead", lambda: _("unsettled")),
        (filters.unreleased, lambda: _("not released")),
        (filters.gap == "due", lambda: _("without a deadline")),
    ]
    return [say() for holds, say in said if holds]
