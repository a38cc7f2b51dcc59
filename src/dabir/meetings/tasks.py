"""What runs later: reading a paper that was brought."""

from __future__ import annotations

from dabir.directory import tenures
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Missing, Refused
from dabir.foundation.jobs import spool
from dabir.foundation.jobs.running import NotDone, Run, does
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.models import Reading
from dabir.meetings.refusals import NotRead


@does(Reading)
def read(reading: Reading, run: Run) -> None:
    """Put the paper on the workbench, for whoever brought it and in the post in which they did."""
    whose = reading.brought_by
    by = tenures.acting_for(whose, post_id=reading.post_id) if whose else Acting.host_operator()
    if by.post_id != reading.post_id:
        raise NotDone("refused")
    data = spool.get(reading.spooled)
    try:
        services.open_draft(
            data, name=reading.name, body=reading.kept_by, secrecy=SecrecyClass(reading.secrecy), by=by, run=run
        )
    except NotRead as refusal:
        raise NotDone(refusal.cause) from None
    except Conflict:
        raise NotDone("twice") from None
    except (Refused, Missing):
        raise NotDone("refused") from None
