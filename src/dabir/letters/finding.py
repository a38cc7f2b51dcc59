"""What a letter is found by: its subject, its numbers and the names in it, folded as all searched text is."""

from __future__ import annotations

from collections.abc import Iterable

from dabir.foundation.search import squashed
from dabir.letters.models import Letter


def squash_of(letter: Letter, recipients: Iterable[str]) -> str:
    """For `Letter.squash`; whoever changes one of these writes it anew."""
    return squashed(letter.subject, letter.number, letter.registered_as, letter.sender_name, *recipients)
