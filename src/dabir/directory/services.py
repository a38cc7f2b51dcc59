"""What happens in the directory: parties, groups, bodies with their seats, posts, people and their tenures.

Every verb is the administrator's (`rules`), is one transaction and one event. Days are included at both ends; a
`starts` of none says that the day is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from dabir.directory import divisions, naming, rules  # noqa: F401  (rules declares the permissions)
from dabir.directory.models import (
    Body,
    Capacity,
    Membership,
    Office,
    Party,
    PartyKind,
    PartyName,
    Person,
    Place,
    Post,
    Seat,
    Tenure,
    TenureKind,
)
from dabir.directory.spans import check_span, overlapping
from dabir.foundation import accounts, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import User
from dabir.persian.letters import sort_key


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


def rename_party(*, by: Acting, party: Party, name: str, starts: date) -> None:
    """A party's official name from `starts` on; see `naming.rename`."""
    require(by, "directory.rename_party", party)
    check_span(starts, None)
    with ledger.change("directory.rename_party", by=by, on=party) as change:
        naming.rename(change, party, name, starts)


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
        _end(change, membership, ends)


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
        _end(change, seat, ends)


def create_post(
    *,
    by: Acting,
    code: str,
    name: str,
    organization: Party,
    function: str,
    aliases: Iterable[str] = (),
    is_example: bool = False,
) -> Post:
    """An office that people hold in turn; what its holders may do follows from `function`."""
    require(by, "directory.create_post")
    naming.check_parent(PartyKind.POST, organization)
    if function not in list(Function):
        raise Invalid(_("There is no such function."), field="function")
    with ledger.change("directory.create_post", by=by) as change:
        party = naming.add_party(
            change, PartyKind.POST, code, name, aliases, parent=organization, is_example=is_example
        )
        return change.create(Post(party=party, function=function))


def create_person(*, by: Acting, name: str, username: str = "", mobile: str = "") -> Person:
    """A human being; with a user name also a user, who needs a link (`issue_link`) to sign in, by it or by `mobile`."""
    require(by, "directory.create_person")
    clean = naming.clean_name(name, longest=100)
    with ledger.change("directory.create_person", by=by) as change:
        user = accounts.create_user(by=by, username=username, mobile=mobile) if username or mobile else None
        return change.create(Person(name=clean, sort_key=sort_key(clean), user=user))


def appoint(
    *,
    by: Acting,
    person: Person,
    post: Post,
    starts: date,
    ends: date | None = None,
    kind: str = TenureKind.HOLDER,
) -> Tenure:
    """A person's days in a post, which has one holder or acting holder at a time, and any number of substitutes."""
    require(by, "directory.appoint", post)
    check_span(starts, ends)
    if kind not in TenureKind.values:
        raise Invalid(_("There is no such kind of tenure."), field="kind")
    with ledger.change("directory.appoint", by=by, on=post) as change:
        meanwhile = post.tenures.filter(overlapping(starts, ends))
        if existing := meanwhile.filter(person=person).first():
            raise Conflict(_("This person has the post in these days already."), existing=existing)
        if kind != TenureKind.SUBSTITUTE and (existing := meanwhile.exclude(kind=TenureKind.SUBSTITUTE).first()):
            raise Conflict(_("Somebody else holds this post in these days."), existing=existing)
        return change.create(Tenure(person=person, post=post, kind=kind, starts=starts, ends=ends))


def end_tenure(*, by: Acting, tenure: Tenure, ends: date) -> None:
    """`ends` is the last day in the post."""
    require(by, "directory.end_tenure", tenure)
    with ledger.change("directory.end_tenure", by=by, on=tenure.post) as change:
        _end(change, tenure, ends)


def issue_link(*, by: Acting, user: User) -> str:
    """The token of a one-time link on which the user sets a password; see `accounts.issue_link`."""
    require(by, "directory.issue_link", user)
    return accounts.issue_link(user, by=by)


def load_divisions(*, by: Acting) -> int:
    """Load the country's divisions that come with the package, in one event; how many there are. Once only."""
    require(by, "directory.load_divisions")
    with ledger.change("directory.load_divisions", by=by, sources=divisions.digests()) as change:
        if Place.objects.exists():
            raise Conflict(_("The divisions are loaded already."))
        return divisions.load(change)


def _end(change: ledger.Change, row: Membership | Seat | Tenure, ends: date) -> None:
    row.refresh_from_db(fields=["ends"])  # now that no other writer can end it
    if row.ends is not None:
        raise Conflict(_("It has ended already."), existing=row)
    check_span(row.starts, ends)
    change.update(row, ends=ends)
