"""How often something was tried at a door that asks for no sign-in, by all processes together."""

from __future__ import annotations

from django.core.cache import cache


def attempts(key: str) -> int:
    """How many were noted under the key, while its time lasts."""
    return int(cache.get(key, 0))


def note_attempt(key: str, within: int) -> int:
    """One more; all count for `within` seconds from the first one on. Returns how many there are."""
    cache.add(key, 0, within)
    try:
        return int(cache.incr(key))
    except ValueError:  # it was over, or crowded out, in between
        return 1
