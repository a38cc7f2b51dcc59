"""The hand-over sheet of a post: a page, and a paper for the old and the new holder to sign."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dabir.cycle.handover import Handover, handover_of, tables_of
from dabir.desk.acting import DeskRequest
from dabir.desk.lists import TYPES, saved_tables
from dabir.directory.models import Post
from dabir.directory.queries import parties_visible_to
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Missing
from dabir.writing.table import Form


@require_GET
def handover(request: DeskRequest, code: str) -> HttpResponse:
    return render(request, "handover.html", {"sheet": _sheet(request, code)})


@require_GET
def handover_out(request: DeskRequest, code: str, form: str) -> HttpResponse:
    """All its tables, as a paper or a workbook."""
    if form not in TYPES or form == Form.CSV:
        raise Missing(_("There is no such page."))
    return saved_tables(Form(form), *tables_of(_sheet(request, code)))


def _sheet(request: DeskRequest, code: str) -> Handover:
    seen = parties_visible_to(request.acting).filter(code=code)
    post = get_visible(Post.objects.filter(party__in=seen).select_related("party__parent"))
    return handover_of(post, by=request.acting)
