"""An erratum: the one way in which sealed minutes change; numbered, decided by a resolution, and a new version."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.meetings import parts as meetings
from dabir.meetings.errata import corrected, may_decide
from dabir.meetings.models import Erratum, Meeting, Resolution
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations import parts as obligations


def issue_erratum(
    meeting: Meeting, *, old: str, new: str, decided_by: Resolution, by: Acting, reason: str = ""
) -> Erratum:
    """Put words right in sealed minutes: the next version of them, with this erratum; the one before stays readable.

    Debts do not change by it: whoever cites the corrected place is told on its page. `Invalid` where the words do not
    stand there once, where more than words would change, or where this resolution cannot decide it.
    """
    require(by, "cycle.issue_erratum", meeting)
    version = meeting.versions.select_related("file", "meeting__kept_by__party").order_by("-number").first()
    if version is None:
        raise Invalid(_("This meeting has no minutes yet."))
    visible = may_decide(meeting).filter(meeting__in=meetings_visible_to(by))
    if not visible.filter(pk=decided_by.pk).exists():
        raise Invalid(
            _("An erratum is decided by a resolution of this meeting, or of a later one of the same body."),
            field="decided_by",
        )
    put_right = corrected(version, old, new)  # outside the transaction: it reads the text anew
    files.put(put_right.text.encode())
    with transaction.atomic():
        with ledger.change("cycle.issue_erratum", by=by, on=meeting, reason=reason) as change:
            erratum = meetings.correct_text(
                put_right, old=old, new=new, decided_by=decided_by, reason=reason.strip()[:300], by=by
            )
            obligations.find_anew(meeting)
            change.facts |= {"number": erratum.number, "decided_by": decided_by.code}
    return erratum
