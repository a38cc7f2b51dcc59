"""What a paper or a file states of a debt: how far it is, by which letter its head stands for that, what stands in its
way; and what of it is news beside what stands here. What stands here already is never written twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.obligations.models import RUNNING, Obligation, Obstacle, Report, ReportState
from dabir.obligations.reporting.values import Hindrance, Progress, Signed
from dabir.persian.jalali import format_day


@dataclass(frozen=True, slots=True)
class Statement:
    """All of it `checked`. `of` is the report that stands here already, which the letter confirms or the obstacle goes
    with; then there is no progress."""

    progress: Progress | None = None
    signed: Signed | None = None
    hindrance: Hindrance | None = None
    of: Report | None = None

    @property
    def is_empty(self) -> bool:
        return self.progress is None and self.signed is None and self.hindrance is None


def news_in(said: Statement, debt: Obligation, reports: Sequence[Report], obstacles: Sequence[Obstacle]) -> Statement:
    """What of it does not stand here yet, beside the debt's reports that stand and its obstacles; `Invalid` where it
    cannot stand beside them."""
    progress = said.progress
    assert progress is not None
    hindrance = said.hindrance
    if hindrance and any((one.text, one.wanted) == (hindrance.text, hindrance.wanted) for one in obstacles):
        hindrance = None
    there = [one for one in reports if one.starts <= progress.ends and progress.starts <= one.ends]
    if not there:
        _check_running(debt)
        if progress.done and debt.demands_evidence:
            raise Invalid(_("This debt counts as done only with a file that shows it."))
        return replace(said, hindrance=hindrance)
    same = next((one for one in there if is_of(progress, one)), None)
    if same is None:
        sentence = _("There is a report for %(starts)s to %(ends)s already.")
        raise Invalid(sentence % {"starts": format_day(there[0].starts), "ends": format_day(there[0].ends)})
    news = Statement(None, said.signed if same.state == ReportState.REPORTED else None, hindrance, same)
    if not news.is_empty:
        _check_running(debt)
    return news


def is_of(progress: Progress, report: Report) -> bool:
    """Whether the progress says what that report says."""
    said = (progress.starts, progress.ends, progress.percent, progress.done, progress.narrative)
    return said == (report.starts, report.ends, report.percent, report.done, report.narrative)


def _check_running(debt: Obligation) -> None:
    if debt.state not in RUNNING:
        raise Invalid(_("This debt is no longer running."))
