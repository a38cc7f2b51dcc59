"""A report on its way: said by the debtor, stood for by its head, endorsed where a third party has a word, verified by
the secretariat, or returned by any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from dabir.foundation import files as shelf
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.prepared import fresh
from dabir.obligations.models import Involved, Obligation, Report, ReportState, StepKind
from dabir.obligations.reporting.endorsing import name_of, waiting_for, with_endorsers
from dabir.obligations.reporting.recording import (
    attach,
    check_running,
    follow_finding,
    hinder,
    keep_reported,
    keep_returned,
    keep_verified,
    record,
    running,
    stand,
)
from dabir.obligations.reporting.rules import consents, stands_for
from dabir.obligations.reporting.values import File, Found, Hindrance, Progress, Signed, check_files, clean
from dabir.obligations.rules import owes, prepares


def report(
    debt: Obligation,
    progress: Progress,
    *,
    by: Acting,
    files: Sequence[File] = (),
    obstacle: Hindrance | None = None,
) -> Report:
    """Say how far a debt is at the end of a period, for one's own agency, or from a letter of theirs (`said_by`). What
    its head says needs no further confirmation.

    `Conflict` with the report that is there for a day of the period, unless it was returned.
    """
    require(by, "reporting.report", debt)
    said, evidence = progress.checked(), check_files(files)
    hindrance = obstacle.checked() if obstacle else None
    if not said.said_by and not owes(by, debt):
        raise Invalid(_("Write whose words these are."), field="said_by")
    _keep(data for _name, data in evidence)
    with ledger.change("reporting.report", by=by, on=debt, until=said.ends, percent=said.percent) as change:
        now = running(debt)
        require(by, "reporting.report", now)  # its class may have been raised while the files were written
        made = record(change, now, said, by=by, evidence=evidence)
        if hindrance:
            hinder(change, now, hindrance, by=by, report=made)
        if stands_for(by, now):
            _move(made.confirm)
            change.touch(made, "state")
            stand(change, made, StepKind.CONFIRMED, Signed(said_by=by.name), by=by)
        keep_reported(change, now, made)
    return made


def confirm(report: Report, signed: Signed | None = None, *, by: Acting) -> Report:
    """Stand for a report as the head of the agency, by a click, or enter the letter by which they do: from the agency
    itself with its scan, since nobody else has seen it."""
    require(by, "reporting.confirm", report)
    clicks = by.name if stands_for(by, report.obligation) else ""
    letter = (signed or Signed()).checked(clicks=clicks)
    if not clicks and not letter.scan and not prepares(by, report.obligation):
        raise Invalid(_("Add the scan of the signed letter."), field="scan")
    _keep([letter.scan])
    with ledger.change("reporting.confirm", by=by, on=report.obligation, until=report.ends) as change:
        now, _debt = _asked_again("reporting.confirm", report, by=by)
        _move(now.confirm)
        change.touch(now, "state")
        stand(change, now, StepKind.CONFIRMED, letter, by=by)
    return now


def endorse(report: Report, signed: Signed | None = None, *, by: Acting, whose: Involved | None = None) -> Report:
    """Consent to a confirmed report for one's own party, whose consent the debt needs (seed ج/۳), or enter the letter
    of an endorser: `whose` where several are still to be heard. The report goes on once each has consented."""
    with_endorsers(report.obligation)  # it is asked twice who consents
    require(by, "reporting.endorse", report)
    speaks = consents(by, report.obligation)
    own = speaks and (whose is None or by.speaks_for(whose.party_id))
    letter = (signed or Signed()).checked(clicks=by.name if own else "")
    _keep([letter.scan])
    with ledger.change("reporting.endorse", by=by, on=report.obligation, until=report.ends) as change:
        now, debt = _asked_again("reporting.endorse", report, by=by)
        if speaks and not own and not prepares(by, debt):
            raise Refused(_("Only this endorser, and the secretariat that follows the debt, may do that."))
        if now.state != ReportState.CONFIRMED:
            raise Invalid(_("This report has gone on meanwhile: look at it again."))
        waiting = waiting_for(now, list(debt.involved.all()))
        for row in _heard(waiting, by=by, own=own, whose=whose):
            stand(change, now, StepKind.ENDORSED, letter, by=by, party=row.party, words=row.text)
            waiting.remove(row)
        if not waiting:
            _move(now.endorse)
            change.touch(now, "state")
    return now


def _heard(waiting: list[Involved], *, by: Acting, own: bool, whose: Involved | None) -> list[Involved]:
    """Those of the endorsers still to be heard who are heard now."""
    if not waiting:
        raise Invalid(_("This debt needs nobody's consent."))
    if whose is None and not own and len(waiting) > 1:
        raise Invalid(_("Say whose consent it is."), field="whose")
    if whose:
        heard = [row for row in waiting if row.pk == whose.pk]
    else:
        heard = [row for row in waiting if by.speaks_for(row.party_id)] if own else list(waiting)
    if not heard:
        raise Invalid(_("They have consented already, or are not asked."), field="whose")
    return heard


def verify(report: Report, found: Found, *, by: Acting, files: Sequence[File] = ()) -> Report:
    """Say what the secretariat found a report to be worth; `files` show it. Less than was reported needs a word of why.
    A verified report may be looked at again. A debt whose debtor says that it is done, and is found to be, is proposed
    for closing; one that is proposed and found wanting runs again.
    """
    require(by, "reporting.verify", report)
    found, evidence = found.checked(), check_files(files)
    if found.percent < report.percent and not found.text and found.visit is None:
        raise Invalid(_("It is less than what was reported: say why."), field="text")
    _keep(data for _name, data in evidence)
    visit = found.visit
    visited = {"visited_on": visit.day, "visited_by": visit.who, "seen": visit.seen} if visit else {}
    facts = {"until": report.ends, "percent": found.percent}
    with ledger.change("reporting.verify", by=by, on=report.obligation, **facts) as change:
        now, debt = _asked_again("reporting.verify", report, by=by)
        if now.state == ReportState.CONFIRMED and (left := waiting_for(now)):
            raise Invalid(_("Not endorsed yet by: %(names)s.") % {"names": _(", ").join(name_of(row) for row in left)})
        done = now.done and found.percent == 100
        if done and debt.demands_evidence and not evidence and not now.evidence.exists():
            raise Invalid(_("This debt counts as done only with a file that shows it."), field="files")
        _move(now.verify)
        now.verified_percent = found.percent
        change.touch(now, "state", "verified_percent")
        step = stand(change, now, StepKind.VERIFIED, Signed(said_by=by.name, text=found.text), by=by, **visited)
        attach(change, now, evidence, step)
        keep_verified(change, debt, now)
        follow_finding(change, debt, now)
    return now


def return_report(report: Report, reason: str, *, by: Acting) -> Report:
    """Give a report back that is not verified yet, and say why; another one may take its place."""
    require(by, "reporting.return_report", report)
    why = clean(reason, "reason")
    if not why:
        raise Invalid(_("Say why."), field="reason")
    facts = {"until": report.ends, "reason": why[:200]}
    with ledger.change("reporting.return_report", by=by, on=report.obligation, **facts) as change:
        now = fresh(report, "obligation__meeting")
        require(by, "reporting.return_report", now)  # somebody may have moved it on meanwhile
        _move(now.give_back)
        change.touch(now, "state")
        stand(change, now, StepKind.RETURNED, Signed(said_by=by.name, text=why), by=by)
        keep_returned(change, now.obligation, now)
    return now


def _asked_again(permission: str, report: Report, *, by: Acting) -> tuple[Report, Obligation]:
    """The report as it is now, and its debt, which still runs. Whether the actor may is asked of them too: the class
    may have been raised, or the report moved on, while files were written."""
    now = fresh(report, "obligation__meeting")
    if permission == "reporting.endorse":
        with_endorsers(now.obligation)
    require(by, permission, now)
    check_running(now.obligation)
    return now, now.obligation


def _move(transition: Callable[[], None]) -> None:
    try:
        transition()
    except TransitionNotAllowed:
        raise Invalid(_("This report has gone on meanwhile: look at it again.")) from None


def _keep(contents: Iterable[bytes]) -> None:
    """Write the bytes before the transaction that names them: they are flushed."""
    for data in filter(None, contents):
        shelf.put(data)
