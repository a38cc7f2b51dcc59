"""The sample: Zanjan's headquarters after its session of 1398/07/17, told in this project's own words.

It is filled through the services: two papers under `examples/` are read, corrected as a secretary would, and one is
accepted. All in one transaction: a sample is there whole or not at all.
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
from dabir.directory.models import Body, Party
from dabir.directory.tenures import acting_as
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.foundation.models import Event
from dabir.meetings import services as meetings
from dabir.meetings.corrections import apply_all
from dabir.meetings.models import Draft, Meeting
from dabir.obligations import services as obligations
from dabir.obligations.models import Obligation, State
from dabir.reading.minutes import Minutes

DAY = "1398/07/20"


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
    settings.SAMPLE_DAY.write_text(DAY, encoding="ascii")
    os.environ.setdefault("DABIR_TODAY", DAY)
    with transaction.atomic():
        directory.load_divisions(by=by)
        load_directory(by=by, path=examples() / "zanjan")
        secretary, county = acting_as("secretary"), acting_as("county")
        meeting = _session_11(secretary)
        settled = Obligation.objects.filter(meeting=meeting, parent=None).exclude(state=State.UNSETTLED)
        obligations.release(settled, by=secretary)
        _open("ijrud-planning-1398-4.txt", body="ijrud-planning", by=county)


def _session_11(by: Acting) -> Meeting:
    """What the secretary says beside the paper: who is meant where it has no full name, and one point promoted."""
    draft = _open("zanjan-hq-1398-11.txt", body="zanjan-hq", by=by)
    for text, code in LEADS:
        draft = _name_lead(draft, text, code, by=by)
    point = next(p for s in _shown(draft).discussion for p in s.points if "پیشرفت دستگاه‌ها" in p.text)  # seed ب/۸
    draft = _correct(draft, by, op="promote_point", id=point.id)
    return accept_reading(draft, by=by, version=draft.version)


LEADS = (
    ("مهندسین مشاور مکلفند", "arta-naghshineh"),
    ("دستگاه‌های اجرایی عضو", "ijrud-planning-members"),
)
"""How a resolution begins, and the code of the party that owes it."""


def _name_lead(draft: Draft, beginning: str, code: str, *, by: Acting) -> Draft:
    resolution = next(r for r in _shown(draft).resolutions if r.text.startswith(beginning))
    first = resolution.obligations[0]
    if first.lead and first.lead.known:
        return draft
    party = Party.objects.get(code=code)
    return _correct(draft, by, op="name_party", id=first.id, role="lead", party=party.pk, organization=party.name)


def _open(name: str, *, body: str, by: Acting) -> Draft:
    data = (examples() / "minutes" / name).read_bytes()
    return meetings.open_draft(data, name=name, body=Body.objects.get(code=body), by=by)


def _correct(draft: Draft, by: Acting, **correction: Any) -> Draft:
    return meetings.correct_draft(draft, correction, version=draft.version, by=by)


def _shown(draft: Draft) -> Minutes:
    return apply_all(Minutes.from_json(draft.minutes), draft.corrections)
