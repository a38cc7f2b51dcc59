"""Signing in: users, one-time links on which a password is set, and the names that a user may sign in by.

A user is made without a password; a link sets the first one, and a lost password is a new link.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid, Missing
from dabir.foundation.models import Digests, SignInLink, User
from dabir.foundation.prepared import of_one
from dabir.persian import clock
from dabir.persian.digits import to_ascii

LINK_LIFE = timedelta(days=3)


def normal_name(text: str) -> str:
    """A user name or mobile number as it is stored: ASCII digits, lower case; a number without the spaces and strokes
    between its digits, and +98…, 0098…, 98… or 9… as 09…."""
    name = to_ascii(text).strip().lower()
    number = re.sub(r"[\s\u200c\u200e\u200f().–-]", "", name)
    return "0" + found[1] if (found := re.fullmatch(r"(?:\+98|0098|98|0)?(9\d{9})", number)) else name


def clean_mobile(text: str) -> str:
    """A mobile number as it is stored, 09…; `Invalid` where it is none."""
    mobile = normal_name(text[:40])
    _check_mobile(mobile or "-")
    return mobile


def create_user(*, by: Acting, username: str, mobile: str = "") -> User:
    """A user without a password. The caller (`directory`) has checked that `by` may."""
    username, mobile = normal_name(username), clean_mobile(mobile) if mobile else ""
    if not re.fullmatch(r"[a-z][a-z0-9._-]{1,39}", username):
        raise Invalid(_("A user name is 2 to 40 Latin letters and digits and begins with a letter."), field="username")
    if User.objects.filter(Q(username=username) | Q(mobile=mobile or "-")).exists():
        raise Conflict(_("This user name or mobile number is taken."))
    with ledger.change("foundation.create_user", by=by) as change:
        user = User(username=username, mobile=mobile or None)
        user.set_unusable_password()
        return change.create(user)


def set_mobile(user: User, mobile: str, *, by: Acting) -> None:
    """The number by which the user signs in; none for an empty one, and then no messages go there any more. The caller
    has checked that `by` may."""
    mobile = normal_name(mobile)
    _check_mobile(mobile)
    with ledger.change("foundation.set_mobile", by=by, on=user) as change:
        if mobile and User.objects.filter(mobile=mobile).exclude(pk=user.pk).exists():
            raise Conflict(_("This mobile number is another user's."))
        by_sms = user.digests == Digests.SMS
        change.update(user, mobile=mobile or None, digests="" if by_sms and not mobile else user.digests)


def set_active(user: User, active: bool, *, by: Acting) -> None:
    """Whether the user can sign in; open links of one who cannot are over. The caller has checked that `by` may."""
    with ledger.change("foundation.set_active", by=by, on=user) as change:
        change.update(user, is_active=active)
        if not active:
            end_links(user, change)


def with_password(username: str, mobile: str, password: str) -> User:
    """A user who can sign in once the caller has written them; `Invalid` for a weak password.

    Apart from the writing, because hashing takes its time, which no transaction should.
    """
    user = User(username=username, mobile=mobile)
    _refuse_weak(password, user)
    user.set_password(password)
    return user


def free_name(stem: str) -> str:
    """A user name that nobody has: `stem`, or with a number behind it. Numbers change hands, and a user who gave theirs
    up keeps the name that was made of it. The caller holds the transaction."""
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


def issue_link(user: User, *, by: Acting) -> str:
    """The token of a new one-time link, valid for three days; older unused ones stop working."""
    token = secrets.token_urlsafe(24)
    now = clock.now()
    with ledger.change("foundation.issue_link", by=by, on=user) as change:
        end_links(user, change)
        change.create(SignInLink(user=user, digest=_digest(token), expires_at=now + LINK_LIFE))
    return token


def end_links(user: User, change: ledger.Change) -> None:
    """Links that are still open no longer work."""
    now = clock.now()
    for link in user.links.filter(used_at=None, expires_at__gt=now):
        change.update(link, expires_at=now)


def find_link(token: str) -> SignInLink:
    """The open link of this token; `Missing` when it is unknown, used or over."""
    link = SignInLink.objects.select_related("user").filter(digest=_digest(token)).first()
    if link is None or link.used_at or link.expires_at <= clock.now() or not link.user.is_active:
        raise Missing(_("This link has been used or is over. Ask for a new one."))
    return link


def redeem_link(token: str, password: str) -> User:
    """Set the password of the link's user and use the link up."""
    user = find_link(token).user
    _refuse_weak(password, user)
    by = Acting(name=user.username, user_id=user.pk)
    with ledger.change("foundation.redeem_link", by=by, on=user) as change:
        link = find_link(token)  # again, now that no other writer can use it
        user.set_password(password)
        change.update(link, used_at=clock.now())
        change.touch(user, "password")
    return user


def _check_mobile(mobile: str) -> None:
    if mobile and not re.fullmatch(r"09\d{9}", mobile):
        raise Invalid(_("A mobile number has 11 digits and begins with 09."), field="mobile")


class NameOrMobileBackend(ModelBackend):
    """Signs in by user name or mobile number, in any digits."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_kwargs: Any
    ) -> User | None:
        if username is None or password is None:
            return None
        user = _named(username)
        if user is None:
            User().set_password(password)  # the same work as for a known name, so that time tells nothing
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """As Django's, by SQL that is made once: each request asks for its user."""
        user = next(iter(of_one(_of_keys, key=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # it has no types
    """Counts tries at a password by whose it is, however the name or the number is written."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        username = credentials.get("username") or ""
        user = _named(username)
        credentials["username"] = user.username if user else normal_name(username)
        super().pre_authenticate(request, **credentials)


def _named(text: str) -> User | None:
    name = normal_name(text)
    return User.objects.filter(Q(username=name) | Q(mobile=name)).first()


def _of_keys(keys: tuple[int, ...]) -> QuerySet[User]:
    return User.objects.filter(pk__in=keys)


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
