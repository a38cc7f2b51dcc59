"""An event that debts wait for took place: a person records it, and their clock starts on its day (seed ج/۵)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.calendar import calendar_of_party
from dabir.directory.models import Body
from dabir.directory.spans import check_span
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.prepared import fresh
from dabir.letters.wordings import tidy
from dabir.meetings.models import Resolution
from dabir.obligations import triggers
from dabir.obligations.models import ENDED, Obligation, Occurrence, State
from dabir.persian import clock

LONGEST = 300


def record_event(
    body: Body,
    *,
    by: Acting,
    words: str,
    day: date,
    debts: Iterable[Obligation],
    told_by: str = "",
    resolution: Resolution | None = None,
    debt: Obligation | None = None,
) -> Occurrence:
    """Start the clock of these debts of a body on the day of the event. What tells of it is a letter's number or words,
    the resolution by which it came to be, or the debt whose closing it was."""
    require(by, "obligations.record_event", Obligation(body=body))
    told_by, words = tidy(told_by).replace("\n", " "), tidy(words).replace("\n", " ")
    for name, value in (("told_by", told_by), ("words", words)):
        if len(value) > LONGEST:
            raise Invalid(_("At most %(count)s letters.") % {"count": LONGEST}, field=name)
    if not words:
        raise Invalid(_("Say which event it was."), field="words")
    if not (told_by or resolution or debt):
        raise Invalid(_("Say what tells of it: a letter's number, a resolution, or in words."), field="told_by")
    check_span(day, None)
    if day > clock.today():
        raise Invalid(_("An event that is recorded has taken place: today or earlier."), field="day")
    with ledger.change("obligations.record_event", by=by) as change:
        rows = triggers.with_kin(debts)
        if not rows:
            raise Invalid(_("Choose the debts that waited for it."), field="debt")
        for row in rows:
            require(by, "obligations.record_event", row)
            if row.body_id != body.pk or row.state in ENDED or not triggers.waits_for_an_event(row):
                raise Invalid(_("%(code)s does not wait for an event.") % {"code": row.code}, field="debt")
        event = change.create(
            Occurrence(
                body=body,
                words=words,
                day=day,
                told_by=told_by,
                resolution=resolution,
                debt=debt,
                at=clock.now(),
                recorded_by=by.name[:100],
            )
        )
        calendar = calendar_of_party(body.party_id)
        for row in rows:
            with ledger.change("obligations.start_clock", by=by, on=row, reason=words) as started:
                started.update(row, **triggers.started(row, day, calendar), started_by=event)
    return event


def take_event_back(occurrence: Occurrence, *, by: Acting) -> Occurrence:
    """Say that the event did not take place, or not on that day; only while nothing followed from it."""
    require(by, "obligations.take_event_back", Obligation(body=occurrence.body))
    with ledger.change("obligations.take_event_back", by=by, on=occurrence) as change:
        occurrence = fresh(occurrence, "body")
        if occurrence.taken_back_at:
            raise Invalid(_("This event was taken back already."))
        for row in occurrence.started.select_related("meeting").order_by("pk"):
            require(by, "obligations.take_event_back", row)
            if row.state not in (State.OPEN, State.UNSETTLED) or triggers.followed(row):
                raise Invalid(_("Something has followed for %(code)s: the event stands.") % {"code": row.code})
            with ledger.change("obligations.stop_clock", by=by, on=row) as stopped:
                stopped.update(row, **triggers.unstarted(row))
        change.update(occurrence, taken_back_at=clock.now())
    return occurrence
