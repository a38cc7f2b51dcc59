"""Forms carry a token each, beside the one against forgery; what is sent twice is answered as it was the first time.

`foundation.once` explains. A view that reads its form itself (`csrf_exempt`, such as the one that takes files) is left
alone: its papers are known by their content.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dabir.desk.addresses import came_from
from dabir.foundation import once

NAME = "once"
OF_THE_PAGE = ("csrfmiddlewaretoken", NAME)
"""Fields that each form has, and that say nothing."""
LONGEST = 60
KEPT = "X-Kept"
SAID_ALREADY = _("This form had arrived before, and its effect is recorded once.")


class FormMarks:
    """What templates write as `csrf_input`: another token each time."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._page = secrets.token_urlsafe(12)
        self._forms = 0

    @cached_property
    def against_forgery(self) -> str:
        """The token against forgery, masked once for a page."""
        return get_token(self._request)

    def __html__(self) -> str:
        self._forms += 1
        return (
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{self.against_forgery}">'
            f'<input type="hidden" name="{NAME}" value="{self._page}.{self._forms}">'
        )


class OnceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
            if response.status_code < 400:
                once.answered(response.headers.get("Location", ""))
            return _for_the_page(request, response)
        finally:
            once.end()

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_view: Any) -> HttpResponse | None:
        if request.method != "POST" or getattr(view, "csrf_exempt", False) or not request.user.is_authenticated:
            return None
        if digest := _digest(request):
            if once.is_done(digest):
                return _as_before(request, digest)
            once.begin(digest)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _as_before(request, _digest(request)) if isinstance(error, once.AlreadyDone) else None


def _for_the_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What `static/keep.js` understands, where it has sent the form: where to go, and whether the form was taken."""
    if KEPT not in request.headers or not 300 <= response.status_code < 400:
        return response
    told = HttpResponse(status=204, headers={"X-Location": response.headers["Location"]})
    told.headers[KEPT] = "done" if request.user.is_authenticated else "no"
    return told


def _digest(request: HttpRequest) -> str:
    """Of the sender, where it is sent, its token and what it says; empty for a form without a token."""
    token = request.POST.get(NAME, "")
    if not token or len(token) > LONGEST:
        return ""
    said = sorted((name, values) for name, values in request.POST.lists() if name not in OF_THE_PAGE)
    files = sorted((name, [(f.name, _content(f)) for f in sent]) for name, sent in request.FILES.lists())
    parts = [request.user.pk, request.get_full_path(), token, said, files]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _content(file: UploadedFile[bytes]) -> str:
    """Its SHA-256: a sheet in which a digit was corrected has the name and the size that it had."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _as_before(request: HttpRequest, digest: str) -> HttpResponse:
    if answer := once.answer_to(digest):
        return HttpResponseRedirect(answer)
    messages.info(request, SAID_ALREADY)
    return HttpResponseRedirect(came_from(request) or "/")
