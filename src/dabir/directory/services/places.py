"""The country's divisions, loaded once and then kept by hand: each reorganisation has its day.

A place is told by its names from the province down (`divisions`). One that is renamed, or passes to another place, is
therefore a new place from that day on, with all beneath it; the old ones end the day before, and papers of their days
find them. The parties that were there are in the new one.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from dabir.directory import divisions, naming
from dabir.directory.models import Party, Place, PlaceKind
from dabir.directory.spans import check_span, end_row
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.persian.letters import sort_key

LEVELS = list(PlaceKind)


def load_divisions(*, by: Acting) -> int:
    """Load the country's divisions that come with the package, in one event; how many there are. Once only."""
    require(by, "directory.load_divisions")
    with ledger.change("directory.load_divisions", by=by, sources=divisions.digests()) as change:
        if Place.objects.exists():
            raise Conflict(_("The divisions are loaded already."))
        return divisions.load(change)


def add_place(*, by: Acting, name: str, parent: Place | None, starts: date) -> Place:
    """A new place, of the kind beneath its parent's: without one, a province; in a province, a county; and so on."""
    require(by, "directory.add_place", parent)
    check_span(starts, None)
    clean = naming.clean_name(name, longest=100)
    kind = _kind_in(parent)
    with ledger.change("directory.add_place", by=by) as change:
        _refuse_second(clean, parent)
        return change.create(Place(kind=kind, name=clean, sort_key=sort_key(clean), parent=parent, starts=starts))


def change_place(*, by: Acting, place: Place, starts: date, name: str = "", parent: Place | None = None) -> Place:
    """A new name, another parent, or both, from `starts` on. Returns the place that it is since then."""
    require(by, "directory.change_place", place)
    check_span(starts, None)
    clean = naming.clean_name(name, longest=100) if name.strip() else place.name
    above = parent or place.parent
    if _kind_in(above) != place.kind:
        raise Invalid(_("A %(kind)s cannot lie there.") % {"kind": place.get_kind_display()}, field="parent")
    with ledger.change("directory.change_place", by=by, on=place) as change:
        if (clean, above) == (place.name, place.parent):
            raise Invalid(_("Give it a new name or another place above it."), field="name")
        _refuse_second(clean, above)
        return _succeed(change, place, clean, above, starts)


def end_place(*, by: Acting, place: Place, ends: date) -> None:
    """`ends` is the last day of the place and of all beneath it. Parties that are there stay written there."""
    require(by, "directory.end_place", place)
    with ledger.change("directory.end_place", by=by, on=place) as change:
        level = [place]
        while level:
            for row in level:
                end_row(change, row, ends)
            level = list(Place.objects.filter(parent__in=level, ends=None))


def _kind_in(parent: Place | None) -> PlaceKind:
    depth = LEVELS.index(PlaceKind(parent.kind)) + 1 if parent else 0
    if depth == len(LEVELS):
        raise Invalid(_("Nothing lies beneath a rural district."), field="parent")
    return LEVELS[depth]


def _refuse_second(name: str, parent: Place | None) -> None:
    if existing := Place.objects.filter(name=name, parent=parent, ends=None).first():
        raise Conflict(_("There is a place of this name there already."), existing=existing)


def _succeed(change: ledger.Change, place: Place, name: str, parent: Place | None, starts: date) -> Place:
    """Write what the place is from `starts` on, and all beneath it, and end what it was."""
    beneath = list(place.children.filter(ends=None))
    end_row(change, place, starts - timedelta(days=1))
    new = Place(kind=place.kind, name=name, sort_key=sort_key(name), code=place.code, parent=parent, starts=starts)
    change.create(new)
    for party in Party.objects.filter(place=place):
        change.update(party, place=new)
    for child in beneath:
        _succeed(change, child, child.name, new, starts)
    return new
