"""What a secretary corrects in a reading, as small JSON objects: `{"op": "set_resolution_kind", "id": "r2", …}`.

`apply` and `apply_all` are pure: they give new minutes and leave their argument alone, so that a draft keeps the
reader's own result for ever and undo is the same list without its last element. A wrong correction (unknown `op`, `id`
or key, a value of the wrong form) is `Invalid` with a sentence for the person.

Each op is one documented function, registered under its name, in the module of the thing that it corrects. Days are
typed (any digits, «+۱۵» from the meeting's day), so that the outcome depends on the minutes alone and on no clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from dabir.meetings.corrections import acts, attendance, discussion, findings, header, obligations, resolutions
from dabir.meetings.corrections.registry import OPS, Correction, run
from dabir.reading.claims import claims_of
from dabir.reading.minutes import Minutes

__all__ = [
    "OPS",
    "Correction",
    "acts",
    "apply",
    "apply_all",
    "attendance",
    "discussion",
    "findings",
    "header",
    "obligations",
    "resolutions",
]

_OF_TALK = ("edit_point", "remove_point", "set_speakers")


def apply(minutes: Minutes, correction: Correction) -> Minutes:
    """New minutes with the correction made, or `Invalid`. Findings stay as they are: the proofreader makes them."""
    return apply_all(minutes, [correction])


def apply_all(minutes: Minutes, corrections: Iterable[Correction]) -> Minutes:
    """New minutes with all corrections made in their order."""
    corrected = deepcopy(minutes)
    talk = False
    for correction in corrections:
        run(corrected, correction)
        talk = talk or correction.get("op") in _OF_TALK
    if talk:
        corrected.claims = claims_of(corrected)  # what was quoted follows from what was said, and by whom
    return corrected
