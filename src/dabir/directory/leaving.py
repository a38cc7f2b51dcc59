"""The directory as tables, to be kept in a workbook and brought in again: what came in so leaves so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dabir.directory.models import AGENCIES, NameKind, Party, PartyKind, PartyName, Seat
from dabir.directory.queries import parties_visible_to, people_visible_to
from dabir.directory.tables import PEOPLE, SHEETS, Cell, Sheet, label_of
from dabir.foundation.acting import Acting
from dabir.writing.sheets import to_xlsx
from dabir.writing.table import Column, Table

Row = dict[str, Cell]
BETWEEN = "؛ "


def workbook(by: Acting) -> bytes:
    """All that the actor sees of the directory as XLSX; people, with their numbers, where they may see them."""
    rows = _rows(by)
    sheets = [sheet for sheet in SHEETS if sheet.name != PEOPLE or rows[PEOPLE]]
    return to_xlsx(*(_table(sheet, rows[sheet.name]) for sheet in sheets))


def _table(sheet: Sheet, rows: list[Row]) -> Table:
    columns = [Column(field.head, field.kind) for field in sheet.fields]
    return Table(sheet.title, columns, [[row.get(field.name) for field in sheet.fields] for row in rows])


def _rows(by: Acting) -> dict[str, list[Row]]:
    parties = list(parties_visible_to(by).select_related("parent", "place__parent__parent__parent").order_by("id"))
    visible = {party.pk for party in parties}
    names: dict[int, list[PartyName]] = {}
    for name in PartyName.objects.filter(party__in=visible).order_by("id"):
        names.setdefault(name.party_id, []).append(name)
    common = {party.pk: _common(party, names.get(party.pk, [])) for party in parties}

    def of(*kinds: str) -> Iterator[Party]:
        return (party for party in parties if party.kind in kinds)

    bodies = dict(parties_visible_to(by).filter(body__isnull=False).values_list("body__pk", "body__code"))
    headquarters = set(parties_visible_to(by).filter(body__headquarters=True).values_list("pk", flat=True))
    functions = dict(parties_visible_to(by).filter(post__isnull=False).values_list("pk", "post__function"))
    return {
        "parties": [
            common[p.pk]
            | {
                "kind": label_of("party", p.kind),
                "parent": p.parent.code if p.parent else None,
                "place": p.place.path if p.place else None,
            }
            for p in of(*AGENCIES)
        ],
        "bodies": [
            common[p.pk]
            | {
                "place": p.place.path if p.place else None,
                "headquarters": "بله" if p.pk in headquarters else None,
            }
            for p in of(PartyKind.BODY)
        ],
        "groups": [common[p.pk] | {"members_of": bodies.get(p.members_of_id or 0)} for p in of(PartyKind.GROUP)],
        "posts": [
            common[p.pk]
            | {
                "organization": p.parent.code if p.parent else None,
                "function": label_of("function", functions.get(p.pk, "")),
            }
            for p in of(PartyKind.POST)
        ],
        "names": [
            {"party": p.code, "name": n.name, "kind": label_of("name", n.kind), "starts": n.starts, "ends": n.ends}
            for p in parties
            for n in names.get(p.pk, [])
            if n.ends or (n.starts and n.kind == NameKind.ALIAS)
        ],
        "members": [
            {"group": p.code, "member": row.member.code, "starts": row.starts, "ends": row.ends}
            for p in of(PartyKind.GROUP)
            for row in p.memberships.filter(member__in=visible).select_related("member").order_by("id")
        ],
        "seats": [
            {
                "body": seat.body.code,
                "party": seat.party.code,
                "capacity": label_of("capacity", seat.capacity),
                "office": label_of("office", seat.office) if seat.office else None,
                "starts": seat.starts,
                "ends": seat.ends,
            }
            for seat in Seat.objects.filter(party__in=visible).select_related("body", "party").order_by("id")
        ],
        PEOPLE: list(_people(by)),
    }


def _common(party: Party, names: list[PartyName]) -> Row:
    since: date | None = None
    for name in names:
        if name.kind == NameKind.OFFICIAL and name.ends is None:
            since = name.starts
    aliases = [n.name for n in names if n.kind == NameKind.ALIAS and n.starts is None and n.ends is None]
    return {
        "code": party.code,
        "name": party.name,
        "since": since,
        "aliases": BETWEEN.join(aliases) or None,
        "example": "بله" if party.is_example else None,
    }


def _people(by: Acting) -> Iterator[Row]:
    """A row for each tenure, and one for whoever has none."""
    for person in people_visible_to(by).prefetch_related("tenures__post__party").order_by("id"):
        row: Row = {"name": person.name}
        if person.user:
            row |= {"username": person.user.username, "mobile": person.user.mobile}
        tenures = sorted(person.tenures.all(), key=lambda tenure: tenure.pk)
        for tenure in tenures:
            yield row | {
                "post": tenure.post.party.code,
                "kind": label_of("tenure", tenure.kind),
                "starts": tenure.starts,
                "ends": tenure.ends,
            }
        if not tenures:
            yield row
