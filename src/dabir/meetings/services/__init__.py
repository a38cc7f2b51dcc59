"""What happens in meetings: papers on their way to the record, and each stage of a meeting's life, a module each.

Every verb is one transaction and one event; who may is in `rules`.
"""

from __future__ import annotations

from dabir.meetings import rules  # noqa: F401  (declares the permissions)
from dabir.meetings.services.papers import (
    bring_paper,
    cancel_reading,
    correct_draft,
    discard_draft,
    forget_reading,
    open_draft,
    restore_draft,
    set_secrecy,
    undo_correction,
)
from dabir.meetings.services.readers import (
    classify_meeting,
    classify_statement,
    name_reader,
    remove_reader,
)

__all__ = [
    "bring_paper",
    "cancel_reading",
    "classify_meeting",
    "classify_statement",
    "correct_draft",
    "discard_draft",
    "forget_reading",
    "name_reader",
    "open_draft",
    "remove_reader",
    "restore_draft",
    "set_secrecy",
    "undo_correction",
]
