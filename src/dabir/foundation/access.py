"""Who may: permissions are declared in each room's `rules.py` by `allow`, and checked in services by `require`.

The predicates are those of the library `rules`, with an `Acting` in the place of the user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, TypeVar

import rules
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.foundation.acting import Acting
from dabir.foundation.errors import Missing, Refused, SecondFactorAsked
from dabir.foundation.prepared import of_one


class Guard(StrEnum):
    """Why a verb asks for a second factor. What others are bound by, or can hardly be undone, rests on more than a
    password that somebody saw being typed; what prepares, reads or says for oneself does not."""

    RECORD = "record"
    """Makes the record of a body, or changes what is sealed."""
    ENDS = "ends"
    """Ends debts, or says for the secretariat that they are met: what a seal does by its decisions, one by one."""
    OPENS = "opens"
    """Says who may read: a class, named readers, leave to read."""
    RIGHTS = "rights"
    """Lets people in, or gives and takes what rights follow from."""
    HOUSE = "house"
    """Takes all that there is out of the house, or sees to what it does by itself."""


REASONS: dict[str, str | Promise] = {}
"""Each permission's sentence for those who may not; its keys are all the permissions that exist."""
GUARDED: dict[str, Guard] = {}
"""Permissions of verbs that ask for a second factor where the house does, each with its reason; docs/sign-in.md lists
them."""

M = TypeVar("M", bound=Model)


def predicate(function: Callable[..., bool]) -> Any:
    """A condition on who acts and on what; joined with `&`, `|`, `~`. The library behind it is known here alone."""
    return rules.predicate(function)


def is_operator(by: Acting, _obj: object = None) -> bool:
    """The host's operator, from the command line alone."""
    return by.operator


def allow(permission: str, condition: Any, reason: str | Promise, *, guarded: Guard | None = None) -> None:
    """Declare a permission, named `room.verb` after the service that requires it; the operator always may."""
    REASONS[permission] = reason
    if guarded:
        GUARDED[permission] = guarded
    rules.add_perm(permission, predicate(is_operator) | condition)


def may(by: Acting, permission: str, obj: object = None) -> bool:
    """Whether `by` may; for pages that show or leave out a button. The service asks again."""
    assert permission in REASONS, permission
    return bool(rules.has_perm(permission, by, obj))


def require(by: Acting, permission: str, obj: object = None) -> None:
    """Return when `by` may; raise `Missing` for a stranger, and `Refused` with the reason for anyone else.

    Whoever may, but came in without the second factor that the house asks for, is told so: pages show the verb."""
    if may(by, permission, obj):
        if by.without_second_factor and permission in GUARDED:
            raise SecondFactorAsked(_("This needs signing in with a second factor."))
        return
    if by.is_stranger:
        raise Missing(_("There is no such page."))
    raise Refused(REASONS[permission])


_OPENED: ContextVar[list[Model] | None] = ContextVar("opened", default=None)


@contextmanager
def opened() -> Iterator[list[Model]]:
    """Which rows are handed out by `get_visible` within it."""
    rows: list[Model] = []
    token = _OPENED.set(rows)
    try:
        yield rows
    finally:
        _OPENED.reset(token)


def get_visible(queryset: QuerySet[M], **lookup: Any) -> M:
    """The one row of a `visible_to` queryset; `Missing` when it is not there or not to be known of."""
    try:
        if any("\0" in value for value in lookup.values() if isinstance(value, str)):
            raise ValueError  # PostgreSQL takes no NUL
        row = queryset.get(**lookup)
    except (ObjectDoesNotExist, ValueError):
        raise Missing(_("There is no such page.")) from None
    return _handed_out(row)


def get_prepared(make: Callable[[Acting, Any], QuerySet[M]], by: Acting, code: str) -> M:
    """As `get_visible`, of what `make` makes for the actor and the codes, by SQL that is kept (`prepared`)."""
    rows = [] if "\0" in code else of_one(make, by, key=code)
    if not rows:
        raise Missing(_("There is no such page."))
    return _handed_out(rows[0])


def _handed_out(row: M) -> M:
    if (rows := _OPENED.get()) is not None:
        rows.append(row)
    return row
