"""How messages reach the user besides on the desk: address, way, and a test."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dabir.desk.acting import DeskRequest
from dabir.desk.attempts import note_attempt
from dabir.foundation import sending, services
from dabir.foundation.access import require
from dabir.foundation.errors import Invalid
from dabir.foundation.models import Digests, User

HOUR = 3_600
MOST_TESTS = 5
"""In an hour: each costs an SMS."""


@require_http_methods(["GET", "HEAD", "POST"])
def my_messages(request: DeskRequest) -> HttpResponse:
    user = _user(request)
    require(request.acting, "foundation.set_digests", user)
    email, way, fault, field = user.email, user.digests, "", ""
    if request.method == "POST":
        email, way = request.POST.get("email", "")[:254], request.POST.get("digests", "")
        try:
            services.set_digests(user, by=request.acting, email=email, digests=way)
        except Invalid as error:
            fault, field = str(error), error.field or ""
        else:
            messages.success(request, _("It is set."))
            return redirect("my-messages")
    ways = sending.ways()
    context = {
        "user": user,
        "email": email,
        "way": way,
        "ways": [(one.value, one.label) for one in Digests if one == Digests.NONE or one in ways],
        "goes": bool(ways),
        "fault": fault,
        "field": field,
    }
    return render(request, "follow_up/my_messages.html", context, status=422 if fault else 200)


@require_POST
def test(request: DeskRequest) -> HttpResponse:
    user = _user(request)
    if note_attempt(f"test-message-{user.pk}", HOUR) > MOST_TESTS:
        raise Invalid(_("That is enough for now; try again in an hour."))
    try:
        services.send_test_message(user, by=request.acting)
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The message is on its way."))
    return redirect("my-messages")


def _user(request: DeskRequest) -> User:
    return User.objects.get(pk=request.acting.user_id or 0)
