"""The minutes of a meeting as files to save: each version, for those who see the meeting and as the public gets it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dabir.desk.acting import DeskRequest
from dabir.desk.addresses import base_of
from dabir.desk.downloads import under
from dabir.desk.meeting_of import meeting_of, minutes_of
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Missing
from dabir.meetings import services
from dabir.meetings.audiences import audience_of, draft_minutes
from dabir.meetings.checking import manuscripts_visible_to
from dabir.meetings.compiling import text_of
from dabir.meetings.documents import draft_paper
from dabir.meetings.issuing import TYPES, Form, file_name, print_paper
from dabir.meetings.models import ManuscriptState
from dabir.writing.minutes import Audience


@require_GET
def document(request: DeskRequest, code: str, number: int, audience: str, form: str) -> HttpResponse:
    """One version in one form, to be saved; who may read the minutes alone gets the public version."""
    if audience not in list(Audience) or form not in list(Form):
        raise Missing(_("There is no such page."))
    meeting = (minutes_of if audience == Audience.PUBLIC else meeting_of)(request, code)
    versions = meeting.versions.select_related("meeting__kept_by__party")
    version = get_visible(versions, number=number)
    data = services.issue_document(
        version, Form(form), audience=Audience(audience), base=base_of(request), by=request.acting
    )
    return _saved(data, form, file_name(version, Form(form), Audience(audience)))


@require_GET
def draft(request: DeskRequest, code: str, form: str) -> HttpResponse:
    """Minutes that are being written, to read and to correct on paper; a draft says on each page that it is one.
    Members get it without what is above the normal class."""
    if form not in (Form.PDF, Form.DOCX):
        raise Missing(_("There is no such page."))
    written = manuscripts_visible_to(request.acting).exclude(state=ManuscriptState.SEALED)
    manuscript = get_visible(written.select_related("meeting__kept_by__party"), meeting__code=code)
    meeting = manuscript.meeting
    paper = draft_paper(meeting, draft_minutes(meeting, text_of(manuscript), audience_of(request.acting, meeting)))
    return _saved(print_paper(paper, Form(form)), form, f"{code}-draft.{form}")


def _saved(data: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = under(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
