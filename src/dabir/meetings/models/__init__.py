"""Facts of meetings: papers that came in, meetings, minutes on record and minutes being written."""

from dabir.meetings.models.manuscript import (
    Manuscript,
    ManuscriptState,
    Revision,
    Suggestion,
    SuggestionState,
)
from dabir.meetings.models.meeting import (
    Attachment,
    Attendance,
    Call,
    Meeting,
    MeetingBody,
    MeetingState,
    NamedReader,
)
from dabir.meetings.models.minutes import (
    AgendaItem,
    Claim,
    ClaimKind,
    Dissent,
    Erratum,
    MinutesVersion,
    Point,
    Resolution,
    ResolutionKind,
    Signature,
    SignedScan,
    Statement,
    VersionState,
)
from dabir.meetings.models.papers import (
    Draft,
    DraftState,
    Reading,
)

__all__ = [
    "AgendaItem",
    "Attachment",
    "Attendance",
    "Call",
    "Claim",
    "ClaimKind",
    "Dissent",
    "Draft",
    "DraftState",
    "Erratum",
    "Manuscript",
    "ManuscriptState",
    "Meeting",
    "MeetingBody",
    "MeetingState",
    "MinutesVersion",
    "NamedReader",
    "Point",
    "Reading",
    "Resolution",
    "ResolutionKind",
    "Revision",
    "Signature",
    "SignedScan",
    "Statement",
    "Suggestion",
    "SuggestionState",
    "VersionState",
]
