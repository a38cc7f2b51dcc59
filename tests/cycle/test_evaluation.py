"""The evaluation report of a period: what its tables count, and what stays out of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.cycle.evaluation import evaluation_of
from dabir.cycle.next_agenda import agenda_of
from dabir.foundation import ledger
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.obligations.deciding import Decided
from dabir.obligations.evaluating import Period, agencies_of
from dabir.obligations.models import Act, Obligation
from dabir.obligations.parts import decide
from dabir.obligations.reporting import services as reporting
from dabir.obligations.reporting.values import Hindrance
from dabir.persian import clock
from tests import builders
from tests import crowd as crowds
from tests.conftest import TODAY
from tests.personas import Personas

pytestmark = pytest.mark.django_db
STARTS = TODAY - timedelta(days=90)


def rows_of(table: Any) -> list[list[Any]]:
    return [list(row) for row in table.rows]


def test_each_agency_is_counted_as_by_hand(db: None) -> None:
    world = crowds.crowd()
    hq, ends = world.bodies["hq"], TODAY + timedelta(days=30)
    found = {one.name: one for one in agencies_of(Obligation.objects.filter(body=hq), Period(STARTS, ends, TODAY))}
    for name in ("roads", "housing", "agriculture"):
        party = world.parties[name]
        debts = [
            debt
            for debt in Obligation.objects.filter(body=hq, lead=party, is_group=False, instances_made=0)
            if debt.state not in ("cancelled", "superseded")
        ]
        due = [d for d in debts if d.due_day and STARTS <= d.due_day <= ends]
        settled = [d for d in due if not d.asleep and d.state != "unsettled"]
        judged = [(d, _done(d)) for d in settled if _done(d) or (d.due_day and d.due_day < TODAY)]
        on_time = [d for d, done in judged if done and d.due_day and done <= d.due_day]
        running = [d for d in debts if d.state in ("open", "proposed", "unsettled")]
        late = [d for d in running if d.state == "open" and d.due_day and d.due_day < TODAY and not d.asleep]
        closed = [d for d in debts if d.closed_at and STARTS <= d.closed_at.astimezone(clock.TEHRAN).date() <= ends]
        one = found[party.name]
        assert (one.due, one.measured, one.kept) == (len(due), len(judged), len(on_time))
        assert (one.running, one.overdue, one.closed) == (len(running), len(late), len(closed))
        assert sorted(one.verified) == sorted(d.verified_percent for d in running if d.verified_percent is not None)
        assert one.rate == round(100 * len(on_time) / len(judged))
    table = evaluation_of(hq, by=world.secretary, starts=STARTS, ends=ends).tables[0]
    *agencies, whole = rows_of(table)
    assert whole[2] == sum(row[2] for row in agencies) and len(agencies) == len(found)
    assert [row[0] for row in (agencies[-1], whole)] == ["بدون مجری", "همه"] and table.sums == 2
    assert [row[6] for row in agencies[:-1]] == sorted((row[6] for row in agencies[:-1]), reverse=True)


def _done(debt: Obligation) -> date | None:
    if debt.state not in ("proposed", "closed"):
        return None
    if debt.verified_percent == 100:
        return debt.verified_on
    moment = debt.proposed_at or debt.closed_at
    return moment.astimezone(clock.TEHRAN).date() if moment else None


def test_worst_obstacles_extensions_and_what_the_last_session_closed(world: Personas) -> None:
    meeting = builders.meeting(world)
    hq, by = world.bodies["hq"], world.secretary
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    with ledger.change("tests.release", by=world.operator) as change:
        change.update(debt, released_at=clock.now())
    reporting.raise_obstacle(debt, Hindrance("برف", asks="decision", wanted="اعتبار"), by=by)
    gone = Obligation.objects.get(code="hq-1398-11/2.2")
    resolution = meeting.resolutions.get(number="۶")
    decide(gone, Decided(Act.CLOSE), resolution, by=by)
    builders.held(world, bodies=[("hq", 12)], code="hq-1398-12", date=TODAY)  # not on record
    made = evaluation_of(hq, by=world.governor, starts=STARTS, ends=TODAY)
    _agencies, worst, obstacles, extensions, closed = map(rows_of, made.tables)
    assert [row[0] for row in worst] == [line.code for line in agenda_of(hq, by=by).lines]
    assert [(row[0], row[2], row[4]) for row in obstacles] == [(debt.code, "برف", "اعتبار")]
    assert (extensions, [(row[0], row[4], row[5]) for row in closed]) == (
        [],
        [(gone.code, meeting.date, resolution.code)],
    )
    with pytest.raises(Invalid, match="پیش از"):
        evaluation_of(hq, by=by, starts=TODAY, ends=STARTS)
    with pytest.raises(Invalid, match="آغاز نشده"):
        evaluation_of(hq, by=by, starts=TODAY + timedelta(days=1), ends=TODAY + timedelta(days=2))


def test_what_is_classified_stays_out_and_the_report_says_so(world: Personas) -> None:
    read = builders.minutes(world, number=10, session="1398/07/10")
    builders.meeting(world, read, secrecy=SecrecyClass.CONFIDENTIAL)
    made = evaluation_of(world.bodies["hq"], by=world.secretary, starts=STARTS, ends=TODAY)
    assert [rows_of(table) for table in made.tables] == [[]] * 5
    assert any("طبقه‌بندی" in note for note in made.tables[0].notes)


def test_as_many_queries_whatever_the_number_of_debts(db: None) -> None:
    world = crowds.crowd()

    def queries(body: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            evaluation_of(world.bodies[body], by=world.operator, starts=STARTS, ends=TODAY)
        return len(asked)

    assert queries("committee") <= queries("hq") <= 18
