"""The evaluation report of a period: its tables on a page, as a workbook and as a paper."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from dabir.cycle.evaluation import LANGUAGE, Evaluation, evaluation_of
from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.bodies import chosen_body
from dabir.desk.lists import saved_tables
from dabir.directory.models import Body
from dabir.foundation.errors import Invalid
from dabir.persian import clock, jalali
from dabir.writing.table import Form


@require_GET
def evaluation(request: DeskRequest) -> HttpResponse:
    """Of the body and the days that the address names; without days, of the quarter so far. With days that cannot be,
    the form alone, as it was filled."""
    body, bodies = chosen_body(request, "cycle.evaluation_of")
    form = request.GET.get("form", "")
    leaves = form in (Form.PDF, Form.XLSX)
    context = {"body": body, "bodies": [(one.code, one.party.name) for one in bodies], "fault": "", "fault_at": ""}
    try:
        made = _made(request, body, LANGUAGE if leaves else translation.get_language())
    except Invalid as refusal:
        typed = {name: request.GET.get(name, "")[:40] for name in ("since", "until")}
        refused = {"made": None, **typed, "fault": str(refusal), "fault_at": refusal.field or ""}
        return render(request, "evaluation.html", context | refused, status=422)
    if leaves:
        return saved_tables(Form(form), *made.tables)
    context |= {
        "made": made,
        "since": made.starts,
        "until": made.ends,
        "tables": [(table, [list(row) for row in table.rows]) for table in made.tables],
        "asked": {
            "body": body.code,
            "since": jalali.format_day(made.starts, persian_digits=False),
            "until": jalali.format_day(made.ends, persian_digits=False),
        },
    }
    return render(request, "evaluation.html", context)


def _made(request: DeskRequest, body: Body, language: str) -> Evaluation:
    today = clock.today()
    since = entry.optional_day(request.GET.get("since", ""), field="since") or _quarter(today)
    until = entry.optional_day(request.GET.get("until", ""), field="until") or today
    return evaluation_of(body, by=request.acting, starts=since, ends=until, language=language)


def _quarter(day: date) -> date:
    """The first day of its quarter of the Jalali year."""
    year, month, _day = jalali.from_gregorian(day)
    return jalali.to_gregorian(year, (month - 1) // 3 * 3 + 1, 1)
