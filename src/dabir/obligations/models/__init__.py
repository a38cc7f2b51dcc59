"""Facts of debts: what is owed, how it was told, reported, moved and decided on; old registers; kept views."""

from __future__ import annotations

from dabir.obligations.models.communication import (
    Extract,
    Reply,
    ReplyKind,
)
from dabir.obligations.models.decision import (
    Act,
    Decision,
    Extension,
    ExtensionState,
)
from dabir.obligations.models.obligation import (
    ENDED,
    NO_DAY,
    NOT_ENDED,
    RUNNING,
    ClockStart,
    DueKind,
    Involved,
    Obligation,
    Occurrence,
    Order,
    OrderWay,
    Rhythm,
    Role,
    State,
    Wait,
)
from dabir.obligations.models.report import (
    Asks,
    Evidence,
    Milestone,
    Obstacle,
    Report,
    ReportState,
    ReportStep,
    StepKind,
)
from dabir.obligations.models.sheet import (
    KnownLayout,
    KnownName,
    Sheet,
    SheetRow,
    SheetState,
)
from dabir.obligations.models.view import (
    SavedView,
    SearchText,
)

__all__ = [
    "ENDED",
    "NOT_ENDED",
    "NO_DAY",
    "RUNNING",
    "Act",
    "Asks",
    "ClockStart",
    "Decision",
    "DueKind",
    "Evidence",
    "Extension",
    "ExtensionState",
    "Extract",
    "Involved",
    "KnownLayout",
    "KnownName",
    "Milestone",
    "Obligation",
    "Obstacle",
    "Occurrence",
    "Order",
    "OrderWay",
    "Reply",
    "ReplyKind",
    "Report",
    "ReportState",
    "ReportStep",
    "Rhythm",
    "Role",
    "SavedView",
    "SearchText",
    "Sheet",
    "SheetRow",
    "SheetState",
    "State",
    "StepKind",
    "Wait",
]
