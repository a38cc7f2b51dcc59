"""What is agreed on a debt before anything is reported: its planned path, its periods, what shows that it is done, and
whose consent it needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.models import REPORT_MONTHS, Party
from dabir.directory.spans import check_span
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.prepared import fresh
from dabir.obligations.models import NOT_ENDED, Involved, Milestone, Obligation, Role
from dabir.obligations.reporting import rules  # noqa: F401  (declares the permissions)
from dabir.obligations.reporting.recording import follow_endorsers
from dabir.obligations.reporting.values import MOST_MILESTONES, check_percent

MOST_ENDORSERS = 10


def plan_path(debt: Obligation, path: Sequence[tuple[date, int]], *, by: Acting) -> None:
    """Say how much of it is to be done by which days, in the place of what was planned; nothing for no plan. For a
    group's row each member's debt gets the path. What was reported keeps the plan of its time."""
    require(by, "reporting.plan_path", debt)
    planned = _checked(path)
    with ledger.change("reporting.plan_path", by=by, on=debt) as change:
        for row in _running(debt):
            there = {one.day: one for one in row.milestones.all()}
            for day, percent in planned.items():
                if day in there:
                    change.update(there.pop(day), percent=percent)
                else:
                    change.create(Milestone(obligation=row, day=day, percent=percent))
            for one in there.values():
                change.delete(one)


def set_reporting(debt: Obligation, *, by: Acting, months: int, demands_evidence: bool) -> None:
    """Say every how many months it is reported on (0: never), and whether it counts as done without a file that shows
    it; of a group's row, for each member's debt."""
    require(by, "reporting.set_reporting", debt)
    if months not in REPORT_MONTHS:
        raise Invalid(_("Choose every how many months it is reported on."), field="months")
    with ledger.change("reporting.set_reporting", by=by, on=debt) as change:
        for row in _running(debt):
            change.update(row, report_months=months, demands_evidence=demands_evidence)


def set_endorsers(debt: Obligation, *, by: Acting, parties: Sequence[Party], words: Collection[str] = ()) -> None:
    """Say whose consent its result needs, each of them, in the place of whom the paper names; none for nobody's (seed
    ج/۳). Of those whom the paper names in words alone these `words` stay; the others get one of the parties, or go. A
    report that the others have endorsed waits for whoever is named now."""
    require(by, "reporting.set_endorsers", debt)
    if len(parties) > MOST_ENDORSERS:
        raise Invalid(_("At most %(count)s endorsers.") % {"count": MOST_ENDORSERS}, field="endorsers")
    with ledger.change("reporting.set_endorsers", by=by, on=debt) as change:
        rows, stay = _running(debt), {party.pk for party in parties}
        if any(row.lead_id in stay for row in rows):
            raise Invalid(_("Whoever owes it cannot endorse it, too."), field="endorsers")
        for row in rows:
            there = list(row.involved.filter(role=Role.ENDORSER).order_by("id"))
            known = {one.party_id for one in there}
            new = [party for party in parties if party.pk not in known]
            for one in there:
                if one.party_id in stay or (one.party_id is None and one.text in words):
                    continue
                if one.party_id is None and new:
                    change.update(one, party=new.pop(0))
                else:
                    change.delete(one)
            change.create_many(Involved(obligation=row, role=Role.ENDORSER, party=party) for party in new)
        follow_endorsers(change, rows)


def _checked(path: Sequence[tuple[date, int]]) -> dict[date, int]:
    """The path by its days, in their order; the fields at fault are `day-1`, `percent-1` …"""
    if len(path) > MOST_MILESTONES:
        raise Invalid(_("At most %(count)s points of a path.") % {"count": MOST_MILESTONES})
    planned: dict[date, int] = {}
    for number, (day, percent) in sorted(enumerate(path, 1), key=lambda one: one[1]):
        check_span(day, None)
        if day in planned:
            raise Invalid(_("This day stands in the path twice."), field=f"day-{number}")
        if percent < max([0, *planned.values()]):
            raise Invalid(_("A path does not go down."), field=f"percent-{number}")
        planned[day] = check_percent(percent, f"percent-{number}")
    return planned


def _running(debt: Obligation) -> list[Obligation]:
    """The debt, and of a group's row its members' debts; `Invalid` where it has ended."""
    now = fresh(debt)
    if now.state not in NOT_ENDED:
        raise Invalid(_("This debt is no longer running."))
    return [now, *now.children.filter(state__in=NOT_ENDED)]
