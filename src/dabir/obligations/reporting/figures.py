"""Three numbers of a debt, never one: what is planned by today, what was reported, what was verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from dabir.foundation.acting import Acting
from dabir.foundation.prepared import is_hung
from dabir.obligations.models import Obligation
from dabir.obligations.queries import followed_among
from dabir.obligations.reporting.periods import planned_on


@dataclass(frozen=True, slots=True)
class Figures:
    """Percentages of the whole; none where there is no plan, no report, or nothing verified. Whoever only receives the
    debt's result is told of the verified one (`whole` is false)."""

    planned: int | None = None
    reported: int | None = None
    reported_on: date | None = None
    verified: int | None = None
    verified_on: date | None = None
    whole: bool = True

    @property
    def is_empty(self) -> bool:
        return self.planned is None and self.reported is None and self.verified is None


def figures_of(debts: Iterable[Obligation], by: Acting, today: date) -> dict[int, Figures]:
    """Of these debts, which the actor may read, by their key; two queries, and one where their
    `milestones` are loaded."""
    rows = list(debts)
    followed = followed_among(by, [row.pk for row in rows])
    unread = [row for row in rows if row.pk in followed and not is_hung(row, "milestones")]
    prefetch_related_objects(unread, "milestones")
    return {
        row.pk: Figures(
            planned_on(row.milestones.all(), today),
            row.reported_percent,
            row.reported_on,
            row.verified_percent,
            row.verified_on,
        )
        if row.pk in followed
        else Figures(verified=row.verified_percent, verified_on=row.verified_on, whole=False)
        for row in rows
    }
