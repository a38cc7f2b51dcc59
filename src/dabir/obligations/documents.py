"""The register as the plain values that `writing` puts into a file: what the page shows, all of it, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from dabir.directory.queries import bodies_visible_to, parties_visible_to
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.calls import listed_meetings
from dabir.meetings.models import MeetingState, Resolution
from dabir.meetings.queries import meetings_visible_to, minutes_visible_to
from dabir.obligations.columns import HELPERS, STATE, TODAY, Cell, cells_of, day_cells
from dabir.obligations.listing import ORDERS, Listing
from dabir.obligations.models import Obligation, State
from dabir.obligations.queries import DEBTS, Filters, helpers_of, visible_to
from dabir.persian import clock, jalali
from dabir.writing.table import Column, Form, Kind, Table, Value

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


def meetings_table(by: Acting, form: Form, *, body: str = "", state: str = "") -> Table:
    """The meetings whose record, minutes or call may be read, newest first, of all bodies or of the one of that code,
    in all states or in one, with what each decided."""
    with translation.override(LANGUAGE):
        cells = [
            *day_cells(_("Date"), "date"),
            Cell(_("Meeting"), Kind.TEXT, ("title",), share=3),
            Cell(_("Code"), Kind.CODE, ("code",), share=1.2),
            Cell(_("Chair"), Kind.TEXT, ("chair",), share=1.4),
            Cell(_("Resolutions"), Kind.NUMBER, ("decided",), share=0.7),
            Cell(_("Debts"), Kind.NUMBER, ("owed",), share=0.7),
            Cell(_("Class"), Kind.TEXT, ("class",), share=0.8),
        ]
        cells = [cell for cell in cells if form in cell.forms]
        bodies = bodies_visible_to(by).filter(code=body).values_list("party__name", flat=True)
        only = [_("body: %(body)s") % {"body": bodies.first() or body}] if body else []
        if state in MeetingState.values:
            only.append(_("state: %(state)s") % {"state": MeetingState(state).label})
        narrowed = [_("Only: %(what)s") % {"what": "؛ ".join(only)}] if only else []
        return Table(
            title=_("Meetings"),
            columns=[Column(cell.title, cell.kind, share=cell.share) for cell in cells],
            rows=[[row[cell.sources[0]] for cell in cells] for row in _meetings(by, body, state)],
            notes=[_("On %(day)s") % {"day": jalali.format_long(clock.today())}, *narrowed],
        )


def _meetings(by: Acting, body: str, state: str) -> list[dict[str, Any]]:
    visible = listed_meetings(by, body=body, state=state)

    def counted(rows: QuerySet[Any]) -> dict[int, int]:
        return dict(rows.order_by().values_list("meeting").annotate(Count("id")))

    read = minutes_visible_to(by).order_by().values("pk")
    decided = counted(Resolution.objects.filter(meeting__in=visible.values("pk")).filter(meeting__in=read))
    owed = counted(visible_to(by).filter(DEBTS, meeting__in=visible.values("pk")))
    return [
        row
        | {
            "decided": decided.get(row["id"], 0),
            "owed": owed.get(row["id"], 0),
            "class": str(SecrecyClass(row["secrecy"]).label),
        }
        for row in visible.order_by("-date", "-id").values("id", "date", "title", "code", "chair", "secrecy")
    ]


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
        (filters.untold, lambda: _("not communicated")),
        (filters.unacknowledged, lambda: _("not acknowledged")),
        (filters.gap == "due", lambda: _("without a deadline")),
    ]
    return [say() for holds, say in said if holds]
