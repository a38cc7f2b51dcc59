"""Letters: their list, narrowed and searched, and one to read with what has happened to it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dabir.cycle import communicating, letters_of
from dabir.desk import entry, history
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.switches import back
from dabir.directory.queries import body_names
from dabir.foundation import paging
from dabir.foundation.access import get_visible, may
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.letters import listing, services
from dabir.letters.documents import look_of
from dabir.letters.listing import Filters
from dabir.letters.models import Letter, LetterKind, Way
from dabir.letters.numbering import Numbered
from dabir.letters.queries import visible_to
from dabir.writing import letters as paper

MOST_CHOSEN = 500
PAPER = {
    "number": paper.NUMBER,
    "day": paper.DAY,
    "enclosure": paper.ENCLOSURE,
    "has": paper.HAS_ENCLOSURE,
    "none": paper.NO_ENCLOSURE,
    "to": paper.TO,
    "subject": paper.SUBJECT,
    "enclosures": paper.ENCLOSURES,
    "copies": paper.COPIES,
}
"""The words of a letter's paper, which is Persian in whatever language its page is."""


def found(request: DeskRequest) -> QuerySet[Letter]:
    """The letters that the actor may see, with what a page shows of each."""
    letters = visible_to(request.acting).select_related("body__party", "invitation", "sender", "answers")
    return letters.prefetch_related("recipients")


def narrowed(request: DeskRequest, filters: Filters) -> QuerySet[Letter]:
    about = letters_of.about(filters.meeting, request.acting) if filters.meeting else None
    letters = listing.listed(request.acting, filters, of_meeting=about)
    return letters.select_related("body__party", "sender").prefetch_related("recipients", "enclosures")


def filter_choices(request: DeskRequest, filters: Filters) -> dict[str, object]:
    """What the filters offer."""
    by = request.acting
    meetings = letters_of.meetings_of(visible_to(by), by)[:30].values_list("code", "title")
    return {
        "filters": filters,
        "bodies": body_names(by),
        "kinds": LetterKind.choices,
        "meetings": [(code, figures(title)) for code, title in meetings],
    }


@require_GET
def letters(request: DeskRequest) -> HttpResponse:
    """Newest first, all or those of one state, narrowed and searched."""
    filters = Filters.from_query(request.GET)
    rows = narrowed(request, filters)
    page = paging.page(rows, ["written_at", "id"], cursor=request.GET.get("after", ""), descending=True)
    asked = filters.as_query()
    others = {name: value for name, value in asked.items() if name not in ("show", "of")}
    context = {
        **filter_choices(request, filters),
        "page": page,
        "this": "?" + urlencode(asked),
        "tabs": [(show, label, "?" + urlencode(others | {"show": show})) for show, label in listing.SHOWS.items()],
        "all": "?" + urlencode(others),
        "counts": listing.counts(request.acting),
        "ways": Way.choices,
        "previous": page.previous and "?" + urlencode(asked | {"after": page.previous}),
        "next": page.next and "?" + urlencode(asked | {"after": page.next}),
    }
    return render(request, "letters/list.html", context)


@require_GET
def letter(request: DeskRequest, pk: int) -> HttpResponse:
    one = get_visible(found(request).prefetch_related("enclosures"), pk=pk)
    of_others = visible_to(request.acting)
    context = {
        "letter": one,
        "look": look_of(one.body),
        "paper": PAPER,
        "ways": Way.choices,
        "history": history.of([one]),
        "shows_receipts": sees_receipts(request.acting, one),
        "answered_by": of_others.filter(answers=one),
        "answers": of_others.filter(pk=one.answers_id).first() if one.answers_id else None,
    }
    return render(request, "letters/letter.html", context)


def sees_receipts(by: Acting, letter: Letter) -> bool:
    """Whether the actor may know which recipients got it, and when: not another recipient."""
    return by.sees_all or may(by, "cycle.record_receipts", letter)


@require_POST
def set_way(request: DeskRequest, pk: int) -> HttpResponse:
    services.set_way(get_visible(found(request), pk=pk), by=request.acting, way=way_of(request))
    messages.success(request, _("How the letter went is noted."))
    return back(request)


@require_POST
def number(request: DeskRequest, pk: int) -> HttpResponse:
    row = Numbered(
        get_visible(found(request), pk=pk), request.POST.get("number", ""), entry.day(request.POST.get("day", ""))
    )
    communicating.number_letters([row], by=request.acting, way=way_of(request))
    messages.success(request, _("The letter has its number."))
    return back(request)


@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    one = get_visible(found(request), pk=pk)
    communicating.withdraw_letters([one], by=request.acting, reason=request.POST.get("reason", ""))
    messages.success(request, _("The letter is withdrawn."))
    return back(request)


@require_POST
def take_back(request: DeskRequest) -> HttpResponse:
    """The chosen letters wait for their number again."""
    rows = chosen(request)
    communicating.take_numbers_back(rows, by=request.acting, reason=request.POST.get("reason", ""))
    messages.success(request, _("The number is taken back; the letter waits for its number again."))
    return back(request)


def chosen(request: DeskRequest) -> list[Letter]:
    """The letters that a form's or an address's `letter` fields name, in that order; `Missing` for one not to be
    known of."""
    named = request.POST.getlist("letter") or request.GET.getlist("letter")
    keys = list(dict.fromkeys(int(key) for key in named if key.isascii() and key.isdecimal() and len(key) < 16))
    if len(keys) > MOST_CHOSEN:
        raise Invalid(_("At most %(count)s letters at once.") % {"count": MOST_CHOSEN})
    rows = found(request).prefetch_related("enclosures").in_bulk(keys)
    if len(rows) < len(keys):
        get_visible(found(request), pk=next(key for key in keys if key not in rows))
    return [rows[key] for key in keys]


def way_of(request: DeskRequest) -> Way:
    text = request.POST.get("way") or Way.AUTOMATION
    if text not in Way.values:
        raise Invalid(_("Choose how it goes."), field="way")
    return Way(text)
