"""Signing in by the office's own directory (OpenID Connect): for users that are here, known by their user name there.

Nobody is made by it. The directory's word is taken for who somebody is: let it be one in which people cannot choose
their own user names.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.foundation import ledger
from dabir.foundation.accounts import normal_name
from dabir.foundation.acting import Acting
from dabir.foundation.models import User


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whoever comes the first time is connected with the user of that name; an event says so."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing:
            self._connect(request, sociallogin)
        if not sociallogin.user.is_active:
            _refuse(request)

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_more: Any) -> None:
        messages.error(
            request, _("Signing in by the office's directory came to nothing. Try again, or use your password.")
        )
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))

    def _connect(self, request: HttpRequest, sociallogin: Any) -> None:
        said = sociallogin.account.extra_data
        claims = said.get("userinfo") or said.get("id_token") or said
        name = normal_name(str(claims.get(settings.OIDC_CLAIM) or ""))
        user = User.objects.filter(username=name, is_active=True).first() if name else None
        if user is None:
            _refuse(request)
            return
        by = Acting(name=user.username, user_id=user.pk)
        with ledger.change("foundation.connect_office_sign_in", by=by, on=user, uid=sociallogin.account.uid):
            sociallogin.connect(request, user)


def _refuse(request: HttpRequest) -> None:
    messages.error(request, _("You have no user here. Whoever keeps the directory makes one."))
    raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
