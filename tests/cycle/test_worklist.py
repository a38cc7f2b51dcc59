"""The desk's one list: whose turn it is along a debt's way, what each kind of person finds there, in which order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.cycle import worklist
from dabir.cycle.extracts import communicate_order
from dabir.cycle.worklist import Entry, Kind, What, Worklist, worklist_of
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Refused
from dabir.obligations import extending
from dabir.obligations import services as obligations
from dabir.obligations.making import Duty
from dabir.obligations.models import Extension, Obligation, OrderWay, Reply
from dabir.obligations.replies import Answer
from dabir.obligations.reporting import services
from dabir.obligations.reporting.values import Found
from dabir.persian import clock
from tests import builders
from tests.personas import Personas
from tests.reported import PNG, owed, progress

pytestmark = pytest.mark.django_db
TURNS = {Kind.ACKNOWLEDGE, Kind.REPORT, Kind.CONFIRM, Kind.ENDORSE, Kind.VERIFY, Kind.CLOSE}


def kinds(by: Acting, debt: Obligation) -> set[Kind]:
    """What is theirs to do about the debt."""
    found = {entry.kind for entry in worklist_of(by, size=500).entries if entry.debt and entry.debt.pk == debt.pk}
    assert found <= {kind for kind, count in worklist_of(by).counts.items() if count}
    return found


def whose(world: Personas, debt: Obligation) -> dict[str, set[Kind]]:
    """The turns of a debt's way, by persona; those who have none are left out."""
    names = ("governor", "secretary", "staff", "officer", "head", "outsider", "county", "other_secretary", "auditor")
    found = {name: kinds(getattr(world, name), debt) & TURNS for name in (*names, "consultant", "admin", "stranger")}
    return {name: those for name, those in found.items() if those}


def test_each_step_of_a_debts_way_is_on_the_desk_of_whose_turn_it_is(world: Personas) -> None:
    debt = owed(world, endorser="roads")
    both = {"officer": {Kind.ACKNOWLEDGE, Kind.REPORT}, "head": {Kind.ACKNOWLEDGE, Kind.REPORT}}
    assert whose(world, debt) == both
    assert obligations.acknowledge_all([debt, debt], by=world.officer) == 1
    assert whose(world, debt) == {"officer": {Kind.REPORT}, "head": {Kind.REPORT}}
    first = services.report(debt, progress(100, done=True), by=world.officer)
    assert whose(world, debt) == {"head": {Kind.CONFIRM}}
    services.confirm(first, by=world.head)
    assert whose(world, debt) == {"outsider": {Kind.ENDORSE}}
    services.endorse(first, by=world.outsider)
    assert whose(world, debt) == {"secretary": {Kind.VERIFY}, "staff": {Kind.VERIFY}}
    services.verify(first, Found(100), by=world.secretary)
    assert whose(world, debt) == {"secretary": {Kind.CLOSE}, "staff": {Kind.CLOSE}}


def test_returned_report_is_to_be_made_again(world: Personas) -> None:
    debt = owed(world)
    report = services.report(debt, progress(), by=world.head)
    assert whose(world, debt).keys() == {"officer", "head", "secretary", "staff"}
    services.return_report(report, "بی‌پیوست", by=world.secretary)
    assert whose(world, debt)["officer"] == {Kind.ACKNOWLEDGE, Kind.REPORT}


def test_objection_and_wish_for_more_time_are_to_be_answered(world: Personas) -> None:
    debt = owed(world)
    obligations.acknowledge(debt, by=world.officer, answer=Answer.of("objection", "زمین در اختیار ما نیست"))
    assert Kind.ACKNOWLEDGE not in kinds(world.officer, debt)
    entry = next(one for one in worklist_of(world.staff, (Kind.ANSWER,)).entries)
    assert (entry.what, entry.words) == (What.OBJECTION, "زمین در اختیار ما نیست")
    assert debt.due_day
    wanted = debt.due_day + timedelta(days=9)
    asked = extending.ask_extension(debt, by=world.head, wanted=wanted, reason="بارش برف")
    entry = next(one for one in worklist_of(world.secretary, (Kind.ANSWER,)).entries if one.what == What.EXTENSION)
    assert (entry.pk, entry.words, entry.until) == (asked.pk, "بارش برف", wanted)
    assert all(one.what != What.EXTENSION for one in worklist_of(world.staff).entries)  # the secretary's to decide
    assert all(one.what != What.EXTENSION for one in worklist_of(world.other_secretary).entries)
    obligations.acknowledge_all([debt], by=world.head)
    assert kinds(world.staff, debt).isdisjoint({Kind.ANSWER})


def test_what_was_decided_is_to_be_settled_and_communicated(world: Personas) -> None:
    builders.meeting(world)
    found = worklist_of(world.secretary, (Kind.SETTLE, Kind.TELL)).entries
    unsettled = set(Obligation.objects.filter(state="unsettled").values_list("pk", flat=True))
    assert {one.pk for one in found if one.kind == Kind.SETTLE} == unsettled
    (meeting,) = [one for one in found if one.kind == Kind.TELL]
    untold = Obligation.objects.filter(state="open", is_group=False, communicated_at=None)
    assert meeting.count == untold.count() > 1
    assert not worklist_of(world.other_secretary).entries and not worklist_of(world.auditor).entries


def test_letters_of_a_body_wait_together(world: Personas) -> None:
    made = builders.reminders(world)
    (entry,) = worklist_of(world.staff, (Kind.NUMBER,)).entries
    assert (entry.count, entry.body) == (len(made), world.bodies["hq"].party.name)
    assert Kind.NUMBER not in worklist_of(world.officer).counts


def test_agency_acknowledges_all_that_it_ticks_or_none(world: Personas) -> None:
    debt = owed(world)
    other = next(one for one in Obligation.objects.exclude(lead=debt.lead) if one.lead)
    with pytest.raises(Refused):
        obligations.acknowledge_all([debt, other], by=world.officer)
    assert not Reply.objects.exists()


def test_longest_waiting_comes_first_and_each_page_goes_on_where_the_last_ended(world: Personas) -> None:
    debt = owed(world)
    services.report(debt, progress(), by=world.head)
    whole = worklist_of(world.secretary).entries
    assert len({one.kind for one in whole}) > 2
    assert [one.day for one in whole] == sorted(one.day for one in whole)
    seen: list[Entry] = []
    cursor = ""
    for _ in range(len(whole)):
        page = worklist_of(world.secretary, (), cursor, 2)
        seen += page.entries
        if not (cursor := page.next):
            break
    assert tuple(seen) == whole
    for strange in ("x", "W10", "WyIyMDE5LTEwLTEwIiwgMCwgMWUzMF0"):
        assert worklist_of(world.secretary, (), strange).entries == whole


def test_overdue_debt_is_to_be_carried_out_until_its_report_is_due(world: Personas) -> None:
    debt = owed(world, told="1398/07/10")
    with ledger.change("tests.due", by=world.operator, on=debt) as change:
        change.update(debt, due_day=clock.today() - timedelta(days=3))
    entry = next(one for one in worklist_of(world.officer, (Kind.DO,)).entries if one.pk == debt.pk)
    assert (entry.day, entry.days) == (debt.due_day, 3)
    with ledger.change("tests.told", by=world.operator, on=debt) as change:
        change.update(debt, communicated_at=clock.now() - timedelta(days=90))
    assert kinds(world.officer, debt) == {Kind.ACKNOWLEDGE, Kind.REPORT}
    with ledger.change("tests.untold", by=world.operator, on=debt) as change:
        change.update(debt, communicated_at=None)
    assert kinds(world.officer, debt) == {Kind.DO}  # it knows of it all the same
    with ledger.change("tests.sleeps", by=world.operator, on=debt) as change:
        change.update(debt, asleep=True)
    assert not kinds(world.officer, debt)


def test_what_is_said_to_be_done_is_others_turn_until_it_is_returned(world: Personas) -> None:
    debt = owed(world)
    with ledger.change("tests.due", by=world.operator, on=debt) as change:
        change.update(debt, due_day=clock.today() - timedelta(days=3))
    assert kinds(world.officer, debt) >= {Kind.REPORT}
    report = services.report(debt, progress(done=True), by=world.officer, files=[PNG])
    assert not kinds(world.officer, debt) & {Kind.DO, Kind.REPORT}
    services.confirm(report, by=world.head)
    assert not any(kinds(by, debt) & {Kind.DO, Kind.REPORT, Kind.CONFIRM} for by in (world.officer, world.head))
    services.return_report(report, "در محل کاری دیده نشد", by=world.secretary)
    assert kinds(world.officer, debt) & {Kind.DO, Kind.REPORT}


def test_list_asks_as_many_queries_however_long_it_is(world: Personas) -> None:
    debt = owed(world)
    services.report(debt, progress(), by=world.head)

    def asked(by: Acting) -> tuple[int, Worklist]:
        worklist._written.cache_clear()
        with CaptureQueriesContext(connection) as queries:
            worklist._written(by, clock.today(), connection.alias)
        assert not queries.captured_queries  # what is kept holds no row
        with CaptureQueriesContext(connection) as queries:
            found = worklist_of(by, size=500)
        return len(queries), found

    few = {name: asked(getattr(world, name)) for name in ("secretary", "officer")}
    with ledger.change("tests.more", by=world.operator) as change:
        for number in range(20):
            change.create(_like(debt, number))
        for row in list(Obligation.objects.filter(code__startswith="more-")):
            reported = row.reported_percent is not None
            if reported:
                continue
            change.create(Extension(obligation=row, before=date(2019, 11, 1), wanted=date(2020, 1, 1), reason="برف",
                                    asked_at=clock.now(), asked_by="x"))  # fmt: skip
    for name, (count, found) in few.items():
        more, longer = asked(getattr(world, name))
        assert len(longer.entries) >= len(found.entries) + 20
        assert more <= count + (1 if name == "secretary" else 0)  # what was asked for, once something is


def _like(debt: Obligation, number: int) -> Obligation:
    fields = {f.attname: getattr(debt, f.attname) for f in Obligation._meta.concrete_fields if not f.generated}
    return Obligation(**fields | {"id": None, "code": f"more-{number}", "reported_on": None, "reported_percent": None})


def test_what_an_order_outside_meetings_makes_is_to_be_communicated_too(world: Personas) -> None:
    """One line an order, until its letters are written; then they wait for their numbers like any other."""
    hq = world.bodies["hq"]
    duties = [Duty("پل را بازگشایی کند", world.parties["roads"]), Duty("گزارش دهد", world.parties["agriculture"])]
    made = obligations.record_order(
        by=world.secretary, body=hq, way=OrderWay.TRIP, day=clock.today(), text="در سفر به ایجرود", duties=duties
    )
    obligations.record_order(by=world.secretary, body=hq, way=OrderWay.NOTE, day=clock.today(), text="بی‌مجری")
    order = made[0].order
    assert order

    def lines(by: Acting) -> list[tuple[str, int, str]]:
        entries = worklist_of(by, (Kind.TELL,)).entries
        return [(one.code, one.count, one.words) for one in entries if one.what == What.ORDER]

    assert lines(world.secretary) == lines(world.staff) == [(made[0].code, 2, "در سفر به ایجرود")]
    assert worklist_of(world.secretary).counts[Kind.TELL] == 1
    assert lines(world.officer) == lines(world.other_secretary) == lines(world.governor) == []
    for by in (world.staff, world.governor, world.other_secretary, world.officer):
        with pytest.raises(Refused):
            communicate_order(order, by=by)
    letters = communicate_order(order, by=world.secretary)
    assert [len(letter.extracts.all()) for letter in letters] == [1, 1]
    assert all("در سفر به ایجرود" in letter.text and "{" not in letter.text for letter in letters)
    assert lines(world.secretary) == [] and Kind.NUMBER in worklist_of(world.secretary).counts
    with pytest.raises(Conflict):
        communicate_order(order, by=world.secretary)
