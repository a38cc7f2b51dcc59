"""Who may do what on a report's way: the debtor says, its head stands for it, the endorser consents, the secretary of
the body finds. On paper any of the first three steps can be entered by the debtor or by the secretariat."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import Guard, allow, predicate
from dabir.foundation.acting import Acting, Function
from dabir.foundation.secrecy import SecrecyClass
from dabir.obligations.models import Obligation, Obstacle, Report, ReportState, Role
from dabir.obligations.rules import decides, owes, prepares

HEADS = (Function.HEAD, Function.GOVERNOR, Function.SECRETARY, Function.COUNTY)
"""Who stands for what their own organization says, by a click: its head, and whoever heads a secretariat for the
secretariat's own."""


def stands_for(by: Acting, debt: Obligation) -> bool:
    """The head of the agency that owes it."""
    return by.function in HEADS and bool(owes(by, debt))


def consents(by: Acting, debt: Obligation) -> bool:
    """Whoever acts for a third party whose consent the result needs (seed ج/۳); above the normal class its head."""
    if debt.released_at is None:
        return False
    if debt.meeting and debt.meeting.secrecy != SecrecyClass.NORMAL and by.function != Function.HEAD:
        return False
    return any(row.role == Role.ENDORSER and by.speaks_for(row.party_id) for row in debt.involved.all())


@predicate
def says(by: Acting, debt: Obligation) -> bool:
    """The debtor, or the secretariat that has a letter of theirs."""
    return bool(owes(by, debt) or prepares(by, debt))


@predicate
def says_of(by: Acting, thing: Report | Obstacle) -> bool:
    return bool(says(by, thing.obligation))


@predicate
def endorses(by: Acting, report: Report) -> bool:
    """The endorser, or the secretariat that has a letter of theirs."""
    return bool(consents(by, report.obligation) or prepares(by, report.obligation))


@predicate
def verifies(by: Acting, report: Report) -> bool:
    return bool(decides(by, report.obligation))


@predicate
def returns(by: Acting, report: Report) -> bool:
    """Whoever has the next word on it: before its head stands for it the debtor, or the secretariat that entered it;
    after that the endorser; the secretary at any time."""
    debt = report.obligation
    if decides(by, debt):
        return True
    if report.state == ReportState.REPORTED:
        return bool(says(by, debt))
    return report.state == ReportState.CONFIRMED and consents(by, debt)


_SECRETARY = _("Only the secretary of the body that follows this debt may do that.")
_SAYS = _("Only the agency that owes this debt, and the secretariat that follows it, may do that.")

for verb in ("plan_path", "set_reporting", "set_endorsers"):
    allow(f"reporting.{verb}", decides, _SECRETARY)
for verb in ("report", "raise_obstacle"):
    allow(f"reporting.{verb}", says, _SAYS)
for verb in ("confirm", "follow_obstacle", "end_obstacle"):
    allow(f"reporting.{verb}", says_of, _SAYS)
allow(
    "reporting.endorse",
    endorses,
    _("Only the party whose consent this debt needs, and the secretariat that follows it, may do that."),
)
allow("reporting.verify", verifies, _SECRETARY, guarded=Guard.ENDS)
allow("reporting.return_report", returns, _("This report is no longer yours to return."))
