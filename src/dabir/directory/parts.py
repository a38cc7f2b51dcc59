"""Half-verbs of the directory: they check state, not permission, write their own event; `cycle` alone calls them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.directory.models import AGENCIES, Membership, NameKind, Office, Party, Seat
from dabir.directory.moving import hand_over, take_back
from dabir.directory.spans import overlapping
from dabir.directory.tenures import party_and_units
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import Event


def hand_over_party(party: Party, into: Party, *, by: Acting) -> dict[str, int]:
    """Let `into` have the names, units, seats and memberships of `party`, which is no party of its own from now on.

    What `into` has already in the same days stays where it is, and is read no more: a name, a membership, a seat
    without an office. `Conflict` where both hold offices in one body, or only `party` does, beside a seat of `into`.
    """
    _check_can_be_one(party, into)
    with ledger.change("directory.hand_over_party", by=by, on=party) as change:
        counts = {"names": 0, "seats": 0, "memberships": 0, "stays": 0}
        for name in party.names.order_by("id"):
            if into.names.filter(overlapping(name.starts, name.ends), squash=name.squash).exists():
                counts["stays"] += 1
            else:
                counts["names"] += change.update(name, party=into, kind=NameKind.ALIAS)
        for seat in Seat.objects.filter(party=party).select_related("body__party"):
            if other := into.seats.filter(overlapping(seat.starts, seat.ends), body=seat.body).first():
                _check_office(seat, other)
                counts["stays"] += 1
            else:
                counts["seats"] += change.update(seat, party=into)
        for row in Membership.objects.filter(member=party):
            beside = Membership.objects.filter(overlapping(row.starts, row.ends), group=row.group_id, member=into)
            if beside.exists():
                counts["stays"] += 1
            else:
                counts["memberships"] += change.update(row, member=into)
        counts["units"] = hand_over(change, party.units.all(), "parent", into)
        hand_over(change, party.merged.all(), "merged_into", into)
        change.update(party, merged_into=into)
    return counts


def take_party_back(event: Event, party: Party, from_: Party, *, by: Acting) -> None:
    """Undo what `hand_over_party` wrote by that event."""
    with ledger.change("directory.take_party_back", by=by, on=party) as change:
        change.update(party, merged_into=None)
        take_back(change, event, party, from_)


def _check_can_be_one(party: Party, into: Party) -> None:
    if party.pk == into.pk:
        raise Invalid(_("It is the same party. Choose the other one."), field="into")
    for one in (party, into):
        if one.merged_into_id is not None:
            raise Conflict(_("%(name)s has been merged already.") % {"name": one.name}, existing=one)
        if one.kind not in AGENCIES:
            raise Invalid(_("Only organizations, units and firms can turn out to be one."), field="into")
    if party.pk in party_and_units(into.pk) or into.pk in party_and_units(party.pk):
        raise Invalid(_("One of them belongs to the other. Say first to whom it belongs."), field="into")


def _check_office(seat: Seat, other: Seat) -> None:
    """A seat that stays behind is read no more, so that it must not be the chair's or the secretary's."""
    if seat.office in ("", other.office):
        return
    sentence = _("%(name)s is %(office)s of %(body)s in days in which %(other)s has another seat there.") % {
        "name": seat.party.name,
        "office": Office(seat.office).label,
        "body": seat.body.party.name,
        "other": other.party.name,
    }
    raise Conflict(sentence + " " + _("Merge them the other way round, or end one of the seats first."), existing=other)
