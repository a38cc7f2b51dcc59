"""Puts `request.acting` on each request: the signed-in user in the post that they chose in the page's head."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from dabir.directory import tenures
from dabir.foundation.acting import Acting
from dabir.foundation.models import User

SESSION_KEY = "post"


class DeskRequest(HttpRequest):
    """A request as our views see it."""

    acting: Acting


class ActingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def acting() -> Acting:
            if not request.user.is_authenticated:
                return Acting.stranger()
            return tenures.acting_for(cast(User, request.user), post_id=request.session.get(SESSION_KEY))

        request.acting = SimpleLazyObject(acting)  # type: ignore[attr-defined]
        return self.get_response(request)
