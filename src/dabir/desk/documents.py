"""The minutes of a meeting as files to save: each version, for those who see the meeting and as the public gets it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dabir.desk.acting import DeskRequest
from dabir.desk.addresses import base_of
from dabir.desk.downloads import under
from dabir.desk.meeting_of import meeting_of
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Missing
from dabir.meetings.issuing import TYPES, Form, file_name, issue
from dabir.writing.minutes import Audience


@require_GET
def document(request: DeskRequest, code: str, number: int, audience: str, form: str) -> HttpResponse:
    """One version in one form, to be saved; whoever sees the meeting may hand out its public version, too."""
    if audience not in list(Audience) or form not in list(Form):
        raise Missing(_("There is no such page."))
    versions = meeting_of(request, code).versions.select_related("meeting__kept_by__party")
    version = get_visible(versions, number=number)
    data = issue(version, Form(form), audience=Audience(audience), base=base_of(request))
    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = under(file_name(version, Form(form), Audience(audience)))
    response["X-Content-Type-Options"] = "nosniff"
    return response
