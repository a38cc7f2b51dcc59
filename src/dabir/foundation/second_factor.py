"""The second factor: a code from a telephone's app that changes each half minute, or one of ten codes on paper.

The library keeps and checks them; here is what is ours: secrets encrypted at rest, digits of any kind, events.
"""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.core import context
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
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.models import User
from dabir.persian.digits import to_ascii

METHOD = "mfa"
"""As the library notes it in the session."""


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


def came_with(request: HttpRequest, user: User) -> bool:
    """Whether a second factor was given in this session."""
    return any(record.get("method") == METHOD for record in get_authentication_records(request, user))


def has_one(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def forget(user: User, *, by: Acting) -> None:
    """Let the user sign in by the password alone, until they set another one up: the telephone is lost. The caller has
    checked that `by` may."""
    with ledger.change("foundation.forget_second_factor", by=by, on=user) as change:
        change.facts["kinds"] = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        Authenticator.objects.filter(user=user).delete()


class AnyDigits(forms.CharField):
    """A code as typed, in the digits that the library knows."""

    def to_python(self, value: Any) -> str:
        return to_ascii(super().to_python(value) or "")


class SecondStep(AuthenticateForm):  # type: ignore[misc]
    code = AnyDigits(max_length=40)


class SecondStepAgain(ReauthenticateForm):  # type: ignore[misc]
    code = AnyDigits(max_length=40)


class FirstCode(ActivateTOTPForm):  # type: ignore[misc]
    code = AnyDigits(max_length=40)


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """One that the device's lock opens, and that tells whose it is: it signs in by itself."""

    name = forms.CharField(required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if (credential := cleaned.get("credential")) and not _is_verified(credential):
            raise Adapter().validation_error("incorrect_code")
        return cleaned


@receiver(post_save, sender=Authenticator)
def _set_up(instance: Authenticator, created: bool, **_more: Any) -> None:
    """In one transaction with it. Whoever has just shown that they have it came in with it."""
    if not created:
        return
    _note("foundation.set_up_second_factor", instance.user, instance)
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
