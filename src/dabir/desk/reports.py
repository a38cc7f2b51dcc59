"""What is done to a debt's progress from its page: each is one form, one service, and back to the page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.downloads import attachment, picture, saved
from dabir.desk.party_entry import parties_of
from dabir.desk.switches import back
from dabir.desk.uploads import too_large
from dabir.foundation import files
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Invalid
from dabir.obligations.models import Obligation, Report, ReportState, Role
from dabir.obligations.queries import visible_to
from dabir.obligations.reporting import queries, services
from dabir.obligations.reporting.periods import since, straight_line
from dabir.obligations.reporting.values import (
    MOST_MILESTONES,
    File,
    Found,
    Hindrance,
    Progress,
    Signed,
    Visit,
)
from dabir.persian import clock

LONGEST_KEY = 16


@require_POST
def report(request: DeskRequest, pk: int) -> HttpResponse:
    sent = request.POST
    done = bool(sent.get("done"))
    progress = Progress(
        entry.day(sent.get("starts", ""), field="starts"),
        entry.day(sent.get("ends", ""), field="ends"),
        100 if done else _percent(sent),
        done,
        sent.get("narrative", ""),
        sent.get("said_by", ""),
    )
    obstacle = _hindrance(sent) if sent.get("hindrance", "").strip() else None
    services.report(_debt(request, pk), progress, by=request.acting, files=_files(request), obstacle=obstacle)
    messages.success(request, _("The report is recorded."))
    return back(request)


@require_POST
def confirm(request: DeskRequest, pk: int) -> HttpResponse:
    services.confirm(_report(request, pk), _signed(request), by=request.acting)
    messages.success(request, _("The report is confirmed."))
    return back(request)


@require_POST
def endorse(request: DeskRequest, pk: int) -> HttpResponse:
    report, whose = _report(request, pk), request.POST.get("whose", "")
    rows = report.obligation.involved.filter(role=Role.ENDORSER)
    chosen = rows.filter(pk=int(whose)).first() if whose.isdecimal() and len(whose) < LONGEST_KEY else None
    now = services.endorse(report, _signed(request), by=request.acting, whose=chosen)
    if now.state == ReportState.ENDORSED:
        messages.success(request, _("The report is endorsed."))
    else:
        messages.success(request, _("The consent is recorded. Others are still to be heard."))
    return back(request)


@require_POST
def verify(request: DeskRequest, pk: int) -> HttpResponse:
    sent = request.POST
    visit = None
    if any(sent.get(name, "").strip() for name in ("visited_on", "visited_by", "seen")):
        day = entry.day(sent.get("visited_on", ""), field="visited_on")
        visit = Visit(day, sent.get("visited_by", ""), sent.get("seen", ""))
    found = Found(_percent(sent), sent.get("text", ""), visit)
    now = services.verify(_report(request, pk), found, by=request.acting, files=_files(request))
    debt = Obligation.objects.get(pk=now.obligation_id)
    if debt.state == "proposed":
        messages.success(request, _("The report is verified. The debt is proposed for closing."))
    else:
        messages.success(request, _("The report is verified."))
    return back(request)


@require_POST
def return_report(request: DeskRequest, pk: int) -> HttpResponse:
    services.return_report(_report(request, pk), request.POST.get("reason", ""), by=request.acting)
    messages.success(request, _("The report is returned."))
    return back(request)


@require_POST
def raise_obstacle(request: DeskRequest, pk: int) -> HttpResponse:
    services.raise_obstacle(_debt(request, pk), _hindrance(request.POST), by=request.acting)
    messages.success(request, _("The obstacle is recorded."))
    return back(request)


@require_POST
def end_obstacle(request: DeskRequest, pk: int) -> HttpResponse:
    visible = queries.obstacles_visible_to(request.acting).select_related("obligation__meeting")
    services.end_obstacle(get_visible(visible, pk=pk), by=request.acting, outcome=request.POST.get("outcome", ""))
    messages.success(request, _("The obstacle is gone."))
    return back(request)


@require_POST
def plan_path(request: DeskRequest, pk: int) -> HttpResponse:
    """The points that were typed, or, by the other button, a straight line until the deadline."""
    debt, sent = _debt(request, pk), request.POST
    if sent.get("straight"):
        starts = since(debt) or clock.today()
        if debt.due_day is None or debt.due_day <= starts:
            raise Invalid(_("A straight line needs a deadline that is still to come."))
        services.plan_path(debt, straight_line(starts, debt.due_day, debt.report_months), by=request.acting)
    else:
        _plan_typed(request, debt)
    messages.success(request, _("The path is planned."))
    return back(request)


def _plan_typed(request: DeskRequest, debt: Obligation) -> None:
    sent = request.POST
    numbers = range(1, MOST_MILESTONES + 1)
    typed = [n for n in numbers if sent.get(f"day-{n}", "").strip() or sent.get(f"percent-{n}", "").strip()]
    path = [(entry.day(sent.get(f"day-{n}", ""), field=f"day-{n}"), _percent(sent, f"percent-{n}")) for n in typed]
    try:
        services.plan_path(debt, path, by=request.acting)
    except Invalid as refused:
        name, _dash, number = (refused.field or "").partition("-")
        if number:  # the service counts the points, the form its rows
            refused.field = f"{name}-{typed[int(number) - 1]}"
        raise


@require_POST
def set_reporting(request: DeskRequest, pk: int) -> HttpResponse:
    sent = request.POST
    months = entry.count(sent.get("months", ""), field="months")
    services.set_reporting(
        _debt(request, pk),
        by=request.acting,
        months=-1 if months is None else months,
        demands_evidence=bool(sent.get("demands_evidence")),
    )
    messages.success(request, _("Recorded."))
    return back(request)


@require_POST
def set_endorsers(request: DeskRequest, pk: int) -> HttpResponse:
    debt, named = _debt(request, pk), parties_of(request.POST, "endorsers", request.acting, fresh=True)
    words = [one.text for one in named if one.party is None]
    parties = [one.party for one in named if one.party is not None]
    services.set_endorsers(debt, by=request.acting, parties=parties, words=words)
    messages.success(request, _("Recorded."))
    return back(request)


@require_GET
def evidence(request: DeskRequest, pk: int) -> HttpResponse:
    """A file of a report, to be saved."""
    one = get_visible(queries.evidence_visible_to(request.acting).select_related("file"), pk=pk)
    return attachment(one.file, one.name)


@require_GET
def photo(request: DeskRequest, pk: int) -> HttpResponse:
    """The same, shown within the page, where it is a picture."""
    one = get_visible(queries.evidence_visible_to(request.acting).select_related("file"), pk=pk)
    return picture(one.file)


@require_GET
def step_scan(request: DeskRequest, pk: int) -> HttpResponse:
    """The signed letter by which somebody stands for a report."""
    visible = queries.steps_visible_to(request.acting).filter(scan__isnull=False).select_related("scan")
    step = get_visible(visible, pk=pk)
    assert step.scan is not None
    data = files.get(step.scan)
    return saved(data, f"{step.number or step.pk}.{files.ending_of(data)}".replace("/", "_"))


def _debt(request: DeskRequest, pk: int) -> Obligation:
    return get_visible(visible_to(request.acting).select_related("meeting"), pk=pk)


def _report(request: DeskRequest, pk: int) -> Report:
    return get_visible(queries.reports_visible_to(request.acting).select_related("obligation__meeting"), pk=pk)


def _percent(sent: QueryDict, field: str = "percent") -> int:
    number = entry.count(sent.get(field, "").replace("٪", "").replace("%", ""), field=field)
    if number is None:
        raise Invalid(_("Write a number."), field=field)
    return min(number, 101)  # what is more than the whole is refused, however long it is


def _files(request: DeskRequest, name: str = "files") -> list[File]:
    if names := too_large(request):
        raise Invalid(_("“%(name)s” is larger than 10 MB.") % {"name": names[0]}, field=name)
    return [(upload.name or "-", upload.read()) for upload in request.FILES.getlist(name)]


def _signed(request: DeskRequest) -> Signed:
    sent, scans = request.POST, _files(request, "scan")
    return Signed(
        sent.get("said_by", ""),
        sent.get("number", ""),
        entry.optional_day(sent.get("dated", ""), field="dated"),
        scans[0][1] if scans else b"",
        sent.get("text", ""),
    )


def _hindrance(sent: QueryDict) -> Hindrance:
    return Hindrance(
        sent.get("hindrance", ""),
        sent.get("asks", ""),
        sent.get("wanted", ""),
        sent.get("asked_by", ""),
        sent.get("asked_of", ""),
        sent.get("asked_number", ""),
        entry.optional_day(sent.get("asked_dated", ""), field="asked_dated"),
        sent.get("promised_by", ""),
        sent.get("promise", ""),
        entry.optional_day(sent.get("promised_for", ""), field="promised_for"),
    )
