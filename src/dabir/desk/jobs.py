"""The administrator's page of what the system does by itself: what ran, failed and waits, and when the next is due."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dabir.desk.acting import DeskRequest
from dabir.foundation import services
from dabir.foundation.jobs.model import JobState
from dabir.foundation.models import User

NAMES: dict[str, str | Promise] = {
    "backupjob": gettext_lazy("backup"),
    "reading": gettext_lazy("reading of a paper"),
    "follow-up": gettext_lazy("daily look at the deadlines"),
    "digests": gettext_lazy("putting together the day's messages"),
    "digest": gettext_lazy("message to a user"),
}
CAUSES: dict[str, str | Promise] = {
    "crash": gettext_lazy("a fault that the server's log tells"),
    "disk": gettext_lazy("the disk is full"),
    "lost": gettext_lazy("the server was stopped each time while it was done"),
    "unknown": gettext_lazy("this version does not know it"),
    "not-sent": gettext_lazy("the message could not be handed over"),
    "unsure": gettext_lazy("stopped while it was sent: it may have gone, and is not sent again"),
    "settings": gettext_lazy("its settings are wrong"),
    "test": gettext_lazy("the archive was made, but could not be restored as a test"),
}
BADGES = {"done": "closed", "failed": "error", "running": "open", "waiting": "", "cancelled": ""}
SHOWN = (JobState.FAILED, JobState.WAITING, JobState.RUNNING, JobState.DONE)


@require_GET
def jobs(request: DeskRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found = services.look_at_jobs(by=request.acting, state=state, before=request.GET.get("before", ""))
    context = {
        "found": found,
        "state": state if state in JobState.values else "",
        "states": [(one.value, one.label) for one in SHOWN],
        "labels": dict(JobState.choices),
        "badges": BADGES,
        "names": NAMES,
        "causes": CAUSES,
        "users": dict(User.objects.filter(pk__in=[one.user for one in found.rows]).values_list("pk", "username")),
    }
    return render(request, "jobs.html", context)


@require_POST
def retry(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    services.retry_job(kind, pk, by=request.acting)
    messages.success(request, _("It is in the line again."))
    return HttpResponseRedirect(reverse("jobs"))


@require_POST
def cancel(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    services.cancel_job(kind, pk, by=request.acting)
    messages.success(request, _("It is cancelled."))
    return HttpResponseRedirect(reverse("jobs"))
