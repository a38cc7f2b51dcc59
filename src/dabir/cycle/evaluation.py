"""The evaluation report of a period (گزارش ارزشیابی دوره): how a body's debts stand, agency by agency, as tables.

The next sessions are built on it (seed ج/۷). Debts of meetings above the normal class are left out, and the report says
so: it is a paper that is handed round. A fixed number of queries, however many debts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from dabir.cycle.agenda_words import more_of
from dabir.cycle.worst import weighed
from dabir.directory.models import Body
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import ON_RECORD, Meeting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.evaluating import Agency, Period, agencies_of, mean
from dabir.obligations.models import (
    NOT_ENDED,
    Act,
    Decision,
    Extension,
    ExtensionState,
    Obligation,
    Obstacle,
    State,
)
from dabir.obligations.queries import DEBTS, UNCLASSIFIED, visible_to
from dabir.persian import clock, jalali
from dabir.writing.table import Column, Kind, Table, Value

LANGUAGE = "fa"
"""The record's own, in which all lists leave."""
MOST = 500


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`tables`: by agency, the worst, obstacles, extensions, and what the last session has closed since."""

    body: Body
    starts: date
    ends: date
    day: date
    tables: tuple[Table, ...]


def evaluation_of(body: Body, *, by: Acting, starts: date, ends: date, language: str = LANGUAGE) -> Evaluation:
    """How a body's debts stand, for a period that has begun; for the readers of its next agenda. `Invalid` where the
    days are the wrong way round. `language`: of all that nobody has written."""
    require(by, "cycle.evaluation_of", body)
    today = clock.today()
    if ends < starts:
        raise Invalid(_("The last day comes before the first one."), field="until")
    if starts > today:
        raise Invalid(_("This period has not begun yet."), field="since")
    debts = visible_to(by).filter(UNCLASSIFIED, body=body)
    period = Period(starts, ends, today)
    with translation.override(language):
        tables = (
            _by_agency(body, debts, period),
            _worst(body, by, today),
            _obstacles(debts, period),
            _extensions(debts, period),
            _closed(body, debts, by, today),
        )
    return Evaluation(body, starts, ends, today, tables)


def _by_agency(body: Body, debts: QuerySet[Obligation], period: Period) -> Table:
    agencies = agencies_of(debts, period)
    if len(agencies) > 1:
        whole = Agency(_("All"))
        for one in agencies:
            whole.add(one)
        agencies.append(whole)
    sums = sum(not one.name for one in agencies) + (len(agencies) > 1)
    counted = (
        _("Given"), _("Fell due"), _("Closed"), _("On time (%)"), _("Running"), _("Overdue"), _("Mean age (days)"),
        _("Planned (%)"), _("Reported (%)"), _("Verified (%)"),
    )  # fmt: skip
    days = {name: jalali.format_day(getattr(period, name)) for name in ("starts", "ends", "today")}
    return Table(
        _("Evaluation of the period"),
        [Column(_("Agency"), share=3), *(Column(head, Kind.NUMBER, share=0.8) for head in counted)],
        [_agency_row(one) for one in agencies],
        notes=[
            body.party.name,
            _("From %(starts)s to %(ends)s, as of %(today)s") % days,
            _(
                "Given, due, closed and on time are of the period, all else of today; "
                "percentages are means of what runs."
            ),
            _("What is above the normal class is not in this report."),
        ],
        sums=sums,
    )


def _agency_row(one: Agency) -> list[Value]:
    means = [mean(values) for values in (one.ages, one.planned, one.reported, one.verified)]
    counts = [one.given, one.due, one.closed, one.rate, one.running, one.overdue]
    return [one.name or _("without a lead"), *counts, *means]


def _worst(body: Body, by: Acting, today: date) -> Table:
    """As the next agenda weighs them."""
    worst = weighed([body], by, today, only=UNCLASSIFIED)
    debts = Obligation.objects.select_related("lead").in_bulk([one.facts.pk for one in worst])
    rows: list[list[Value]] = []
    for one in worst:
        debt = debts[one.facts.pk]
        late = (today - debt.due_day).days if debt.due_day and debt.due_day < today else None
        words = debt.last_words + (f" ({more_of(len(one.kin))})" if one.kin else "")
        rows.append([
            debt.code, debt.action, debt.lead.name if debt.lead else _("without a lead"), debt.due_day, late,
            debt.reported_percent, debt.verified_percent, one.score, words,
        ])  # fmt: skip
    return Table(
        _("The worst"),
        [
            Column(_("Code"), Kind.CODE, share=1.8), Column(_("Debt"), share=3), Column(_("Lead"), share=1.6),
            Column(_("Deadline"), Kind.JALALI), Column(_("Days late"), Kind.NUMBER, share=0.7),
            Column(_("Reported (%)"), Kind.NUMBER, share=0.8), Column(_("Verified (%)"), Kind.NUMBER, share=0.8),
            Column(_("Points"), Kind.NUMBER, share=0.7), Column(_("Last words"), share=3),
        ],
        rows,
    )  # fmt: skip


def _obstacles(debts: QuerySet[Obligation], period: Period) -> Table:
    """Raised in the period, or standing now."""
    rows = Obstacle.objects.filter(
        Q(raised_at__range=period.moments) | Q(ended_at=None, obligation__state__in=NOT_ENDED),
        obligation__in=debts.values("pk"),
    ).select_related("obligation__lead")
    return Table(
        _("Obstacles"),
        [
            Column(_("Code"), Kind.CODE, share=1.8), Column(_("Lead"), share=1.6), Column(_("Obstacle"), share=3),
            Column(_("It needs"), share=1.4), Column(_("What is wanted"), share=2.4),
            Column(_("Since"), Kind.JALALI), Column(_("What came of it"), share=2),
        ],
        [
            [
                one.obligation.code, _lead(one.obligation), one.text, one.get_asks_display(), one.wanted,
                _local(one.raised_at), one.outcome or (_("ended") if one.ended_at else ""),
            ]
            for one in rows.order_by("id")[:MOST]
        ],
    )  # fmt: skip


def _extensions(debts: QuerySet[Obligation], period: Period) -> Table:
    """Asked for or decided in the period, or waiting now."""
    within = period.moments
    rows = Extension.objects.filter(
        Q(asked_at__range=within) | Q(decided_at__range=within) | Q(state=ExtensionState.ASKED),
        obligation__in=debts.values("pk"),
    ).select_related("obligation__lead")
    return Table(
        _("Extensions"),
        [
            Column(_("Code"), Kind.CODE, share=1.8), Column(_("Lead"), share=1.6), Column(_("Before"), Kind.JALALI),
            Column(_("Wanted"), Kind.JALALI), Column(_("State"), share=1), Column(_("Granted until"), Kind.JALALI),
            Column(_("First deadline"), Kind.JALALI), Column(_("Times"), Kind.NUMBER, share=0.6),
            Column(_("Reason"), share=3),
        ],
        [
            [
                one.obligation.code, _lead(one.obligation), one.before, one.wanted, one.get_state_display(),
                one.granted, one.obligation.first_due_day, one.obligation.extensions, one.reason,
            ]
            for one in rows.order_by("id")[:MOST]
        ],
    )  # fmt: skip


def _closed(body: Body, debts: QuerySet[Obligation], by: Acting, today: date) -> Table:
    """What the last session of the body on record closed, and what was closed since."""
    met = meetings_visible_to(by).filter(bodies__body=body, state__in=ON_RECORD, secrecy=SecrecyClass.NORMAL)
    last: Meeting | None = met.filter(date__lte=today).order_by("-date", "-id").first()
    found: list[Obligation] = []
    if last:
        since = datetime.combine(last.date, datetime.min.time(), clock.TEHRAN)
        closed = debts.filter(DEBTS, state=State.CLOSED, closed_at__gte=since)
        found = list(closed.select_related("lead").order_by("closed_at", "id")[:MOST])
    closing = Decision.objects.filter(
        obligation__in=[debt.pk for debt in found], act=Act.CLOSE, resolution__meeting__secrecy=SecrecyClass.NORMAL
    )
    codes = dict(closing.order_by("id").values_list("obligation", "resolution__code"))
    return Table(
        _("Closed since the last session"),
        [
            Column(_("Code"), Kind.CODE, share=1.8), Column(_("Debt"), share=3), Column(_("Lead"), share=1.6),
            Column(_("Deadline"), Kind.JALALI), Column(_("Closed"), Kind.JALALI),
            Column(_("Resolution"), Kind.CODE, share=1.4),
        ],
        [
            [debt.code, debt.action, _lead(debt), debt.due_day, _local(debt.closed_at), codes.get(debt.pk, "")]
            for debt in found
        ],
        notes=[last.title] if last else [],
    )  # fmt: skip


def _lead(debt: Obligation) -> str:
    return debt.lead.name if debt.lead else _("without a lead")


def _local(moment: date | datetime | None) -> date | None:
    return moment.astimezone(clock.TEHRAN).date() if isinstance(moment, datetime) else moment
