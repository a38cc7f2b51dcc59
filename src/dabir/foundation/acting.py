"""Who acts: the value that every service takes as `by`."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Function(StrEnum):
    """What a post is for in Dabir. Rights come from it and from the seat of the post's party."""

    GOVERNOR = "governor"
    SECRETARY = "secretary"
    STAFF = "staff"
    COUNTY = "county"
    OFFICER = "officer"
    HEAD = "head"
    CONSULTANT = "consultant"
    AUDITOR = "auditor"
    ADMIN = "admin"


READERS = frozenset({Function.AUDITOR, Function.ADMIN})
"""They do nothing in a party's name, also where their post lies in one that owes something."""

FUNCTION_LABELS = [
    (Function.GOVERNOR, _("Governor")),
    (Function.SECRETARY, _("Secretary")),
    (Function.STAFF, _("Secretariat staff")),
    (Function.COUNTY, _("County governor's secretariat")),
    (Function.OFFICER, _("Agency officer")),
    (Function.HEAD, _("Head of agency")),
    (Function.CONSULTANT, _("Consultant")),
    (Function.AUDITOR, _("Auditor")),
    (Function.ADMIN, _("Administrator")),
]


@dataclass(frozen=True, slots=True)
class Acting:
    """A user in one of their posts, on one day; `directory` builds it.

    `parties` are the post's organization and its units, and the bodies for which its secretariat speaks: their debts
    are this actor's own. `secretariats` are the bodies that the organization keeps the minutes of, `chaired` those that
    it chairs; ids of `directory.Body`.
    An actor without a function and not the operator is a stranger, and sees nothing.

    `reads_until`: how long an administrator has leave to read. Whoever reads by leave has no party: nothing is theirs.
    `without_second_factor`: the house asks for one, and the actor came in by the password alone (`access.require`).
    """

    name: str
    user_id: int | None = None
    post_id: int | None = None
    post: str = ""
    function: Function | None = None
    party_id: int | None = None
    parties: frozenset[int] = frozenset()
    secretariats: frozenset[int] = frozenset()
    chaired: frozenset[int] = frozenset()
    operator: bool = False
    reads_until: datetime | None = None
    without_second_factor: bool = False

    def __hash__(self) -> int:
        """Of what tells most of them apart: it is asked for wherever something is remembered for an actor."""
        return hash((self.name, self.user_id, self.post_id))

    @classmethod
    def stranger(cls) -> Acting:
        return cls(name="")

    @classmethod
    def host_operator(cls) -> Acting:
        """Whoever may run commands on the host holds the database anyway; the OS user's name is recorded."""
        return cls(name=f"os:{getpass.getuser()}", operator=True)

    @property
    def is_stranger(self) -> bool:
        return self.function is None and not self.operator

    def speaks_for(self, party: int | None) -> bool:
        """Whether what they say is said by that party; its key, none for nobody's."""
        return party in self.parties and self.function not in READERS

    @property
    def sees_all(self) -> bool:
        """Everything that is not classified, to read."""
        return self.operator or self.function in (Function.GOVERNOR, Function.AUDITOR) or self.reads_until is not None

    @property
    def sees_nothing(self) -> bool:
        """Of the record: strangers, and whoever administers without leave to read."""
        return self.is_stranger or (self.function == Function.ADMIN and self.reads_until is None)
