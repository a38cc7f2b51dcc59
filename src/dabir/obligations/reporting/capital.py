"""Works that wait for the capital (کارهای ملی): who asked whom by which letter, who promised what for when, and how
long each has waited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import DateField, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from dabir.foundation.acting import Acting
from dabir.obligations.columns import day_cells
from dabir.obligations.models import RUNNING, Asks, Obstacle
from dabir.obligations.reporting.queries import obstacles_visible_to
from dabir.persian import clock, jalali
from dabir.writing.table import Column, Form, Kind, Table, Value


def capital_works(by: Acting, *, body: str = "", ended: bool = False) -> QuerySet[Obstacle]:
    """Those of running debts that the actor may see, of all bodies or of the one of that code, the longest waiting
    first; those that have `ended`, the newest first."""
    found = obstacles_visible_to(by).filter(asks=Asks.CAPITAL, ended_at__isnull=not ended)
    if body:
        found = found.filter(obligation__body__code=body)
    found = found.select_related("obligation__lead", "obligation__body__party", "obligation__meeting")
    if ended:
        return found.order_by("-ended_at", "-id")
    found = found.filter(obligation__state__in=RUNNING)  # for what is over nobody waits
    return found.order_by(Coalesce("first_dated", "dated", Cast("raised_at", DateField())), "id")


def days_waited(work: Obstacle) -> int:
    """Until today, or until it ended."""
    until = work.ended_at.astimezone(clock.TEHRAN).date() if work.ended_at else clock.today()
    return max((until - work.waits_since).days, 0)


def capital_table(by: Acting, form: Form, *, body: str = "", ended: bool = False) -> Table:
    """The list as a file."""
    with translation.override("fa"):
        days = [cell for cell in day_cells(_("Date of the letter"), "dated") if form in cell.forms]
        promised = [cell for cell in day_cells(_("Promised for"), "promised_for") if form in cell.forms]
        columns = [
            Column(_("Obstacle"), share=2.4),
            Column(_("Answer that is needed"), share=2),
            Column(_("Debt"), Kind.CODE, share=1.3),
            Column(_("Lead"), share=1.6),
            Column(_("Asked by"), share=1.2),
            Column(_("Asked of"), share=1.4),
            Column(_("Letter no."), share=0.9),
            *(Column(cell.title, cell.kind, share=cell.share) for cell in days),
            Column(_("Promised by"), share=1.2),
            Column(_("Promise"), share=1.6),
            *(Column(cell.title, cell.kind, share=cell.share) for cell in promised),
            Column(_("Days waited"), Kind.NUMBER, share=0.6),
            *([Column(_("Outcome"), share=1.6)] if ended else []),
        ]
        works = capital_works(by, body=body, ended=ended)
        return Table(
            title=_("Works that wait for the capital"),
            columns=columns,
            rows=_rows(works, len(days), len(promised), ended=ended),
            notes=[_("On %(day)s") % {"day": jalali.format_long(clock.today())}],
        )


def _rows(works: QuerySet[Obstacle], days: int, promised: int, *, ended: bool) -> Iterator[Sequence[Value]]:
    for work in works.iterator(chunk_size=500):
        debt = work.obligation
        yield [
            work.text,
            work.wanted,
            debt.code,
            debt.lead.name if debt.lead else "",
            work.asked_by,
            work.asked_of,
            work.number,
            *[work.dated] * days,
            work.promised_by,
            work.promise,
            *[work.promised_for] * promised,
            days_waited(work),
            *([work.outcome] if ended else []),
        ]
