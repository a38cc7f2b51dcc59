"""The papers: those under review, the form that brings new ones, and those that are being read.

A paper is read by a job. The request waits a moment for it, since most are read by then, and else shows its page.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.desk import htmx, readings
from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.desk.readings import own_version
from dabir.desk.uploads import too_large, too_many
from dabir.desk.workbench import WORDS, secrecy_of
from dabir.directory.models import Body
from dabir.directory.queries import bodies_visible_to
from dabir.foundation import files
from dabir.foundation.access import get_visible, may
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.jobs import line
from dabir.foundation.jobs.model import JobState
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.gaps import counts_of
from dabir.meetings.models import Draft, DraftState, Reading
from dabir.meetings.queries import drafts_visible_to, readings_visible_to
from dabir.meetings.refusals import isolated, why

MOST = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with what was sent in a field: a sentence, and the address of what stands in its way."""

    field: str
    sentence: str
    address: str = ""
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """A paper of the form: its field, its name and its bytes."""

    field: str
    name: str
    data: bytes


@csrf_exempt  # the form is read here first, to say beside its fields what is wrong with it; `_bring` is protected
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: DeskRequest) -> HttpResponse:
    """The papers under review, and the form that brings new ones."""
    if request.method != "POST":
        return _papers(request)
    try:
        request.FILES  # noqa: B018
    except TooManyFilesSent:
        return _papers(request, [Fault("file", too_many())])
    except RequestDataTooBig:
        return _papers(request, [Fault("text", _("The text is longer than 10 MB. Give the minutes of one meeting."))])
    except OSError as error:
        if files.is_full(error):
            return _papers(request, [Fault("file", why("disk", _("The file")))])
    return _bring(request)


@require_GET
def readings_list(request: DeskRequest) -> HttpResponse:
    """The part of the page that tells how far readings are; those in `?of=` also when they have been read since."""
    known = [int(pk) for pk in request.GET.get("of", "").split(",")[:MOST] if pk.isdecimal() and len(pk) < 10]
    return render(request, "workbench/readings_list.html", {"readings": _readings(request, known)})


@require_GET
def reading(request: DeskRequest, pk: int) -> HttpResponse:
    """How far the reading of a paper is; once it is read, the way to the paper."""
    row = _reading(request, pk)
    if row.draft and not htmx.is_part(request):
        return redirect("draft", row.draft.pk)
    own = own_version(request.acting, row.cause)
    return render(request, "workbench/reading.html", {"reading": readings.shown([row])[0], "own": own})


@require_POST
def cancel(request: DeskRequest, pk: int) -> HttpResponse:
    row = _reading(request, pk)
    try:
        services.cancel_reading(row, by=request.acting)
    except Conflict as refusal:
        messages.info(request, str(refusal))
        return redirect("reading", pk)
    text = _("The reading of “%(name)s” was cancelled; nothing of it is kept.")
    messages.success(request, text % {"name": isolated(row.name)})
    return redirect("papers")


@require_POST
def forget(request: DeskRequest, pk: int) -> HttpResponse:
    services.forget_reading(_reading(request, pk), by=request.acting)
    return redirect("papers")


def _reading(request: DeskRequest, pk: int) -> Reading:
    return get_visible(readings_visible_to(request.acting).select_related("draft", "kept_by__party"), pk=pk)


@csrf_protect
def _bring(request: DeskRequest) -> HttpResponse:
    body = get_visible(bodies_visible_to(request.acting), pk=request.POST.get("body") or 0)
    faults: list[Fault] = []
    started: list[Reading] = []
    try:
        secrecy = secrecy_of(request)
    except Invalid as refusal:
        return _papers(request, [Fault("secrecy", str(refusal))], typed=request.POST)
    faults += [Fault("file", why("too-large", files.shown_name(name))) for name in too_large(request)]
    for brought in _brought(request):
        outcome = _begin(request, brought, body, secrecy)
        if isinstance(outcome, Fault):
            faults.append(outcome)
        else:
            started.append(outcome)
    if not started and not faults:
        faults.append(Fault("file", _("Choose a file, or paste the text of the minutes.")))
    pasted = started[-1] if started and request.POST.get("text", "").strip() else None
    deadline = time.monotonic() + settings.JOB_PATIENCE
    seen = [line.wait_for(one, deadline - time.monotonic()) for one in started]
    if len(seen) == 1 and not faults and (own := own_version(request.acting, seen[0].cause)):
        messages.info(request, why(seen[0].cause, seen[0].name))
        services.forget_reading(seen[0], by=request.acting)
        return redirect("meeting", own.meeting.code)
    return _told(request, seen, faults, pasted)


def _told(request: DeskRequest, seen: Sequence[Reading], faults: list[Fault], pasted: Reading | None) -> HttpResponse:
    """What has come of the papers that were brought: the way to the one, the list of several, or the form with its
    faults."""
    for one in seen:
        if one.state == JobState.FAILED:
            faults.append(Fault("text" if one == pasted else "file", why(one.cause, one.name)))
            services.forget_reading(one, by=request.acting)  # it is told here
    if faults:
        return _papers(request, faults, typed=request.POST)
    if len(seen) == 1:
        return redirect("draft", seen[0].draft_id) if seen[0].draft_id else redirect("reading", seen[0].pk)
    read = sum(one.state == JobState.DONE for one in seen)
    if read:
        text = ngettext("%(count)s paper has been read.", "%(count)s papers have been read.", read)
        messages.success(request, text % {"count": figures(read)})
    return redirect("papers")


def _brought(request: DeskRequest) -> Iterator[Brought]:
    for upload in request.FILES.getlist("file"):
        yield Brought("file", upload.name or "-", upload.read())
    text = request.POST.get("text", "")
    if text.strip():
        yield Brought("text", _name_of(text), text.encode())


def _begin(request: DeskRequest, brought: Brought, body: Body, secrecy: SecrecyClass) -> Reading | Fault:
    try:
        return services.bring_paper(brought.data, name=brought.name, body=body, secrecy=secrecy, by=request.acting)
    except Invalid as refusal:
        return Fault(brought.field, str(refusal))
    except Conflict as refusal:
        sentence = f"{isolated(files.shown_name(brought.name))}: {refusal}"
        return Fault(brought.field, sentence, _address(request, refusal.existing), is_conflict=True)


def _address(request: DeskRequest, existing: object) -> str:
    """Where the paper is that came before, for whoever may see it."""
    if isinstance(existing, Draft) and drafts_visible_to(request.acting).filter(pk=existing.pk).exists():
        return reverse("draft", args=[existing.pk])
    if isinstance(existing, Reading) and readings_visible_to(request.acting).filter(pk=existing.pk).exists():
        return reverse("reading", args=[existing.pk])
    return ""


def _papers(request: DeskRequest, faults: list[Fault] | None = None, **more: object) -> HttpResponse:
    by = request.acting
    drafts = drafts_visible_to(by).select_related("kept_by__party", "meeting").defer("minutes", "corrections")
    drafts = drafts.order_by("-created_at", "-id")
    open_ones = drafts.filter(state=DraftState.OPEN)[:MOST]
    context = {
        "typed": {},
        **more,
        "faults": {field: [one for one in faults or [] if one.field == field] for field in ("text", "file", "secrecy")},
        "readings": _readings(request),
        "drafts": open_ones,
        "gaps": counts_of(open_ones),
        "ended": drafts.exclude(state=DraftState.OPEN)[:MOST],
        "bodies": [(body.pk, str(body)) for body in bodies_visible_to(by) if may(by, "meetings.open_draft", body)],
        "secrecies": SecrecyClass.choices,
        "largest": settings.LARGEST_UPLOAD,
        "most_files": settings.MOST_UPLOADS,
        "too_many": too_many(),
        **WORDS,
    }
    status = 200 if not faults else 409 if all(one.is_conflict for one in faults) else 422
    return render(request, "workbench/papers.html", context, status=status)


def _readings(request: DeskRequest, known: Sequence[int] = ()) -> list[readings.Shown]:
    """Those that go on or came to nothing, and those of the known ones that have been read: the newest, in the order in
    which they came."""
    rows = readings_visible_to(request.acting).exclude(state=JobState.CANCELLED)
    newest = rows.filter(~Q(state=JobState.DONE) | Q(pk__in=known)).order_by("-queued_at")[:MOST]
    return readings.shown(list(newest)[::-1])


def _name_of(text: str) -> str:
    """What a pasted paper is called: its first line that speaks of a meeting, as many begin with «بسمه تعالی»."""
    lines = text.strip().splitlines()
    return next((line for line in lines if "جلسه" in line), lines[0]).replace("/", "-")[:60]
