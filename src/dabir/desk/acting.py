"""Puts `request.acting` on each request: the signed-in user in the post that they chose in the page's head.

A stranger gets the sign-in page and 404: whoever is signed out is asked to sign in before any page, whether what it
shows exists or not; whoever is signed in without a tenure gets the desk, which says so, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any, cast

from allauth.account.views import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from dabir.desk.addresses import came_from
from dabir.directory import services, tenures
from dabir.directory.calendar import calendar_of
from dabir.foundation import second_factor, sessions
from dabir.foundation.access import opened
from dabir.foundation.acting import Acting
from dabir.foundation.models import User
from dabir.foundation.remembered import one_view
from dabir.persian.calendar import Calendar

SESSION_KEY = "post"
FOR_ALL = frozenset(
    {
        "account_login",
        "account_logout",
        "authenticate",
        "authenticate-stamp",
        "feed",
        "join",
        "join-password",
        "language",
        "link",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "openid_connect_callback",
        "openid_connect_login",
        "theme",
    }
)
FOR_USERS = frozenset(
    {
        "home",
        "account_change_password",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "session-end",
        "sessions",
    }
)
"""Names of the addresses that do not ask who acts, and of those that ask for a user alone."""
UNREAD = FOR_ALL | FOR_USERS - {"home"} | {"leave", "leave-end", "leave-take"}
"""Those that show nothing of the record to whoever reads by leave; the rest is noted."""


class DeskRequest(HttpRequest):
    """A request as our views see it."""

    acting: Acting
    calendar: Calendar


_NOW: ContextVar[DeskRequest | None] = ContextVar("request", default=None)


def calendar_now() -> Calendar:
    """The calendar where the actor of the request that is being answered works, for parts of pages that are given no
    request; asked for once."""
    request = _NOW.get()
    if request is None:
        return calendar_of(Acting.stranger())
    found: Calendar | None = getattr(request, "calendar", None)
    if found is None:
        found = calendar_of(request.acting)
        request.calendar = found
    return found


class ActingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_view() if request.method in ("GET", "HEAD") else nullcontext():
            return self._in_post(request)

    def _in_post(self, request: HttpRequest) -> HttpResponse:
        request.acting = (  # type: ignore[attr-defined]
            tenures.acting_for(
                request.user,
                post_id=request.session.get(SESSION_KEY),
                second_factor=second_factor.came_with(request, request.user),
            )
            if isinstance(request.user, User)
            else Acting.stranger()
        )
        if isinstance(request.user, User):
            sessions.note_seen(request, request.user)
        token = _NOW.set(cast(DeskRequest, request))
        try:
            return self._answer(cast(DeskRequest, request))
        finally:
            _NOW.reset(token)

    def _answer(self, request: DeskRequest) -> HttpResponse:
        """What is read by leave is noted before anybody gets it."""
        if request.acting.reads_until is None:
            return self.get_response(request)
        with opened() as rows:
            response = self.get_response(request)
        name = request.resolver_match.url_name if request.resolver_match else None
        if response.status_code < HTTPStatus.BAD_REQUEST and name not in UNREAD:
            codes = [str(code) for code in (getattr(row, "code", "") for row in rows) if code]
            services.note_read(by=request.acting, address=request.path, codes=codes)
        return response

    def process_view(self, request: DeskRequest, *_view: Any) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in FOR_ALL or not request.acting.is_stranger:
            return None
        if not request.user.is_authenticated:
            # After a form that was sent too late one comes back to its page: the act itself has none.
            address = (came_from(request) or "/") if request.method == "POST" else request.get_full_path()
            return login(request) if name == "home" else redirect_to_login(address)
        if name in FOR_USERS:
            return None
        raise Http404
