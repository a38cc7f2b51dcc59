"""NUL is taken out of what forms send: no keyboard writes it, PostgreSQL refuses it, and SQLite would keep it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

NUL = "\0"


class NulMiddleware:
    """A view that reads its form itself (`csrf_exempt`) is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_view: Any) -> None:
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return
        if any(NUL in value for _name, values in request.POST.lists() for value in values):
            clean = request.POST.copy()
            for name, values in request.POST.lists():
                clean.setlist(name, [value.replace(NUL, "") for value in values])
            clean._mutable = False
            request.POST = clean  # type: ignore[assignment]
