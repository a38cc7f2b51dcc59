"""The standing words of a body's letters, kind by kind: what stands in them from now on, and how they read."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dabir.cycle import agencies, inviting
from dabir.desk.acting import DeskRequest
from dabir.desk.bodies import chosen_body
from dabir.directory import codes
from dabir.directory.models import Body
from dabir.foundation.errors import Invalid
from dabir.letters import services, wordings
from dabir.letters.models import LetterKind
from dabir.persian import clock, jalali

A_WEEK = timedelta(days=7)
KINDS = [kind for kind in LetterKind if kind in wordings.OURS]


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: DeskRequest) -> HttpResponse:
    """The words of the body's letters of a kind."""
    body, bodies = chosen_body(request, "letters.set_wording")
    named = request.POST.get("kind") or request.GET.get("kind")
    kind = next((one for one in KINDS if one == named), LetterKind.CALL)
    words = wordings.words_of(body, kind)
    fault = field = ""
    if request.method == "POST":
        words = wordings.Words(request.POST.get("subject", "")[:1_000], request.POST.get("text", "")[:10_000])
        try:
            services.set_wording(by=request.acting, body=body, kind=kind, subject=words.subject, text=words.text)
        except Invalid as error:
            fault, field = str(error), error.field or ""
        else:
            messages.success(request, _("The letters of this body have these words from now on."))
            return redirect(f"{reverse('letter-wording')}?{urlencode({'body': body.code, 'kind': kind})}")
    context = {
        "body": body,
        "bodies": bodies,
        "kind": kind,
        "kinds": [(one.value, one.label) for one in KINDS],
        "words": words,
        "ours": wordings.OURS[kind],
        "fault": fault,
        "field": field,
        "places": wordings.PLACES_OF[kind],
        "example": wordings.filled(words, _example(body)),
    }
    return render(request, "letters/wording.html", context, status=422 if fault else 200)


def _example(body: Body) -> dict[str, str]:
    """Values for the look of a letter: of an agency of the body, and of a meeting a week from now."""
    listed = agencies.agencies_of(body)
    agency = listed[0].party.name if listed else "…"
    day = clock.today() + A_WEEK
    return {
        wordings.AGENCY: agency,
        wordings.POST: f"{inviting.TITLE} {agency}",
        wordings.BODY: body.party.name,
        wordings.UNTIL: jalali.format_day((clock.now() + codes.LIFE).date()),
        wordings.MEETING: f"جلسه ۱۲ {body.party.name}",
        wordings.DAY: jalali.format_day(day),
        wordings.WEEKDAY: jalali.format_long(day),
        wordings.HOUR: "۱۰:۰۰",
        wordings.VENUE: "سالن جلسات",
        wordings.AGENDA: "۱- گزارش پیشرفت تکلیف‌ها",
        wordings.COUNT: "۳",
        wordings.EARLIER: f"شماره ۱۲۳۴ مورخ {jalali.format_day(clock.today())}",
        wordings.DECIDED: "مصوبه ۱: «…»",
    }
