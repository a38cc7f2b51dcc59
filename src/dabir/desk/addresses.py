"""Addresses by their names, which page of ours a form was sent from, and where we are reached."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme


@lru_cache(maxsize=10_000)
def url(name: str, *args: object) -> str:
    """The address of that name, looked up once."""
    return reverse(name, args=args)


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address leads to a page of this server."""
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def came_from(request: HttpRequest) -> str:
    """Path and query of the page whose form this is: the one that it names as `next`, or the browser's referrer; empty
    where that is none of ours."""
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if address and is_ours(request, address):
            parts = urlsplit(address)
            # «http://ours//other/» is a page of ours, of which the path alone would lead to another host.
            return escape_leading_slashes(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
    return ""


def base_of(request: HttpRequest) -> str:
    """Where Dabir is reached, without a slash behind it: as the installation says, else as this visitor does."""
    return (settings.ADDRESS or request.build_absolute_uri("/")).rstrip("/")
