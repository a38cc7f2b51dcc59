"""The one-time link on which a password is set. Sign-in itself, sign-out and change of password are allauth's views."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from dabir.foundation import accounts, sessions
from dabir.foundation.errors import Conflict, Invalid


@never_cache
@sensitive_post_parameters("password", "again")
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password on a one-time link, and sign in. A used or unknown link is 404."""
    user = accounts.find_link(token).user
    fault = ""
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            if password != request.POST.get("again", ""):
                raise Invalid(_("The two passwords differ."), field="again")
            user = accounts.redeem_link(token, password)
        except Invalid as error:
            fault = str(error)
        else:
            messages.success(request, _("Your password is set."))
            return sessions.come_in(request, user, link=True)
    return render(
        request, "account/link.html", {"user_name": user.username, "fault": fault}, status=422 if fault else 200
    )


def change_password(request: HttpRequest) -> HttpResponse:
    """allauth's page, for a user who has a password; the first one is set on a link."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        raise Conflict(
            _("You have no password yet. Whoever keeps the directory gives you a link on which you set one.")
        )
    answer: HttpResponse = account.password_change(request)
    return answer
