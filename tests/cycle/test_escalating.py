"""The daily look: who is told what on which day, which letters it proposes, and that nothing comes twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from pytest import MonkeyPatch

from dabir.cycle import escalating
from dabir.cycle.escalating import look, proposals, write_reminders
from dabir.cycle.ladder import OURS
from dabir.cycle.models import Escalation, Notice, Rung
from dabir.directory.models import Seat
from dabir.directory.services import end_seat
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import LetterState
from dabir.meetings.models import Meeting
from dabir.obligations.models import Obligation
from dabir.persian import jalali
from dabir.persian.calendar import Calendar
from tests import kept, personas
from tests.at_once import at_once
from tests.personas import Personas
from tests.reported import day, owed

DUE = day("1398/08/05")


def chased(world: Personas, **values: object) -> Obligation:
    """A debt of the agency of officer and head, told to it, due on 1398/08/05; with these fields besides."""
    debt = owed(world)
    wanted = {"due_kind": "day", "due_day": DUE, "due_text": "", "report_months": 0} | values
    with ledger.change("tests.chased", by=world.operator) as change:
        change.update(debt, **wanted)
    return debt


def on(step: int) -> date:
    """The day of the step of ours that is so many working days from the deadline."""
    return next(one for one in OURS if one.days == step).day_of(DUE, Calendar())


def told(world: Personas) -> Counter[tuple[str, str]]:
    names = {world.officer.post_id: "officer", world.head.post_id: "head", world.secretary.post_id: "secretary"}
    rows = Notice.objects.values_list("post", "kind")
    return Counter((names.get(post, f"post {post}"), kind) for post, kind in rows)


def at(monkeypatch: MonkeyPatch, today: date) -> date:
    monkeypatch.setenv("DABIR_TODAY", "/".join(map(str, jalali.from_gregorian(today))))
    return today


def test_a_debt_is_told_of_as_its_day_nears_comes_and_has_passed_each_once(
    world: Personas, monkeypatch: MonkeyPatch
) -> None:
    debt = chased(world)
    seen = []
    for today in (on(-7) - timedelta(days=1), on(-7), on(-7), DUE, DUE + timedelta(days=1), on(30), on(30)):
        look(at(monkeypatch, today), by=world.operator)
        seen.append({kind for (who, kind) in told(world) if who == "officer"})
    assert seen == [set(), {"near"}, {"near"}, {"near", "due"}, *[{"near", "due", "late"}] * 3]
    assert set(told(world).values()) == {1}
    assert [(e.rung, e.days) for e in Escalation.objects.filter(obligation=debt)] == [
        ("notice", -7),
        ("notice", 0),
        ("agenda", 30),
    ]
    assert not list(ledger.audit())


def test_moved_deadline_is_told_of_anew(world: Personas, monkeypatch: MonkeyPatch) -> None:
    debt = chased(world)
    look(at(monkeypatch, DUE), by=world.operator)
    with ledger.change("tests.moved", by=world.operator) as change:
        change.update(debt, due_day=DUE + timedelta(days=60))
    look(at(monkeypatch, DUE), by=world.operator)
    assert told(world)["officer", "due"] == 1
    look(at(monkeypatch, DUE + timedelta(days=60)), by=world.operator)
    assert told(world)["officer", "due"] == 2


@pytest.mark.parametrize(
    "values",
    [
        {"asleep": True},
        {"communicated_at": None},
        {"due_kind": "always", "due_day": None},
        {"due_kind": "trigger", "due_day": None, "trigger": "پس از تأیید"},
        {"is_group": True, "lead": None, "communicated_at": None},
        {"state": "cancelled"},
        {"released_at": None},
    ],
)
def test_what_is_not_chased_is_silent(world: Personas, monkeypatch: MonkeyPatch, values: dict[str, object]) -> None:
    chased(world)
    Obligation.objects.filter(due_day=DUE, lead__code="county-agriculture").update(**values)
    today = at(monkeypatch, on(30))
    Notice.objects.all().delete()
    assert escalating.look(today, by=world.operator).notices == 0
    assert proposals(world.secretary, today) == [] and not Escalation.objects.exists()


def test_letters_are_proposed_chosen_and_wait_for_their_number(world: Personas, monkeypatch: MonkeyPatch) -> None:
    debt = chased(world)
    assert proposals(world.secretary, at(monkeypatch, on(3) - timedelta(days=1))) == []
    for step, rung, to in (
        (3, "reminder", "county-agriculture"),
        (10, "warning", "county-agriculture"),
        (20, "deputy", "governor-office"),
    ):
        today = at(monkeypatch, on(step))
        (one,) = proposals(world.secretary, today)
        assert (one.rung, one.to.code, [due.debt.pk for due in one.debts]) == (rung, to, [debt.pk])
        (letter,) = write_reminders([one.key], by=world.secretary)
        assert (letter.kind, letter.state, letter.secrecy) == (rung, LetterState.AWAITING, SecrecyClass.NORMAL)
        assert debt.code in str(letter.table) and "{" not in letter.text
        assert Escalation.objects.get(letter=letter).days == step
        assert proposals(world.secretary, today) == []
        with pytest.raises(Conflict):
            write_reminders([one.key], by=world.secretary)
    for by, chosen in ((world.officer, []), (world.other_secretary, [one.key])):
        with pytest.raises(Refused):
            write_reminders(chosen, by=by)
    assert not list(ledger.audit())


def test_after_days_off_one_letter_alone_is_proposed(world: Personas, monkeypatch: MonkeyPatch) -> None:
    chased(world)
    today = at(monkeypatch, on(30) + timedelta(days=40))
    look(today, by=world.operator)
    (one,) = proposals(world.secretary, today)
    assert one.rung == Rung.DEPUTY
    write_reminders([one.key], by=world.secretary)
    assert proposals(world.secretary, today) == []


def test_a_body_without_a_chair_writes_the_letters_before_the_report_to_it(
    world: Personas, monkeypatch: MonkeyPatch
) -> None:
    """Nobody can be reported to; the debtor is warned all the same, however late it is."""
    chased(world)
    today = at(monkeypatch, on(20) + timedelta(days=40))
    chair = Seat.objects.get(body=world.bodies["hq"], office="chair")
    end_seat(by=world.operator, seat=chair, ends=today - timedelta(days=1))
    (one,) = proposals(world.secretary, today)
    assert one.rung == Rung.WARNING
    write_reminders([one.key], by=world.secretary)
    assert proposals(world.secretary, today) == []


def test_letter_has_the_class_of_its_debts_and_is_not_for_the_staff(world: Personas, monkeypatch: MonkeyPatch) -> None:
    debt = chased(world)
    Meeting.objects.filter(obligations=debt).update(secrecy=SecrecyClass.CONFIDENTIAL)
    today = at(monkeypatch, on(3))
    assert proposals(world.staff, today) == []
    (one,) = proposals(world.secretary, today)
    (letter,) = write_reminders([one.key], by=world.secretary)
    assert letter.secrecy == SecrecyClass.CONFIDENTIAL
    look(today, by=world.operator)
    assert set(told(world)) == set(), "of classified debts their letters tell, nothing else"


def test_two_looks_at_once_tell_and_take_each_step_once(transactional_db: None, monkeypatch: MonkeyPatch) -> None:
    world = kept.once("world", personas.build)
    chased(world)
    today = at(monkeypatch, DUE)
    at_once(lambda: look(today, by=Acting.host_operator()))
    assert Escalation.objects.count() == 1 and set(told(world).values()) == {1}
    assert not list(ledger.audit())
