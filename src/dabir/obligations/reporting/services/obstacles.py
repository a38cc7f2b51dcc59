"""What stands in a debt's way, and what came of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.meetings.models import Resolution
from dabir.obligations.models import Asks, Obligation, Obstacle
from dabir.obligations.reporting.recording import hinder, running
from dabir.obligations.reporting.values import Hindrance, Word, clean
from dabir.persian import clock


def raise_obstacle(debt: Obligation, found: Hindrance, *, by: Acting) -> Obstacle:
    """Say what stands in a debt's way and what it needs, beside any report."""
    require(by, "reporting.raise_obstacle", debt)
    hindrance = found.checked()
    with ledger.change("reporting.raise_obstacle", by=by, on=debt) as change:
        return hinder(change, running(debt), hindrance, by=by)


def follow_obstacle(obstacle: Obstacle, word: Word, *, by: Acting) -> Obstacle:
    """Record another letter or promise on what waits for the capital; the first letter's day stays."""
    require(by, "reporting.follow_obstacle", obstacle)
    with ledger.change("reporting.follow_obstacle", by=by, on=obstacle.obligation) as change:
        now = fresh(obstacle)
        if now.ended_at:
            raise Conflict(_("It has ended already."), existing=now)
        if now.asks != Asks.CAPITAL:
            raise Invalid(_("This obstacle does not wait for the capital."))
        said = word.added_to(now)
        values: dict[str, Any] = {
            name: getattr(said, name)
            for name in ("asked_by", "asked_of", "number", "dated", "promised_by", "promise", "promised_for")
        }
        if now.dated and said.dated != now.dated and now.first_dated is None:
            values["first_dated"] = now.dated
        if change.update(now, **values):
            change.facts["reason"] = "؛ ".join(filter(None, [said.number, said.promised_by, said.promise]))[:200]
    return now


def end_obstacle(obstacle: Obstacle, *, by: Acting, outcome: str, resolution: Resolution | None = None) -> Obstacle:
    """Say that it stands in the way no longer, and what came of it; `resolution` is the one that decided it."""
    require(by, "reporting.end_obstacle", obstacle)
    what = clean(outcome, "outcome")
    if not what:
        raise Invalid(_("Say what came of it."), field="outcome")
    with ledger.change("reporting.end_obstacle", by=by, on=obstacle.obligation, reason=what[:200]) as change:
        now = fresh(obstacle)
        if now.ended_at:
            raise Conflict(_("It has ended already."), existing=now)
        change.update(now, ended_at=clock.now(), outcome=what, resolution=resolution)
    return now
