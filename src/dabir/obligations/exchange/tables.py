"""Debts as the tables of a profile: one sheet that says what it is, one with a row for each debt and quarter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from django.db.models import Prefetch

from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.obligations import measures
from dabir.obligations.exchange.profiles import Profile
from dabir.obligations.models import Involved, Obligation, Report, ReportState, Role, State, StepKind
from dabir.obligations.queries import UNCLASSIFIED, followed_by
from dabir.obligations.reporting.periods import planned_on, since
from dabir.persian import clock, jalali
from dabir.persian.digits import to_persian
from dabir.writing.table import Column, Kind, Table, Value

QUARTERS = ("بهار", "تابستان", "پاییز", "زمستان")
YES = "بله"
_LINE = 90
_KINDS = dict.fromkeys(("year", "forecast", "performance", "secretariat_percent"), Kind.NUMBER)
_KINDS |= dict.fromkeys(("due", "agency_day", "secretariat_day"), Kind.JALALI) | {"code": Kind.CODE}
_SHOWN = (State.OPEN, State.PROPOSED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Quarter:
    """Of the Jalali year; `number` is from 1 to 4."""

    year: int
    number: int

    @property
    def starts(self) -> date:
        return measures.quarter(self.year, self.number)[0]

    @property
    def ends(self) -> date:
        return measures.quarter(self.year, self.number)[1]


def newest_in(quarter: Quarter, reports: Sequence[Report]) -> Report | None:
    """Of these reports that stand, the newest that ends in the quarter."""
    within = [one for one in reports if quarter.starts <= one.ends <= quarter.ends]
    return max(within, key=lambda one: (one.ends, one.pk), default=None)


def exchange_tables(profile: Profile, by: Acting, *, body: Body, year: int, party: str = "") -> tuple[Table, Table]:
    """The debts of a body of which the actor sees all that is said, in a year: of all agencies, or of the one of that
    code; none above the normal class, since the table goes into another system. A bounded number of queries."""
    reports = Report.objects.exclude(state=ReportState.RETURNED).prefetch_related("steps")
    debts = followed_by(by).filter(UNCLASSIFIED, body=body, is_group=False, instances_made=0, lead__isnull=False)
    debts = debts.filter(state__in=_SHOWN)
    if party:
        debts = debts.filter(lead__code=party)
    debts = debts.select_related("lead", "body__party").prefetch_related(
        "milestones",
        "obstacles",
        Prefetch("reports", reports, to_attr="standing"),
        Prefetch("involved", Involved.objects.filter(role=Role.HELPER).select_related("party")),
    )
    columns = [
        Column(column.title, _KINDS.get(column.value, Kind.TEXT), hidden=column.hidden) for column in profile.out
    ]
    values = [column.value for column in profile.out]
    rows = [
        [made[value] for value in values]
        for debt in debts.order_by("lead__sort_key", "sort_day", "id")
        for quarter in _quarters(debt, year)
        for made in [_row(debt, quarter)]
    ]
    return _first(profile, body, year), Table(f"{body.party.name} {year}", columns, rows)


def _first(profile: Profile, body: Body, year: int) -> Table:
    read = "، ".join(f"«{column.title}»" for column in profile.columns if column.way != "out" and not column.hidden)
    hidden = any(column.value == "code" and column.hidden for column in profile.columns)
    rows = [
        profile.notice,
        f"{body.party.name}، سال {to_persian(str(year))}؛ تاریخ تهیه: {jalali.format_day(clock.today())}",
        "تکالیف جلسه‌های دارای طبقه‌بندی بالاتر از عادی در این جدول نیست.",
        f"آنچه هنگام بازگشت خوانده می‌شود: {read}.",
        "هر سطر از روی شناسه تکلیف شناخته می‌شود" + (" که در ستونی پنهان است." if hidden else "؛ آن را تغییر ندهید."),
    ]
    # LibreOffice fits no row to a text of several lines.
    lines = [line for row in rows for line in wrap(row, _LINE)]
    return Table("راهنما", [Column(profile.title, width=_LINE)], [[line] for line in lines])


def _quarters(debt: Obligation, year: int) -> Iterator[Quarter]:
    """From that of its communication on to that of its deadline, and as long as it runs to the present one."""
    starts = since(debt)
    if starts is None:
        return
    ended = debt.closed_at.astimezone(clock.TEHRAN).date() if debt.closed_at else clock.today()
    last = max(ended, debt.due_day or ended, *(one.day for one in debt.milestones.all()))
    for number in range(1, 5):
        quarter = Quarter(year, number)
        if starts <= quarter.ends and quarter.starts <= last:
            yield quarter


def _row(debt: Obligation, quarter: Quarter) -> dict[str, Value]:
    path = list(debt.milestones.all())
    report = newest_in(quarter, debt.standing)  # type: ignore[attr-defined]
    steps = {step.kind: step for step in report.steps.all()} if report else {}
    head, found = steps.get(StepKind.CONFIRMED), steps.get(StepKind.VERIFIED)
    return {
        "code": debt.code,
        "project": debt.action,
        "lead": debt.lead.name if debt.lead else "",
        "helpers": "، ".join(one.party.name if one.party else one.text for one in debt.involved.all()),
        "body": debt.body.party.name,
        "plan": "؛ ".join(f"{jalali.format_day(one.day)}: {to_persian(str(one.percent))}٪" for one in path),
        "due": debt.due_day,
        "year": quarter.year,
        "quarter": QUARTERS[quarter.number - 1],
        "forecast": _part(planned_on(path, quarter.ends)),
        "performance": _part(report.percent if report else None),
        "done": YES if report and report.done else "",
        "narrative": report.narrative if report else "",
        "obstacle": "؛ ".join(one.text for one in debt.obstacles.all() if one.ended_at is None),
        "agency_by": head.said_by if head else "",
        "agency_number": head.number if head else "",
        "agency_day": (head.dated or head.at.astimezone(clock.TEHRAN).date()) if head else None,
        "secretariat_percent": _part(report.verified_percent if report else None),
        "secretariat_by": found.said_by if found else "",
        "secretariat_day": found.at.astimezone(clock.TEHRAN).date() if found else None,
    }


def _part(percent: int | None) -> Value:
    """A number; 1 with its sign, since a workbook means 100 % by it, too."""
    return "۱٪" if percent == 1 else percent
