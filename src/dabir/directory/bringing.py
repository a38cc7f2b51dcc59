"""What a row of a directory's table asks for, done through the services: something new, a change, or nothing.

Known by its code, a party takes a new name (with the day since when), place or owner; what has days ends when the row
says so; people take a new name or number. What a table does not have, no column or no row, changes nothing, and an
empty cell takes away a place or an owner alone. Each function returns whether it made something.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dabir.directory import services
from dabir.directory.models import (
    AGENCIES,
    Body,
    Membership,
    NameKind,
    Party,
    PartyKind,
    PartyName,
    Person,
    Place,
    Post,
    Seat,
)
from dabir.directory.queries import people_visible_to, places_named
from dabir.directory.tables import Cell, value_of
from dabir.foundation.accounts import normal_name
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.persian import clock
from dabir.persian.letters import canonical, squash

Row = dict[str, Cell]
"""Cells by the names of their columns; texts and days, checked already."""


def bring_party(by: Acting, row: Row) -> bool:
    kind = value_of("party", _text(row, "kind"))
    party = _known(row, AGENCIES)
    if party is None:
        services.create_party(by=by, kind=kind, parent=_parent(row), place=_place(row), **_naming(row))
        return True
    if kind != party.kind:
        raise Invalid(_("“%(code)s” is of another kind; the kind of a party never changes.") % {"code": party.code})
    _rename(by, party, row)
    parent = _parent(row) if "parent" in row else party.parent
    place = _place(row, party.place) if "place" in row else party.place
    if (parent, place) != (party.parent, party.place):
        services.edit_party(by=by, party=party, parent=parent, place=place)
    return False


def bring_body(by: Acting, row: Row) -> bool:
    party = _known(row, [PartyKind.BODY])
    if party is None:
        _head(by, services.create_body(by=by, place=_place(row), **_naming(row)), row)
        return True
    _rename(by, party, row)
    if "place" in row and (place := _place(row, party.place)) != party.place:
        services.edit_party(by=by, party=party, parent=party.parent, place=place)
    _head(by, party.body, row)
    return False


def _head(by: Acting, body: Body, row: Row) -> None:
    """Whether this installation serves the body first, where the table says it."""
    if "headquarters" in row and bool(_text(row, "headquarters")) != body.headquarters:
        services.set_follow_up(
            by=by,
            body=body,
            extensions_by_secretary=body.extensions_by_secretary,
            report_months=body.report_months,
            headquarters=not body.headquarters,
        )


def bring_group(by: Acting, row: Row) -> bool:
    party = _known(row, [PartyKind.GROUP])
    members_of = _by_code(Body, _text(row, "members_of")) if _text(row, "members_of") else None
    if party is None:
        services.create_group(by=by, members_of=members_of, **_naming(row))
        return True
    if "members_of" in row and party.members_of != members_of:
        raise Invalid(_("Whose members a group has never changes; enter another group."))
    _rename(by, party, row)
    return False


def bring_post(by: Acting, row: Row) -> bool:
    organization, function = _by_code(Party, _text(row, "organization")), value_of("function", _text(row, "function"))
    party = _known(row, [PartyKind.POST])
    if party is None:
        services.create_post(by=by, organization=organization, function=function, **_naming(row))
        return True
    _rename(by, party, row)
    if party.parent != organization:
        services.edit_party(by=by, party=party, parent=organization, place=party.place)
    if party.post.function != function:
        services.set_function(by=by, post=party.post, function=function)
    return False


def bring_name(by: Acting, row: Row) -> bool:
    """A name with days: known by party, letters and first day."""
    party, name = _by_code(Party, _text(row, "party")), _text(row, "name")
    kind = value_of("name", _text(row, "kind")) if row.get("kind") else NameKind.ALIAS
    starts, ends = _day(row, "starts"), _day(row, "ends")
    found = party.names.filter(squash=squash(canonical(name)), kind=kind, starts=starts).order_by("-ends").first()
    if found is None and kind != NameKind.ALIAS:
        raise Invalid(_("A former official name comes from a rename; write it as another name with its days."))
    if found is None:
        services.add_name(by=by, party=party, name=name, starts=starts, ends=ends)
        return True
    _end(found, ends, lambda: services.end_name(by=by, name=found, ends=ends or date.max))
    return False


def bring_member(by: Acting, row: Row) -> bool:
    group, member = _by_code(Party, _text(row, "group")), _by_code(Party, _text(row, "member"))
    starts, ends = _day(row, "starts"), _day(row, "ends")
    found = Membership.objects.filter(group=group, member=member, starts=starts).order_by("-id").first()
    if found is None:
        services.add_member(by=by, group=group, member=member, starts=starts, ends=ends)
        return True
    _end(found, ends, lambda: services.end_membership(by=by, membership=found, ends=ends or date.max))
    return False


def bring_seat(by: Acting, row: Row) -> bool:
    body, party = _by_code(Body, _text(row, "body")), _by_code(Party, _text(row, "party"))
    capacity = value_of("capacity", _text(row, "capacity")) if row.get("capacity") else "member"
    office = value_of("office", _text(row, "office")) if row.get("office") else ""
    starts, ends = _day(row, "starts"), _day(row, "ends")
    found = Seat.objects.filter(body=body, party=party, starts=starts).order_by("-id").first()
    if found is None:
        services.give_seat(by=by, body=body, party=party, capacity=capacity, office=office, starts=starts, ends=ends)
        return True
    if (found.capacity, found.office) != (capacity, office):
        raise Invalid(_("A seat changes by its last day and another one since the day after."))
    _end(found, ends, lambda: services.end_seat(by=by, seat=found, ends=ends or date.max))
    return False


def bring_person(by: Acting, row: Row) -> bool:
    """A person, and their days in a post where the row has one."""
    name, username = _text(row, "name"), normal_name(_text(row, "username"))
    mobile, new = normal_name(_text(row, "mobile")), False
    person = _person(by, name, username)
    if person is None and username and (person := _person(by, name, "")):
        services.let_sign_in(by=by, person=person, username=username, mobile=mobile)
    elif person is None:
        person, new = services.create_person(by=by, name=name, username=username, mobile=mobile), True
    else:
        if canonical(name) != person.name:
            services.rename_person(by=by, person=person, name=name)
        if mobile and person.user and person.user.mobile != mobile:
            services.set_mobile(by=by, person=person, mobile=mobile)
    if not _text(row, "post"):
        return new
    post = _by_code(Post, _text(row, "post"), "party__code")
    starts, ends = _day(row, "starts"), _day(row, "ends")
    if starts is None:
        raise Invalid(_("A tenure needs its first day."))
    kind = value_of("tenure", _text(row, "kind")) if row.get("kind") else "holder"
    found = person.tenures.filter(post=post, starts=starts).first()
    if found is None:
        services.appoint(by=by, person=person, post=post, kind=kind, starts=starts, ends=ends)
        return True
    if found.kind != kind:
        raise Invalid(_("A tenure changes by its last day and another one since the day after."))
    _end(found, ends, lambda: services.end_tenure(by=by, tenure=found, ends=ends or date.max))
    return new


BRING: dict[str, Callable[[Acting, Row], bool]] = {
    "parties": bring_party,
    "bodies": bring_body,
    "groups": bring_group,
    "posts": bring_post,
    "names": bring_name,
    "members": bring_member,
    "seats": bring_seat,
    "people": bring_person,
}


def _naming(row: Row) -> dict[str, Any]:
    return {
        "code": _text(row, "code"),
        "name": _text(row, "name"),
        "aliases": _aliases(row),
        "is_example": bool(_text(row, "example")),
    }


def _aliases(row: Row) -> list[str]:
    return [alias for alias in _text(row, "aliases").split("؛") if squash(alias)]


def _rename(by: Acting, party: Party, row: Row) -> None:
    """The name of a known party, and the aliases that it does not have yet."""
    name, since = _text(row, "name"), _day(row, "since")
    current = party.names.filter(kind=NameKind.OFFICIAL, ends=None).first()
    if canonical(name) == party.name:
        if since is not None and current is not None and since != current.starts:
            raise Invalid(_("Since when a party has its name does not change; the day is that of a new name."))
    else:
        if squash(name) == squash(party.name):
            since = since or clock.today()
        elif since is None or (current and since == current.starts):
            raise Invalid(_("Its name is “%(name)s”. Say since when it has the new one.") % {"name": party.name})
        services.rename_party(by=by, party=party, name=name, starts=since)
    known = set(party.names.values_list("squash", flat=True))
    for alias in _aliases(row):
        if squash(alias) not in known:
            services.add_name(by=by, party=party, name=alias)
            known.add(squash(alias))


def _known(row: Row, kinds: Any) -> Party | None:
    """The party with the row's code; without a code, the one with its name, so that a list brought twice is one."""
    code, parties = _text(row, "code"), Party.objects.select_related("parent", "place", "members_of", "merged_into")
    if code:
        party = parties.filter(code=code).first()
    else:
        name = PartyName.objects.filter(squash=squash(_text(row, "name")), kind=NameKind.OFFICIAL, ends=None)
        party = parties.filter(kind__in=kinds, pk__in=name.values("party"), merged_into=None).first()
    if party is None:
        return None
    if party.merged_into:
        names = {"code": code, "other": party.merged_into.code}
        raise Conflict(_("“%(code)s” has been merged into “%(other)s”.") % names, existing=party)
    if party.kind not in kinds:
        raise Invalid(_("“%(code)s” is of another kind; the kind of a party never changes.") % {"code": code})
    return party


def _parent(row: Row) -> Party | None:
    code = _text(row, "parent")
    return _by_code(Party, code) if code else None


def _place(row: Row, now: Place | None = None) -> Place | None:
    """The place that the row names; `now`, the present one, also where it has ended."""
    text = _text(row, "place")
    if not text:
        return None
    if now is not None and now.path == text:
        return now
    found = places_named(text)
    if len(found) != 1:
        raise Invalid(_("There is no place “%(name)s”.") % {"name": text})
    return found[0]


def _person(by: Acting, name: str, username: str) -> Person | None:
    people = people_visible_to(by)
    if username:
        return people.filter(user__username=username).first()
    found = list(people.filter(user=None, name=canonical(name))[:2])
    if len(found) > 1:
        raise Invalid(_("Several people are called “%(name)s”; give them a user name.") % {"name": name})
    return found[0] if found else None


def _by_code(model: type[Any], code: str, field: str = "code") -> Any:
    found = model.objects.filter(**{field: code}).first()
    if found is None:
        raise Invalid(_("There is no “%(code)s”.") % {"code": code})
    return found


def _end(found: Any, ends: date | None, act: Callable[[], None]) -> None:
    """End a row that the table ends and that is open; a day that is there stays."""
    if found.ends == ends:
        return
    if ends is None or found.ends is not None:
        raise Conflict(_("It has ended already."), existing=found)
    act()


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _day(row: Row, name: str) -> date | None:
    value = row.get(name)
    return value if isinstance(value, date) else None
