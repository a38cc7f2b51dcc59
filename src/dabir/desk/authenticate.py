"""Authenticating minutes, by the code in their footer or by their file. Nobody is signed in, and nothing is kept."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dabir.desk.attempts import attempts, note_attempt
from dabir.desk.uploads import too_large
from dabir.meetings.authenticating import compare, known
from dabir.writing.stamp import SHORT, Stamp, parse

WINDOW = 3_600
"""Seconds for which attempts from an address count."""
MOST_WRONG = 60
"""Stamps that are none, from one address; an office may share one."""
MOST_FILES = 20


@never_cache
@require_safe
def stamp(request: HttpRequest, code: str, version: int, short: str) -> HttpResponse:
    """What the QR code of a paper leads to."""
    if attempts(_key(request, "wrong")) >= MOST_WRONG:
        return _page(request, fault=_wait(), status=429)
    found = known(Stamp(code, version, short)) if version and len(short) == SHORT else None
    if found is None:
        note_attempt(_key(request, "wrong"), WINDOW)
    return _page(request, asked=True, known=found, status=200 if found else 404)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def authenticate(request: HttpRequest) -> HttpResponse:
    """Ask for the address under the code, or for the file; say what the file is."""
    if request.method != "POST":
        return _page(request)
    file = request.FILES.get("file")
    if file is None and not too_large(request):
        typed = parse(f"/{request.POST.get('address', '').strip().lstrip('/')}") or parse(
            request.POST.get("address", "")
        )
        if typed is None:
            return _page(request, fault=_("Type the whole address under the code, or choose a file."), status=422)
        return redirect("authenticate-stamp", typed.code, typed.version, typed.short)
    if file is None:
        return _page(request, fault=_("This file is too large to be ours."), status=422)
    if attempts(_key(request, "files")) >= MOST_FILES:
        return _page(request, fault=_wait(), status=429)
    note_attempt(_key(request, "files"), WINDOW)
    verdict, found = compare(file.read())
    return _page(request, verdict=verdict.value, known=found)


def _page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    shown = {"asked": False, "known": None, "verdict": "", "fault": ""} | context
    response = render(request, "authenticate.html", shown, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"  # with none at all browsers send forms from nowhere, which are refused
    return response


def _wait() -> str:
    return _("There were too many attempts from here. Try again in an hour.")


def _key(request: HttpRequest, what: str) -> str:
    return f"authenticate:{what}:{get_adapter().get_client_ip(request)}"
