"""Who may write minutes: the secretariat that keeps the meeting, its staff too; above the normal class without them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import allow, predicate
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.meetings.models import Manuscript, Meeting


@predicate
def writes_minutes_of(by: Acting, meeting: Meeting) -> bool:
    keeps = meeting.kept_by_id in by.secretariats
    return keeps and (meeting.secrecy == SecrecyClass.NORMAL or by.function in KEEPERS)


@predicate
def writes(by: Acting, manuscript: Manuscript) -> bool:
    return bool(writes_minutes_of(by, manuscript.meeting))


_WRITES = _("Only the secretariat of the body that keeps this meeting may write its minutes.")

allow("manuscripts.open_manuscript", writes_minutes_of, _WRITES)
allow("manuscripts.save_text", writes, _WRITES)
allow("manuscripts.add_resolutions", writes, _WRITES)
allow("manuscripts.restore_revision", writes, _WRITES)
allow("manuscripts.settle_clash", writes, _WRITES)
allow("manuscripts.take_attendance", writes, _WRITES)
