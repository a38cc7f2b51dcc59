"""Addresses of the register, narrowed to what a count or a figure counts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from dabir.obligations.queries import Filters


def rows(filters: Filters) -> str:
    """The register, narrowed to these."""
    return f"{reverse('register')}?{urlencode(filters.as_query())}"
