"""Minutes leave as files; each is known from then on."""

from __future__ import annotations

from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.meetings.documents import paper_of
from dabir.meetings.issuing import Form, print_paper
from dabir.meetings.models import IssuedFile, MinutesVersion
from dabir.persian import clock
from dabir.writing.minutes import Audience


def issue_document(
    version: MinutesVersion, form: Form, *, audience: Audience = Audience.INTERNAL, base: str, by: Acting
) -> bytes:
    """The file of a version as it stands today; its bytes are authenticated for ever. `base` is where Dabir is reached.

    `Invalid` where there is no public version. The same file again leaves no event.
    """
    public = audience == Audience.PUBLIC
    require(by, "meetings.issue_public_document" if public else "meetings.issue_document", version.meeting)
    paper = paper_of(version, audience=audience, base=base)
    data = print_paper(paper, form)
    sha256 = files.sha256(data)
    if not version.issued.filter(sha256=sha256).exists():
        with ledger.change("meetings.issue_document", by=by, on=version.meeting) as change:
            if not version.issued.filter(sha256=sha256).exists():
                record = files.sha256(paper.source)
                left = IssuedFile(version=version, audience=audience, sha256=sha256, record=record)
                left.at, left.by = clock.now(), by.name[:100]
                change.create(left)
    return data
