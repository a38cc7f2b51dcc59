"""The governor's page, one sheet of A4, and the page of figures."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dabir.cycle.worst import Worst, worst
from dabir.desk import pictures
from dabir.desk.acting import DeskRequest
from dabir.desk.in_register import rows
from dabir.desk.jinja import figures as digits
from dabir.desk.lists import saved_tables
from dabir.desk.terms import WHYS
from dabir.directory.queries import body_names
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Missing
from dabir.obligations import counting, figures
from dabir.obligations.documents import LANGUAGE
from dabir.obligations.queries import Filters
from dabir.obligations.weighing import Why
from dabir.persian import clock, jalali
from dabir.writing.table import Column, Form, Kind, Table

FEW = 5
"""Decisions asked for that a sheet of paper has room for."""
LONGEST = 75
"""Letters of a text there."""


@require_GET
def governor(request: DeskRequest) -> HttpResponse:
    """How the debts of all bodies stand, or those of one: what is late, what was said, what closed, what is asked."""
    by = request.acting
    if not oversees(by):
        raise Missing(_("There is no such page."))
    body = _body(request)
    if request.GET.get("form") == Form.PDF:
        with translation.override(LANGUAGE):
            tables = list(_tables(by, body))
        return saved_tables(Form.PDF, *tables, one_page=True)
    return render(request, "governor.html", sheet(by, body))


def oversees(by: Acting) -> bool:
    """Whoever follows others' debts: the governor, the auditor, a secretariat, the chair of a body."""
    return by.sees_all or (not by.sees_nothing and bool(by.secretariats | by.chaired))


def sheet(by: Acting, body: str) -> dict[str, object]:
    """What stands on the governor's page."""
    told = [one for one in figures.quarters(by, body) if one.reports]
    closed = figures.closed_since_last(by, body)
    return {
        "body": body,
        "bodies": body_names(by),
        "counts": counting.running_counts(by, Filters(body=body)),
        "overdue": pictures.of_amounts(_("Overdue by agency"), figures.overdue_by_agency(by, body)),
        "worst": [(one, _reasons(one)) for one in worst(by, body)],
        "quarter": (told[-1], pictures.quarter_name(told[-1].year, told[-1].number)) if told else None,
        "closed": closed,
        "decisions": figures.decisions_asked(by, body),
        "address": {
            "overdue": rows(Filters(body=body, overdue=True)),
            "soon": rows(Filters(body=body, soon=True)),
            "unsettled": rows(Filters(body=body, unsettled=True)),
            "proposed": rows(Filters(body=body, state="proposed")),
            "running": rows(Filters(body=body, running=True)),
            "below_plan": rows(Filters(body=body, below_plan=True)),
            "asks": rows(Filters(body=body, asks=True)),
            "quarter": rows(Filters(body=body, quarter=told[-1].key)) if told else "",
        },
        "closed_rows": {one.since: rows(Filters(closed_since=one.since)) for one in closed},
    }


def _tables(by: Acting, body: str) -> Iterator[Table]:
    """The same as tables of one paper, with its texts cut."""
    counts = counting.running_counts(by, Filters(body=body))
    told = [one for one in figures.quarters(by, body) if one.reports]
    names = (
        ("overdue", _("Overdue")),
        ("soon", _("Due within a week")),
        ("unsettled", _("Unsettled: without a lead")),
        ("proposed", _("Proposed for closing")),
        ("running", _("Running in all")),
    )
    percents = [Column(name, Kind.NUMBER) for name in (_("Planned"), _("Reported"), _("Verified"))]
    number, lead = Column(_("Debts"), Kind.NUMBER, share=0.3), Column(_("Lead"))
    yield Table(
        _("How the decisions stand"),
        tuple(Column(name, Kind.NUMBER) for _key, name in names[:4]),
        [[counts[key] for key, _name in names[:4]]],
        notes=(
            dict(body_names(by)).get(body, body) or _("All bodies"),
            _("On %(day)s") % {"day": jalali.format_day(clock.today())},
            f"{names[4][1]}: {digits(counts['running'])}",
        ),
    )
    yield Table(
        _("Overdue by agency"),
        (Column(_("Agency")), number),
        [[one.name, one.count] for one in figures.overdue_by_agency(by, body)],
    )
    yield Table(
        _("Planned, reported, verified"),
        (Column(_("Quarter")), *percents),
        [[pictures.quarter_name(one.year, one.number), one.planned, one.reported, one.verified] for one in told[-1:]],
    )
    yield Table(
        _("Closed since the last session"),
        (Column(_("Meeting")), Column(_("Day"), Kind.DAY), number),
        [[one.title, one.day, one.count] for one in figures.closed_since_last(by, body)],
    )
    yield Table(
        _("The worst"),
        (Column(_("Debt"), share=2), lead, Column(_("Why")), Column(_("Last words"), share=1.5)),
        [[_cut(one.row.action), one.row.lead, _late(one), _cut(one.words)] for one in worst(by, body)],
    )
    yield Table(
        _("Decisions asked for"),
        (Column(_("Debt"), share=2), lead, Column(_("What is wanted"), share=1.5)),
        [[_cut(row.action), row.lead, _cut(wanted)] for row, wanted in figures.decisions_asked(by, body)[:FEW]],
    )


def _reasons(one: Worst) -> str:
    """What is wrong with it, in a word each; how late it is stands beside them."""
    return " · ".join(str(WHYS[why]) for why in one.reasons if why != Why.OVERDUE)


def _late(one: Worst) -> str:
    days = -(one.row.days_left or 0) if Why.OVERDUE in one.reasons else 0
    late = ngettext("%(days)s day late", "%(days)s days late", days) % {"days": digits(days)} if days else ""
    return " · ".join(filter(None, (late, _reasons(one))))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(maxsplit=1)[0] + "…"


@require_GET
def charts(request: DeskRequest) -> HttpResponse:
    """Figures of the debts that the actor may see, each with its table."""
    by = request.acting
    if by.sees_nothing:
        raise Missing(_("There is no such page."))
    body = _body(request)
    note = _("Of the debts with a deadline that are done, or whose deadline has passed.")
    drawn = [
        pictures.of_rates(_("Deadlines kept, by agency"), figures.rates_of_agencies(by, body), note),
        pictures.of_rates(_("Deadlines kept, by body"), figures.rates_of_bodies(by), note) if not body else None,
        pictures.of_ages(_("Age of the running debts"), figures.ages(by, body), body),
        pictures.of_quarters(_("Planned, reported, verified"), figures.quarters(by, body), body),
    ]
    closed = figures.closed_since_last(by, body)
    context = {
        "body": body,
        "bodies": body_names(by),
        "pictures": [one for one in drawn if one],
        "closed": closed,
        "closed_rows": {one.since: rows(Filters(closed_since=one.since)) for one in closed},
        "broken": figures.broken_chains(by, body),
        "oversees": oversees(by),
    }
    return render(request, "figures.html", context)


def _body(request: DeskRequest) -> str:
    """The code of the body that the page is narrowed to; of one that is not known it shows nothing."""
    return request.GET.get("body", "").replace("\0", "")[:100]
