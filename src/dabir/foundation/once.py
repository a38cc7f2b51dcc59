"""A form that is sent twice has one effect: also when both arrive at the same time, and when the first answer was lost.

Each form of a page carries a token. Form and token together are an arrival, known by its SHA-256; the first verb that
an arrival carries out writes a `Once` row in its own transaction (`ledger.standstill` calls `claim`), and where that
row stands already the verb is not carried out (`AlreadyDone`). What the first arrival was answered is kept beside it.
Whoever comes back to a page and sends something else from it is not taken for the same.

Outside of a request that brings a token nothing of this happens.
"""

from __future__ import annotations

import secrets
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta

from dabir.foundation.models import Once
from dabir.persian import clock

DAYS_KEPT = 7
LONGEST_ANSWER = 500
PATIENCE = 2.0
"""Seconds that a second arrival waits for the answer of the first, which may be under way."""
_LOOK = 0.05

_current: ContextVar[Arrival | None] = ContextVar("arrival", default=None)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One arrival of a form in this process."""

    digest: str
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))


class AlreadyDone(Exception):
    """The same form has had its effect; nothing was stored now."""


def begin(digest: str) -> Arrival:
    """From here on verbs in this thread are carried out for this form."""
    arrival = Arrival(digest)
    _current.set(arrival)
    return arrival


def end() -> None:
    _current.set(None)


def claim() -> None:
    """Within a transaction in which nobody else writes: put the current form down as done, or raise `AlreadyDone`."""
    if (arrival := _current.get()) is None:
        return
    nonce = Once.objects.filter(pk=arrival.digest).values_list("nonce", flat=True).first()
    if nonce is None:
        Once.objects.create(digest=arrival.digest, nonce=arrival.nonce, at=clock.now())
    elif nonce != arrival.nonce:
        raise AlreadyDone


def is_done(digest: str) -> bool:
    return Once.objects.filter(pk=digest).exists()


def answered(address: str) -> None:
    """Keep where the current form's sender is led; empty where the answer leads nowhere, or to an address too long to
    keep: cut off, it would name other rows. Nothing without an effect.

    Called within the verb's transaction the answer cannot get lost; after it, a kill in between leaves it unknown.
    """
    if arrival := _current.get():
        kept = address if len(address) <= LONGEST_ANSWER else ""
        Once.objects.filter(pk=arrival.digest, nonce=arrival.nonce, answer=None).update(answer=kept)


def answer_to(digest: str) -> str:
    """Where the first arrival was led; empty where nobody knows, also after some patience."""
    until = time.monotonic() + PATIENCE
    while (row := Once.objects.filter(pk=digest).values_list("answer", "at").first()) is not None:
        answer, at = row
        recent = abs((clock.now() - at).total_seconds()) < 60 * PATIENCE
        if answer is not None or not recent or time.monotonic() > until:
            return answer or ""
        time.sleep(_LOOK)
    return ""


def sweep() -> None:
    """Forget forms that nobody sends again any more."""
    Once.objects.filter(at__lt=clock.now() - timedelta(days=DAYS_KEPT)).delete()
