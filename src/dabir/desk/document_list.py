"""The part of a meeting's page that offers its minutes as files."""

from __future__ import annotations

from typing import Any

from dabir.desk.acting import DeskRequest
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.audiences import audience_of
from dabir.meetings.checking import manuscripts_visible_to
from dabir.meetings.documents import stamp_of
from dabir.meetings.issuing import Form
from dabir.meetings.models import ManuscriptState, Meeting
from dabir.writing.minutes import Audience


def documents_of(request: DeskRequest, found: Meeting) -> dict[str, Any]:
    """Each version, the newest first, with the forms and audiences that it leaves in for whoever asks."""
    public = found.secrecy == SecrecyClass.NORMAL
    written = manuscripts_visible_to(request.acting).filter(meeting=found).exclude(state=ManuscriptState.SEALED)
    return {
        "draft_is_written": written.exists(),
        "documents": [(version, stamp_of(version)) for version in found.versions.all()],
        "audiences": list(dict.fromkeys([audience_of(request.acting, found), *([Audience.PUBLIC] if public else [])])),
        "forms": list(Form),
    }
