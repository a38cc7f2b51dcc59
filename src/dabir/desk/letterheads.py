"""How a body's letters look: the lines at their head, who signs, the font in Word; with a picture of a letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from dabir.desk.acting import DeskRequest
from dabir.desk.bodies import chosen_body
from dabir.foundation.errors import Invalid
from dabir.letters import letterheads, services
from dabir.letters.documents import BASMALA, example_of, signers_of
from dabir.letters.models import Letterhead
from dabir.writing.letters_pdf import to_png


@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: DeskRequest) -> HttpResponse:
    """The body's letterhead, and how a letter looks with it."""
    body, bodies = chosen_body(request, "letters.set_letterhead")
    own = Letterhead.objects.filter(body=body).first() or Letterhead(body=body)
    values = {name: getattr(own, name) for name in letterheads.LONGEST}
    fault = field = ""
    if request.method == "POST":
        values = _typed(request.POST)
        try:
            services.set_letterhead(by=request.acting, body=body, values=values)
        except Invalid as refusal:
            fault, field = str(refusal), refusal.field or ""
        else:
            messages.success(request, _("Letters and minutes of this body look like this from now on."))
            return redirect(f"{reverse('letterhead')}?body={body.code}")
    signers = signers_of(body)
    context = {
        "body": body,
        "bodies": bodies,
        "values": values,
        "fault": fault,
        "fault_at": field,
        "fonts": letterheads.FONTS,
        "ours": {"basmala": BASMALA, "heading": body.party.name, "signer": signers[0], "signer_post": signers[1:2]},
        "preview": "?" + urlencode({"body": body.code, **values}),
    }
    return render(request, "letters/letterhead.html", context, status=422 if fault else 200)


@require_GET
@cache_control(private=True, max_age=600)
def preview(request: DeskRequest) -> HttpResponse:
    """The picture of a letter with the letterhead that the address holds."""
    body, _bodies = chosen_body(request, "letters.set_letterhead")
    wanted = letterheads.clean(body, _typed(request.GET))
    return HttpResponse(to_png(example_of(body, wanted)), content_type="image/png")


def _typed(sent: QueryDict) -> dict[str, str]:
    return {name: sent.get(name, "")[:2_000] for name in letterheads.LONGEST}
