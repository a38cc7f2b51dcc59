"""Lists out: what a page lists, as a workbook, as CSV, or as a paper to print; all of it, not only the page shown."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dabir.desk.acting import DeskRequest
from dabir.desk.downloads import under
from dabir.desk.letters import narrowed
from dabir.desk.meetings import body_of
from dabir.directory.documents import parties_table
from dabir.foundation import child
from dabir.foundation.errors import Invalid, Missing
from dabir.letters.listing import Filters
from dabir.letters.tables import letters_table
from dabir.obligations.documents import meetings_table, register_table
from dabir.obligations.listing import Listing
from dabir.persian import clock, jalali
from dabir.writing import sheets, tables_pdf
from dabir.writing.table import Form, Table

TYPES: dict[str, str] = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
    Form.PDF: "application/pdf",
}
_printing = Lock()
"""One paper at a time: each may need a gigabyte."""


@require_GET
def register_out(request: DeskRequest, form: str) -> HttpResponse:
    """The register as the address has it: its filters, order and columns."""
    return download(form, lambda chosen: register_table(request.acting, Listing.from_query(request.GET), chosen))


@require_GET
def meetings_out(request: DeskRequest, form: str) -> HttpResponse:
    """The meetings, newest first, as the address narrows them."""
    asked = {"body": body_of(request), "state": request.GET.get("state", "")}
    return download(form, lambda chosen: meetings_table(request.acting, chosen, **asked))


@require_GET
def parties_out(request: DeskRequest, form: str) -> HttpResponse:
    """The parties as the address narrows them."""
    kind, words = request.GET.get("kind", ""), request.GET.get("words", "").strip()[:200]
    return download(form, lambda _chosen: parties_table(request.acting, kind=kind, words=words))


@require_GET
def letters_out(request: DeskRequest, form: str) -> HttpResponse:
    """The letters as the address narrows them."""
    letters = narrowed(request, Filters.from_query(request.GET))
    return download(form, lambda chosen: letters_table(letters, chosen))


def download(form: str, table: Callable[[Form], Table]) -> HttpResponse:
    """The table of a form as a file to be saved, named after its title and the day."""
    if form not in TYPES:
        raise Missing(_("There is no such page."))
    return saved_tables(Form(form), table(Form(form)))


def saved_tables(form: Form, *tables: Table, one_page: bool = False) -> HttpResponse:
    """Tables as one file to be saved, named after the first one and the day; CSV holds the first one alone. A PDF that
    is to be `one_page` is set in letters small enough for it."""
    response = HttpResponse(_written(form, *tables, one_page=one_page), content_type=TYPES[form])
    day = jalali.format_day(clock.today(), persian_digits=False).replace("/", "-")
    response["Content-Disposition"] = under(f"{tables[0].title} {day}.{form}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _written(form: Form, *tables: Table, one_page: bool) -> bytes:
    if form == Form.CSV:
        return sheets.to_csv(tables[0])
    try:
        return sheets.to_xlsx(*tables) if form == Form.XLSX else _printed(*tables, one_page=one_page)
    except (tables_pdf.TooLong, sheets.TooLong):
        most = tables_pdf.MOST_ROWS if form == Form.PDF else sheets.MOST_ROWS - 1
        sentence = _("This list has more than %(count)s rows. Narrow it, or take it as CSV.")
        raise Invalid(sentence % {"count": most}) from None


def _printed(*tables: Table, one_page: bool) -> bytes:
    data = tables_pdf.as_data(*tables, one_page=one_page)
    try:
        with _printing:
            return child.run(tables_pdf.typeset, data, memory=tables_pdf.MEMORY, seconds=tables_pdf.SECONDS)
    except child.ChildFailed:
        raise Invalid(_("This list is too long to be printed here. Narrow it, or take it as Excel.")) from None
