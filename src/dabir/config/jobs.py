"""What `dabir jobs` prints: a line for each job, the newest first, in English as all that commands say."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dabir.foundation import services
from dabir.foundation.acting import Acting
from dabir.foundation.jobs.overview import Row


def lines(by: Acting, state: str, *, as_json: bool) -> Iterator[str]:
    """The newest fifty, of one state or of all; as JSON an object on each line."""
    for row in services.look_at_jobs(by=by, state=state).rows:
        yield json.dumps(_fields(row), ensure_ascii=False) if as_json else _line(row)


def _line(row: Row) -> str:
    fields = _fields(row)
    told = [fields["queued_at"], fields["state"], fields["job"], fields["slot"], fields["trouble"]]
    return "  ".join(filter(None, told))


def _fields(row: Row) -> dict[str, str]:
    later = {"tried_again_at": row.later.isoformat(timespec="seconds")} if row.later else {}
    return {
        "job": row.name or row.kind,
        "slot": row.slot,
        "state": row.state,
        "trouble": row.trouble if row.state != "done" else "",
        "queued_at": row.queued_at.isoformat(timespec="seconds"),
    } | later
