"""Turns the four ways in which a verb says no, and Django's own refusals, into pages of our look; a refused form
comes back (`comeback`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.desk import comeback, htmx
from dabir.desk.addresses import came_from
from dabir.foundation.errors import Conflict, DomainError, Invalid, Missing, Refused, SecondFactorAsked

STATUS: dict[type[DomainError], int] = {Missing: 404, Refused: 403, Invalid: 422, Conflict: 409}
TITLES: dict[int, str | Promise] = {
    400: gettext_lazy("This request cannot be read"),
    403: gettext_lazy("You may not do this"),
    404: gettext_lazy("Not found"),
    409: gettext_lazy("It does not fit what is recorded"),
    422: gettext_lazy("This cannot be done"),
    500: gettext_lazy("Something broke on our side"),
}


class DomainErrorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        status = status_of(error)
        comes_back = request.method == "POST" and isinstance(error, Invalid | Conflict) and not htmx.is_part(request)
        return (comes_back and comeback.page(request, error, status)) or page(
            request, status, str(error), second_factor=isinstance(error, SecondFactorAsked)
        )


def status_of(error: DomainError) -> int:
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def page(request: HttpRequest, status: int, sentence: str, *, second_factor: bool = False) -> HttpResponse:
    """The refusal with its reason, after a form the way back to it, and the way to a second factor that was missed."""
    form = came_from(request) if request.method == "POST" else ""
    return _page(request, status, sentence, form=form, second_factor=second_factor)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # The request's host itself may be what is wrong; nothing here may ask for it.
    return _page(request, 400, _("The browser sent something that no page of Dabir sends."))


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403, _("Your post does not include this."))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404, _("There is no such page."))


def broken(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Says so in one plain page: what has broken may be what a page of ours needs."""
    html = render(request, "broken.html", {"title": TITLES[500]}, using="jinja2").content
    return HttpResponse(html, status=500)


def _page(
    request: HttpRequest, status: int, sentence: str, *, form: str = "", second_factor: bool = False
) -> HttpResponse:
    context = {
        "title": TITLES[status],
        "sentence": sentence,
        "status": status,
        "form": form,
        "second_factor": second_factor,
    }
    return render(request, "error.html", context, status=status)
