"""Figures about many debts, each with the filters that open its rows: kept deadlines, age, three numbers by quarter,
what closed since the last session, what is asked of the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db.models import Avg, Case, Count, IntegerField, OuterRef, Q, Subquery, When

from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.foundation.remembered import until_the_next_event
from dabir.meetings.models import ON_RECORD, Meeting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.chains import by_members, past_undated, ties
from dabir.obligations.measures import AGES, IS_RUNNING, age_of, asking_obstacles, kept, quarter
from dabir.obligations.models import (
    Extension,
    ExtensionState,
    Obligation,
    Report,
    ReportState,
    State,
)
from dabir.obligations.queries import (
    DEBTS,
    Filters,
    RegisterRow,
    followed_by,
    row_values,
    rows_from,
    standings,
    visible_to,
)
from dabir.persian import clock, jalali

MOST = 12
"""Agencies of a picture: those with the most."""
QUARTERS = 8
FEW = 10


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the measured debts of a party were kept by the deadline in force, and by the first."""

    code: str
    name: str
    measured: int
    kept: int
    first: int
    filters: Filters

    def share(self, count: int) -> int:
        return round(100 * count / self.measured)


@dataclass(frozen=True, slots=True)
class Amount:
    """So many debts of a party."""

    code: str
    name: str
    count: int
    filters: Filters


@dataclass(frozen=True, slots=True)
class Age:
    """Running debts that were decided between so many days ago; `late` of them are overdue."""

    number: int
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a Jalali year, and the means of what was planned, reported and verified in the reports that end in
    it; none where no report says it."""

    year: int
    number: int
    reports: int
    planned: int | None
    reported: int | None
    verified: int | None

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number}"


@dataclass(frozen=True, slots=True)
class Closed:
    """What a body has closed from the day of its last session on record on; `since` is the filter that opens it."""

    body: str
    since: str
    meeting: str
    title: str
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A debt that is due no later than another one for which it waits."""

    row: RegisterRow
    awaited: RegisterRow


@until_the_next_event
def rates_of_agencies(by: Acting, body: str = "") -> tuple[Rate, ...]:
    return _rates(by, Filters(body=body), "lead__code", "lead__name", "lead")


@until_the_next_event
def rates_of_bodies(by: Acting) -> tuple[Rate, ...]:
    return _rates(by, Filters(), "body__code", "body__party__name", "body")


def _rates(by: Acting, filters: Filters, code: str, name: str, what: str) -> tuple[Rate, ...]:
    today = clock.today()
    debts = filters.narrow(visible_to(by).filter(DEBTS), today, by).filter(kept("measured", today))
    rows = debts.order_by().values_list(code, name).exclude(**{code: None})
    counted = rows.annotate(
        n=Count("pk"), k=Count("pk", filter=kept("yes", today)), f=Count("pk", filter=kept("first", today))
    )
    return tuple(
        Rate(one, named, n, k, f, replace(filters, kept="measured", **{what: one}))
        for one, named, n, k, f in counted.order_by("-n", code)[:MOST]
    )


@until_the_next_event
def overdue_by_agency(by: Acting, body: str = "") -> tuple[Amount, ...]:
    """The agencies with the most overdue debts."""
    today, filters = clock.today(), Filters(body=body, overdue=True)
    debts = filters.narrow(visible_to(by).filter(DEBTS), today, by).exclude(lead=None)
    rows = debts.order_by().values_list("lead__code", "lead__name").annotate(n=Count("pk")).order_by("-n", "lead__code")
    return tuple(Amount(code, name, n, replace(filters, lead=code)) for code, name, n in rows[:MOST])


@until_the_next_event
def ages(by: Acting, body: str = "") -> tuple[Age, ...]:
    """Running debts by their age; one query."""
    today = clock.today()
    debts = Filters(body=body).narrow(visible_to(by).filter(DEBTS, IS_RUNNING), today, by)
    numbers = range(len(AGES))
    late = standings(today)["overdue"]
    counted = debts.aggregate(
        **{f"n{n}": Count("pk", filter=age_of(n, today)) for n in numbers},
        **{f"l{n}": Count("pk", filter=age_of(n, today) & late) for n in numbers},
    )
    return tuple(Age(n, counted[f"n{n}"], counted[f"l{n}"]) for n in numbers)


@until_the_next_event
def quarters(by: Acting, body: str = "") -> tuple[Quarter, ...]:
    """The last quarters, the present one last, of debts that the actor follows; one query."""
    today = clock.today()
    year, month, _day = jalali.from_gregorian(today)
    index = year * 4 + (month - 1) // 3
    keys = [divmod(n, 4) for n in range(index - QUARTERS + 1, index + 1)]
    days = [quarter(y, q + 1) for y, q in keys]
    debts = Filters(body=body).narrow(followed_by(by), today, by)
    reports = Report.objects.filter(obligation__in=debts.values("pk"), ends__range=(days[0][0], days[-1][1]))
    which = Case(*(When(ends__lte=last, then=n) for n, (_first, last) in enumerate(days)), output_field=IntegerField())
    rows = reports.exclude(state=ReportState.RETURNED).order_by().annotate(which=which).values_list("which")
    means = [Avg(name) for name in ("planned_percent", "percent", "verified_percent")]
    found = {n: (count, *map(_rounded, told)) for n, count, *told in rows.annotate(Count("pk"), *means)}
    return tuple(Quarter(y, q + 1, *found.get(n, (0, None, None, None))) for n, (y, q) in enumerate(keys))


def _rounded(mean: float | None) -> int | None:
    return None if mean is None else round(float(mean))


@until_the_next_event
def closed_since_last(by: Acting, body: str = "") -> tuple[Closed, ...]:
    """For each body that has met, what it closed from its last session on record on, whoever kept its minutes, here or
    on paper; three queries."""
    held = meetings_visible_to(by).filter(bodies__body=OuterRef("pk"), date__lte=clock.today(), state__in=ON_RECORD)
    newest = Subquery(held.order_by("-date", "-id").values("pk")[:1])
    bodies = Body.objects.filter(code=body) if body else Body.objects.all()
    met = list(bodies.annotate(last=newest).exclude(last=None).select_related("party").order_by("party__sort_key"))
    sessions = Meeting.objects.in_bulk([vars(one)["last"] for one in met])
    pairs = [(one, sessions[vars(one)["last"]]) for one in met]
    closed = visible_to(by).filter(DEBTS, state=State.CLOSED, closed_at__isnull=False)
    counts = closed.aggregate(
        **{
            f"n{one.pk}": Count(
                "pk", filter=Q(body=one, closed_at__gte=datetime.combine(last.date, time(), clock.TEHRAN))
            )
            for one, last in pairs
        }
    )
    return tuple(
        Closed(one.party.name, f"{last.code}@{one.code}", last.code, last.title, last.date, counts[f"n{one.pk}"])
        for one, last in pairs
    )


@until_the_next_event
def decisions_asked(by: Acting, body: str = "") -> tuple[tuple[RegisterRow, str], ...]:
    """Debts that need a word of their body: an obstacle that asks for it, or an extension that the secretary may no
    longer grant; each with what is wanted. Of those the oldest; four queries."""
    debts = Filters(body=body, asks=True).narrow(visible_to(by).filter(DEBTS), clock.today(), by)
    rows = rows_from(list(row_values(debts.order_by("sort_day", "id"))[:FEW]))
    wanted = _wanted([row.pk for row in rows])
    return tuple((row, wanted.get(row.pk, "")) for row in rows)


def _wanted(debts: list[int]) -> dict[int, str]:
    asked = Extension.objects.filter(obligation__in=debts, state=ExtensionState.ASKED)
    words = dict(asked.values_list("obligation", "reason"))
    obstacles = asking_obstacles().filter(obligation__in=debts)
    return words | dict(obstacles.order_by("-id").values_list("obligation", "wanted"))


@until_the_next_event
def broken_chains(by: Acting, body: str = "") -> tuple[Broken, ...]:
    """Debts that are left no slack by what they wait for (`chains.Tie`), the first due first; a fixed number of
    queries."""
    found = [tie for tie in past_undated(ties(visible_to(by))) if tie.without_slack]
    seen = Filters(body=body).narrow(visible_to(by).filter(DEBTS), clock.today(), by)
    told = set(seen.filter(pk__in={tie.obligation for tie in found}).values_list("pk", flat=True))
    pairs = [tie[:2] for tie in sorted(found, key=lambda tie: tie.day) if tie.obligation in told][:FEW]
    values = row_values(Obligation.objects.filter(pk__in=sum(pairs, ())))
    rows = {row.pk: row for row in by_members(rows_from(list(values)))}
    return tuple(Broken(rows[waiting], rows[awaited]) for waiting, awaited in pairs)
