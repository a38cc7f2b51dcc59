"""The four ways in which a verb says no. Each carries a sentence for the person; doors make them 404, 403, 422, 409."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import get_language

from dabir.persian import digits

_PERSIAN = re.compile("[آ-ی]")


class DomainError(Exception):
    """A verb was not carried out, and nothing was stored. `str()` of it is the sentence to show, in the digits of its
    reader's language; a code keeps its own."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        sentence = str(self.message)
        # What only a terminal shows is English, whatever the language.
        persian = get_language() == "fa" and _PERSIAN.search(sentence)
        return digits.in_prose(sentence) if persian else digits.to_ascii(sentence)


class Missing(DomainError):
    """There is no such thing, or the actor may not know that there is: 404."""


class Refused(DomainError):
    """The actor sees the thing but may not do this to it: 403, with the reason."""


class SecondFactorAsked(Refused):
    """The actor may do this once they have set up a second factor, or come in with it."""


class Invalid(DomainError):
    """What was asked for cannot be: a wrong value or a wrong state. `field` names the input at fault, if one is."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Conflict(DomainError):
    """Somebody else was first. `existing` is what stands in the way, if it can be shown."""

    def __init__(self, message: str | Promise, *, existing: object = None) -> None:
        super().__init__(message)
        self.existing = existing
