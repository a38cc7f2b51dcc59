"""How a report is written: what must hold for its debt and its period, and the figures that the debt keeps of its
reports. `services` and half-verbs write by it; nothing here asks who may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dabir.directory.spans import overlapping
from dabir.foundation import files as shelf
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import StoredFile
from dabir.foundation.prepared import fresh, of_one
from dabir.obligations.models import (
    RUNNING,
    Evidence,
    Milestone,
    Obligation,
    Obstacle,
    Report,
    ReportState,
    ReportStep,
    State,
    StepKind,
)
from dabir.obligations.reporting.endorsing import waiting_for
from dabir.obligations.reporting.periods import planned_on
from dabir.obligations.reporting.values import File, Hindrance, Progress, Signed
from dabir.persian import clock
from dabir.persian.jalali import format_day

LAST_WORDS = 300


def running(debt: Obligation) -> Obligation:
    """The debt as it is now; `Invalid` where nothing is reported on it (any longer)."""
    now = fresh(debt, "meeting")
    check_running(now)
    return now


def check_running(now: Obligation) -> None:
    """`Invalid` where nothing is reported on the debt, which was read in this transaction."""
    if now.is_group:
        raise Invalid(_("Each member of the group reports on its own debt."))
    if now.state not in RUNNING:
        raise Invalid(_("This debt is no longer running."))
    if now.released_at is None:
        raise Invalid(_("This debt has not been released yet."))


def record(
    change: ledger.Change,
    debt: Obligation,
    progress: Progress,
    *,
    by: Acting,
    evidence: Sequence[File] = (),
    form: StoredFile | None = None,
) -> Report:
    """A report of a running debt; the progress is `checked`, the files' bytes are on the disk. `Conflict` with the one
    that is there for a day of its period."""
    if existing := _reported_already(debt, progress):
        sentence = _("There is a report for %(starts)s to %(ends)s already.")
        raise Conflict(
            sentence % {"starts": format_day(existing.starts), "ends": format_day(existing.ends)}, existing=existing
        )
    if progress.done and debt.demands_evidence and not evidence:
        raise Invalid(_("This debt counts as done only with a file that shows it."), field="files")
    report = change.create(
        Report(
            obligation=debt,
            starts=progress.starts,
            ends=progress.ends,
            percent=progress.percent,
            done=progress.done,
            planned_percent=planned_on(of_one(_milestones, key=debt.pk), progress.ends),
            narrative=progress.narrative,
            form=form,
            reported_at=clock.now(),
            reported_by=by.name,
            said_by=progress.said_by,
        )
    )
    attach(change, report, evidence)
    return report


def _reported_already(debt: Obligation, progress: Progress) -> Report | None:
    """A report of a day of this period; nobody has to ask where the newest one ends before it."""
    if debt.reported_on is None or debt.reported_on < progress.starts:
        return None
    there = debt.reports.exclude(state=ReportState.RETURNED)
    return there.filter(overlapping(progress.starts, progress.ends)).first()


def attach(change: ledger.Change, report: Report, sent: Iterable[File], step: ReportStep | None = None) -> None:
    """Files that show what a report says, or what was seen."""
    change.create_many(
        Evidence(report=report, step=step, file=shelf.register(change, data), name=name) for name, data in sent
    )


def stand(
    change: ledger.Change, report: Report, kind: StepKind, signed: Signed, *, by: Acting, **more: Any
) -> ReportStep:
    """A step on the report's way, `checked`; `more` are its visit, or whose endorsement it is."""
    return change.create(
        ReportStep(
            report=report,
            kind=kind,
            at=clock.now(),
            recorded_by=by.name,
            said_by=signed.said_by,
            text=signed.text,
            number=signed.number,
            dated=signed.dated,
            scan=shelf.register(change, signed.scan) if signed.scan else None,
            **more,
        )
    )


def hinder(
    change: ledger.Change, debt: Obligation, found: Hindrance, *, by: Acting, report: Report | None = None
) -> Obstacle:
    """What stands in the way, `checked`."""
    return change.create(
        Obstacle(
            obligation=debt,
            report=report,
            text=found.text,
            asks=found.asks,
            wanted=found.wanted,
            asked_by=found.asked_by,
            asked_of=found.asked_of,
            number=found.number,
            dated=found.dated,
            promised_by=found.promised_by,
            promise=found.promise,
            promised_for=found.promised_for,
            raised_at=clock.now(),
            raised_by=by.name,
        )
    )


def keep_reported(change: ledger.Change, debt: Obligation, report: Report) -> None:
    """Let the debt say what a report says that was written now, unless there is one of a later period."""
    if debt.reported_on is None or report.ends > debt.reported_on:
        change.update(debt, **_reported(report))


def keep_returned(change: ledger.Change, debt: Obligation, report: Report) -> None:
    """Let the debt say what its newest report says, where that was this one, which was returned now."""
    if report.ends == debt.reported_on:
        change.update(debt, **_reported(debt.reports.exclude(state=ReportState.RETURNED).last()))


def keep_verified(change: ledger.Change, debt: Obligation, report: Report) -> None:
    """Let the debt say what was found of a report now, unless one of a later period was verified."""
    if debt.verified_on is None or report.ends >= debt.verified_on:
        change.update(debt, verified_on=report.ends, verified_percent=report.verified_percent)


def follow_finding(change: ledger.Change, debt: Obligation, report: Report) -> None:
    """Propose a debt for closing where its debtor has said that it is done and the secretariat has found so; take it up
    again where less was found. An older period than the newest verified one moves nothing."""
    if report.ends != debt.verified_on:
        return
    if debt.state == State.OPEN and report.done and report.verified_percent == 100:
        debt.propose()
        debt.proposed_at = clock.now()
    elif debt.state == State.PROPOSED and report.verified_percent != 100:
        debt.take_up_again()
        debt.proposed_at = None
    else:
        return
    change.touch(debt, "state", "proposed_at")


def follow_endorsers(change: ledger.Change, debts: Iterable[Obligation]) -> None:
    """Once other endorsers are named, or one turns out to be another: a report of these debts that all had endorsed
    waits for whoever is still to be heard, and one that nobody is left to be heard on has been endorsed."""
    under_way = (ReportState.CONFIRMED, ReportState.ENDORSED)
    for report in Report.objects.filter(obligation__in=debts, state__in=under_way).order_by("pk"):
        waits = bool(waiting_for(report))
        if waits == (report.state == ReportState.CONFIRMED):
            continue
        if waits:
            report.ask_further()
        elif report.steps.filter(kind=StepKind.ENDORSED).exists():
            report.endorse()
        else:
            continue  # nobody was ever heard, and nobody is asked
        change.touch(report, "state")


def _milestones(debts: tuple[int, ...]) -> QuerySet[Milestone]:
    return Milestone.objects.filter(obligation__in=debts)


def _reported(newest: Report | None) -> dict[str, Any]:
    return {
        "reported_on": newest.ends if newest else None,
        "reported_percent": newest.percent if newest else None,
        "last_words": newest.narrative.replace("\n", " ")[:LAST_WORDS] if newest else "",
    }
