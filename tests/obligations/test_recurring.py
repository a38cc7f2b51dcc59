"""Duties that come again (seed ج/۷): their next instance is there when it is needed, once."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from dabir.cycle.deciding import decide_by_resolution
from dabir.cycle.escalating import look
from dabir.cycle.importing import import_register
from dabir.cycle.models import Notice
from dabir.directory.models import Body
from dabir.foundation import ledger
from dabir.foundation.errors import Invalid
from dabir.foundation.models import Event
from dabir.foundation.prepared import fresh
from dabir.meetings import services as meetings
from dabir.meetings.models import Meeting, Resolution
from dabir.meetings.services.planning import Plan
from dabir.obligations import instances, recurring, services
from dabir.obligations.counting import counts
from dabir.obligations.deciding import Decided, move_due
from dabir.obligations.making import Due, Duty
from dabir.obligations.models import Act, DueKind, Obligation, Order, OrderWay, State
from dabir.obligations.queries import Filters, register_page
from dabir.obligations.reporting import services as reporting
from dabir.persian import clock
from dabir.persian.jalali import to_gregorian
from tests import builders, kept, personas
from tests.at_once import at_once
from tests.cycle.test_escalating import at
from tests.personas import Personas
from tests.reported import communicated, progress
from tests.sheets import register, row


def day(text: str) -> date:
    return date.fromisoformat(builders.day(text).iso or "")


def duty(world: Personas, text: str, *, told: bool = True) -> Obligation:
    """Of an order of 1398/07/10; as if it had been communicated."""
    (made,) = services.record_order(
        by=world.secretary,
        body=world.bodies["hq"],
        way=OrderWay.NOTE,
        day=day("1398/07/10"),
        text="گزارش دهد",
        duties=[Duty("گزارش دهد", world.parties["roads"], due=Due(DueKind.RECURRENCE, text=text))],
    )
    services.release([made], by=world.secretary)
    if told:
        with ledger.change("tests.told", by=world.operator, on=made) as change:
            change.update(made, communicated_at=clock.now())
    made.refresh_from_db()
    return made


def made_on(world: Personas, text: str) -> list[tuple[str, date | None]]:
    rows = recurring.make_due_instances(day(text), by=world.operator)
    return [(row.code, row.due_day) for row in rows]


def plan(world: Personas, text: str) -> Meeting:
    hq = world.bodies["hq"]
    number = Meeting.objects.count() + 20
    return meetings.plan_meeting(Plan(day(text), time(9)), by=world.secretary, kept_by=hq, bodies=[(hq, number)])


def move(world: Personas, meeting: Meeting, text: str) -> None:
    meetings.change_meeting(meeting, Plan(day(text), time(9)), by=world.secretary)


def hold(world: Personas, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting.refresh_from_db()
    at(monkeypatch, meeting.date)
    meetings.hold_meeting(meeting, by=world.secretary, starts_at=time(9))


def propose(world: Personas, instance: Obligation) -> None:
    with ledger.change("tests.proposed", by=world.operator) as change:
        instance.propose()
        instance.proposed_at = clock.now()
        change.touch(instance, "state", "proposed_at")


def due_days(debt: Obligation) -> list[date | None]:
    return list(debt.instances.order_by("pk").values_list("due_day", flat=True))


def test_the_next_instance_lies_ahead_and_is_made_once(world: Personas) -> None:
    debt = duty(world, "هر ماه")
    code = debt.code
    assert made_on(world, "1398/07/20") == [(f"{code}.1", day("1398/08/10"))]
    assert made_on(world, "1398/08/09") == []
    assert made_on(world, "1398/08/10") == [(f"{code}.2", day("1398/09/10"))]
    assert made_on(world, "1398/08/10") == []
    late = made_on(world, "1398/11/01")  # nobody looked for two months: both were owed
    assert late == [(f"{code}.3", day("1398/10/10")), (f"{code}.4", day("1398/11/10"))]
    instance = Obligation.objects.get(code=f"{code}.1")
    assert (instance.lead, instance.first_due_day, instance.released_at) == (
        world.parties["roads"],
        day("1398/08/10"),
        debt.released_at,
    )
    assert [row.code for row in register_page(world.outsider, Filters()).rows] == [f"{code}.{n}" for n in (1, 2, 3, 4)]
    assert counts(world.secretary)["all"] == 4  # the duty itself is counted by its instances
    with pytest.raises(Invalid, match="دوره‌ای"):
        services.set_due(debt, by=world.secretary, day=day("1398/12/01"))
    assert list(ledger.audit()) == []


def test_what_is_cancelled_takes_its_open_instances_along(world: Personas) -> None:
    debt = duty(world, "هر ماه")
    made_on(world, "1398/07/20")
    made_on(world, "1398/08/10")
    first = Obligation.objects.get(code=f"{debt.code}.1")
    services.cancel(first, by=world.secretary, reason="این نوبت لازم نبود")
    services.cancel(debt, by=world.secretary, reason="تکرار نمی‌شود")
    assert set(debt.instances.values_list("state", flat=True)) == {"cancelled"}
    assert made_on(world, "1398/10/01") == []


def test_a_duty_of_an_old_register_comes_again_once_it_is_woken(world: Personas) -> None:
    data = register(row(due="هر ماه", lead="جهاد کشاورزی", day="1398/05/10"))
    import_register(data, name="دفتر.xlsx", body=world.bodies["hq"], by=world.secretary)
    debt = Obligation.objects.get()
    assert made_on(world, "1398/07/20") == []
    services.wake([debt], by=world.secretary)
    assert made_on(world, "1398/07/20") == [(f"{debt.code}.1", day("1398/08/10"))]
    services.let_sleep([debt], by=world.secretary)
    assert made_on(world, "1398/09/01") == []
    instance = Obligation.objects.get(recurs_from=debt)
    assert (instance.asleep, instance.on_paper) == (True, True)
    assert list(ledger.audit()) == []


def test_a_duty_that_is_woken_again_owes_nothing_of_the_time_it_slept(
    world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = register(row(due="هر ماه", lead="جهاد کشاورزی", day="1398/05/10"))
    import_register(data, name="دفتر.xlsx", body=world.bodies["hq"], by=world.secretary)
    debt = Obligation.objects.get()
    at(monkeypatch, day("1398/07/20"))
    services.wake([debt], by=world.secretary)
    assert made_on(world, "1398/07/20") == [(f"{debt.code}.1", day("1398/08/10"))]
    services.let_sleep([debt], by=world.secretary)
    at(monkeypatch, day("1400/07/20"))
    services.wake([debt], by=world.secretary)
    assert made_on(world, "1400/07/20") == [(f"{debt.code}.2", day("1400/08/10"))]
    assert [due for _, due in made_on(world, "1400/10/01")] == [
        day("1400/09/10"),
        day("1400/10/10"),
    ]  # the server was down


@pytest.mark.parametrize("ended", [Act.CANCEL, Act.CLOSE])
def test_a_duty_that_is_opened_again_owes_nothing_of_the_time_it_had_ended(
    world: Personas, monkeypatch: pytest.MonkeyPatch, ended: Act
) -> None:
    at(monkeypatch, day("1398/07/20"))
    resolution = Resolution.objects.filter(meeting=builders.meeting(world)).earliest("pk")
    debt = communicated(world, Obligation.objects.get(code="hq-1398-11/7.1"), on="1398/07/18")
    recurring.set_rhythm(debt, by=world.secretary, unit="month", every=1, first=day("1398/08/10"))
    assert made_on(world, "1398/07/20") == [(f"{debt.code}.1", day("1398/08/10"))]
    decide_by_resolution(fresh(debt), Decided(ended), resolution, by=world.secretary)
    assert made_on(world, "1400/07/01") == []
    at(monkeypatch, day("1400/07/20"))
    decide_by_resolution(fresh(debt), Decided(Act.REOPEN), resolution, by=world.secretary)
    assert made_on(world, "1400/07/20") == [(f"{debt.code}.2", day("1400/08/10"))]
    assert [due for _, due in made_on(world, "1400/10/01")] == [day("1400/09/10"), day("1400/10/10")]


def test_a_duty_of_long_ago_begins_with_what_lies_ahead(world: Personas) -> None:
    duty(world, "هر سه ماه یک‌بار")
    assert [due for _, due in made_on(world, "1400/02/01")] == [day("1400/04/10")]


def test_nothing_is_made_of_what_sleeps_ended_or_was_not_told(world: Personas) -> None:
    duty(world, "هر ماه", told=False)
    cancelled, unknown = duty(world, "هر ماه"), duty(world, "دهم هر ماه")
    services.cancel(cancelled, by=world.secretary, reason="آزمون")
    group = duty(world, "هر ماه")
    with ledger.change("tests.sleep", by=world.operator, on=group) as change:
        change.update(group, asleep=True)
    assert made_on(world, "1399/01/20") == []
    recurring.set_rhythm(unknown, by=world.secretary, unit="week", every=2, first=day("1399/01/23"))
    assert [due for _, due in made_on(world, "1399/01/20")] == [day("1399/01/23")]
    assert [due for _, due in made_on(world, "1399/01/25")] == [day("1399/02/06")]


def test_the_end_of_a_month_comes_back_after_a_shorter_one(world: Personas) -> None:
    debt = duty(world, "پایان هر ماه")
    recurring.set_rhythm(debt, by=world.secretary, unit="month", every=1, first=day("1398/06/31"))
    found = [made_on(world, text)[0][1] for text in ("1398/12/01", "1398/12/29", "1399/01/31")]
    assert found == [day("1398/12/29"), to_gregorian(1399, 1, 31), day("1399/02/31")]


def test_a_rhythm_of_the_paper_keeps_the_day_of_the_decision_past_a_shorter_period() -> None:
    decided = Order(date=to_gregorian(1399, 12, 30), code="hq-order-1399-1")  # of a leap year
    yearly, monthly = (
        instances.period_of(Obligation(body=Body(), order=decided, due_kind=DueKind.RECURRENCE, due_text=text))
        for text in ("هر سال", "هر ماه")
    )
    assert yearly and monthly and monthly.begins == to_gregorian(1400, 1, 30)
    assert [yearly.day(n) for n in (1, 4)] == [to_gregorian(1400, 12, 29), to_gregorian(1403, 12, 30)]
    assert yearly.after(decided.date - timedelta(days=1)) == yearly.begins == to_gregorian(1400, 12, 29)


@pytest.mark.parametrize(
    ("unit", "every", "first"),
    [("day", 1, "1398/08/01"), ("month", None, "1398/08/01"), ("week", 53, "1398/08/01"), ("month", 1, "")],
)
def test_a_rhythm_is_told_whole(world: Personas, unit: str, every: int | None, first: str) -> None:
    debt = duty(world, "مستمر")
    with pytest.raises(Invalid):
        recurring.set_rhythm(debt, by=world.secretary, unit=unit, every=every, first=day(first) if first else None)


def test_what_each_session_asks_is_due_on_the_next_one_planned(
    world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    debt = duty(world, "هر جلسه")
    assert made_on(world, "1398/07/20") == []
    meeting = plan(world, "1398/08/01")
    assert made_on(world, "1398/07/20") == [(f"{debt.code}.1", day("1398/08/01"))]
    move(world, meeting, "1398/08/03")
    assert made_on(world, "1398/07/21") == []
    assert due_days(debt) == [day("1398/08/03")]
    plan(world, "1398/09/01")
    assert made_on(world, "1398/08/03") == []
    hold(world, meeting, monkeypatch)
    assert made_on(world, "1398/08/04") == [(f"{debt.code}.2", day("1398/09/01"))]
    assert made_on(world, "1398/08/04") == []


@pytest.mark.parametrize("state", [State.OPEN, State.PROPOSED])
def test_an_instance_follows_its_session_that_is_postponed_on_its_day(world: Personas, state: State) -> None:
    debt = duty(world, "هر جلسه")
    meeting = plan(world, "1398/08/01")
    made_on(world, "1398/07/20")
    if state == State.PROPOSED:
        propose(world, debt.instances.get())
    assert made_on(world, "1398/08/01") == []
    move(world, meeting, "1398/08/15")
    assert made_on(world, "1398/08/02") == []
    assert due_days(debt) == [day("1398/08/15")]
    move(world, meeting, "1398/08/20")
    assert made_on(world, "1398/08/18") == []
    assert due_days(debt) == [day("1398/08/20")]
    assert list(ledger.audit()) == []


def test_an_instance_that_was_extended_keeps_its_day(world: Personas) -> None:
    debt = duty(world, "هر جلسه")
    meeting = plan(world, "1398/08/01")
    made_on(world, "1398/07/20")
    with ledger.change("tests.extended", by=world.operator) as change:
        move_due(change, debt.instances.get(), day("1398/10/01"))
    move(world, meeting, "1398/08/15")
    assert made_on(world, "1398/08/02") == []
    assert due_days(debt) == [day("1398/10/01")]


def test_nobody_is_late_for_a_session_that_was_cancelled(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    debt = duty(world, "هر جلسه")
    meeting = plan(world, "1398/08/01")
    made_on(world, "1398/07/20")
    meetings.cancel_meeting(meeting, by=world.secretary, reason="برف")
    at(monkeypatch, day("1398/08/02"))
    look(day("1398/08/02"), by=world.operator)
    assert due_days(debt) == [None] and not Notice.objects.exists()
    one = debt.instances.get()
    assert counts(world.secretary)["overdue"] == counts(world.secretary)["undated"] == 0
    with pytest.raises(Invalid):
        recurring.set_rhythm(one, by=world.secretary, unit="session")
    events = Event.objects.count()
    assert made_on(world, "1398/08/03") == [] and Event.objects.count() == events  # nothing to tell
    plan(world, "1398/09/01")
    assert made_on(world, "1398/08/04") == []
    assert due_days(debt) == [day("1398/09/01")]
    assert list(ledger.audit()) == []


def test_an_instance_of_a_cancelled_session_goes_on_to_the_next_one_planned(
    world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    debt = duty(world, "هر جلسه")
    first = plan(world, "1398/08/01")
    made_on(world, "1398/07/20")
    second = plan(world, "1398/09/01")
    meetings.cancel_meeting(first, by=world.secretary, reason="برف")
    assert made_on(world, "1398/07/25") == []
    assert (debt.instances.get().session, due_days(debt)) == (second, [day("1398/09/01")])
    meetings.revive_meeting(first, by=world.secretary)
    assert made_on(world, "1398/07/26") == [] and due_days(debt) == [day("1398/09/01")]
    move(world, first, "1398/10/01")
    hold(world, second, monkeypatch)
    assert made_on(world, "1398/09/02") == [(f"{debt.code}.2", day("1398/10/01"))]


def test_a_session_revived_takes_its_instance_back(world: Personas) -> None:
    debt = duty(world, "هر جلسه")
    meeting = plan(world, "1398/08/01")
    made_on(world, "1398/07/20")
    meetings.cancel_meeting(meeting, by=world.secretary, reason="برف")
    assert made_on(world, "1398/07/21") == [] and due_days(debt) == [None]
    meetings.revive_meeting(meeting, by=world.secretary)
    assert made_on(world, "1398/07/22") == [] and due_days(debt) == [day("1398/08/01")]


def test_the_page_says_that_no_session_is_planned(world: Personas, client: Client) -> None:
    debt = duty(world, "هر جلسه")
    meeting = plan(world, "1398/08/01")
    made_on(world, "1398/07/20")
    meetings.cancel_meeting(meeting, by=world.secretary, reason="برف")
    made_on(world, "1398/07/21")
    client.force_login(world.users["secretary"])
    page = client.get(f"/deadline/{debt.code}.1/").content.decode()
    assert "هنوز برنامه‌ریزی نشده است" in page and 'id="rhythm"' not in page


def monthly(world: Personas, debt: Obligation, first: str) -> None:
    recurring.set_rhythm(debt, by=world.secretary, unit="month", every=1, first=day(first))


def test_a_rhythm_that_is_corrected_moves_the_instance_that_lies_ahead(world: Personas) -> None:
    debt = duty(world, "هر سال")
    assert made_on(world, "1398/07/20") == [(f"{debt.code}.1", day("1399/07/10"))]
    monthly(world, debt, "1398/08/01")
    instance = debt.instances.get()
    assert (instance.due_day, instance.first_due_day) == (day("1398/08/01"), day("1398/08/01"))
    assert made_on(world, "1398/07/20") == []
    assert made_on(world, "1398/08/01") == [(f"{debt.code}.2", day("1398/09/01"))]
    recurring.set_rhythm(debt, by=world.secretary, unit="")
    assert due_days(debt) == [day("1398/08/01"), day("1399/07/10")]  # on 1398/07/20 both lie ahead: the newest moves
    assert list(ledger.audit()) == []


def test_an_instance_that_was_reported_on_stays_where_it_is_when_the_rhythm_is_corrected(world: Personas) -> None:
    debt = duty(world, "هر سال")
    made_on(world, "1398/07/20")
    said = progress(starts="1398/07/10", ends="1398/07/19", said_by="مدیرکل راه")
    reporting.report(debt.instances.get(), by=world.secretary, progress=said)
    monthly(world, debt, "1398/08/10")
    assert due_days(debt) == [day("1399/07/10"), day("1398/08/10")]
    assert made_on(world, "1398/07/21") == []
    assert made_on(world, "1398/08/10") == [(f"{debt.code}.3", day("1398/09/10"))]
    until = [due for _, due in made_on(world, "1399/07/10")]
    assert until[-1] == day("1399/08/10") and day("1399/07/10") not in until  # it is there
    assert list(ledger.audit()) == []


def test_a_corrected_rhythm_owes_nothing_of_the_time_before(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    debt = duty(world, "هر جلسه")
    meeting = plan(world, "1398/08/01")
    made_on(world, "1398/07/20")
    hold(world, meeting, monkeypatch)
    at(monkeypatch, day("1399/08/05"))
    monthly(world, debt, "1398/08/10")
    assert made_on(world, "1399/08/05") == [(f"{debt.code}.2", day("1399/08/10"))]


def test_each_time_of_a_month_becomes_one_of_each_session_and_back(world: Personas) -> None:
    debt = duty(world, "هر ماه")
    made_on(world, "1398/07/20")
    recurring.set_rhythm(debt, by=world.secretary, unit="session")
    assert due_days(debt) == [None]
    meeting = plan(world, "1398/09/01")
    assert made_on(world, "1398/07/21") == []
    assert (debt.instances.get().session, due_days(debt)) == (meeting, [day("1398/09/01")])
    monthly(world, debt, "1398/08/15")
    assert (debt.instances.get().session, due_days(debt)) == (None, [day("1398/08/15")])
    assert made_on(world, "1398/07/22") == []


def test_a_corrected_rhythm_moves_the_instances_of_each_member(world: Personas) -> None:
    (group,) = services.record_order(
        by=world.secretary,
        body=world.bodies["hq"],
        way=OrderWay.NOTE,
        day=day("1398/07/10"),
        text="گزارش دهند",
        duties=[Duty("گزارش دهند", world.parties["members"], due=Due(DueKind.RECURRENCE, text="هر سال"))],
    )
    services.release([group], by=world.secretary)
    with ledger.change("tests.told", by=world.operator) as change:
        for child in group.children.all():
            change.update(child, communicated_at=clock.now())
    made = made_on(world, "1398/07/20")
    assert len(made) > 1
    monthly(world, group, "1398/08/01")
    assert {row.due_day for row in Obligation.objects.filter(recurs_from__parent=group)} == {day("1398/08/01")}
    assert made_on(world, "1398/07/20") == []


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_make_each_instance_once() -> None:
    world = kept.once("world", personas.build)
    debts = [duty(world, "هر ماه") for _ in range(3)]
    assert sum(at_once(lambda: len(made_on(world, "1398/07/20")), 4)) == 3
    assert [debt.instances.count() for debt in debts] == [1, 1, 1]
    assert list(ledger.audit()) == []


def test_the_database_refuses_an_instance_twice(world: Personas) -> None:
    duty(world, "هر ماه")
    made_on(world, "1398/07/20")
    made_on(world, "1398/08/10")
    first, second = Obligation.objects.filter(recurs_from__isnull=False).order_by("pk")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE obligations_obligation SET first_due_day = %s WHERE id = %s", [first.first_due_day, second.pk]
        )
    assert second.due_day == first.due_day + timedelta(days=30)  # type: ignore[operator]
