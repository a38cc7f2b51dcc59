"""Where somebody is signed in, for them to see and to end. Sessions are no record: a backup leaves them out."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.usersessions.models import UserSession
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.models import User
from dabir.persian import clock

SEEN_EACH = 600
"""Seconds within which a session's last sign of life is noted once by each process."""


def sessions_of(user: User) -> list[UserSession]:
    """Those that are still good, the last seen first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.last_seen_at, reverse=True)


def come_in(request: HttpRequest, user: User, *, link: bool = False) -> HttpResponse:
    """Sign in somebody who has just set their password, by a `link` that was handed to them or otherwise; whoever has
    a second factor is asked for it."""
    record_authentication(request, user, "password", link=link or None)
    answer: HttpResponse = perform_login(request, user)
    return answer


def note_seen(request: HttpRequest, user: User) -> None:
    """That the session of this request was used now; of one that has just begun that is known."""
    key, came = request.session.session_key, get_authentication_records(request, user)
    if not came or clock.machine_now().timestamp() - came[-1]["at"] < SEEN_EACH:
        return
    if caches["process"].add(f"seen:{key}", True, SEEN_EACH):
        UserSession.objects.filter(session_key=key).update(last_seen_at=clock.machine_now())


def end(sessions: Iterable[UserSession], *, of: User, by: Acting) -> int:
    """Whoever uses one of them is signed out at once; how many there were. The caller has checked that `by` may."""
    chosen = list(sessions)
    if chosen:
        with ledger.change("foundation.end_sessions", by=by, on=of, count=len(chosen)):
            for session in chosen:
                session.end()
    return len(chosen)
