"""What happens in meetings: papers on their way to the record, and each stage of a meeting's life, a module each.

Every verb is one transaction and one event; who may is in `rules`.
"""

from __future__ import annotations

from dabir.meetings import rules  # noqa: F401  (declares the permissions)
from dabir.meetings.services.agenda import (
    add_item,
    attach_file,
    detach_file,
    edit_item,
    move_item,
    remove_item,
)
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
from dabir.meetings.services.planning import (
    cancel_meeting,
    change_meeting,
    invite_party,
    plan_meeting,
    revive_meeting,
    uninvite_party,
)
from dabir.meetings.services.readers import (
    classify_meeting,
    classify_statement,
    name_reader,
    remove_reader,
)

__all__ = [
    "add_item",
    "attach_file",
    "bring_paper",
    "cancel_meeting",
    "cancel_reading",
    "change_meeting",
    "classify_meeting",
    "classify_statement",
    "correct_draft",
    "detach_file",
    "discard_draft",
    "edit_item",
    "forget_reading",
    "invite_party",
    "move_item",
    "name_reader",
    "open_draft",
    "plan_meeting",
    "remove_item",
    "remove_reader",
    "restore_draft",
    "revive_meeting",
    "set_secrecy",
    "undo_correction",
    "uninvite_party",
]
