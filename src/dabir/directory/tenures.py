"""In which post does a user act? Builds `Acting` from the tenures of the day."""

from __future__ import annotations

from dabir.foundation.acting import Acting
from dabir.foundation.models import User


def acting_for(user: User, *, post_id: int | None = None) -> Acting:
    """The user in the post chosen, or in their first one; a stranger without a tenure today."""
    raise NotImplementedError
