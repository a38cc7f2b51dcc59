"""How far the reading of a paper is: the steps behind it, the one it is at, or why it came to nothing."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.foundation.acting import Acting
from dabir.foundation.jobs import line
from dabir.foundation.jobs.model import JobState
from dabir.meetings.models import MinutesVersion, Reading
from dabir.meetings.queries import meetings_visible_to
from dabir.meetings.refusals import version_in, why
from dabir.persian import clock

STEPS: dict[str, str | Promise] = {
    "received": _("received"),
    "converting": _("converting"),
    "reading": _("reading"),
    "proofreading": _("proofreading"),
}
"""What is done with a paper, in this order; `converting` with a document of an office program alone."""
PATIENCE = 15
"""Seconds after which a line that does not move is told."""
_OFFICE = (".docx", ".docm", ".doc", ".rtf", ".odt", ".pdf")


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading on the page. `done` counts the steps behind it, `now` is the name of the one it is at, or empty while
    it waits; `ahead` counts those that wait before it; `idle` says that nothing is being read at all."""

    row: Reading
    steps: list[str]
    done: int
    now: str
    ahead: int
    idle: bool
    seconds: int

    @property
    def reason(self) -> str:
        return why(self.row.cause, self.row.name) if self.row.state == JobState.FAILED else ""

    @property
    def titles(self) -> list[str]:
        return [str(STEPS[step]) for step in self.steps]

    @property
    def doing(self) -> str:
        """The title of the step it is at; empty while it waits."""
        return str(STEPS[self.now]) if self.now else ""


def shown(rows: Iterable[Reading]) -> list[Shown]:
    """Two queries, however many they are."""
    line_now, is_moving = line.waiting(), line.is_moving()
    return [_shown(row, line_now, is_moving) for row in rows]


def _shown(row: Reading, line_now: list[float], is_moving: bool) -> Shown:
    converts = row.step == "converting" or PurePath(row.name).suffix.lower() in _OFFICE
    steps = [step for step in STEPS if step != "converting" or converts]
    now = row.step if row.step in steps else steps[1] if row.state == JobState.RUNNING else ""
    waits = row.state == JobState.WAITING
    since = row.started_at or row.brought_at
    return Shown(
        row=row,
        steps=steps,
        done=steps.index(now) if now else 1,
        now=now,
        ahead=bisect_left(line_now, row.queued_at) if waits else 0,
        idle=waits and time.time() - row.queued_at > PATIENCE and not is_moving,
        seconds=max(int((clock.now() - since).total_seconds()), 0),
    )


def own_version(by: Acting, cause: str) -> MinutesVersion | None:
    """The version of minutes that a paper was made from, where its reading ended for that and `by` may see it."""
    versions = MinutesVersion.objects.filter(meeting__in=meetings_visible_to(by)).select_related("meeting")
    key = version_in(cause)
    return versions.filter(pk=key).first() if key else None
