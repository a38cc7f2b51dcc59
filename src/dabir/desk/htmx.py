"""What is particular to htmx on our side of the line: its headers. Without scripts the same views answer as ever."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect, replace_url


def leave_for(request: HttpRequest, address: str) -> HttpResponse:
    """Go to another page; a part that asks for itself takes the whole page there."""
    asked_by_part = getattr(request, "htmx", False)
    return HttpResponseClientRedirect(address) if asked_by_part else HttpResponseRedirect(address)


def replace_address(response: HttpResponse, address: str) -> HttpResponse:
    """Let the browser show this address for what is swapped in."""
    return replace_url(response, address)
