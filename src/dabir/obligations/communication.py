"""When a debt counts as communicated, and from which day a limit after its communication runs.

A letter communicates once its number, its date and its way are recorded. «ظرف یک هفته پس از ابلاغ» runs from the day on
which the debtor received one, if that is known, else from the letter's date; of several letters the earliest counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, OuterRef, Subquery

from dabir.letters.models import LetterState, Recipient
from dabir.obligations.models import RUNNING, ClockStart, DueKind, Extract, Obligation
from dabir.persian import clock
from dabir.persian.calendar import Calendar
from dabir.reading.dates import Awaits, awaits, counted_from


@dataclass(frozen=True, slots=True)
class Told:
    """That a debt was communicated: the date of the first letter, and the first day on which its lead received one."""

    sent: date
    received: date | None = None


def told_of(debts: Iterable[Obligation]) -> dict[int, Told]:
    """What the letters say of these debts, by their key; those without a sent letter are not in it. One query."""
    receipts = Recipient.objects.filter(letter=OuterRef("letter"), party=OuterRef("obligation__lead"), is_copy=False)
    sent = Extract.objects.filter(obligation__in=debts, letter__state=LetterState.NUMBERED).exclude(letter__way="")
    rows = sent.annotate(dated=F("letter__dated"), received=Subquery(receipts.values("received_on")[:1]))
    found: dict[int, Told] = {}
    for key, dated, received in rows.values_list("obligation_id", "dated", "received"):
        before = found.get(key, Told(dated, received))
        days = [day for day in (before.received, received) if day]
        found[key] = Told(min(before.sent, dated), min(days) if days else None)
    return found


def follows(debt: Obligation, told: Told | None, calendar: Calendar) -> dict[str, Any]:
    """The fields of a debt as they follow from what was told of it; only those that are other than they are."""
    values: dict[str, Any] = {"communicated_at": _moment(told.sent) if told else None}
    if told and debt.released_at is None and debt.state in RUNNING:
        values["released_at"] = clock.now()  # what is in the debtor's hands is not hidden from them
    values |= _clock(debt, told, calendar)
    return {name: value for name, value in values.items() if getattr(debt, name) != value}


def _clock(debt: Obligation, told: Told | None, calendar: Calendar) -> dict[str, Any]:
    """Of a limit that starts with the communication: its day, and from which one it runs."""
    what = awaits(debt.trigger)
    by_hand = debt.due_day is not None and debt.clock_day is None
    if what is None or debt.state not in RUNNING or by_hand:
        return {}
    start = told and (told.received or (told.sent if what == Awaits.COMMUNICATION else None))
    if not told or not start:
        return {"clock_day": None, "clock_start": "", "due_kind": DueKind.TRIGGER, "due_day": None}
    day = counted_from(debt.due_text, start, calendar)
    values: dict[str, Any] = {
        "clock_day": start,
        "clock_start": ClockStart.RECEIPT if told.received else ClockStart.LETTER,
        "due_kind": DueKind.DAY if day else DueKind.TRIGGER,
        "due_day": day,
    }
    if day and debt.first_due_day is None:
        values["first_due_day"] = day
    return values


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), clock.TEHRAN)
