"""The page of a debt's progress: three numbers, its reports on their way, what stands in its way, what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from dabir.desk import history
from dabir.desk.acting import DeskRequest
from dabir.desk.days import shut
from dabir.desk.party_entry import Named
from dabir.directory.models import REPORT_MONTHS
from dabir.foundation.access import get_prepared, may
from dabir.foundation.acting import Acting
from dabir.foundation.prepared import AMONG, hang, of_one, rows_of
from dabir.obligations.decisions import decisions_of
from dabir.obligations.models import (
    NOT_ENDED,
    RUNNING,
    Act,
    Asks,
    Evidence,
    Involved,
    Milestone,
    Obligation,
    Report,
    ReportState,
    ReportStep,
    Role,
    StepKind,
)
from dabir.obligations.queries import codes_told_to, row_of, visible_to
from dabir.obligations.reporting import queries
from dabir.obligations.reporting.endorsing import Consent, name_of, unheard
from dabir.obligations.reporting.figures import figures_of
from dabir.obligations.reporting.periods import offered, periods_due, since
from dabir.obligations.reporting.rules import consents, stands_for
from dabir.obligations.rules import owes, prepares
from dabir.persian import clock

_Row = dict[str, Any]
BLANK_POINTS = 3
"""Empty rows beneath a planned path."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that shows what a report says."""

    pk: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a report as plain values. `who`: the party that took it, or the words that stand for one."""

    pk: int
    kind: str
    who: str
    at: datetime
    said_by: str
    recorded_by: str
    text: str
    number: str
    dated: date | None
    has_scan: bool
    visited_on: date | None
    visited_by: str
    seen: str
    files: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A report as plain values, of which pages keep what they make (`kept`). `waiting`: the names of the endorsers that
    are still to be heard."""

    starts: date
    ends: date
    state: str
    done: bool
    planned: int | None
    percent: int
    verified: int | None
    narrative: str
    reported_at: datetime
    reported_by: str
    said_by: str
    files: tuple[Shown, ...]
    steps: tuple[Step, ...]
    waiting: tuple[str, ...]

    @property
    def found(self) -> int:
        """The percentage that whoever verifies it begins with."""
        return self.percent if self.verified is None else self.verified


@dataclass(frozen=True, slots=True)
class Way:
    """A report with what the actor may do to it now; the services ask again. `clicks`: without a letter; `scanned`: a
    letter of its head needs its scan; `whose`: keys and names of the endorsers whose letter the actor may enter."""

    of: Report
    told: Told
    acts: frozenset[str]
    clicks: bool
    scanned: bool
    whose: tuple[tuple[int, str], ...]


@require_GET
def progress(request: DeskRequest, code: str) -> HttpResponse:
    by, today = request.acting, clock.today()
    debt = get_prepared(_debts, by, code)
    hang([debt], "milestones", of_one(_milestones, key=debt.pk))
    hang([debt], "involved", of_one(_involved, key=debt.pk))
    members = list(_members(by, debt)) if debt.is_group else []
    figures = figures_of([debt, *members], by, today)
    whole = figures[debt.pk].whole
    asked = _asked(debt)
    ways = _ways(by, debt, whole=whole)
    decisions = decisions_of([debt], by).get(debt.pk, [])
    opened = max((one.at for one in decisions if one.act == Act.REOPEN), default=None)
    due = periods_due(debt, today, [way.of for way in ways], opened) if whole else []
    context: dict[str, Any] = {
        "debt": debt,
        "row": row_of(debt),
        "in_its_place": codes_told_to(by, [debt.superseded_by_id]).get(debt.superseded_by_id or 0, ""),
        "figures": figures,
        "members": members,
        "ways": ways,
        "returned": _to_correct([way.of for way in ways]),
        "obstacles": queries.obstacles_on(debt, whole=whole),
        "due_periods": due,
        "period": offered(debt, today, due),
        "reports_here": asked and may(by, "reporting.report", debt),
        "own": owes(by, debt),
        "decides": debt.state in NOT_ENDED and may(by, "reporting.plan_path", debt),
        "into_minutes": may(by, "cycle.add_to_next_minutes", debt),
        "decisions": decisions,
        "months": REPORT_MONTHS,
        "asks": _asks(get_language()),
        "endorsers": [Named(one.party, one.text) for one in debt.involved.all() if one.role == Role.ENDORSER],
        "path": tuple((one.day, one.percent, shut(one.day)) for one in debt.milestones.all()),
        "blank_points": BLANK_POINTS,
        "straight": debt.due_day is not None and _starts_before(debt),
        "whole": whole,
        "history": history.of([debt], quiet=() if whole else (debt,)),
    }
    return render(request, "progress/debt.html", context)


@lru_cache(maxsize=8)
def _asks(_language: str | None) -> tuple[tuple[str, str], ...]:
    """What an obstacle can need, in the page's language."""
    return tuple((value, str(label)) for value, label in Asks.choices)


def _debts(by: Acting, codes: tuple[int, ...]) -> QuerySet[Obligation]:
    return (
        visible_to(by)
        .filter(code__in=codes)
        .select_related("meeting", "body__party", "resolution", "lead", "group", "started_by")
    )


def _members(by: Acting, debt: Obligation) -> QuerySet[Obligation]:
    return visible_to(by).filter(parent=debt).order_by("id").select_related("lead")


def _milestones(debts: tuple[int, ...]) -> QuerySet[Milestone]:
    return Milestone.objects.filter(obligation__in=debts)


def _involved(debts: tuple[int, ...]) -> QuerySet[Involved]:
    return Involved.objects.filter(obligation__in=debts).order_by("id").select_related("party")


def _steps(debts: tuple[int, ...]) -> QuerySet[ReportStep, Any]:
    found = ReportStep.objects.filter(report__obligation__in=debts)
    consent = ("party", "party__merged_into", "party__name", "words")
    paper = ("number", "dated", "scan", "visited_on", "visited_by", "seen")
    names = ("pk", "report", "kind", "at", "said_by", "recorded_by", "text", *consent, *paper)
    rows: QuerySet[ReportStep, Any] = found.values(*names)
    return rows


def _evidence(debts: tuple[int, ...]) -> QuerySet[Evidence, Any]:
    found = Evidence.objects.filter(report__obligation__in=debts)
    return found.values("pk", "report", "step", "name", size=F("file__size"))


def _ways(by: Acting, debt: Obligation, *, whole: bool) -> list[Way]:
    """The debt's reports with their steps and files; three queries, however many there are."""
    found = queries.reports_on(debt, whole=whole)
    if not found:
        return []
    steps, files = _by_report(_steps, debt), _by_report(_evidence, debt)
    asked, involved, enters_all = _asked(debt), debt.involved.all(), prepares(by, debt)
    ways = []
    for report in found:
        own_steps = steps.get(report.pk, [])
        waiting = unheard(involved, _consents(own_steps)) if report.state == ReportState.CONFIRMED else []
        own = [row for row in waiting if by.speaks_for(row.party_id)]
        wanted = _next(report, endorsed=bool(waiting)) if asked else {}
        acts = frozenset(act for act, verb in wanted.items() if may(by, f"reporting.{verb}", report))
        enters = waiting if enters_all else own
        if not enters:
            acts -= {"endorse"}
        clicks = stands_for(by, debt) if "confirm" in acts else bool(own) and consents(by, debt)
        whose = tuple((row.pk, name_of(row)) for row in enters) if "endorse" in acts else ()
        told = _told(report, own_steps, files.get(report.pk, []), waiting)
        ways.append(Way(report, told, acts, clicks, not (clicks or enters_all), whose))
    return ways


def _by_report(make: Callable[[tuple[int, ...]], QuerySet[Any, Any]], debt: Obligation) -> dict[int, list[_Row]]:
    """What hangs on all reports of a debt, by their keys; one query."""
    found: dict[int, list[_Row]] = {}
    for row in rows_of(make, AMONG, among=[debt.pk], planned=True):
        found.setdefault(row["report"], []).append(row)
    return found


def _consents(steps: list[_Row]) -> list[Consent]:
    given = (step for step in steps if step["kind"] == StepKind.ENDORSED)
    return [Consent(one["party"], one["party__merged_into"], one["words"]) for one in given]


def _told(report: Report, steps: list[_Row], files: list[_Row], waiting: list[Involved]) -> Told:
    return Told(
        starts=report.starts,
        ends=report.ends,
        state=report.state,
        done=report.done,
        planned=report.planned_percent,
        percent=report.percent,
        verified=report.verified_percent,
        narrative=report.narrative,
        reported_at=report.reported_at,
        reported_by=report.reported_by,
        said_by=report.said_by,
        files=_shown(files, None),
        steps=tuple(_step(step, files) for step in steps),
        waiting=tuple(name_of(row) for row in waiting),
    )


def _step(step: _Row, files: list[_Row]) -> Step:
    return Step(
        pk=step["pk"],
        kind=step["kind"],
        who=step["party__name"] or step["words"],
        at=step["at"],
        said_by=step["said_by"],
        recorded_by=step["recorded_by"],
        text=step["text"],
        number=step["number"],
        dated=step["dated"],
        has_scan=step["scan"] is not None,
        visited_on=step["visited_on"],
        visited_by=step["visited_by"],
        seen=step["seen"],
        files=_shown(files, step["pk"]),
    )


def _shown(files: list[_Row], step: int | None) -> tuple[Shown, ...]:
    """What came with that step, or with the report itself."""
    return tuple(Shown(one["pk"], one["name"], one["size"]) for one in files if one["step"] == step)


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
