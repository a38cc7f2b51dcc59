"""The evaluation report of a period: its tables on a page, as a workbook and as a paper."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from dabir.cycle.evaluation import LANGUAGE, evaluation_of
from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.bodies import chosen_body
from dabir.desk.lists import saved_tables
from dabir.persian import clock, jalali
from dabir.writing.table import Form


@require_GET
def evaluation(request: DeskRequest) -> HttpResponse:
    """Of the body and the days that the address names; without days, of the quarter so far."""
    body, bodies = chosen_body(request, "cycle.evaluation_of")
    asked = request.GET
    today = clock.today()
    since = entry.day(asked["since"], field="since") if asked.get("since") else _quarter(today)
    until = entry.day(asked["until"], field="until") if asked.get("until") else today
    form = asked.get("form", "")
    leaves = form in (Form.PDF, Form.XLSX)
    language = LANGUAGE if leaves else translation.get_language()
    made = evaluation_of(body, by=request.acting, starts=since, ends=until, language=language)
    if leaves:
        return saved_tables(Form(form), *made.tables)
    context = {
        "made": made,
        "tables": [(table, [list(row) for row in table.rows]) for table in made.tables],
        "body": body,
        "bodies": [(one.code, one.party.name) for one in bodies],
        "asked": {
            "body": body.code,
            "since": jalali.format_day(since, persian_digits=False),
            "until": jalali.format_day(until, persian_digits=False),
        },
    }
    return render(request, "evaluation.html", context)


def _quarter(day: date) -> date:
    """The first day of its quarter of the Jalali year."""
    year, month, _day = jalali.from_gregorian(day)
    return jalali.to_gregorian(year, (month - 1) // 3 * 3 + 1, 1)
