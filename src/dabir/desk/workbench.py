"""The workbench: a paper under review, beside the structure that was read from it.

Every act is a POST that ends in a redirect to the page, which shows the draft as it is then; the script swaps the parts
of that same page in, so that there is one way to draw it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.cycle.accepting import accept_reading
from dabir.cycle.debts_meant import Meant, debts_meant
from dabir.cycle.deciding import bodies_on_paper, planned_on_paper, readable_in
from dabir.desk import htmx, sent_once, terms
from dabir.desk.acting import DeskRequest
from dabir.desk.bench import Bench, after
from dabir.desk.days import Said, shut
from dabir.desk.downloads import attachment
from dabir.desk.entries import correction_of
from dabir.desk.joined import joined_by
from dabir.desk.party_entry import Ambiguous
from dabir.directory.matching import suggest
from dabir.directory.queries import bodies_visible_to, find_parties, parties_visible_to
from dabir.foundation.access import get_visible, may
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import Event
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.corrections.lookup import session_day, typed_day
from dabir.meetings.models import Draft, DraftState, ResolutionKind
from dabir.meetings.queries import drafts_visible_to
from dabir.meetings.reviewing import corrected, steps_since, with_corrections
from dabir.persian import clock
from dabir.persian.digits import parse_int
from dabir.reading.matching import ALIKE

FEW = 8
_SEVERAL = ("add_wait", "remove_wait", "add_act", "remove_act")
_OF_THE_PAGE = (*sent_once.OF_THE_PAGE, "version")

WORDS = {
    "act_name": terms.act_name,
    "act_names": list(terms.ACTS.items()),
    "as_day": date.fromisoformat,
    "capacity_name": terms.capacity_name,
    "closed_because": shut,
    "due_kinds": list(terms.DUE_KINDS.items()),
    "due_name": terms.due_name,
    "gap_name": terms.gap_name,
    "reason_of": terms.reason_of,
    "resolution_name": terms.resolution_name,
    "severity_name": terms.severity_name,
    "sureness": terms.sureness,
    "step_names": terms.STEPS,
}
"""What the templates call to say a value."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A correction that came second: what was sent, its fields to be sent again, and what others have done since."""

    step: str
    again: list[tuple[str, str]]
    since: list[Event]


@require_GET
def draft(request: DeskRequest, pk: int) -> HttpResponse:
    """The workbench of one paper; `?edit=` opens an item's editor, `?at=` says which item has the focus."""
    bench = _bench(request, _get(request, pk), request.GET.get("edit", ""), request.GET.get("at", ""))
    return _show(request, bench)


@require_POST
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """Make one correction, and show what comes next; a wrong or late one is shown with the reason and is not lost."""
    row = _get(request, pk)
    key, op = request.POST.get("key", ""), request.POST.get("op", "")
    was = _bench(request, row, key, key)
    try:
        correction = correction_of(request.POST.dict(), was.minutes, request.acting)
        now = services.correct_draft(row, correction, version=_version(request), by=request.acting)
    except Conflict as refusal:
        return _clash(request, refusal)
    except Ambiguous as refusal:
        return _show(request, was, status=422, fault=str(refusal), candidates=refusal.candidates)
    except Invalid as refusal:
        return _show(request, was, status=422, fault=str(refusal))
    several = request.POST.get("role", "lead") != "lead" or op in _SEVERAL
    edit, at = after(was, _bench(request, now), op, key, more=several)
    return _back(pk, edit=edit, at=at)


@require_POST
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        services.undo_correction(_get(request, pk), version=_version(request), by=request.acting)
    except Conflict as refusal:
        return _clash(request, refusal)
    return _back(pk, at=request.POST.get("key", ""))


@require_POST
def discard(request: DeskRequest, pk: int) -> HttpResponse:
    services.discard_draft(_get(request, pk), by=request.acting)
    messages.success(request, _("The paper was put away. It can be restored here, and its file may come again."))
    return _back(pk)


@require_POST
def restore(request: DeskRequest, pk: int) -> HttpResponse:
    services.restore_draft(_get(request, pk), by=request.acting)
    return _back(pk)


@require_POST
def secrecy(request: DeskRequest, pk: int) -> HttpResponse:
    services.set_secrecy(_get(request, pk), secrecy_of(request), by=request.acting)
    return _back(pk)


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: DeskRequest, pk: int) -> HttpResponse:
    """What accepting will write, and the button that does it."""
    row = _get(request, pk)
    fault = ""
    if request.method != "POST" and row.state != DraftState.OPEN:
        return redirect("draft", pk)
    if request.method == "POST":
        try:
            meeting = accept_reading(row, by=request.acting, version=_version(request))
        except (Invalid, Conflict) as refusal:
            fault = str(refusal)
            row = _get(request, pk)
        else:
            messages.success(request, _("The paper is accepted: %(meeting)s.") % {"meeting": meeting})
            return redirect("meeting", meeting.code)
    bench = _bench(request, row)
    deciding = planned_on_paper(row, bench.minutes)
    context = {
        "bench": bench,
        "joined": joined_by(row, bench.minutes),
        "deciding": deciding,
        "readable": readable_in(deciding, request.acting),
        "fault": fault,
        **WORDS,
    }
    return render(request, "workbench/accept.html", context, status=422 if fault else 200)


@require_GET
def original(request: DeskRequest, pk: int) -> HttpResponse:
    """The file as it came in."""
    row = _get(request, pk)
    return attachment(row.file, row.name)


@require_GET
def found_parties(request: DeskRequest, pk: int) -> HttpResponse:
    """The parties that the words may mean, as buttons: the likest first, then those with a name that holds them."""
    row, words = _get(request, pk), request.GET.get("who", "")[:200]
    found = find_parties(request.acting, words, limit=FEW)
    alike = suggest(words, session_day(with_corrections(row)) or clock.today(), limit=FEW)
    if found:  # somebody types: what holds the words so far, in the order of its likeness
        alike = [one for one in alike if one.score >= ALIKE or any(party.pk == one.party_id for party in found)]
    names = parties_visible_to(request.acting).in_bulk([suggestion.party_id for suggestion in alike])
    found = [party for party in found if party.pk not in names][: FEW - len(names)]
    context = {"found": found, "alike": alike, "names": names, "words": words, **WORDS}
    return render(request, "workbench/found.html", context)


@require_GET
def resolved_day(request: DeskRequest, pk: int) -> HttpResponse:
    """The day that is being typed, with its weekday and what closes offices on it; or what is wrong with it."""
    minutes = corrected(_get(request, pk))
    text = request.GET.get("day", "")[:60].strip()
    try:
        day = typed_day(minutes, text) if text else None
        said = Said(day, shut(day)) if day else Said()
    except Invalid as refusal:
        said = Said(fault=str(refusal))
    return render(request, "day/said.html", {"said": said})


def _get(request: DeskRequest, pk: int) -> Draft:
    drafts = drafts_visible_to(request.acting).select_related("file", "kept_by__party", "meeting")
    return get_visible(drafts, pk=pk)


def _bench(request: DeskRequest, row: Draft, editing: str = "", at: str = "") -> Bench:
    editable = row.state == DraftState.OPEN and may(request.acting, "meetings.correct_draft", row)
    return Bench(row, corrected(row), editable, editing, at or editing)


def _show(request: DeskRequest, bench: Bench, *, status: int = 200, **more: object) -> HttpResponse:
    words = request.GET.get("words", "").replace("\0", "")[:200]
    context = {
        "fault": "",
        "candidates": [],
        "clash": None,
        **more,
        "meant": _meant(request, bench, words),
        "words": words,
        "bench": bench,
        "bodies": bodies_visible_to(request.acting).order_by("party__sort_key"),
        "resolution_kinds": ResolutionKind.choices,
        "secrecies": SecrecyClass.choices,
        **WORDS,
    }
    response = render(request, "workbench/bench.html", context, status=status)
    # After a refusal the page has the address of the act; a reload must not lead there.
    return htmx.replace_address(response, _address(bench.draft.pk, edit=bench.editing, at=bench.at))


def _meant(request: DeskRequest, bench: Bench, words: str) -> list[Meant]:
    """The debts that the resolution whose editor is open may decide on."""
    edited = next((one for one in bench.minutes.resolutions if bench.opens(one.id)), None)
    if edited is None:
        return []
    bodies = bodies_on_paper(bench.draft, bench.minutes)
    return debts_meant(edited, request.acting, bodies=bodies, met=bench.minutes.header.day, words=words)


def _clash(request: DeskRequest, refusal: Conflict) -> HttpResponse:
    """The draft as it is now, above it both sides: what this person sent, and what others have done since."""
    now = refusal.existing
    assert isinstance(now, Draft)
    key, sent = request.POST.get("key", ""), request.POST.get("op", "")
    clash = Clash(
        step=str(terms.STEPS.get(sent, _("undo"))),
        again=[(name, value) for name, value in request.POST.dict().items() if sent and name not in _OF_THE_PAGE],
        since=steps_since(now, _version(request)),
    )
    return _show(request, _bench(request, now, at=key), status=409, fault=str(refusal), clash=clash)


def secrecy_of(request: DeskRequest) -> SecrecyClass:
    """The class that the form names; the normal one where it names none."""
    try:
        return SecrecyClass(request.POST.get("secrecy", SecrecyClass.NORMAL))
    except ValueError:
        raise Invalid(_("There is no such class."), field="secrecy") from None


def _version(request: DeskRequest) -> int:
    version = parse_int(request.POST.get("version", ""))
    if version is None:
        raise Invalid(_("The form does not say which version it is about. Open the page again."))
    return version


def _address(pk: int, **shown: str) -> str:
    query = urlencode({name: value for name, value in shown.items() if value})
    return reverse("draft", args=[pk]) + (f"?{query}" if query else "")


def _back(pk: int, **shown: str) -> HttpResponseRedirect:
    key = shown.get("edit") or shown.get("at")
    return HttpResponseRedirect(_address(pk, **shown) + (f"#i-{key}" if key else ""))
