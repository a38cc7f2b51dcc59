"""Corrections of obligations: what, who, with whom, until when, after which other one."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.meetings.corrections import lookup
from dabir.meetings.corrections.lookup import as_day, by_id, fresh_id, obligations, picked, typed_day, typed_hour
from dabir.meetings.corrections.registry import Words, op
from dabir.reading.minutes import Due, DueKind, Minutes, Obligation, Party, Resolution, ResolutionKind

Role = Literal["lead", "helper", "recipient", "endorser"]
Kind = Literal["date", "duration", "period", "event", "recurring", "vague", "none"]


@op
def add_obligation(minutes: Minutes, *, source: str, action: str = "") -> None:
    """Add a duty to a resolution or to a promoted point; without words of its own it has those of its source.

    What informed or proposed binds from then on, or the duty would never be owed.
    """
    carrier = by_id(list(lookup.sources(minutes)), source)  # type: ignore[type-var]
    if isinstance(carrier, Resolution) and not carrier.binds:
        carrier.kind = ResolutionKind.OBLIGATION
    carrier.obligations.append(Obligation(action or carrier.text, carrier.lines, id=fresh_id(minutes)))


@op
def remove_obligation(minutes: Minutes, *, id: str) -> None:
    """Take a duty out; none waits for it any more."""
    gone = by_id(obligations(minutes), id)
    lookup.source_of(minutes, gone).obligations.remove(gone)
    lookup.forget(minutes, [gone])


@op
def set_action(minutes: Minutes, *, id: str, action: Words) -> None:
    """Change the words that say what is to be done."""
    by_id(obligations(minutes), id).action = action


@op
def name_party(
    minutes: Minutes,
    *,
    id: str,
    role: Role,
    index: int | None = None,
    party: int | None = None,
    organization: str | None = None,
    text: str = "",
) -> None:
    """Say who leads, helps, receives or endorses: a party of the directory, or words alone.

    `index` names a helper or recipient who is there already; without it one is added. The paper's words stay.
    """
    obligation = by_id(obligations(minutes), id)
    former = _party(obligation, role, index)
    words = text or (former.text if former else "") or organization or ""
    if not words:
        raise Invalid(_("Choose a party, or type its name."), field="party")
    named = picked(words, party, organization)
    if role == "lead":
        obligation.lead = named
    elif role == "endorser":
        obligation.endorser = named
    else:
        _put(_several(obligation, role), index, named)


@op
def accept_party(minutes: Minutes, *, id: str, role: Role, index: int | None = None) -> None:
    """Accept whom the reader suggests for the paper's words."""
    party = _party(by_id(obligations(minutes), id), role, index)
    if party is None or party.party is None:
        raise Invalid(_("There is no suggestion to accept."), field="role")
    party.score, party.reason = 1.0, "picked"


@op
def remove_party(minutes: Minutes, *, id: str, role: Role, index: int | None = None) -> None:
    """Say that there is no lead or endorser, or take out the helper or recipient at this place."""
    obligation = by_id(obligations(minutes), id)
    if _party(obligation, role, index) is None:
        raise Invalid(_("What this correction is about is no longer there."), field="index")
    if role == "lead":
        obligation.lead = None
    elif role == "endorser":
        obligation.endorser = None
    else:
        del _several(obligation, role)[index or 0]


@op
def set_due(
    minutes: Minutes, *, id: str, kind: Kind, day: str = "", time: str = "", trigger: str = "", text: str = ""
) -> None:
    """Set the limit. A date needs its day, an event its words (`trigger`), a recurrence and a vague limit `text`.

    `day` is typed, «+۱۵» counts from the meeting; with `time` (HH:MM) the limit is an instant. The paper's words stay
    where no others are given.
    """
    obligation = by_id(obligations(minutes), id)
    if kind == "none":
        obligation.due = None
        return
    dated = kind in ("date", "duration", "period")
    if kind == "date" and not day:
        raise Invalid(_("A day is needed here, like 1398/07/28 or +15."), field="day")
    if kind == "event" and not trigger:
        raise Invalid(_("Say which event starts the clock."), field="trigger")
    if time and not day:
        raise Invalid(_("An hour needs its day."), field="day")
    words = text or (obligation.due.text if obligation.due else "") or trigger or day
    if not words:
        raise Invalid(_("Give the words of this limit."), field="text")
    resolved = as_day(typed_day(minutes, day), day) if day and dated else None
    obligation.due = Due(
        words,
        DueKind(kind),
        jalali=resolved.jalali if resolved else None,
        iso=resolved.iso if resolved else None,
        time=typed_hour(time, field="time") if time and resolved else None,
        trigger=trigger or None,
    )


@op
def add_wait(minutes: Minutes, *, id: str, waits_for: str) -> None:
    """Let a duty wait for another one; never in a circle."""
    all_of_them = obligations(minutes)
    waiting, awaited = by_id(all_of_them, id), by_id(all_of_them, waits_for)
    if waiting.id in _awaited(all_of_them, awaited):
        raise Invalid(_("Two obligations cannot wait for each other."), field="waits_for")
    if awaited.id not in waiting.waits_for:
        waiting.waits_for.append(awaited.id)


@op
def remove_wait(minutes: Minutes, *, id: str, waits_for: str) -> None:
    """Let a duty wait for another one no longer."""
    waiting = by_id(obligations(minutes), id)
    if waits_for not in waiting.waits_for:
        raise Invalid(_("What this correction is about is no longer there."), field="waits_for")
    waiting.waits_for.remove(waits_for)


def _several(obligation: Obligation, role: Role) -> list[Party]:
    return obligation.helpers if role == "helper" else obligation.recipients


def _party(obligation: Obligation, role: Role, index: int | None) -> Party | None:
    """Who is there now in this role; none for a lead or endorser that is missing, or a helper that is to be added."""
    if role == "lead":
        return obligation.lead
    if role == "endorser":
        return obligation.endorser
    return None if index is None else lookup.at(_several(obligation, role), index)


def _put(parties: list[Party], index: int | None, party: Party) -> None:
    if index is None:
        parties.append(party)
    else:
        parties[index] = party


def _awaited(all_of_them: list[Obligation], start: Obligation) -> set[str]:
    """The ids of `start` and of all that it waits for, near and far."""
    known = {obligation.id: obligation for obligation in all_of_them}
    found: set[str] = set()
    ahead = [start.id]
    while ahead:
        id = ahead.pop()
        if id not in found and id in known:
            found.add(id)
            ahead += known[id].waits_for
    return found
