"""`dabir agenda`: what the next meeting of a body should look at, as lines of text or as an object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from dabir.cycle.next_agenda import Agenda, Line, agenda_of
from dabir.directory.models import Body
from dabir.directory.queries import bodies_visible_to
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid, Missing
from dabir.persian import jalali
from dabir.persian.digits import to_persian

LANGUAGE = "fa"
"""The record's own, as in all lists that leave."""


def as_json(by: Acting, code: str | None) -> Iterator[str]:
    """One object. `docs/operations.md` has the fields."""
    with translation.override(LANGUAGE):
        yield json.dumps(_told(_agenda(by, code)), ensure_ascii=False, indent=1)


def as_table(by: Acting, code: str | None) -> Iterator[str]:
    """For a terminal: a line for each debt, and beneath it why it is there, what was said last, and what to decide."""
    with translation.override(LANGUAGE):
        agenda = _agenda(by, code)
        yield f"{agenda.body.party.name} · {jalali.format_long(agenda.day)}"
        if not agenda.lines:
            yield _("Nothing needs this meeting.")
        width = max((len(line.code) for line in agenda.lines), default=0)
        for number, line in enumerate(agenda.lines, 1):
            lead = line.debt.lead.name if line.debt.lead else line.debt.lead_text or "—"
            yield ""
            yield f"{number:>2}  {line.score:>3}  {line.code:<{width}}  {lead}: {' '.join(line.debt.action.split())}"
            indent = " " * 9
            yield from (f"{indent}+ {reason}" for reason in line.reasons)
            if line.others:
                yield f"{indent}  {line.others}"
            yield f"{indent}  {_numbers(line)}"
            if line.debt.last_words:
                yield f"{indent}« {line.debt.last_words} »"
            yield from (f"{indent}→ {candidate}" for candidate in line.candidates)
        if agenda.invite:
            yield ""
            names = "، ".join(guest.party.name for guest in agenda.invite)
            yield f"{_('Who should be there')}: {names}"


def _numbers(line: Line) -> str:
    """Planned, reported and verified, side by side."""
    said = ((_("Planned"), line.planned), (_("Reported"), line.debt.reported_percent))
    found = (*said, (_("Verified"), line.debt.verified_percent))
    return " · ".join(f"{name} {'—' if value is None else to_persian(f'{value}٪')}" for name, value in found)


def _agenda(by: Acting, code: str | None) -> Agenda:
    return agenda_of(_body(by, code), by=by)


def _body(by: Acting, code: str | None) -> Body:
    """That of the code, else the only one marked as headquarters."""
    bodies = list(bodies_visible_to(by).select_related("party").order_by("code"))
    if code:
        found = [body for body in bodies if body.code == code]
        if not found:
            raise Missing(f"there is no body “{code}”; there are: {_codes(bodies)}")
    else:
        found = [body for body in bodies if body.headquarters]
        if len(found) != 1:
            problem = "no body is" if not found else f"{len(found)} bodies are"
            raise Invalid(f"{problem} marked as headquarters; name one: {_codes(found or bodies)}")
    return found[0]


def _codes(bodies: list[Body]) -> str:
    return "".join(f"\n  {body.code}  {body.party.name}" for body in bodies) or "none"


def _told(agenda: Agenda) -> dict[str, Any]:
    return {
        "body": agenda.body.code,
        "day": _day(agenda.day),
        "lines": [_line(line) for line in agenda.lines],
        "invite": [
            {
                "code": guest.party.code,
                "name": guest.party.name,
                "roles": guest.roles,
                "seat": guest.capacity or None,
                "obligations": guest.codes,
            }
            for guest in agenda.invite
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    debt = line.debt
    return {
        "obligation": line.code,
        "score": line.score,
        "reasons": line.reasons,
        "candidates": list(line.candidates),
        "points": {str(part.why): part.points for part in line.parts},
        "action": debt.action,
        "lead": {"code": debt.lead.code, "name": debt.lead.name} if debt.lead else None,
        "planned": line.planned,
        "reported": debt.reported_percent,
        "verified": debt.verified_percent,
        "due": _day(debt.due_day),
        "first_due": _day(debt.first_due_day),
        "days_late": line.late,
        "extensions": debt.extensions,
        "last_words": debt.last_words,
        "meeting": debt.meeting.code if debt.meeting else None,
        "resolution": debt.resolution.code if debt.resolution else None,
        "order": debt.order.code if debt.order else None,
        "letters": [{"number": letter.number, "dated": _day(letter.dated)} for letter in line.letters],
        "more": line.more,
        "about": line.about.code,
    }


def _day(value: date | None) -> dict[str, str] | None:
    if value is None:
        return None
    return {"jalali": jalali.format_day(value, persian_digits=False), "iso": value.isoformat()}
