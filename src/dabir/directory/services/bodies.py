"""Groups and bodies: who was a member, who sat where, and in which days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from dabir.directory import naming
from dabir.directory.models import (
    REPORT_MONTHS,
    Body,
    Capacity,
    Membership,
    Office,
    Party,
    PartyKind,
    Place,
    Post,
    Quorum,
    Seat,
)
from dabir.directory.spans import check_span, end_row, overlapping
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Conflict, Invalid

MOST_EXTENSIONS = 20


def create_group(
    *,
    by: Acting,
    code: str,
    name: str,
    aliases: Iterable[str] = (),
    members_of: Body | None = None,
    is_example: bool = False,
) -> Party:
    """A party of dated members: those that `add_member` gives it, or the members of a body."""
    require(by, "directory.create_group")
    with ledger.change("directory.create_group", by=by) as change:
        return naming.add_party(
            change, PartyKind.GROUP, code, name, aliases, members_of=members_of, is_example=is_example
        )


def add_member(
    *, by: Acting, group: Party, member: Party, starts: date | None = None, ends: date | None = None
) -> Membership:
    """A party's days in a group that keeps its own list of members."""
    require(by, "directory.add_member", group)
    check_span(starts, ends)
    if group.kind != PartyKind.GROUP or group.members_of_id:
        raise Invalid(_("Its members are those of a body; give the party a seat there."), field="group")
    if member.kind == PartyKind.GROUP:
        raise Invalid(_("A group cannot be the member of a group."), field="member")
    with ledger.change("directory.add_member", by=by, on=group) as change:
        if existing := group.memberships.filter(overlapping(starts, ends), member=member).first():
            raise Conflict(_("It is a member in these days already."), existing=existing)
        return change.create(Membership(group=group, member=member, starts=starts, ends=ends))


def end_membership(*, by: Acting, membership: Membership, ends: date) -> None:
    """`ends` is the last day in the group."""
    require(by, "directory.end_membership", membership)
    with ledger.change("directory.end_membership", by=by, on=membership.group) as change:
        end_row(change, membership, ends)


def create_body(
    *,
    by: Acting,
    code: str,
    name: str,
    aliases: Iterable[str] = (),
    place: Place | None = None,
    is_example: bool = False,
) -> Body:
    """What meets. `code` (at most 30 characters) begins the codes of its meetings and resolutions."""
    require(by, "directory.create_body")
    with ledger.change("directory.create_body", by=by) as change:
        party = naming.add_party(
            change, PartyKind.BODY, code, name, aliases, longest_code=30, place=place, is_example=is_example
        )
        return change.create(Body(party=party, code=code))


def set_quorum(*, by: Acting, body: Body, rule: str, count: int | None = None) -> None:
    """How many members must be there for the body's meetings to count; `count` for a number of members alone."""
    require(by, "directory.set_quorum", body)
    if rule not in Quorum.values:
        raise Invalid(_("There is no such rule."), field="quorum")
    if rule == Quorum.COUNT and (count is None or not 0 < count <= 1000):
        raise Invalid(_("Write how many members."), field="count")
    with ledger.change("directory.set_quorum", by=by, on=body) as change:
        change.update(body, quorum=rule, quorum_count=count if rule == Quorum.COUNT else None)


def set_follow_up(
    *, by: Acting, body: Body, extensions_by_secretary: int, report_months: int, headquarters: bool
) -> None:
    """How the body follows its debts: how many times its secretary may extend one before the body itself must, every
    how many months a debt is reported on (0 for never), and whether this installation serves it first."""
    require(by, "directory.set_follow_up", body)
    if not 0 <= extensions_by_secretary <= MOST_EXTENSIONS:
        raise Invalid(_("A number from 0 to %(most)s.") % {"most": MOST_EXTENSIONS}, field="extensions")
    if report_months not in REPORT_MONTHS:
        raise Invalid(_("Choose every how many months it is reported on."), field="months")
    with ledger.change("directory.set_follow_up", by=by, on=body) as change:
        change.update(
            body,
            extensions_by_secretary=extensions_by_secretary,
            report_months=report_months,
            headquarters=headquarters,
        )


def set_deputy(*, by: Acting, body: Body, post: Post | None) -> None:
    """Which post gets the report on late debts that is the ladder's last letter; none for the body's chair."""
    require(by, "directory.set_deputy", body)
    if post and post.function in (Function.ADMIN, Function.AUDITOR):
        raise Invalid(_("Whoever administers or audits gets no report to act on."), field="deputy")
    with ledger.change("directory.set_deputy", by=by, on=body) as change:
        change.update(body, deputy=post)


def give_seat(
    *,
    by: Acting,
    body: Body,
    party: Party,
    capacity: str = Capacity.MEMBER,
    office: str = "",
    starts: date | None = None,
    ends: date | None = None,
) -> Seat:
    """A party's place in a body. A party has one seat at a time, and a body one chair and one secretary."""
    require(by, "directory.give_seat", body)
    check_span(starts, ends)
    if capacity not in Capacity.values or office not in ("", *Office.values):
        raise Invalid(_("A seat is a member's or an invitee's, and its office chair or secretary."), field="capacity")
    if party.kind == PartyKind.GROUP or party.pk == body.party_id:
        raise Invalid(_("A group or the body itself cannot have a seat."), field="party")
    with ledger.change("directory.give_seat", by=by, on=body) as change:
        meanwhile = body.seats.filter(overlapping(starts, ends))
        if existing := meanwhile.filter(party=party).first():
            raise Conflict(_("It has a seat in these days already."), existing=existing)
        if office and (existing := meanwhile.filter(office=office).first()):
            raise Conflict(_("This office is taken in these days."), existing=existing)
        return change.create(Seat(body=body, party=party, capacity=capacity, office=office, starts=starts, ends=ends))


def end_seat(*, by: Acting, seat: Seat, ends: date) -> None:
    """`ends` is the last day in the body."""
    require(by, "directory.end_seat", seat)
    with ledger.change("directory.end_seat", by=by, on=seat.body) as change:
        end_row(change, seat, ends)
