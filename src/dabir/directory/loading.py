"""Loads a folder of CSV tables through the services, as an administrator would type them: all of it or nothing.

The tables, each optional, are read in the order of `TABLES`; examples/zanjan has one of each. Their columns are the
arguments of the verb; parties, bodies and posts are named by code, places by names from the province down
(`زنجان/ایجرود`), days as `1398/07/17`, and several aliases stand with `؛` between.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dabir.directory import services
from dabir.directory.models import Body, Party, Place, Post
from dabir.foundation.acting import Acting
from dabir.foundation.errors import DomainError, Invalid, Missing, Refused
from dabir.persian.jalali import parse_day
from dabir.persian.letters import canonical

Row = dict[str, str]


def load_directory(by: Acting, path: Path) -> None:
    """Load the tables in a folder, and the country's divisions where there are none yet.

    `Invalid` names the file, the line and the fault; nothing is stored then.
    """
    if not any((path / f"{table}.csv").is_file() for table in TABLES):
        raise Invalid(_("%(path)s holds no table of a directory.") % {"path": path})
    with transaction.atomic():
        if not Place.objects.exists():
            services.load_divisions(by=by)
        for table, load in TABLES.items():
            for where, row in _rows(path / f"{table}.csv"):
                try:
                    load(by, row)
                except (Missing, Refused):
                    raise
                except DomainError as error:
                    raise Invalid(f"{where}: {error}") from error
                except KeyError as error:
                    raise Invalid(f"{where}: " + _("There is no column %(name)s.") % {"name": error}) from error


def _party(by: Acting, row: Row) -> None:
    services.create_party(
        by=by,
        kind=row["kind"],
        parent=_by_code(Party, row["parent"]) if row["parent"] else None,
        place=_place(row["place"]),
        **_naming(row),
    )


def _body(by: Acting, row: Row) -> None:
    services.create_body(by=by, place=_place(row["place"]), **_naming(row))


def _group(by: Acting, row: Row) -> None:
    members_of = _by_code(Body, row["members_of"]) if row["members_of"] else None
    services.create_group(by=by, members_of=members_of, **_naming(row))


def _seat(by: Acting, row: Row) -> None:
    services.give_seat(
        by=by,
        body=_by_code(Body, row["body"]),
        party=_by_code(Party, row["party"]),
        capacity=row["capacity"],
        office=row["office"],
        starts=_day(row["starts"]),
        ends=_day(row["ends"]),
    )


def _post(by: Acting, row: Row) -> None:
    organization = _by_code(Party, row["organization"])
    services.create_post(by=by, organization=organization, function=row["function"], **_naming(row))


def _person(by: Acting, row: Row) -> None:
    person = services.create_person(by=by, name=row["name"], username=row["username"], mobile=row["mobile"])
    if row["post"]:
        post, starts = _by_code(Post, row["post"], "party__code"), _day(row["starts"])
        if starts is None:
            raise Invalid(_("A tenure needs its first day."))
        services.appoint(by=by, person=person, post=post, kind=row["kind"], starts=starts, ends=_day(row["ends"]))


TABLES: dict[str, Callable[[Acting, Row], None]] = {
    "parties": _party,
    "bodies": _body,
    "groups": _group,
    "seats": _seat,
    "posts": _post,
    "people": _person,
}


def _rows(file: Path) -> Iterator[tuple[str, Row]]:
    """Each row with the place that a message names; none where there is no such file."""
    if not file.is_file():
        return
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        for row in reader:
            yield f"{file.name}:{reader.line_num}", {name: cell.strip() for name, cell in row.items() if name}


def _naming(row: Row) -> dict[str, Any]:
    aliases = [alias for alias in row["aliases"].split("؛") if alias.strip()]
    return {"code": row["code"], "name": row["name"], "aliases": aliases, "is_example": bool(row["example"])}


def _by_code(model: type[Any], code: str, field: str = "code") -> Any:
    found = model.objects.filter(**{field: code}).first()
    if found is None:
        raise Invalid(_("There is no “%(code)s”.") % {"code": code})
    return found


def _place(path: str) -> Place | None:
    place: Place | None = None
    for name in path.split("/") if path else ():
        found = Place.objects.filter(parent=place, name=canonical(name)).first()
        if found is None:
            raise Invalid(_("There is no place “%(name)s”.") % {"name": path})
        place = found
    return place


def _day(text: str) -> date | None:
    day = parse_day(text) if text else None
    if text and day is None:
        raise Invalid(_("“%(text)s” is no day.") % {"text": text})
    return day
