"""What happens to a party: it is made, named, renamed from a day on, placed, and one day it is no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from dabir.directory import naming
from dabir.directory.models import Membership, NameKind, Party, PartyKind, PartyName, Place, Seat, Tenure
from dabir.directory.spans import check_span, end_row
from dabir.directory.tenures import party_and_units
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh


def create_party(
    *,
    by: Acting,
    kind: str,
    code: str,
    name: str,
    aliases: Iterable[str] = (),
    parent: Party | None = None,
    place: Place | None = None,
    is_example: bool = False,
) -> Party:
    """An organization, a unit of one, or a firm. `code` is a short ASCII name that never changes."""
    require(by, "directory.create_party")
    if not kind:
        raise Invalid(_("Say of which kind it is."), field="kind")
    if kind not in (PartyKind.ORGANIZATION, PartyKind.UNIT, PartyKind.FIRM):
        raise Invalid(_("Groups, bodies and posts are made in their own way."), field="kind")
    naming.check_parent(kind, parent)
    with ledger.change("directory.create_party", by=by) as change:
        return naming.add_party(change, kind, code, name, aliases, parent=parent, place=place, is_example=is_example)


def add_name(*, by: Acting, party: Party, name: str, starts: date | None = None, ends: date | None = None) -> PartyName:
    """One more name by which papers call a party."""
    require(by, "directory.add_name", party)
    check_span(starts, ends)
    with ledger.change("directory.add_name", by=by, on=party) as change:
        return naming.add_alias(change, party, name, starts, ends)


def end_name(*, by: Acting, name: PartyName, ends: date) -> None:
    """`ends` is the last day on which papers call the party so. An official name ends by a rename."""
    require(by, "directory.end_name", name.party)
    if name.kind == NameKind.OFFICIAL:
        raise Invalid(_("An official name ends when the party is given another, or is no more."), field="ends")
    with ledger.change("directory.end_name", by=by, on=name.party) as change:
        end_row(change, name, ends)


def rename_party(*, by: Acting, party: Party, name: str, starts: date) -> None:
    """A party's official name from `starts` on; see `naming.rename`."""
    require(by, "directory.rename_party", party)
    check_span(starts, None)
    with ledger.change("directory.rename_party", by=by, on=party) as change:
        naming.rename(change, party, name, starts)


def edit_party(*, by: Acting, party: Party, parent: Party | None, place: Place | None) -> None:
    """To whom it belongs, and where it is, from now on; the event says what was before."""
    require(by, "directory.edit_party", party)
    naming.check_parent(party.kind, parent)
    with ledger.change("directory.edit_party", by=by, on=party) as change:
        if parent is not None and party.pk in _line(fresh(parent)):
            raise Invalid(_("It cannot belong to itself or to one of its own units."), field="parent")
        change.update(party, parent=parent, place=place)


def end_party(*, by: Acting, party: Party, ends: date) -> None:
    """`ends` is the last day of the party, of its units and posts, and of their seats, memberships and tenures.

    Its debts and its papers stay as they are. `rename_party` brings it back under a name.
    """
    require(by, "directory.end_party", party)
    with ledger.change("directory.end_party", by=by, on=party) as change:
        if not party.names.filter(kind=NameKind.OFFICIAL, ends=None).exists():
            raise Conflict(_("It has ended already."), existing=party)
        own = party_and_units(party.pk)
        own |= set(Party.objects.filter(parent__in=own, kind=PartyKind.POST).values_list("pk", flat=True))
        for model, lookup in (
            (PartyName, {"party__in": own}),
            (Seat, {"party__in": own}),
            (Seat, {"body__party__in": own}),
            (Membership, {"member__in": own}),
            (Membership, {"group__in": own}),
            (Tenure, {"post__party__in": own}),
        ):
            for row in model._default_manager.filter(ends=None, **lookup):
                end_row(change, row, ends)


def _line(party: Party) -> set[int]:
    """The party and all that it belongs to."""
    found: set[int] = set()
    step: Party | None = party
    while step is not None and step.pk not in found:
        found.add(step.pk)
        step = step.parent
    return found
