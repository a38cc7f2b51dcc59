"""Turns the four ways in which a verb says no into pages: 404, 403, 422, 409. A stranger is asked to sign in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dabir.foundation.errors import Conflict, DomainError, Invalid, Missing, Refused

STATUS: dict[type[DomainError], int] = {Missing: 404, Refused: 403, Invalid: 422, Conflict: 409}


class DomainErrorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        return render(request, "error.html", {"error": error, "status": STATUS[type(error)]}, status=STATUS[type(error)])
