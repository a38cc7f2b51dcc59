"""The sample: Zanjan's headquarters after its session of 1398/07/17, told in this project's own words.

It is filled through the services: three papers under `examples/` are read; one is corrected as a secretary
would and accepted, two wait on the workbench. All in one transaction: a sample is there whole or not at all.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from dabir.cycle.accepting import accept_reading
from dabir.directory import services as directory
from dabir.directory.loading import load_directory
from dabir.directory.models import Body
from dabir.directory.tenures import acting_as
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.foundation.models import Event
from dabir.meetings import services as meetings
from dabir.meetings.models import Draft, Meeting
from dabir.obligations import services as obligations
from dabir.obligations.models import Obligation, State
from dabir.reading.minutes import Minutes

DAY = "1398/07/20"
SLIP, RIGHT = "چابوب", "چارچوب"


def examples() -> Path:
    """The folder of the examples: inside an installed package, or at the top of a checkout."""
    inside = Path(__file__).resolve().parent.parent / "examples"
    return inside if inside.exists() else Path(__file__).resolve().parents[3] / "examples"


def is_used() -> bool:
    return Event.objects.exists()


def fill(*, by: Acting) -> None:
    """Fill an empty home; `Conflict` in one that has been used."""
    if is_used():
        raise Conflict(f"{settings.DABIR_HOME} is in use; the sample fills an empty home only (set DABIR_HOME).")
    os.environ.setdefault("DABIR_TODAY", DAY)
    with transaction.atomic():
        directory.load_divisions(by=by)
        load_directory(by=by, path=examples() / "zanjan")
        secretary, county = acting_as("secretary"), acting_as("county")
        meeting = _session_11(secretary)
        settled = Obligation.objects.filter(meeting=meeting, parent=None).exclude(state=State.UNSETTLED)
        obligations.release(settled, by=secretary)
        _open("zanjan-hq-1398-12.txt", body="zanjan-hq", by=secretary)
        _open("ijrud-planning-1398-4.txt", body="ijrud-planning", by=county)
        settings.SAMPLE_DAY.write_text(DAY, encoding="ascii")  # last: a home that failed to fill has no day of its own


def _session_11(by: Acting) -> Meeting:
    """The secretary corrects a slip of the paper, and promotes what was said of progress reports (seed ب/۸)."""
    draft = _open("zanjan-hq-1398-11.txt", body="zanjan-hq", by=by)
    minutes = Minutes.from_json(draft.minutes)
    rule = next(r for r in minutes.resolutions if SLIP in r.text)
    draft = _correct(draft, by, op="edit_resolution", id=rule.id, text=rule.text.replace(SLIP, RIGHT))
    for duty in rule.obligations:
        draft = _correct(draft, by, op="set_action", id=duty.id, action=duty.action.replace(SLIP, RIGHT))
    point = next(p for s in minutes.discussion for p in s.points if "پیشرفت دستگاه‌ها" in p.text)
    draft = _correct(draft, by, op="promote_point", id=point.id)
    return accept_reading(draft, by=by, version=draft.version)


def _open(name: str, *, body: str, by: Acting) -> Draft:
    data = (examples() / "minutes" / name).read_bytes()
    return meetings.open_draft(data, name=name, body=Body.objects.get(code=body), by=by)


def _correct(draft: Draft, by: Acting, **correction: Any) -> Draft:
    return meetings.correct_draft(draft, correction, version=draft.version, by=by)
