"""A form that is refused comes back: its page, with all that was typed, and the sentence beside its field.

No template does anything for it. The page that the form was sent from is drawn again, as it is now, and the form with
that address and those hidden values is filled with what was posted. `Invalid.field` names the input at fault; without
one the sentence stands at the head of the form. Files and passwords have to be given again, as browsers have it.

A form whose fields come and go (chips, further rows) is drawn by its own view, which keeps it out of here.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template import engines
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict
from markupsafe import Markup

from dabir.desk.addresses import came_from
from dabir.desk.refill import refill
from dabir.foundation.errors import DomainError, Invalid

LARGEST = 3_000_000
"""Characters of a page that is filled again; beyond, the refusal has a page of its own."""


def page(request: HttpRequest, error: DomainError, status: int) -> HttpResponse | None:
    """The form's page with the refusal in it, under `status`; None where there is no such page or form."""
    address = came_from(request)
    drawn = _draw(request, address) if address else None
    if drawn is None or drawn.status_code != 200 or not drawn.headers.get("Content-Type", "").startswith("text/html"):
        return None
    html = drawn.content.decode(drawn.charset)
    if len(html) > LARGEST:
        return None
    filled = refill(
        html,
        action=request.path,
        page=urlsplit(address).path,
        posted=request.POST,
        sentence=str(error),
        at=error.field if isinstance(error, Invalid) else None,
        beside=_candidates(error),
    )
    if filled is None:
        return None
    # A reload must lead to the page, not to the act.
    mark = Markup('<meta name="page-address" content="{}"></head>').format(address)
    drawn.content = filled.replace("</head>", mark, 1).encode(drawn.charset)
    drawn.status_code = status
    return drawn


def _draw(request: HttpRequest, address: str) -> HttpResponse | None:
    """The page as its reader would get it now."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    again = copy.copy(request)
    again.method, again.path, again.path_info, again.resolver_match = "GET", parts.path, parts.path, match
    again.META = request.META | {"REQUEST_METHOD": "GET", "PATH_INFO": parts.path, "QUERY_STRING": parts.query}
    again.GET = QueryDict(parts.query)
    again.POST = QueryDict()
    again._files = MultiValueDict()  # type: ignore[attr-defined]
    view: Callable[..., HttpResponse] = match.func
    try:
        return view(again, *match.args, **match.kwargs)
    except (DomainError, Http404):
        return None


def _candidates(error: DomainError) -> str:
    """The parties to choose from, where a name was several's."""
    candidates = getattr(error, "candidates", None)
    if not candidates:
        return ""
    macros = engines["jinja2"].env.get_template("macros/ui.html").module  # type: ignore[attr-defined]
    return str(macros.candidates_of(getattr(error, "field", ""), candidates))
