"""The daily look: who is told what on which day, which letters it proposes, and that nothing comes twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from pytest import MonkeyPatch

from dabir.cycle import escalating
from dabir.cycle.deciding import decide_by_resolution
from dabir.cycle.escalating import look
from dabir.cycle.ladder import OURS, Step, set_ladder
from dabir.cycle.models import Escalation, Notice, Rung
from dabir.cycle.news import tell_news
from dabir.cycle.reminding import proposals, waiting_letters, write_reminders
from dabir.cycle.worklist import Kind, worklist_of
from dabir.cycle.worst import weighed
from dabir.directory import services as directory
from dabir.directory.models import Post, Seat
from dabir.foundation import ledger
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import LetterState
from dabir.meetings.models import Meeting, Resolution
from dabir.obligations.deciding import Decided
from dabir.obligations.models import Act, Obligation
from dabir.obligations.reporting import services as reporting
from dabir.obligations.reporting.values import Found
from dabir.obligations.weighing import Why
from dabir.persian import jalali
from dabir.persian.calendar import Calendar
from tests import builders, kept, personas
from tests.at_once import at_once
from tests.personas import Personas
from tests.reported import PNG, day, owed, progress

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
    assert {(e.rung, e.days) for e in Escalation.objects.filter(obligation=debt)} == {
        ("notice", -7),
        ("notice", 0),
        ("deputy", 20),
        ("agenda", 30),
    }
    assert not list(ledger.audit())


def test_whoever_has_said_that_it_is_done_hears_nothing_until_it_is_returned(
    world: Personas, monkeypatch: MonkeyPatch
) -> None:
    """Nor does the secretariat, whose turn it is, of letters to them; the governor's agenda waits for nobody."""
    debt = chased(world)
    at(monkeypatch, on(-7) - timedelta(days=1))
    report = reporting.report(debt, progress(done=True), by=world.head, files=[PNG])
    for today in (on(-7), DUE, on(3), on(30)):
        look(at(monkeypatch, today), by=world.operator)
    assert not told(world)
    assert [(e.rung, e.days) for e in Escalation.objects.filter(obligation=debt)] == [("agenda", 30)]
    reporting.return_report(report, "در محل کاری دیده نشد", by=world.secretary)
    look(today, by=world.operator)
    assert told(world)["officer", "late"] == told(world)["secretary", "remind"] == 1


def test_only_the_newest_report_says_that_it_is_done(world: Personas, monkeypatch: MonkeyPatch) -> None:
    debt = chased(world)
    at(monkeypatch, on(-7))
    reporting.report(debt, progress(done=True), by=world.head, files=[PNG])
    newer = reporting.report(debt, progress(starts="1398/07/01", ends="1398/07/20"), by=world.head)
    reporting.verify(newer, Found(40), by=world.secretary)
    look(at(monkeypatch, DUE + timedelta(days=1)), by=world.operator)
    assert told(world)["officer", "late"] == 1


def test_what_was_said_before_it_was_opened_again_holds_nothing_back(world: Personas, monkeypatch: MonkeyPatch) -> None:
    debt = chased(world)
    at(monkeypatch, on(-7))
    reporting.report(debt, progress(done=True), by=world.head, files=[PNG])
    decision = Resolution.objects.filter(meeting=debt.meeting)[0]
    for act in (Act.CLOSE, Act.REOPEN):
        decide_by_resolution(Obligation.objects.get(pk=debt.pk), Decided(act), decision, by=world.secretary)
    look(at(monkeypatch, DUE + timedelta(days=1)), by=world.operator)
    assert told(world)["officer", "late"] == 1


def test_no_further_report_is_due_while_one_that_says_done_is_looked_at(
    world: Personas, monkeypatch: MonkeyPatch
) -> None:
    debt = chased(world, report_months=1)
    at(monkeypatch, day("1398/07/02"))
    report = reporting.report(debt, progress(done=True), by=world.head, files=[PNG])
    look(at(monkeypatch, day("1398/08/02")), by=world.operator)
    assert not told(world)
    reporting.return_report(report, "در محل کاری دیده نشد", by=world.secretary)
    look(day("1398/08/02"), by=world.operator)
    assert told(world)["officer", "report-due"] == 1


def test_moved_deadline_is_told_of_anew(world: Personas, monkeypatch: MonkeyPatch) -> None:
    debt = chased(world)
    look(at(monkeypatch, DUE), by=world.operator)
    with ledger.change("tests.moved", by=world.operator) as change:
        change.update(debt, due_day=DUE + timedelta(days=60))
    look(at(monkeypatch, DUE), by=world.operator)
    assert told(world)["officer", "due"] == 1
    look(at(monkeypatch, DUE + timedelta(days=60)), by=world.operator)
    assert told(world)["officer", "due"] == 2


def test_notice_that_a_body_has_after_the_deadline_is_told_once_as_one_that_has_passed(
    world: Personas, monkeypatch: MonkeyPatch
) -> None:
    chased(world)
    steps = [Step(5, Rung.NOTICE, working=False), Step(9, Rung.NOTICE, working=False), Step(10, Rung.REMINDER)]
    set_ladder(world.bodies["hq"], steps, by=world.secretary)
    seen = []
    for days in (0, 1, 4, 5, 6, 9, 10):
        look(at(monkeypatch, DUE + timedelta(days=days)), by=world.operator)
        seen.append(told(world)["officer", "late"])
    assert seen == [0, 1, 1, 2, 2, 3, 3]
    assert not list(ledger.audit())


def test_after_days_off_one_notice_alone_tells_that_it_has_passed(world: Personas, monkeypatch: MonkeyPatch) -> None:
    chased(world)
    set_ladder(world.bodies["hq"], [Step(5, Rung.NOTICE)], by=world.secretary)
    for days in (20, 21, 30):
        look(at(monkeypatch, DUE + timedelta(days=days)), by=world.operator)
    assert told(world)["officer", "late"] == 1


def decided(debt: Obligation, act: Act, world: Personas) -> None:
    resolution = Resolution.objects.filter(meeting=debt.meeting)[0]
    decide_by_resolution(Obligation.objects.get(pk=debt.pk), Decided(act), resolution, by=world.secretary)


def write_all(world: Personas) -> list[Rung]:
    """Write the letters that are proposed; of which rungs."""
    found = proposals(world.secretary)
    if found:
        write_reminders([one.key for one in found], by=world.secretary)
    return [one.rung for one in found]


def test_what_is_opened_again_is_chased_again_from_that_day_on(world: Personas, monkeypatch: MonkeyPatch) -> None:
    """Though its deadline is the one for which all steps were taken: notices, letters and the session's agenda."""
    debt, hq = chased(world), world.bodies["hq"]
    for step in (3, 10, 20, 30):
        look(at(monkeypatch, on(step)), by=world.operator)
        write_all(world)
    decided(debt, Act.CLOSE, world)
    opened = at(monkeypatch, day("1398/12/10"))
    decided(debt, Act.REOPEN, world)
    assert [one.reasons for one in weighed([hq], world.secretary, opened) if Why.LADDER in one.reasons] == []
    before = told(world)["officer", "late"]
    steps = [next(one for one in OURS if one.days == days).day_of(opened, Calendar()) for days in (3, 10, 20, 30)]
    rungs = []
    for today in (opened + timedelta(days=1), opened + timedelta(days=2), *steps):
        for _again in range(2):
            look(at(monkeypatch, today), by=world.operator)
        rungs += write_all(world)
        assert told(world)["officer", "late"] == before + 1
    assert rungs == ["reminder", "warning", "deputy"] and not waiting_letters(world.secretary).exists()
    assert [one.facts.pk for one in weighed([hq], world.secretary, today) if Why.LADDER in one.reasons] == [debt.pk]
    assert not list(ledger.audit())


def test_what_waits_for_its_day_when_it_is_opened_again_hears_of_that_day_once(
    world: Personas, monkeypatch: MonkeyPatch
) -> None:
    debt = chased(world)
    look(at(monkeypatch, on(-7)), by=world.operator)
    for act in (Act.CLOSE, Act.REOPEN):
        decided(debt, act, world)
    for today in (on(-7) + timedelta(days=1), DUE, DUE + timedelta(days=1)):
        look(at(monkeypatch, today), by=world.operator)
    assert [told(world)["officer", kind] for kind in ("near", "due", "late")] == [1, 1, 1]


def test_letter_proposed_before_it_was_opened_again_waits_no_longer(world: Personas, monkeypatch: MonkeyPatch) -> None:
    debt = chased(world)
    look(at(monkeypatch, on(3)), by=world.operator)
    at(monkeypatch, on(20))
    for act in (Act.CLOSE, Act.REOPEN):
        decided(debt, act, world)
    assert waits(world, world.staff) == [] and proposals(world.secretary) == []


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


def reminded(world: Personas) -> dict[str, int]:
    """How often each post was told that letters are proposed."""
    names = {getattr(world, name).post_id: name for name in personas.POSTS}
    posts = Notice.objects.filter(kind="remind").values_list("post", flat=True)
    return dict(Counter(names[post] for post in posts))


def waits(world: Personas, by: Acting) -> list[int]:
    return [entry.count for entry in worklist_of(by, (Kind.REMIND,)).entries]


def test_secretariat_hears_once_of_letters_that_are_proposed_and_they_wait_on_its_desk(
    world: Personas, monkeypatch: MonkeyPatch
) -> None:
    debt = chased(world)
    look(at(monkeypatch, on(3) - timedelta(days=1)), by=world.operator)
    assert (reminded(world), waits(world, world.staff)) == ({}, [])
    for today in (on(3), on(3), on(3) + timedelta(days=1)):
        look(at(monkeypatch, today), by=world.operator)
        assert reminded(world) == {"secretary": 1, "staff": 1}, "once, and not for the same ones again"
        assert waits(world, world.staff) == waits(world, world.secretary) == [1]
    look(at(monkeypatch, on(10)), by=world.operator)
    assert reminded(world) == {"secretary": 2, "staff": 2}, "a warning is another letter"
    assert waits(world, world.officer) == waits(world, world.other_secretary) == waits(world, world.governor) == []
    (one,) = proposals(world.secretary)
    (letter,) = write_reminders([one.key], by=world.secretary)
    assert waits(world, world.staff) == [] and not waiting_letters(world.secretary).exists()
    warned = Escalation.objects.get(obligation=debt, rung="warning")
    assert (warned.letter, Escalation.objects.get(obligation=debt, rung="reminder").letter) == (letter, None)
    look(at(monkeypatch, on(10) + timedelta(days=1)), by=world.operator)
    assert reminded(world) == {"secretary": 2, "staff": 2}
    assert not list(ledger.audit())


@pytest.mark.parametrize("values", [{"asleep": True}, {"communicated_at": None}, {"due_day": DUE + timedelta(days=90)}])
def test_proposed_letter_waits_no_longer_than_its_debt_stands(
    world: Personas, monkeypatch: MonkeyPatch, values: dict[str, object]
) -> None:
    debt = chased(world)
    look(at(monkeypatch, on(3)), by=world.operator)
    assert waits(world, world.staff) == [1]
    with ledger.change("tests.moved", by=world.operator) as change:
        change.update(debt, **values)
    assert waits(world, world.staff) == []


def test_letters_on_classified_debts_are_told_to_the_secretary_alone(world: Personas, monkeypatch: MonkeyPatch) -> None:
    debt = chased(world)
    Meeting.objects.filter(obligations=debt).update(secrecy=SecrecyClass.CONFIDENTIAL)
    look(at(monkeypatch, on(3)), by=world.operator)
    assert reminded(world) == {"secretary": 1}
    assert (waits(world, world.secretary), waits(world, world.staff)) == ([1], [])


def test_new_ladder_takes_back_what_the_former_one_proposed(world: Personas, monkeypatch: MonkeyPatch) -> None:
    chased(world)
    look(at(monkeypatch, on(3)), by=world.operator)
    set_ladder(world.bodies["hq"], [Step(5, Rung.WARNING, working=False)], by=world.secretary)
    assert waits(world, world.staff) == []
    look(at(monkeypatch, on(10)), by=world.operator)
    assert waits(world, world.staff) == [1] and proposals(world.staff)[0].rung == Rung.WARNING
    assert not list(ledger.audit())


def test_report_goes_to_the_post_that_the_body_names_and_else_to_its_chair(
    world: Personas, monkeypatch: MonkeyPatch
) -> None:
    chased(world)
    hq, party = world.bodies["hq"], world.parties["governor-office"]
    today = at(monkeypatch, on(20))
    assert proposals(world.secretary)[0].to == party
    chair = Seat.objects.get(body=hq, office="chair")
    directory.end_seat(by=world.operator, seat=chair, ends=today - timedelta(days=1))
    assert proposals(world.secretary)[0].rung == Rung.WARNING, "there is nobody to report to"
    post = directory.create_post(
        by=world.operator, code="deputy", name="معاون اقتصادی", organization=party, function=Function.HEAD
    )
    for by, wanted in ((world.staff, post), (world.other_secretary, post), (world.officer, None)):
        with pytest.raises(Refused):
            directory.set_deputy(by=by, body=hq, post=wanted)
    with pytest.raises(Invalid):
        directory.set_deputy(by=world.secretary, body=hq, post=Post.objects.get(party__code="post-auditor"))
    directory.set_deputy(by=world.secretary, body=hq, post=post)
    (one,) = proposals(world.secretary)
    (letter,) = write_reminders([one.key], by=world.secretary)
    to = letter.recipients.get()
    assert (one.to, to.party, to.post, to.name) == (post.party, party, post, "معاون اقتصادی")
    tell_news(by=world.operator)
    builders.numbered(world, letter)
    tell_news(by=world.operator)
    assert list(Notice.objects.filter(letter=letter).values_list("post", flat=True)) == [post.pk]
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
    directory.end_seat(by=world.operator, seat=chair, ends=today - timedelta(days=1))
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
