"""Where somebody is signed in: each browser with its address and days; one is ended, or all the others."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dabir.desk.acting import DeskRequest
from dabir.desk.jinja import figures
from dabir.directory import services
from dabir.foundation.errors import Invalid, Missing
from dabir.foundation.models import User
from dabir.foundation.sessions import sessions_of

# In this order: each later one names itself as the earlier ones, too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", gettext_lazy("an Android telephone")),
    ("iPhone", gettext_lazy("an iPhone")),
    ("iPad", gettext_lazy("an iPad")),
    ("Windows", gettext_lazy("Windows")),
    ("Mac OS X", gettext_lazy("a Mac")),
    ("Linux", gettext_lazy("Linux")),
)


def browser_of(agent: str) -> str:
    """What a browser calls itself, in words: «Firefox در Windows»."""
    name = next(
        (f"{title} {found[1]}" for sign, title in BROWSERS if (found := re.search(rf"{sign}[A-Za-z]*/(\d+)", agent))),
        "",
    )
    system = next((str(title) for sign, title in SYSTEMS if sign in agent), "")
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or _("another program")


@never_cache
@require_GET
def sessions(request: DeskRequest) -> HttpResponse:
    found = [(one, browser_of(one.user_agent)) for one in sessions_of(_user(request))]
    return render(request, "account/sessions.html", {"found": found, "here": request.session.session_key})


@require_POST
def end(request: DeskRequest) -> HttpResponse:
    """One of them, or all but the one that asks."""
    user, chosen, here = _user(request), request.POST.get("session", ""), request.session.session_key or ""
    if chosen == "others":
        count = services.end_sessions(by=request.acting, user=user, but=here)
    elif chosen.isdecimal() and len(chosen) < 16:
        count = services.end_sessions(by=request.acting, user=user, only=int(chosen))
    else:
        raise Invalid(_("Choose the session that is to end."))
    messages.success(
        request, ngettext("%(n)s session has ended.", "%(n)s sessions have ended.", count) % {"n": figures(count)}
    )
    return HttpResponseRedirect(reverse("sessions"))


def _user(request: DeskRequest) -> User:
    if not isinstance(request.user, User):
        raise Missing(_("There is no such page."))
    return request.user
