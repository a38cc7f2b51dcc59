"""What a form says of agencies to invite: a row of fields for each, or a table pasted from a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from dabir.cycle.inviting import MOST_AT_ONCE, Guest
from dabir.desk.party_entry import Ambiguous, Unknown, party_like
from dabir.directory.models import AGENCIES, Party, Post
from dabir.directory.queries import parties_visible_to
from dabir.foundation.accounts import clean_mobile
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.persian.letters import squash

_BETWEEN = re.compile(r"[;؛|,]|،(?=\s*[+0۰٠])")
"""Between cells where no tab is; «،» is a part of names, «تعاون، کار و رفاه اجتماعی»."""
_HEADS = ("همراه", "موبایل", "تلفن", "mobile")
_LONGEST = 300


@dataclass(slots=True)
class Row:
    """The fields of one agency as they stand in the form."""

    chosen: bool = False
    mobile: str = ""
    name: str = ""
    post: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A pasted line that made no row, and why."""

    number: int
    text: str
    fault: str


def rows_of(posted: QueryDict) -> dict[int, Row]:
    """The rows of the form by their party's key: those that are chosen, or have something typed in them."""
    keys = {int(key) for key in posted.getlist("agency") if key.isascii() and key.isdecimal() and len(key) < 16}
    rows: dict[int, Row] = {}
    for key in posted.getlist("row"):
        if key.isascii() and key.isdecimal() and len(key) < 16:
            mobile, name, post = (posted.get(f"{field}-{key}", "").strip() for field in ("mobile", "name", "post"))
            rows[int(key)] = Row(int(key) in keys, mobile[:40], name[:200], post[:16])
    return rows


def guests_of(rows: dict[int, Row], by: Acting) -> list[Guest]:
    """The chosen rows as the service takes them; what is not to be known of is left out."""
    chosen = {key: row for key, row in rows.items() if row.chosen}
    parties = parties_visible_to(by).in_bulk(list(chosen))
    picked = [int(row.post) for row in chosen.values() if row.post.isascii() and row.post.isdecimal()]
    posts = Post.objects.select_related("party").in_bulk(picked)
    return [
        Guest(parties[key], row.mobile, row.name, posts.get(int(row.post)) if row.post.isdecimal() else None)
        for key, row in chosen.items()
        if key in parties
    ]


def read_table(text: str, by: Acting) -> tuple[dict[int, Row], list[Line]]:
    """A table pasted from a sheet (agency, name, mobile number, in any order) as chosen rows, and the lines that are
    none. A heading is passed over. An agency that is not known, or may be several, is a question, never a guess."""
    rows: dict[int, Row] = {}
    lines: list[Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = _cells(line[:_LONGEST])
        if not cells or (not rows and not lines and _is_heading(cells)):
            continue
        if len(rows) + len(lines) >= MOST_AT_ONCE:
            lines.append(
                Line(number, line[:_LONGEST], _("At most %(count)s agencies at once.") % {"count": MOST_AT_ONCE})
            )
            break
        try:
            party, row = _row(cells, by)
            if party.pk in rows:
                raise Invalid(_("This agency has a line above already."))
        except (Ambiguous, Unknown) as question:
            lines.append(Line(number, line[:_LONGEST], _asked(question)))
        except Invalid as fault:
            lines.append(Line(number, line[:_LONGEST], str(fault)))
        else:
            rows[party.pk] = row
    return rows, lines


def _cells(line: str) -> list[str]:
    parts = line.split("\t") if "\t" in line else _BETWEEN.split(line)
    return [part.strip().strip('"') for part in parts if part.strip()]


def _is_heading(cells: list[str]) -> bool:
    return any(head in squash(cell) for cell in cells for head in _HEADS) and not any(map(_mobile, cells))


def _row(cells: list[str], by: Acting) -> tuple[Party, Row]:
    numbers = [mobile for mobile in map(_mobile, cells) if mobile]
    words = [cell for cell in cells if not _mobile(cell) and not cell.isdecimal()]
    if not numbers:
        raise Invalid(_("There is no mobile number in this line."))
    if not words:
        raise Invalid(_("There is no agency in this line."))
    party = party_like(words[0], by, kinds=AGENCIES)
    return party, Row(True, numbers[0], words[1] if len(words) > 1 else "")


def _mobile(cell: str) -> str:
    """The number that a cell holds; sheets drop its leading zero."""
    try:
        return clean_mobile(re.sub(r"\A(?=[9۹٩][\d\s-]{9,}\Z)", "0", cell))
    except Invalid:
        return ""


def _asked(question: Ambiguous | Unknown) -> str:
    if isinstance(question, Ambiguous):
        names = _("; ").join(party.name for party in question.candidates[:4])
        return _("Which one is it? %(names)s. Write its whole name.") % {"names": names}
    return str(question)
