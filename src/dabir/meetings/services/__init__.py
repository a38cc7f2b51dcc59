"""What happens in meetings: papers on their way to the record, and each stage of a meeting's life, a module each.

Every verb is one transaction and one event; who may is in `rules`.
"""

from __future__ import annotations

from dabir.meetings import checking, rules  # noqa: F401  (they declare the permissions)
from dabir.meetings.services.agenda import (
    add_item,
    attach_file,
    detach_file,
    edit_item,
    move_item,
    remove_item,
)
from dabir.meetings.services.checking import (
    accept_suggestion,
    circulate,
    lift_override,
    override_finding,
    record_dissent,
    refuse_suggestion,
    remove_dissent,
    suggest,
    take_back,
    withdraw_suggestion,
)
from dabir.meetings.services.holding import (
    add_attendee,
    drop_attendee,
    hold_meeting,
    mark_attendance,
    set_hours,
    take_holding_back,
)
from dabir.meetings.services.issuing import issue_document
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
    classify_dissent,
    classify_statement,
    name_reader,
    remove_reader,
)
from dabir.meetings.services.signing import (
    attach_scan,
    record_signatures,
    remove_scan,
    remove_signature,
    sort_scan,
)

__all__ = [
    "accept_suggestion",
    "add_attendee",
    "add_item",
    "attach_file",
    "attach_scan",
    "bring_paper",
    "cancel_meeting",
    "cancel_reading",
    "change_meeting",
    "circulate",
    "classify_dissent",
    "classify_statement",
    "correct_draft",
    "detach_file",
    "discard_draft",
    "drop_attendee",
    "edit_item",
    "forget_reading",
    "hold_meeting",
    "invite_party",
    "issue_document",
    "lift_override",
    "mark_attendance",
    "move_item",
    "name_reader",
    "open_draft",
    "override_finding",
    "plan_meeting",
    "record_dissent",
    "record_signatures",
    "refuse_suggestion",
    "remove_dissent",
    "remove_item",
    "remove_reader",
    "remove_scan",
    "remove_signature",
    "restore_draft",
    "revive_meeting",
    "set_hours",
    "set_secrecy",
    "sort_scan",
    "suggest",
    "take_back",
    "take_holding_back",
    "undo_correction",
    "uninvite_party",
    "withdraw_suggestion",
]
