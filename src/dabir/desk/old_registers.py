"""Old registers: brought, their columns and names spoken of, looked over row by row, and brought in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.cycle.import_documents import copy_of
from dabir.cycle.import_plan import Outcome, Plan
from dabir.cycle.importing import apply_sheet
from dabir.desk import old_rows
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.lists import download
from dabir.desk.party_entry import kept_in, parties_of
from dabir.desk.uploads import too_large
from dabir.directory.models import Party
from dabir.directory.queries import bodies_visible_to
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.errors import Conflict, Invalid, Missing
from dabir.foundation.tables import NotRead
from dabir.obligations.models import Sheet, SheetState
from dabir.obligations.sheets import services
from dabir.obligations.sheets.layouts import MOST_HEADER_ROWS
from dabir.obligations.sheets.queries import answers, sheets_visible_to
from dabir.persian.digits import parse_int
from dabir.reading.sheets.columns import Column

FEW = 30


@require_http_methods(["GET", "HEAD", "POST"])
def registers(request: DeskRequest) -> HttpResponse:
    """The sheets that were brought, and the form that brings one."""
    bodies = bodies_visible_to(request.acting).filter(pk__in=request.acting.secretariats)
    fault, existing = "", None
    if request.method == "POST":
        body = get_visible(bodies_visible_to(request.acting), pk=request.POST.get("body") or 0)
        require(request.acting, "sheets.bring_sheet", body)
        try:
            return redirect("sheet", _brought(request, body).pk)
        except (Invalid, Conflict) as refusal:
            fault, existing = str(refusal), getattr(refusal, "existing", None)
    sheets = sheets_visible_to(request.acting).exclude(state=SheetState.DISCARDED).order_by("-created_at", "-id")
    context = {
        "sheets": sheets[:FEW],
        "bodies": [(body.pk, body.party.name) for body in bodies],
        "fault": fault,
        "existing": existing,
    }
    return render(request, "registers/list.html", context, status=422 if fault else 200)


@require_GET
def sheet(request: DeskRequest, pk: int) -> HttpResponse:
    """One sheet: how its columns are read, what must be asked, what each row becomes."""
    return _page(request, _sheet(request, pk))


@require_POST
def columns(request: DeskRequest, pk: int) -> HttpResponse:
    row = _sheet(request, pk)
    try:
        services.map_columns(row, _wanted(request, row), by=request.acting)
    except Invalid as refusal:
        return _page(request, row, faults={"columns": str(refusal)})
    messages.success(request, _("So are its columns read; it is remembered for sheets with these headers."))
    return redirect("sheet", pk)


@require_POST
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Whom a name means: parties, words that stay words, or the answer taken back."""
    row = _sheet(request, pk)
    name = request.POST.get("name", "")[:200]
    back_to = redirect(f"{request.path.removesuffix('answer/')}#questions")
    if "back" in request.POST:
        services.take_answer_back(name, body=row.body, by=request.acting)
        messages.success(
            request, _("“%(name)s” is asked for again; debts that have their lead keep it.") % {"name": name}
        )
        return back_to
    parties: list[Party] = []
    if "words" not in request.POST:
        try:
            parties = [one.party for one in parties_of(request.POST, "who", request.acting) if one.party]
        except Invalid as refusal:
            return _page(
                request, row, faults={name: str(refusal)}, asked=name, candidates=getattr(refusal, "candidates", [])
            )
        if not parties:
            return _page(request, row, faults={name: _("Say whom it means.")}, asked=name)
    services.say_who(name, parties, body=row.body, by=request.acting)
    messages.success(request, _("It is remembered whom “%(name)s” means.") % {"name": name})
    return back_to


@require_POST
def apply(request: DeskRequest, pk: int) -> HttpResponse:
    row = _sheet(request, pk)
    try:
        plan = apply_sheet(row, by=request.acting, mark=request.POST.get("mark", ""))
    except Conflict as refusal:
        messages.warning(request, str(refusal))
        return redirect("sheet", pk)
    count = plan.counts[Outcome.NEW] + plan.counts[Outcome.UPDATED]
    text = ngettext("%(count)s row is in the register.", "%(count)s rows are in the register.", count)
    messages.success(request, text % {"count": figures(count)})
    return redirect("sheet", pk)


@require_POST
def discard(request: DeskRequest, pk: int) -> HttpResponse:
    services.discard_sheet(_sheet(request, pk), by=request.acting)
    messages.success(request, _("The sheet is put away; nothing of it is in the register."))
    return redirect("registers")


@require_GET
def out(request: DeskRequest, pk: int, what: str, form: str) -> HttpResponse:
    """The sheet again: all of it with «شناسه دبیر», or the refused rows with their reasons."""
    row = _sheet(request, pk)
    plan = old_rows.plan_of(row)
    tables, found = old_rows.tables_and_layout(row)
    if plan is None or found is None or what not in ("all", "refused") or form not in ("xlsx", "csv"):
        raise Missing(_("There is no such page."))
    refused = what == "refused"
    title = _("Refused rows") if refused else _("Old register")
    return download(form, lambda _form: copy_of(tables[found.table], found, plan, title, refused=refused))


def _sheet(request: DeskRequest, pk: int) -> Sheet:
    return get_visible(sheets_visible_to(request.acting), pk=pk)


def _brought(request: DeskRequest, body: Any) -> Sheet:
    try:
        for name in too_large(request):
            raise NotRead("too-large", name)
        file = request.FILES.get("file")
    except (TooManyFilesSent, RequestDataTooBig):
        raise Invalid(_("Choose one file."), field="file") from None
    if file is None:
        raise Invalid(_("Choose the file of the register."), field="file")
    return services.bring_sheet(file.read(), name=file.name or "-", body=body, by=request.acting)


def _wanted(request: DeskRequest, row: Sheet) -> dict[str, Any]:
    """What the form says of the columns; another sheet or other header rows let the headers tell anew."""
    posted = request.POST
    tables, found = old_rows.tables_and_layout(row)
    table = parse_int(posted.get("table", "")) or 0
    table = table if table < len(tables) else 0
    places = {one.number: place for place, one in enumerate(tables[table].rows)}
    first = places.get(parse_int(posted.get("first", "")) or 0, -1)
    last = places.get(parse_int(posted.get("last", "")) or 0, first)
    wanted: dict[str, Any] = {"table": table, "header": [first, last]}
    same = found and (found.table, found.layout.header.first, found.layout.header.last) == (table, first, last)
    if same and "columns" in posted:
        wanted["columns"] = [posted.get(f"column-{place}", "") for place in range(len(found.layout.header.labels))]  # type: ignore[union-attr]
        wanted |= {name: name in posted for name in ("same_above", "first_leads")}
    return wanted


def _page(
    request: DeskRequest,
    row: Sheet,
    *,
    faults: dict[str, str] | None = None,
    asked: str = "",
    candidates: list[Party] | None = None,
) -> HttpResponse:
    tables, found = old_rows.tables_and_layout(row)
    plan = old_rows.plan_of(row)
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in set(Outcome) else ""
    number = parse_int(request.GET.get("page", "")) or 1
    page = old_rows.page_of(plan, outcome, number) if plan else None
    shown = tables[found.table] if found else tables[0]
    kept, words = kept_in(request.POST, "who", request.acting, several=True) if asked else ([], "")

    def address(**more: Any) -> str:
        return "?" + urlencode({name: value for name, value in {"outcome": outcome, **more}.items() if value})

    context = {
        "sheet": row,
        "is_open": row.state == SheetState.OPEN,
        "plan": plan,
        "found": found,
        "header_rows": [shown.rows[n].number for n in (found.layout.header.first, found.layout.header.last)]
        if found
        else [],
        "first_rows": shown.rows[:12],
        "tables": [(place, table.title or row.name) for place, table in enumerate(tables)],
        "columns": old_rows.sampled(shown, found.layout) if found else [],
        "kinds": old_rows.COLUMNS,
        "unsaid": _unsaid(found.layout.columns) if found else [],
        "outcomes": old_rows.OUTCOMES,
        "outcome": outcome,
        "page": page,
        "previous": address(page=page.number - 1) if page and page.number > 1 else "",
        "next": address(page=page.number + 1) if page and page.number < page.last else "",
        "questions": _questions(plan) if plan else [],
        "answers": answers(row.body, _names(plan)) if plan else [],
        "faults": faults or {},
        "asked": asked,
        "chosen": kept,
        "words": words,
        "candidates": candidates or [],
        "most_header_rows": MOST_HEADER_ROWS,
        "may_apply": may(request.acting, "cycle.apply_sheet", row),
        "may_answer": may(request.acting, "sheets.say_who", row.body),
    }
    return render(request, "registers/sheet.html", context, status=422 if faults else 200)


def _names(plan: Plan) -> Iterator[str]:
    """All that its rows name."""
    return (named.text for row in plan.rows for named in (*row.leads, *row.helpers))


def _questions(plan: Plan) -> list[tuple[Any, list[Party]]]:
    """The questions with the parties that are the likest, best first."""
    parties = Party.objects.select_related("parent").in_bulk(
        {candidate.party_id for asked in plan.questions for candidate in asked.candidates}
    )
    return [(asked, [parties[one.party_id] for one in asked.candidates]) for asked in plan.questions]


def _unsaid(columns: tuple[Column | None, ...]) -> list[str]:
    """What no column of the sheet holds, and a register mostly has."""
    names = {str(column): label for column, label in old_rows.COLUMNS}
    held = set(columns)
    session = {Column.SESSION} & held
    wanted = [Column.TEXT, Column.LEAD, Column.DUE, *([] if session else [Column.NUMBER, Column.DATE])]
    return [str(names[str(column)]) for column in wanted if column not in held]
