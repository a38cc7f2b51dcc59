"""Every debt that somebody may see, with its days and all that has happened to it, as plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import F
from django.utils import timezone

from dabir.directory.models import Party
from dabir.foundation.acting import Acting
from dabir.foundation.models import Event
from dabir.meetings.models import Meeting, Point, Resolution
from dabir.obligations.extensions import FOR_FOLLOWERS
from dabir.obligations.listing import Listing
from dabir.obligations.models import Involved, Obligation, Order, Wait
from dabir.obligations.queries import followed_among, helpers_of
from dabir.persian import clock, jalali

CHUNK = 200
"""Debts whose events are asked for together."""

_FIELDS = (
    "id", "code", "state", "action", "lead_text", "due_kind", "due_day", "due_instant", "due_text", "trigger",
    "first_due_day", "extensions", "released_at", "communicated_at", "acknowledged_at", "old_state",
    "closed_before", "on_paper", "lead_id", "parent_id", "meeting_id", "resolution_id",
    "point_id", "order_id",
)  # fmt: skip
_NAMES = {
    "lead_code": F("lead__code"),
    "lead_name": F("lead__name"),
    "body_code": F("body__party__code"),
    "meeting_code": F("meeting__code"),
    "resolution_code": F("resolution__code"),
    "order_code": F("order__code"),
    "duty_code": F("recurs_from__code"),
}
_SOURCES = {"meeting_id": Meeting, "resolution_id": Resolution, "point_id": Point, "order_id": Order}
_OF_DEBTS = {Involved._meta.label_lower: ("obligation_id",), Wait._meta.label_lower: ("obligation_id",)}
"""Rows that belong to a debt, by the fields that name it."""


def dossiers(by: Acting, listing: Listing | None = None) -> Iterator[dict[str, Any]]:
    """A debt after the other, in the listing's order, with what the actor is told of it; five queries for 200 of them.
    `docs/operations.md` has the fields."""
    found = (listing or Listing()).in_order(by).values(*_FIELDS, **_NAMES).iterator(chunk_size=CHUNK)
    while some := list(islice(found, CHUNK)):
        helpers = helpers_of([row["id"] for row in some])
        events = _events(some, followed_among(by, [row["id"] for row in some]))
        for row in some:
            yield _dossier(row, helpers.get(row["id"], []), events[row["id"]])


def _dossier(row: dict[str, Any], helpers: list[str], events: list[Event]) -> dict[str, Any]:
    due: dict[str, str | None] = {"jalali": None, "iso": None, **(_day(row["due_day"]) or {})}
    if row["due_instant"]:
        due |= {"at": _moment(row["due_instant"])}
    return {
        "code": row["code"],
        "state": row["state"],
        "action": row["action"],
        "lead": {"code": row["lead_code"], "name": row["lead_name"]} if row["lead_code"] else None,
        "lead_text": row["lead_text"],
        "helpers": helpers,
        "body": row["body_code"],
        "meeting": row["meeting_code"],
        "resolution": row["resolution_code"],
        "order": row["order_code"],
        "due": {"kind": row["due_kind"], **due, "text": row["due_text"] or row["trigger"]},
        "first_due": _day(row["first_due_day"]),
        "extensions": row["extensions"],
        "instance_of": row["duty_code"],
        "released": _day(row["released_at"]),
        "communicated": _day(row["communicated_at"]),
        "acknowledged": _day(row["acknowledged_at"]),
        "on_paper": row["on_paper"],
        "old_state": row["old_state"],
        "closed_before": row["closed_before"],
        "events": [
            {"number": e.number, "at": _moment(e.at), "verb": e.verb, "actor": e.actor, "post": e.post} for e in events
        ],
    }


def _day(value: date | datetime | None) -> dict[str, str] | None:
    """As Jalali and as Gregorian day; a moment is told as well."""
    if value is None:
        return None
    local = timezone.localtime(value, clock.TEHRAN) if isinstance(value, datetime) else value
    day = local.date() if isinstance(local, datetime) else local
    told = {"jalali": jalali.format_day(day, persian_digits=False), "iso": day.isoformat()}
    return told | {"at": _moment(value)} if isinstance(value, datetime) else told


def _moment(value: datetime) -> str:
    return timezone.localtime(value, clock.TEHRAN).isoformat(timespec="seconds")


def _events(rows: list[dict[str, Any]], followed: set[int]) -> dict[int, list[Event]]:
    """What has happened to each of these debts, in the order of time: the events about it, and of those about its
    source, its group and the parties that became its lead the ones that wrote it; of those that are not `followed`
    without what is for followers. Two queries."""
    own = {f"{Obligation._meta.label_lower}:{row['id']}": row["id"] for row in rows}
    leads = {row["lead_id"] for row in rows if row["lead_id"]}
    merged = Party.objects.filter(merged_into__in=leads).values_list("pk", flat=True)
    subjects = {*own, *(f"{Party._meta.label_lower}:{pk}" for pk in merged)}
    for row in rows:
        subjects |= {f"{model._meta.label_lower}:{row[name]}" for name, model in _SOURCES.items() if row[name]}
        if row["parent_id"]:
            subjects.add(f"{Obligation._meta.label_lower}:{row['parent_id']}")
    events: dict[int, list[Event]] = {row["id"]: [] for row in rows}
    found = Event.objects.filter(subject__in=subjects).annotate(inside=FOR_FOLLOWERS).order_by("number")
    for event in found:
        about = {own[event.subject]} if event.subject in own else set()
        for pk in (about | _written(event)) & (followed if vars(event)["inside"] else events.keys()):
            events[pk].append(event)
    return events


def _written(event: Event) -> set[int]:
    """The debts of which the event wrote a row."""
    found = set()
    for row in event.data["rows"]:
        if row["model"] == Obligation._meta.label_lower:
            found.add(row["pk"])
        else:
            fields = row.get("fields", {})
            found |= {fields[name] for name in _OF_DEBTS.get(row["model"], ()) if name in fields}
    return found
