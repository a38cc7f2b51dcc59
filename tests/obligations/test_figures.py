"""Figures about many debts, computed another way: row by row, from what a person would read on the debts' pages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.cycle.worst import worst
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.meetings.models import Meeting, MeetingState
from dabir.obligations import extending, figures
from dabir.obligations.measures import quarter_of
from dabir.obligations.models import Asks, Obligation, State
from dabir.obligations.queries import Filters, register_page
from dabir.obligations.reporting import services
from dabir.obligations.reporting.values import Found, Hindrance
from dabir.persian import clock, jalali
from tests import builders
from tests.personas import Personas
from tests.reported import day, owed, progress

pytestmark = pytest.mark.django_db
EVERY = (
    figures.rates_of_agencies,
    figures.rates_of_bodies,
    figures.overdue_by_agency,
    figures.ages,
    figures.quarters,
    figures.closed_since_last,
    worst,
    figures.decisions_asked,
)


def rows_of(by: Acting, filters: Filters) -> int:
    return len(register_page(by, filters, size=500).rows)


def varied(world: Personas) -> Obligation:
    """A debt of each end and age: done before, on and after its deadline, extended, late, awaited, and reported on."""
    debt = owed(world, told="1397/10/01")
    services.plan_path(debt, [(day("1397/12/01"), 30), (day("1398/06/01"), 70)], by=world.secretary)
    for n, (starts, ends) in enumerate((("1397/10/01", "1397/12/29"), ("1398/01/01", "1398/03/31"))):
        report = services.report(debt, progress(20 + 20 * n, starts=starts, ends=ends), by=world.head)
        services.verify(report, Found(10 + 20 * n, "کمتر"), by=world.secretary)
    today = clock.today()
    values = {f.attname: getattr(debt, f.attname) for f in Obligation._meta.concrete_fields if not f.generated}
    plain = values | {"reported_on": None, "reported_percent": None, "verified_on": None, "verified_percent": None}
    with ledger.change("tests.varied", by=world.operator) as change:
        for n in range(30):
            due = today + timedelta(days=5 * (n % 15) - 40)
            own: dict[str, object] = {"id": None, "code": f"varied-{n}", "due_kind": "day"}
            own |= {"due_day": due, "first_due_day": due}
            done = due + timedelta(days=n % 3 - 1)
            if n % 4 == 1:  # closed some days before or after its deadline
                own |= {"state": State.CLOSED, "closed_at": _at(done)}
            elif n % 4 == 2:  # verified for a period's end, proposed much later
                own |= {"state": State.PROPOSED, "proposed_at": _at(today)}
                own |= {"verified_on": done, "verified_percent": 100}
            if n % 5 == 0:
                own |= {"first_due_day": due - timedelta(days=12), "extensions": 1}
            if n % 7 == 0:
                own["lead_id"] = world.parties["housing"].pk
            change.create(Obligation(**plain | own))
    return debt


def _at(when: date) -> datetime:
    return datetime.combine(when, time(9), clock.TEHRAN)


def test_kept_deadlines_are_those_that_a_person_would_count(world: Personas) -> None:
    varied(world)
    expected: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for debt in Obligation.objects.filter(is_group=False, due_day__isnull=False, lead__isnull=False):
        done = None
        if debt.state in (State.PROPOSED, State.CLOSED):
            moment = debt.proposed_at or debt.closed_at
            assert moment and debt.due_day
            done = debt.verified_on if debt.verified_percent == 100 else moment.astimezone(clock.TEHRAN).date()
        assert debt.due_day and debt.lead
        if done or (debt.state == State.OPEN and debt.due_day < clock.today()):
            counted = expected[debt.lead.code]
            counted[0] += 1
            counted[1] += bool(done and done <= debt.due_day)
            counted[2] += bool(done and done <= (debt.first_due_day or debt.due_day))
    rates = figures.rates_of_agencies(world.secretary)
    assert {one.code: [one.measured, one.kept, one.first] for one in rates} == dict(expected)
    assert len({(one.kept, one.first, one.measured) for one in rates}) > 1
    for one in rates:
        for which, count in (("measured", one.measured), ("yes", one.kept), ("no", one.measured - one.kept)):
            assert rows_of(world.secretary, Filters(lead=one.code, kept=which)) == count
        assert rows_of(world.secretary, Filters(lead=one.code, kept="first")) == one.first
    (body,) = figures.rates_of_bodies(world.secretary)
    assert (body.measured, body.kept) == (sum(one.measured for one in rates), sum(one.kept for one in rates))


def test_ages_and_overdue_agencies_open_their_rows(world: Personas) -> None:
    debt = varied(world)
    today = clock.today()
    running = Obligation.objects.filter(state__in=["open", "proposed"], is_group=False).select_related("meeting")
    ages = figures.ages(world.governor)
    assert [one.count for one in ages] == [sum(bool(o.meeting) for o in running), 0, 0, 0, 0]
    with ledger.change("tests.older", by=world.operator) as change:
        meeting = debt.meeting
        assert meeting
        change.update(meeting, date=today - timedelta(days=30))
    ages = figures.ages(world.governor)
    assert [one.count for one in ages][:2] == [0, running.count()]
    late = running.filter(due_day__lt=today, state="open")  # what is proposed for closing was done
    assert running.filter(due_day__lt=today, state="proposed").exists()
    assert ages[1].late == late.count() == rows_of(world.governor, Filters(age="1", overdue=True))
    amounts = figures.overdue_by_agency(world.governor)
    assert sum(one.count for one in amounts) == late.count()
    assert all(rows_of(world.governor, one.filters) == one.count for one in amounts)


def test_three_numbers_of_a_quarter_are_the_means_of_its_reports(world: Personas) -> None:
    debt = varied(world)
    told = {one.key: one for one in figures.quarters(world.secretary) if one.reports}
    assert {key: (one.planned, one.reported, one.verified) for key, one in told.items()} == {
        "1397-4": (30, 20, 10),
        "1398-1": (30, 40, 30),
    }
    for key in told:
        (row,) = register_page(world.secretary, Filters(quarter=key)).rows
        assert row.pk == debt.pk
    assert quarter_of("1398-4") == (
        jalali.to_gregorian(1398, 10, 1),
        jalali.to_gregorian(1399, 1, 1) - timedelta(days=1),
    )
    assert not any(map(quarter_of, ("1398-5", "x-1", "", "014001-2", "1598-1", "1398-1-1")))


def test_who_only_receives_a_result_learns_nothing_by_narrowing(world: Personas) -> None:
    debt = varied(world)
    services.raise_obstacle(debt, Hindrance("اعتبار", Asks.DECISION, "تخصیص"), by=world.officer)
    told = [Filters(quarter="1397-4"), Filters(asks=True), Filters(below_plan=True)]
    assert [rows_of(world.officer, one) for one in told] == [1, 1, 1]
    assert rows_of(world.county, Filters()) > 0
    assert [rows_of(world.county, one) for one in told] == [0, 0, 0]
    assert not any(one.reports for one in figures.quarters(world.county)) and not figures.decisions_asked(world.county)
    with ledger.change("tests.late", by=world.operator) as change:
        change.update(Obligation.objects.get(pk=debt.pk), due_day=clock.today() - timedelta(days=90))
    officers, countys = ({one.row.pk: one.words for one in worst(by)} for by in (world.officer, world.county))
    assert officers[debt.pk] and debt.pk not in countys


def test_decisions_are_asked_by_obstacles_and_by_extensions_that_the_body_decides(world: Personas) -> None:
    debt = varied(world)
    other = Obligation.objects.filter(code__startswith="varied", state="open").first()
    assert other and other.due_day and other.extensions >= other.body.extensions_by_secretary
    extending.ask_extension(other, by=world.secretary, wanted=clock.today() + timedelta(days=9), reason="برف",
                            number="1", dated=clock.today())  # fmt: skip
    services.raise_obstacle(debt, Hindrance("اعتبار", Asks.DECISION, "تخصیص اعتبار"), by=world.officer)
    services.raise_obstacle(debt, Hindrance("مجوز", Asks.NOTHING), by=world.officer)
    found = {row.pk: words for row, words in figures.decisions_asked(world.governor)}
    assert found == {debt.pk: "تخصیص اعتبار", other.pk: "برف"}
    assert rows_of(world.governor, Filters(asks=True)) == 2 and rows_of(world.governor, Filters(below_plan=True)) > 0
    with ledger.change("tests.sleep", by=world.operator) as change:
        for one in Obligation.objects.all():
            change.update(one, asleep=True)
    assert not figures.decisions_asked(world.governor) and not rows_of(world.governor, Filters(below_plan=True))


def test_closed_since_the_last_session_counts_from_its_day_on(world: Personas) -> None:
    debt = varied(world)
    meeting = debt.meeting
    assert meeting
    (since,) = figures.closed_since_last(world.governor)
    closed = Obligation.objects.filter(state="closed")
    expected = [o for o in closed if o.closed_at and o.closed_at.astimezone(clock.TEHRAN).date() >= meeting.date]
    assert (since.meeting, since.count) == (meeting.code, len(expected)) and 0 < len(expected) < closed.count()
    assert rows_of(world.governor, Filters(closed_since=since.since)) == since.count
    # Whoever may not know of the session does not learn its day by narrowing.
    assert rows_of(world.head, Filters(state="closed")) > rows_of(world.head, Filters(closed_since=since.since)) == 0


def test_the_last_session_is_whichever_is_on_record_whoever_kept_its_minutes(world: Personas) -> None:
    """A joint one is that of both bodies, each with what it closed itself; one whose minutes are not on record none."""
    debt = varied(world)
    assert debt.meeting
    both = [("committee", 5), ("hq", 50)]
    later = debt.meeting.date + timedelta(days=1)
    committee = world.bodies["committee"]
    joint = builders.held(world, kept_by=committee, bodies=both, code="committee-1398-5", date=later)
    assert [one.meeting for one in figures.closed_since_last(world.governor)] == [debt.meeting.code]
    Meeting.objects.filter(pk=joint.pk).update(state=MeetingState.RECORDED)
    found = {one.since: one for one in figures.closed_since_last(world.governor)}
    assert set(found) == {"committee-1398-5@committee", "committee-1398-5@hq"}
    assert {one.day for one in found.values()} == {later}
    closed = Obligation.objects.filter(state="closed", closed_at__gte=_at(later), body=world.bodies["hq"]).count()
    assert [found[key].count for key in sorted(found)] == [0, closed] and closed
    assert [rows_of(world.governor, Filters(closed_since=key)) for key in sorted(found)] == [0, closed]


def test_figures_ask_as_many_queries_however_many_debts(world: Personas) -> None:
    def asked() -> list[int]:
        counts = []
        for figure in EVERY:
            with CaptureQueriesContext(connection) as queries:
                figure(world.secretary)
            counts.append(len(queries))
        return counts

    varied(world)
    few = asked()
    with ledger.change("tests.more", by=world.operator) as change:
        for one in list(Obligation.objects.filter(code__startswith="varied")):
            fields = {f.attname: getattr(one, f.attname) for f in Obligation._meta.concrete_fields if not f.generated}
            change.create(Obligation(**fields | {"id": None, "code": f"more-{one.pk}"}))
    more = [8 if figure is worst else 0 for figure in EVERY]  # it looks at the first, at more, and at all
    assert all(many <= one + two for many, one, two in zip(asked(), few, more, strict=True)) and sum(few) < 20
