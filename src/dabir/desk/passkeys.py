"""Passkeys: a key in the device, opened by its lock, in the place of password and second step. Browsers allow them on
HTTPS alone, so these pages are there where the host has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.mfa.webauthn import views
from django.conf import settings
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from dabir.desk.second_factor import with_more_than_the_password
from dabir.foundation.errors import Missing

View = Callable[..., HttpResponseBase]


def _with_tls(view: View) -> View:
    @wraps(view)
    def answered(*args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.BEHIND_TLS:
            raise Missing(_("There is no such page."))
        return view(*args, **kwargs)

    return answered


add = _with_tls(with_more_than_the_password(views.add_webauthn))
remove = _with_tls(with_more_than_the_password(views.remove_webauthn))
again = _with_tls(views.reauthenticate_webauthn)
sign_in = _with_tls(views.login_webauthn)
