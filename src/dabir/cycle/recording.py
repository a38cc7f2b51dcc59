"""Recording by hand: one resolution of a meeting, with its debts, where nobody has brought the minutes; and a debt made
of what was said, long after. A finished meeting is open again with either, and where an unsettled debt gets a lead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dabir.cycle.deciding import decides_alone
from dabir.cycle.finishing import open_where_missing
from dabir.directory.models import Body, Party
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.meetings import parts as meetings
from dabir.meetings.models import Meeting, Point, Resolution
from dabir.obligations import parts as obligations
from dabir.obligations import services
from dabir.obligations.making import Duty, check_by_hand
from dabir.obligations.models import Obligation

NEW_DEBT = "تکلیف تازه‌ای به جلسه افزوده شد"
LEAD_NAMED = "متولی تکلیف بلاتکلیف تعیین شد"
"""Why a finished meeting is open again; in the language of the record."""


def record_resolution(
    *, by: Acting, body: Body, number: int, day: date, text: str, item: str = "", duties: Iterable[Duty] = ()
) -> tuple[Resolution, list[Obligation]]:
    """A resolution of meeting `number` of a body on that day, `item` its own number there; the meeting is made with it
    where it is not on record yet. All in one transaction, or nothing.

    Without duties the whole text is one, unsettled, unless it only decides on debts that are there; that is offered on
    its page (`cycle.deciding.unrecorded`). `Invalid` and `Conflict` name what cannot stand.
    """
    require(by, "cycle.record_resolution", Meeting(kept_by=body))
    whole = Duty(action=text.strip())
    owed = list(duties) or [whole]
    if owed == [whole] and decides_alone(text, day):
        owed = []
    check_by_hand(text, day, owed)
    with transaction.atomic():
        with ledger.change("cycle.record_resolution", by=by) as change:
            meeting = meetings.open_meeting(body=body, number=number, day=day, by=by)
            require(by, "cycle.record_resolution", meeting)  # a joint meeting may be another secretariat's
            resolution = meetings.add_resolution(meeting, text=text, number=item, by=by)
            debts = obligations.create_for_resolution(resolution, owed, by=by)
            change.subject = resolution
            change.facts |= {"meeting": meeting.code, "debts": len(debts)}
        open_where_missing([meeting.pk], by=by, because=NEW_DEBT)
    return resolution, debts


def promote_point(point: Point, *, by: Acting, duty: Duty) -> Obligation:
    """Make a debt of something said, also long after (seed ب/۸, the chair's closing words)."""
    require(by, "cycle.promote_point", point.meeting)
    with ledger.standstill():
        debt = obligations.promote_point(point, by=by, duty=duty)
        open_where_missing([point.meeting_id], by=by, because=NEW_DEBT)
    return debt


def settle(debt: Obligation, *, by: Acting, lead: Party) -> Obligation:
    """Say who owes an unsettled debt, as `obligations.services.settle` does; it is to be communicated now."""
    require(by, "cycle.settle", debt)
    with ledger.standstill():
        settled = services.settle(debt, by=by, lead=lead)
        if debt.meeting_id:
            open_where_missing([debt.meeting_id], by=by, because=LEAD_NAMED)
    return settled
