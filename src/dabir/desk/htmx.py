"""What is particular to htmx on our side of the line: its headers. Without scripts the same views answer as ever."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django_htmx.http import replace_url


def is_part(request: HttpRequest) -> bool:
    """Whether a part of a page asks, to be swapped in."""
    return bool(getattr(request, "htmx", False))


def replace_address(response: HttpResponse, address: str) -> HttpResponse:
    """Let the browser show this address for what is swapped in."""
    return replace_url(response, address)
