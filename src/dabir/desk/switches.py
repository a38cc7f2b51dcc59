"""The three switches in the page's head: language, theme, and the post in which one acts. Each leads back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dabir.desk.acting import SESSION_KEY, DeskRequest
from dabir.desk.addresses import is_ours
from dabir.desk.language import COOKIE
from dabir.directory import tenures
from dabir.foundation.errors import Missing
from dabir.foundation.models import User
from dabir.persian import clock

YEAR = 365 * 24 * 3600
THEMES = ("light", "dark")


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that the form names, if it is one of ours."""
    address = request.POST.get("next", "")
    return HttpResponseRedirect(address if is_ours(request, address) else "/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    response = back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or without a choice as the system has it."""
    response = back(request)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("theme")
    return response


@require_POST
def post(request: DeskRequest) -> HttpResponse:
    """Act in another of one's own posts; always to the desk, since the page left may not exist for the other post."""
    held = tenures.posts_of(request.user, clock.today()) if isinstance(request.user, User) else []
    chosen = request.POST.get("post", "")
    if chosen not in {str(post.pk) for post in held}:
        raise Missing(_("There is no such page."))
    request.session[SESSION_KEY] = int(chosen)
    return HttpResponseRedirect("/")
