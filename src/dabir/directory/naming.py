"""How parties are named: canonical names, ASCII codes, and the rows by which papers find a party."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dabir.directory.models import NameKind, Party, PartyKind, PartyName
from dabir.directory.spans import overlapping
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.ledger import Change
from dabir.persian import clock
from dabir.persian.letters import canonical, sort_key, squash

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def clean_name(name: str, *, longest: int = 200) -> str:
    """The name as it is stored; `Invalid` where it holds no letter or is too long."""
    clean = canonical(name)
    if not squash(clean):
        raise Invalid(_("A name is needed."), field="name")
    if len(clean) > longest:
        raise Invalid(_("This name is too long."), field="name")
    return clean


def add_party(
    change: Change,
    kind: str,
    code: str,
    name: str,
    aliases: Iterable[str] = (),
    *,
    longest_code: int = 40,
    **fields: Any,
) -> Party:
    """Write a party with its official name and its aliases; an alias that says nothing new is left out.

    Without a `code` it gets the next number of its kind (`organization-41`).
    """
    code = code or _free_code(kind)
    if not CODE.fullmatch(code) or len(code) > longest_code:
        raise Invalid(_("A code is made of small Latin letters, digits and hyphens."), field="code")
    if existing := Party.objects.filter(code=code).first():
        raise Conflict(_("This code is taken."), existing=existing)
    clean = clean_name(name)
    party = change.create(Party(kind=kind, code=code, name=clean, sort_key=sort_key(clean), **fields))
    names = {squash(clean): PartyName(party=party, name=clean, squash=squash(clean), kind=NameKind.OFFICIAL)}
    for alias in map(clean_name, aliases):
        names.setdefault(squash(alias), PartyName(party=party, name=alias, squash=squash(alias), kind=NameKind.ALIAS))
    change.create_many(names.values())
    return party


def add_alias(change: Change, party: Party, name: str, starts: date | None, ends: date | None) -> PartyName:
    """Write one more name; `Conflict` when the party goes by it in these days already."""
    clean = clean_name(name)
    known = party.names.filter(overlapping(starts, ends), squash=squash(clean)).first()
    if known:
        raise Conflict(_("It has this name already."), existing=known)
    row = PartyName(party=party, name=clean, squash=squash(clean), kind=NameKind.ALIAS, starts=starts, ends=ends)
    return change.create(row)


def rename(change: Change, party: Party, name: str, starts: date) -> None:
    """Give a party its name from `starts` on. The old one ends the day before; papers of its days keep it. A party
    that has ended is there again from that day on.

    A new spelling of the same name (its ZWNJ) corrects it in place: nothing began or ended.
    """
    clean = clean_name(name)
    if starts > clock.today():
        raise Invalid(_("A new name can be recorded from its first day on."), field="starts")
    current = party.names.filter(kind=NameKind.OFFICIAL, ends=None).first()
    official = PartyName(party=party, name=clean, squash=squash(clean), kind=NameKind.OFFICIAL, starts=starts)
    if current is None:
        last = party.names.filter(kind=NameKind.OFFICIAL).order_by("-ends").first()
        if last is not None and last.ends is not None and starts <= last.ends:
            raise Invalid(_("It had another name until after this day."), field="starts")
        change.create(official)
    elif current.squash == squash(clean):
        change.update(current, name=clean)
    else:
        last_day = starts - timedelta(days=1)
        if current.starts and last_day < current.starts:
            raise Invalid(_("The present name is newer than this day."), field="starts")
        change.update(current, ends=last_day)
        change.create(official)
    change.update(party, name=clean, sort_key=sort_key(clean))


def check_parent(kind: str, parent: Party | None) -> None:
    """A unit and a post belong to a party that is neither a group nor a post; a firm to none."""
    needs = kind in (PartyKind.UNIT, PartyKind.POST)
    if needs and parent is None:
        raise Invalid(_("Say to whom it belongs."), field="parent")
    if kind == PartyKind.FIRM and parent is not None:
        raise Invalid(_("A firm belongs to nobody."), field="parent")
    if parent is not None and parent.kind in (PartyKind.GROUP, PartyKind.POST):
        raise Invalid(_("Nothing can belong to a group or a post."), field="parent")


def _free_code(kind: str) -> str:
    number = Party.objects.filter(kind=kind).count() + 1
    while Party.objects.filter(code=f"{kind}-{number}").exists():
        number += 1
    return f"{kind}-{number}"
