"""The page of a debt's progress: three numbers, its reports on their way, what stands in its way, what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dabir.desk import history
from dabir.desk.acting import DeskRequest
from dabir.desk.party_entry import Named
from dabir.directory.models import REPORT_MONTHS
from dabir.foundation.access import get_prepared, may
from dabir.foundation.acting import Acting
from dabir.foundation.prepared import AMONG, hang, models_of
from dabir.obligations.decisions import decisions_of
from dabir.obligations.models import (
    NOT_ENDED,
    RUNNING,
    Asks,
    Evidence,
    Involved,
    Milestone,
    Obligation,
    Obstacle,
    Report,
    ReportState,
    ReportStep,
    Role,
)
from dabir.obligations.queries import codes_told_to, row_of, visible_to
from dabir.obligations.reporting import queries
from dabir.obligations.reporting.endorsing import name_of, unheard
from dabir.obligations.reporting.figures import figures_of
from dabir.obligations.reporting.periods import offered, periods_due, since
from dabir.obligations.reporting.rules import consents, stands_for
from dabir.obligations.rules import owes, prepares
from dabir.persian import clock

BLANK_POINTS = 3
"""Empty rows beneath a planned path."""


@dataclass(frozen=True, slots=True)
class Way:
    """A report with its steps, and what the actor may do to it now; the services ask again. `clicks`: without a letter;
    `files`: what shows it, of each of its steps by that one's key, and what came with the report itself by none;
    `waiting`: the endorsers that are still to be heard, `enters`: those whose letter the actor may enter."""

    of: Report
    steps: Sequence[ReportStep]
    files: dict[int | None, list[Evidence]]
    acts: frozenset[str]
    clicks: bool
    waiting: Sequence[Involved] = ()
    enters: Sequence[Involved] = ()

    @property
    def state(self) -> str:
        """In the page's language."""
        return str(ReportState(self.of.state).label)

    @property
    def found(self) -> int:
        """The percentage that whoever verifies it begins with."""
        return self.of.percent if self.of.verified_percent is None else self.of.verified_percent

    @property
    def whose(self) -> tuple[tuple[int, str], ...]:
        """Keys and names of those whose letter the actor may enter."""
        return tuple((row.pk, name_of(row)) for row in self.enters) if "endorse" in self.acts else ()


@require_GET
def progress(request: DeskRequest, code: str) -> HttpResponse:
    by, today = request.acting, clock.today()
    debt = get_prepared(_debts, by, code)
    hang([debt], "milestones", models_of(_milestones, AMONG, among=[debt.pk]))
    hang([debt], "involved", models_of(_involved, AMONG, among=[debt.pk]))
    members = list(_members(by, debt)) if debt.is_group else []
    figures = figures_of([debt, *members], by, today)
    whole = figures[debt.pk].whole
    asked = _asked(debt)
    ways = _ways(by, debt)
    due = periods_due(debt, today, [way.of for way in ways]) if whole else []
    context: dict[str, Any] = {
        "debt": debt,
        "row": row_of(debt),
        "in_its_place": codes_told_to(by, [debt.superseded_by_id]).get(debt.superseded_by_id or 0, ""),
        "figures": figures,
        "members": members,
        "ways": ways,
        "returned": _to_correct([way.of for way in ways]),
        "obstacles": models_of(_obstacles, by, AMONG, among=[debt.pk]),
        "due_periods": due,
        "period": offered(debt, today, due),
        "reports_here": asked and may(by, "reporting.report", debt),
        "own": owes(by, debt),
        "decides": debt.state in NOT_ENDED and may(by, "reporting.plan_path", debt),
        "into_minutes": may(by, "cycle.add_to_next_minutes", debt),
        "decisions": decisions_of([debt], by).get(debt.pk, []),
        "months": REPORT_MONTHS,
        "asks": tuple((value, str(label)) for value, label in Asks.choices),
        "endorsers": [Named(one.party, one.text) for one in debt.involved.all() if one.role == Role.ENDORSER],
        "blank_points": BLANK_POINTS,
        "straight": debt.due_day is not None and _starts_before(debt),
        "whole": whole,
        "history": history.of([debt], quiet=() if whole else (debt,)),
    }
    return render(request, "progress/debt.html", context)


def _debts(by: Acting, codes: tuple[int, ...]) -> QuerySet[Obligation]:
    return visible_to(by).filter(code__in=codes).select_related("meeting", "body__party", "resolution", "lead", "group")


def _members(by: Acting, debt: Obligation) -> QuerySet[Obligation]:
    return visible_to(by).filter(parent=debt).order_by("id").select_related("lead")


def _milestones(debts: tuple[int, ...]) -> QuerySet[Milestone]:
    return Milestone.objects.filter(obligation__in=debts)


def _involved(debts: tuple[int, ...]) -> QuerySet[Involved]:
    return Involved.objects.filter(obligation__in=debts).select_related("party")


def _obstacles(by: Acting, debts: tuple[int, ...]) -> QuerySet[Obstacle]:
    found = queries.obstacles_visible_to(by).filter(obligation__in=debts)
    return found.order_by(F("ended_at").asc(nulls_first=True), "-id")


def _reports(by: Acting, debts: tuple[int, ...]) -> QuerySet[Report]:
    return queries.reports_visible_to(by).filter(obligation__in=debts).order_by("-ends", "-id")


def _steps(reports: tuple[int, ...]) -> QuerySet[ReportStep]:
    return ReportStep.objects.filter(report__in=reports).select_related("party")


def _evidence(reports: tuple[int, ...]) -> QuerySet[Evidence]:
    return Evidence.objects.filter(report__in=reports).select_related("file")


def _ways(by: Acting, debt: Obligation) -> list[Way]:
    """The debt's reports with their steps and files; as many queries however many there are."""
    found = models_of(_reports, by, AMONG, among=[debt.pk])
    keys, involved = [report.pk for report in found], debt.involved.all()
    steps: dict[int, list[ReportStep]] = {key: [] for key in keys}
    for step in models_of(_steps, AMONG, among=keys):
        steps[step.report_id].append(step)
    files: dict[int, dict[int | None, list[Evidence]]] = {key: {} for key in keys}
    for file in models_of(_evidence, AMONG, among=keys):
        files[file.report_id].setdefault(file.step_id, []).append(file)
    ways = []
    for report in found:
        report.obligation = debt
        waiting = unheard(involved, steps[report.pk]) if report.state == ReportState.CONFIRMED else []
        own = [row for row in waiting if row.party_id in by.parties]
        wanted = _next(report, endorsed=bool(waiting)) if _asked(debt) else {}
        acts = frozenset(act for act, verb in wanted.items() if may(by, f"reporting.{verb}", report))
        enters = waiting if prepares(by, debt) else own
        if not enters:
            acts -= {"endorse"}
        clicks = stands_for(by, debt) if "confirm" in acts else bool(own) and consents(by, debt)
        ways.append(Way(report, steps[report.pk], files[report.pk], acts, clicks, waiting, enters))
    return ways


def _next(report: Report, *, endorsed: bool) -> dict[str, str]:
    """What can follow on a report in its state, each with the verb that does it."""
    match report.state:
        case ReportState.REPORTED:
            return {"confirm": "confirm", "return": "return_report"}
        case ReportState.CONFIRMED if endorsed:
            return {"endorse": "endorse", "return": "return_report"}
        case ReportState.CONFIRMED | ReportState.ENDORSED:
            return {"verify": "verify", "return": "return_report"}
        case ReportState.VERIFIED:
            return {"again": "verify"}
    return {}


def _to_correct(reports: list[Report]) -> Report | None:
    """The newest report, where it was returned and none stands in its place: its correction begins with it."""
    newest = max(reports, key=lambda report: report.pk, default=None)
    if newest is None or newest.state != ReportState.RETURNED:
        return None
    standing = (report for report in reports if report.state != ReportState.RETURNED)
    meets = any(one.starts <= newest.ends and newest.starts <= one.ends for one in standing)
    return None if meets else newest


def _asked(debt: Obligation) -> bool:
    """Whether it is reported on."""
    running = debt.state in RUNNING
    return running and debt.released_at is not None and not debt.is_group


def _starts_before(debt: Obligation) -> bool:
    return debt.due_day is not None and (since(debt) or clock.today()) < debt.due_day
