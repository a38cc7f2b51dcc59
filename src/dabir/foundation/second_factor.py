"""The second factor: a code from a telephone's app that changes each half minute, or one of ten codes on paper.

The library keeps and checks them; here is what is ours: secrets encrypted at rest, digits of any kind, events, a code
that stands once, and on what a factor rests. Where the house requires one, the password alone sets none up: that takes
a one-time link, which somebody handed over, or a factor that is there.
"""

from __future__ import annotations

import base64
import time
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal.auth import parse_registration_response
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid, SecondFactorAsked
from dabir.foundation.models import Event, User
from dabir.foundation.prepared import AMONG, models_of
from dabir.foundation.remembered import until_the_next_event
from dabir.persian import clock
from dabir.persian.digits import to_ascii

METHOD = "mfa"
"""As the library notes it in the session."""
FRESH = timedelta(hours=12)
"""How long a factor that was given in a session counts there: a long day's work."""
VOUCHED = timedelta(hours=1)
"""How long after a one-time link a factor can be set up on it."""
SET_UP, FORGET = "foundation.set_up_second_factor", "foundation.forget_second_factor"
TOLD = timedelta(days=30)
"""How long the user is told on their desk that their factor was forgotten."""


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets under a key that is derived from `SECRET_KEY`: whoever has the database alone has no codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "other_key": _("The second factor was set up under another key of this system. Ask the administrator."),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise self.validation_error("other_key") from None

    def get_totp_issuer(self) -> str:
        return "Dabir"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Dabir"}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return gettext("Passkey")


def is_required() -> bool:
    """Whether the house requires one; a word that is misspelt must not open anything."""
    return bool(settings.SECOND_FACTOR != "offered")


def came_with(request: HttpRequest, user: User) -> bool:
    """Whether a second factor was given in this session, and not too long ago."""
    return _noted(request, user, FRESH, method=METHOD)


def may_set_up(request: HttpRequest, user: User) -> bool:
    """Whether the session rests on more than the password: on a one-time link, an hour long, or a factor. Where the
    house only offers one, whoever has none sets it up by the password."""
    if has_one(user):
        return came_with(request, user)
    return not is_required() or _noted(request, user, VOUCHED, link=True)


def require_set_up(request: HttpRequest, user: User) -> None:
    """Refuse whoever may not add a factor."""
    if not may_set_up(request, user):
        raise SecondFactorAsked(_("A second factor is set up within an hour of a one-time link; ask for one."))


def _noted(request: HttpRequest, user: User, within: timedelta, **wanted: Any) -> bool:
    since = time.time() - within.total_seconds()
    return any(
        record["at"] > since and all(record.get(key) == value for key, value in wanted.items())
        for record in get_authentication_records(request, user)
    )


def has_one(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def forget(user: User, *, by: Acting, reason: str) -> None:
    """Let the user sign in by the password alone, until they set another one up: the telephone is lost. The caller has
    checked that `by` may."""
    if not (why := " ".join(reason.replace("\0", "").split())):
        raise Invalid(_("Say why it is forgotten, and how you know who asks."), field="reason")
    if len(why) > 300:
        raise Invalid(_("The reason is too long."), field="reason")
    with ledger.change(FORGET, by=by, on=user, reason=why) as change:
        change.facts["kinds"] = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        Authenticator.objects.filter(user=user).delete()


def forgotten(user: User) -> Event | None:
    """By whom, when and why the user's factor was forgotten, as long as they have set up no other; a month at most."""
    event = _newest_about(f"{user._meta.label_lower}:{user.pk}")
    recent = event is not None and event.at > clock.now() - TOLD
    return event if event is not None and recent and event.verb == FORGET else None


@until_the_next_event
def _newest_about(user: str) -> Event | None:
    return next(iter(models_of(_about, AMONG, among=[user])), None)


def _about(users: tuple[int, ...]) -> QuerySet[Event]:
    return Event.objects.filter(subject__in=users, verb__in=(FORGET, SET_UP)).order_by("-number")[:1]


class AnyDigits(forms.CharField):
    """A code as typed, in the digits that the library knows."""

    def to_python(self, value: Any) -> str:
        return to_ascii(super().to_python(value) or "")


class _OnceOnly:
    """A code of the app that was taken is not taken again, by any process, while it would still be right: the library
    remembers it for one step, and takes those of three."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:  # type: ignore[attr-defined]
            use_up(self.user, code)  # type: ignore[attr-defined]
        return code


def use_up(user: User, code: str) -> None:
    """Note that the user's code was taken; raise where it was before."""
    steps = 2 * mfa_settings.TOTP_TOLERANCE + 1
    if not cache.add(f"totp:{user.pk}:{normalize_user_code(code)}", "", steps * mfa_settings.TOTP_PERIOD):
        raise Adapter().validation_error("incorrect_code")


class SecondStep(_OnceOnly, AuthenticateForm):  # type: ignore[misc]
    code = AnyDigits(max_length=40)


class SecondStepAgain(_OnceOnly, ReauthenticateForm):  # type: ignore[misc]
    code = AnyDigits(max_length=40)


class FirstCode(ActivateTOTPForm):  # type: ignore[misc]
    code = AnyDigits(max_length=40)

    def clean_code(self) -> str:
        code: str = super().clean_code()
        use_up(self.user, code)
        return code


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """One that the device's lock opens, and that tells whose it is: it signs in by itself."""

    name = forms.CharField(required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if (credential := cleaned.get("credential")) and not _is_verified(credential):
            raise Adapter().validation_error("incorrect_code")
        return cleaned


@receiver(pre_save, sender=Authenticator)
def _rests_on_more_than_the_password(instance: Authenticator, **_more: Any) -> None:
    """Whatever door it comes through; the host's own code has no request."""
    if instance.pk is None and context.request is not None:
        require_set_up(context.request, instance.user)


@receiver(post_save, sender=Authenticator)
def _set_up(instance: Authenticator, created: bool, **_more: Any) -> None:
    """In one transaction with it. Whoever has just shown that they have it came in with it."""
    if not created:
        return
    _note(SET_UP, instance.user, instance)
    if context.request is not None:
        record_authentication(context.request, instance.user, METHOD, id=instance.pk, type=instance.type)


@receiver(authenticator_removed)
def _taken_away(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    records = get_authentication_records(request, user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one.get("method") != METHOD]
    _note("foundation.take_second_factor_away", user, authenticator)


def _is_verified(credential: dict[str, Any]) -> bool:
    parsed = parse_registration_response(credential)
    return bool(parsed.response.attestation_object.auth_data.is_user_verified())


def _note(verb: str, user: User, authenticator: Authenticator) -> None:
    by = Acting(name=user.username, user_id=user.pk)
    with ledger.change(verb, by=by, on=user, kind=str(authenticator.type)):
        pass


def _fernet() -> Fernet:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"dabir second factor")
    return Fernet(base64.urlsafe_b64encode(kdf.derive(settings.SECRET_KEY.encode())))
