"""Who acts in the demo, and who speaks for an agency."""

from __future__ import annotations

from functools import cached_property

from dabir.directory.models import Party, Tenure
from dabir.directory.tenures import acting_as
from dabir.foundation.acting import Acting, Function


class People:
    """Each `Acting` is made once: in the demo's year nobody changes post."""

    def __init__(self) -> None:
        self._acting: dict[str, Acting] = {}

    def by(self, username: str) -> Acting:
        if username not in self._acting:
            self._acting[username] = acting_as(username)
        return self._acting[username]

    def of(self, party: Party, function: Function) -> Acting | None:
        """Whoever signs in with that function for a party, or for the one that it is a unit of."""
        names = self._users.get(function, {})
        name = names.get(party.pk) or names.get(party.parent_id or 0)
        return self.by(name) if name else None

    def all(self) -> list[Acting]:
        """All who sign in."""
        return [self.by(name) for names in self._users.values() for name in sorted(set(names.values()))]

    @cached_property
    def _users(self) -> dict[str, dict[int, str]]:
        rows = Tenure.objects.filter(person__user__isnull=False).values_list(
            "post__function", "post__party__parent", "person__user__username"
        )
        found: dict[str, dict[int, str]] = {}
        for function, organization, username in rows:
            if organization is not None:
                found.setdefault(function, {})[organization] = username
        return found
