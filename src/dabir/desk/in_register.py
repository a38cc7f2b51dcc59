"""Addresses of the register, narrowed to what a count or a figure counts."""

from __future__ import annotations

from functools import lru_cache

from django.utils.http import urlencode

from dabir.desk.addresses import url
from dabir.obligations.queries import Filters


@lru_cache(maxsize=5_000)
def rows(filters: Filters) -> str:
    """The register, narrowed to these."""
    return f"{url('register')}?{urlencode(filters.as_query())}"
