"""The library's pages of the second factor, and what ours asks before: whoever adds a factor, sees its codes or takes
it away has given it in this session; whoever has none came by a one-time link, where the house requires one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from dabir.foundation import second_factor
from dabir.foundation.models import User

View = Callable[..., HttpResponseBase]


class Index(base.IndexView):  # type: ignore[misc]
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        request, user = self.request, self.request.user
        found: dict[str, Any] = super().get_context_data(**more)
        return found | {
            "again": _again(user) if second_factor.has_one(user) and not second_factor.came_with(request, user) else "",
            "may_set_up": second_factor.may_set_up(request, user),
            "forgotten": second_factor.forgotten(user),
        }


def with_more_than_the_password(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User):
            if second_factor.has_one(user) and not second_factor.came_with(request, user):
                return HttpResponseRedirect(f"{_again(user)}?{urlencode({'next': request.path})}")
            second_factor.require_set_up(request, user)
        return view(request, *args, **kwargs)

    return answered


def _again(user: User) -> str:
    by_code = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn")


index = Index.as_view()
authenticate = base.authenticate
again = base.reauthenticate
set_up = with_more_than_the_password(totp.activate_totp)
turn_off = with_more_than_the_password(totp.deactivate_totp)
papers = with_more_than_the_password(recovery_codes.view_recovery_codes)
new_papers = with_more_than_the_password(recovery_codes.generate_recovery_codes)
