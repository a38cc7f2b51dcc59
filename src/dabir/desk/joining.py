"""Coming in by the code of a letter: first the number and the code, then a name and a password. Nobody is signed in."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dabir.cycle import joining
from dabir.directory.models import Invitation
from dabir.foundation import sessions
from dabir.foundation.errors import Conflict, DomainError, Invalid
from dabir.persian import clock

SESSION_KEY = "joining"
PATIENCE = 1_800
"""Seconds between the code and the password."""


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the mobile number and the code of the letter."""
    if request.user.is_authenticated:
        messages.info(request, _("You are signed in already. Sign out to come in with another code."))
        return redirect("home")
    mobile, code = request.POST.get("mobile", "").strip()[:40], request.POST.get("code", "").strip()[:40]
    fault, status = "", 200
    if request.method == "POST":
        try:
            found = joining.find_invitation(mobile, code, address=get_adapter().get_client_ip(request))
        except (Invalid, Conflict) as error:
            fault, status = str(error), 429 if isinstance(error, joining.TooManyTries) else 422
        else:
            request.session.cycle_key()
            request.session[SESSION_KEY] = [found.pk, clock.now().timestamp()]
            return redirect("join-password")
    return render(request, "account/join.html", {"mobile": mobile, "code_typed": code, "fault": fault}, status=status)


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Ask whoever gave number and code for their name and a password, and sign them in."""
    invitation = _invitation(request)
    if invitation is None:
        return redirect("join")
    name = request.POST.get("name", invitation.name).strip()[:200]
    fault = fault_at = ""
    if request.method == "POST":
        chosen = request.POST.get("password", "")
        try:
            if chosen != request.POST.get("again", ""):
                raise Invalid(_("The two passwords differ."), field="again")
            user = joining.join(invitation, name=name, password=chosen)
        except DomainError as error:
            fault, fault_at = str(error), getattr(error, "field", "") or ""
        else:
            answer = sessions.come_in(request, user)
            request.session.pop(SESSION_KEY, None)
            messages.success(request, _("Welcome. From now on sign in with your mobile number and this password."))
            return answer
    context = {"invitation": invitation, "name": name, "fault": fault, "fault_at": fault_at}
    return render(request, "account/join_password.html", context, status=422 if fault else 200)


def _invitation(request: HttpRequest) -> Invitation | None:
    """The invitation whose number and code this visitor has given a while ago."""
    pk, at = request.session.get(SESSION_KEY, (0, 0.0))
    if not pk or clock.now().timestamp() - at > PATIENCE:
        return None
    related = ("post__party__parent", "body__party", "person")
    return Invitation.objects.select_related(*related).filter(pk=pk).first()
