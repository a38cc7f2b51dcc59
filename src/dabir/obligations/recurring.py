"""Duties that come again (seed ج/۷): how often, and the next instance when the day of the last one has come."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.spans import check_span
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.prepared import fresh
from dabir.obligations import instances
from dabir.obligations.models import DueKind, Obligation, Rhythm
from dabir.persian import clock

MOST = {Rhythm.WEEK: 52, Rhythm.MONTH: 60}


def set_rhythm(
    debt: Obligation, *, by: Acting, unit: str, every: int | None = None, first: date | None = None
) -> Obligation:
    """Say how often a recurring duty comes again: every so many weeks or months from the `first` day on, or with each
    session of its body; an empty `unit` leaves it to the paper's words again. It holds from now on, also for the
    instance that lies ahead, unless somebody has answered to that already. Members of a group follow its row."""
    require(by, "obligations.set_rhythm", debt)
    if unit not in ("", *Rhythm.values):
        raise Invalid(_("Say how often it comes again."), field="unit")
    counted = unit in (Rhythm.WEEK, Rhythm.MONTH)
    if counted and not (every and 1 <= every <= MOST[Rhythm(unit)]):
        raise Invalid(_("Say every how many weeks or months."), field="every")
    if counted and first is None:
        raise Invalid(_("Say from which day on."), field="first")
    if first:
        check_span(first, None)
    values = {
        "recurs_unit": unit,
        "recurs_every": every if counted else None,
        "recurs_first": first if counted else None,
    }
    with ledger.change("obligations.set_rhythm", by=by, on=debt) as change:
        debt = fresh(debt, *instances.WITH)
        if debt.due_kind != DueKind.RECURRENCE or debt.recurs_from_id:
            raise Invalid(_("This duty does not come again: it has another kind of deadline."))
        members = debt.children.filter(due_kind=DueKind.RECURRENCE).select_related(*instances.WITH)
        for row in (debt, *members):
            if change.update(row, **values):
                instances.begin_anew(change, row, clock.today())
    return debt


def make_due_instances(today: date | None = None, *, by: Acting) -> list[Obligation]:
    """Make what is missing of every running duty that comes again, so that its next instance lies ahead; what was made
    now. Nothing is made for the time in which it slept or had ended. Run again, it makes nothing. An instance of each
    session follows its meeting to another day first, or goes on to the next one where that was cancelled."""
    require(by, "obligations.make_due_instances")
    today = today or clock.today()
    for instance in Obligation.objects.filter(instances.ASTRAY).order_by("pk"):
        _follow_session(instance, today, by=by)
    found = instances.duties()
    sessions = instances.sessions_ahead((duty.row.body_id for duty in found), today)
    made: list[Obligation] = []
    for duty in found:
        if instances.missing(duty, sessions.get(duty.row.body_id, []), today):
            made += _make(duty.row, today, by=by)
    return made


def _make(row: Obligation, today: date, *, by: Acting) -> list[Obligation]:
    """Looked at again where nobody else writes: another worker may have been here."""
    made: list[Obligation] = []
    with ledger.change("obligations.make_instance", by=by, on=row) as change:
        ahead = instances.sessions_ahead([row.body_id], today).get(row.body_id, [])
        for duty in instances.duties(row):
            for day, session in instances.missing(duty, ahead, today):
                there = session and row.instances.filter(session=None, first_due_day=day).first()
                if there:  # made before its meeting was kept
                    change.update(there, session=session)
                else:
                    made.append(instances.make_instance(change, duty.row, day, session))
    return made


def _follow_session(instance: Obligation, today: date, *, by: Acting) -> None:
    with ledger.change("obligations.follow_session", by=by, on=instance) as change:
        for row in Obligation.objects.filter(instances.ASTRAY, pk=instance.pk).select_related("session"):
            change.update(row, **instances.due_at(instances.session_of(row, today)))
