"""Half-verbs of reporting: they check state, not permission, and write their own event; `cycle` alone calls them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.models import StoredFile
from dabir.obligations.models import Milestone, Obligation, Report, StepKind
from dabir.obligations.reporting.recording import hinder, keep_reported, record, running, stand
from dabir.obligations.reporting.rules import stands_for
from dabir.obligations.reporting.stating import Statement
from dabir.obligations.reporting.values import Signed


def record_statement(debt: Obligation, said: Statement, *, by: Acting, form: StoredFile | None = None) -> Report | None:
    """Keep what is news in a statement (`news_in`): the report, its confirmation by the letter, the obstacle; `form` is
    the file that it came in. The report that it is of."""
    made = said.of
    if said.progress:
        facts = {"until": said.progress.ends, "percent": said.progress.percent}
        with ledger.change("reporting.report", by=by, on=debt, **facts) as change:
            now = running(debt)
            made = record(change, now, said.progress, by=by, form=form)
            if said.hindrance:
                hinder(change, now, said.hindrance, by=by, report=made)
            signed = said.signed or (Signed(said_by=by.name) if stands_for(by, now) else None)
            if signed:
                _confirm(change, made, signed, by=by)
            keep_reported(change, now, made)
        return made
    if said.signed and made:
        with ledger.change("reporting.confirm", by=by, on=debt, until=made.ends) as change:
            running(debt)
            _confirm(change, made, said.signed, by=by)
    if said.hindrance:
        with ledger.change("reporting.raise_obstacle", by=by, on=debt) as change:
            hinder(change, running(debt), said.hindrance, by=by, report=made)
    return made


def extend_path(debt: Obligation, points: Mapping[date, int], *, by: Acting) -> None:
    """Add points to a debt's planned path; those that stand there stay."""
    with ledger.change("reporting.plan_path", by=by, on=debt) as change:
        now = running(debt)
        change.create_many(Milestone(obligation=now, day=day, percent=percent) for day, percent in points.items())


def _confirm(change: ledger.Change, report: Report, signed: Signed, *, by: Acting) -> None:
    report.confirm()
    change.touch(report, "state")
    stand(change, report, StepKind.CONFIRMED, signed, by=by)
