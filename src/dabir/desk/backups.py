"""The administrator's page of backups: how they stand, what is kept, and «back up now». No archive leaves through it:
whoever administers may not read what is in there."""

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

STEPS: dict[str, str | Promise] = {
    "tables": gettext_lazy("writing the tables"),
    "files": gettext_lazy("writing the papers"),
    "test": gettext_lazy("restoring it as a test"),
}
CAUSES: dict[str, str | Promise] = {
    "settings": gettext_lazy("its settings are wrong: BACKUP_KEEP, DABIR_BACKUPS, or the key"),
    "test": gettext_lazy("the archive was made, but could not be restored as a test"),
    "disk": gettext_lazy("the disk is full"),
    "lost": gettext_lazy("the server was stopped three times while it was made"),
    "crash": gettext_lazy("it failed for a cause that the server's log tells"),
}


@require_GET
def backups(request: DeskRequest) -> HttpResponse:
    found = services.look_at_backups(by=request.acting)
    job = found.job
    context = {
        "found": found,
        "doing": STEPS.get(job.step, "") if job and job.is_going_on else "",
        "done": list(STEPS).index(job.step) + 1 if job and job.step in STEPS else 0,
        "steps": len(STEPS) + 1,
        "reason": CAUSES.get(found.failed.cause, found.failed.cause) if found.failed else "",
    }
    return render(request, "backups.html", context)


@require_POST
def back_up_now(request: DeskRequest) -> HttpResponse:
    services.ask_for_backup(by=request.acting)
    messages.success(request, _("The backup is in the line."))
    return HttpResponseRedirect(reverse("backups"))
