"""What a resolution does to a debt that is there, and what it cannot do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.foundation import ledger
from dabir.foundation.errors import Invalid
from dabir.meetings.models import Meeting, Resolution
from dabir.obligations import parts, recurring, services
from dabir.obligations.deciding import Decided
from dabir.obligations.decisions import decisions_by, decisions_of
from dabir.obligations.models import Act, Decision, Extension, Obligation, State, Wait
from dabir.obligations.waiting import add_wait
from dabir.persian import clock
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db
MET = builders.SESSION_11 + timedelta(days=30)
LATER = date(2019, 12, 1)


@pytest.fixture
def by_resolution(world: Personas) -> Resolution:
    """A resolution of the meeting after the one that made the debts."""
    builders.meeting(world)
    return resolution(world, builders.held(world, bodies=[("hq", 12)], code="hq-1398-12", date=MET), 1)


def resolution(world: Personas, meeting: Meeting, number: int) -> Resolution:
    with ledger.change("tests.resolution", by=world.operator) as change:
        return change.create(
            Resolution(meeting=meeting, order=number, code=f"{meeting.code}/{number}", kind="approval")
        )


def debt(code: str) -> Obligation:
    return Obligation.objects.get(code=f"hq-1398-11/{code}")


def decide(world: Personas, code: str, by_resolution: Resolution, act: Act, **more: object) -> list[str]:
    changed = parts.decide(debt(code), Decided(act, **more), by_resolution, by=world.secretary)  # type: ignore[arg-type]
    return [row.code.removeprefix("hq-1398-11/") for row in changed]


def proposed(world: Personas, code: str) -> None:
    with ledger.change("tests.propose", by=world.operator) as change:
        row = debt(code)
        row.propose()
        row.proposed_at = clock.now()
        change.touch(row, "state", "proposed_at")


def asked(world: Personas, code: str) -> Extension:
    row = debt(code)
    assert row.due_day
    with ledger.change("tests.ask", by=world.operator) as change:
        return change.create(
            Extension(
                obligation=row, before=row.due_day, wanted=LATER, reason="باران", asked_at=clock.now(), asked_by="نمونه"
            )
        )


def test_a_debt_is_closed_by_its_resolution_and_opened_again_by_another(
    world: Personas, by_resolution: Resolution
) -> None:
    proposed(world, "3.1")
    request = asked(world, "3.1")
    assert decide(world, "3.1", by_resolution, Act.CLOSE) == ["3.1"]
    closed = debt("3.1")
    assert (closed.state, closed.closed_at and closed.closed_at.astimezone(clock.TEHRAN).date()) == (State.CLOSED, MET)
    assert [(one.act, one.resolution) for one in closed.decisions.all()] == [("close", by_resolution)]
    request.refresh_from_db()
    assert request.state == "withdrawn"
    with pytest.raises(Invalid, match=r"3\.1"):
        decide(world, "3.1", by_resolution, Act.CLOSE)
    decide(world, "3.1", by_resolution, Act.REOPEN)
    again = debt("3.1")
    assert (again.state, again.closed_at, again.proposed_at) == (State.OPEN, None, None)
    assert again.decisions.count() == 2
    assert list(ledger.audit()) == []


def test_an_extension_moves_the_deadline_and_answers_whoever_asked(world: Personas, by_resolution: Resolution) -> None:
    first = debt("3.1").due_day
    request = asked(world, "3.1")
    proposed(world, "3.1")
    decide(world, "3.1", by_resolution, Act.EXTEND, day=LATER)
    row = debt("3.1")
    assert (row.state, row.due_day, row.first_due_day, row.extensions) == (State.OPEN, LATER, first, 1)
    request.refresh_from_db()
    assert (request.state, request.granted, request.resolution) == ("granted", LATER, by_resolution)
    decide(world, "2.2", by_resolution, Act.EXTEND, day=LATER)  # it had no deadline: this is its first
    undated = debt("2.2")
    assert (undated.due_day, undated.first_due_day, undated.extensions) == (LATER, LATER, 0)
    assert list(ledger.audit()) == []


def test_a_refused_extension_answers_whoever_asked_and_moves_no_deadline(
    world: Personas, by_resolution: Resolution
) -> None:
    was, request = debt("3.1").due_day, asked(world, "3.1")
    decide(world, "3.1", by_resolution, Act.REFUSE, text="فصل کار گذشته است")
    request.refresh_from_db()
    assert (request.state, request.granted, request.resolution) == ("refused", None, by_resolution)
    assert request.decided_at and request.answer == "", "why stands on the decision: it may be classified"
    row = debt("3.1")
    assert (row.state, row.due_day, row.extensions) == (State.OPEN, was, 0)
    assert list(row.decisions.values_list("act", "text")) == [("refuse", "فصل کار گذشته است")]
    with pytest.raises(Invalid):
        decide(world, "3.1", by_resolution, Act.REFUSE)
    assert decide(world, "2.2", by_resolution, Act.REFUSE) == ["2.2"], "nobody has asked here: it is noted"
    assert list(ledger.audit()) == []


def test_a_group_is_decided_on_with_its_members_and_over_with_the_last(
    world: Personas, by_resolution: Resolution
) -> None:
    decide(world, "2.1-1", by_resolution, Act.EXTEND, day=LATER + timedelta(days=9))
    assert decide(world, "2.1", by_resolution, Act.EXTEND, day=LATER) == ["2.1", "2.1-2"]
    assert decide(world, "2.1-1", by_resolution, Act.CANCEL) == ["2.1-1"]
    assert debt("2.1").state == State.OPEN
    assert decide(world, "2.1-2", by_resolution, Act.CLOSE) == ["2.1-2", "2.1"]
    assert (debt("2.1").state, debt("2.1").closed_at is not None) == (State.CLOSED, True)
    assert decide(world, "2.1-2", by_resolution, Act.REOPEN) == ["2.1-2", "2.1"]
    with pytest.raises(Invalid, match="hq-1398-12/1"):
        decide(world, "2.1-2", by_resolution, Act.CLOSE)
    another = resolution(world, by_resolution.meeting, 2)
    assert decide(world, "2.1", another, Act.CLOSE) == ["2.1", "2.1-2"]
    assert debt("2.1-1").state == State.CANCELLED
    assert decide(world, "2.1", another, Act.REOPEN) == ["2.1", "2.1-2"]
    assert list(ledger.audit()) == []


def test_what_takes_a_debts_place_is_named_by_it(world: Personas, by_resolution: Resolution) -> None:
    decide(world, "4.1", by_resolution, Act.SUPERSEDE)  # also one that nobody owes yet
    decide(world, "2.2", by_resolution, Act.MERGE, into=debt("3.1"), text="همان کار")
    assert (debt("4.1").state, debt("4.1").superseded_by) == (State.SUPERSEDED, None)
    assert (debt("2.2").state, debt("2.2").superseded_by) == (State.SUPERSEDED, debt("3.1"))
    decide(world, "4.1", by_resolution, Act.REOPEN)
    assert debt("4.1").state == State.UNSETTLED
    assert Decision.objects.get(act="merge").text == "همان کار"
    assert list(ledger.audit()) == []


def test_what_waited_for_a_debt_waits_for_the_one_in_its_place(world: Personas, by_resolution: Resolution) -> None:
    before = [wait.waits_for.code[-3:] for wait in debt("3.1").waits_for.order_by("id")]
    assert "2.2" in before
    add_wait(debt("5.1"), by=world.secretary, waits_for=debt("2.2"))
    add_wait(debt("4.1"), by=world.secretary, waits_for=debt("2.2"))
    add_wait(debt("4.1"), by=world.secretary, waits_for=debt("5.1"))
    decide(world, "2.2", by_resolution, Act.MERGE, into=debt("5.1"))
    assert [wait.waits_for.code[-3:] for wait in debt("3.1").waits_for.order_by("id")] == [*before, "5.1"]
    assert debt("5.1").waits_for.count() == 1 and debt("4.1").waits_for.count() == 2  # not for itself, and none twice
    decide(world, "5.1", by_resolution, Act.SUPERSEDE, into=debt("3.1"))
    assert debt("3.1").waits_for.count() == len(before) + 1
    assert {wait.waits_for.code[-3:] for wait in debt("4.1").waits_for.all()} == {"2.2", "5.1", "3.1"}
    assert list(ledger.audit()) == []


def test_what_takes_a_debts_place_waits_for_what_the_debt_waited_for(
    world: Personas, by_resolution: Resolution
) -> None:
    """A chain is neither broken in its middle nor bent to a circle, and hangs on nothing that has ended."""
    with ledger.change("tests.waits", by=world.operator) as change:
        for wait in Wait.objects.all():
            change.delete(wait)
    for waiting, awaited in (("2.2", "3.1"), ("2.2", "4.1"), ("2.2", "2.1-1"), ("7.1", "2.2"), ("4.1", "5.1")):
        add_wait(debt(waiting), by=world.secretary, waits_for=debt(awaited))
    services.cancel(debt("2.1-1"), by=world.secretary, reason="x")
    decide(world, "2.2", by_resolution, Act.MERGE, into=debt("5.1"))
    assert waits("5.1") == {"3.1"}  # not for 4.1, which waits for it, nor for what was cancelled
    assert waits("7.1") == {"2.2", "5.1"}
    decide(world, "3.1", by_resolution, Act.SUPERSEDE, into=debt("2.1-2"))
    assert waits("5.1") == {"3.1", "2.1-2"} and waits("2.1-2") == set()
    assert list(ledger.audit()) == []


def waits(code: str) -> set[str]:
    return {wait.waits_for.code.removeprefix("hq-1398-11/") for wait in debt(code).waits_for.all()}


def test_the_open_instances_of_a_duty_end_and_come_back_with_it(world: Personas, by_resolution: Resolution) -> None:
    with ledger.change("tests.kinds", by=world.operator) as change:
        change.update(debt("3.1"), due_kind="recurrence", due_day=None, due_text="هر ماه", communicated_at=clock.now())
    recurring.make_due_instances(by=world.operator)
    recurring.make_due_instances(clock.today() + timedelta(days=70), by=world.operator)
    services.cancel(debt("3.1.1"), by=world.secretary, reason="x")
    assert decide(world, "3.1", by_resolution, Act.SUPERSEDE, into=debt("2.2")) == ["3.1", "3.1.2", "3.1.3"]
    assert debt("3.1.2").superseded_by == debt("2.2")
    assert decide(world, "3.1", by_resolution, Act.REOPEN) == ["3.1", "3.1.2", "3.1.3"]
    assert (debt("3.1.1").state, debt("3.1.2").state) == (State.CANCELLED, State.OPEN)
    services.cancel(debt("3.1"), by=world.secretary, reason="x")
    assert decide(world, "3.1", resolution(world, by_resolution.meeting, 3), Act.REOPEN) == ["3.1", "3.1.2", "3.1.3"]
    assert decide(world, "3.1", resolution(world, by_resolution.meeting, 2), Act.CLOSE) == ["3.1"]
    assert debt("3.1.2").state == State.OPEN  # what was owed until then is owed
    assert list(ledger.audit()) == []


def test_who_only_receives_a_result_is_not_told_that_longer_time_was_refused(
    world: Personas, by_resolution: Resolution
) -> None:
    """No more than that it was asked for."""
    services.release([debt("2.1")], by=world.secretary)
    decide(world, "2.1-1", by_resolution, Act.REFUSE, text="اعتبار سال گذشته هزینه نشده است")
    decide(world, "2.1-1", by_resolution, Act.EXTEND, day=LATER)
    row = debt("2.1-1")
    told = {by.name: [one.act for one in decisions_of([row], by).get(row.pk, [])] for by in (world.county, world.staff)}
    assert told == {world.county.name: [Act.EXTEND], world.staff.name: [Act.REFUSE, Act.EXTEND]}
    assert [one.act for one in decisions_by(by_resolution, world.county)] == [Act.EXTEND]


def test_an_instance_that_was_cancelled_by_itself_later_does_not_come_back_with_its_duty(
    world: Personas, by_resolution: Resolution
) -> None:
    with ledger.change("tests.kinds", by=world.operator) as change:
        change.update(debt("3.1"), due_kind="recurrence", due_day=None, due_text="هر ماه", communicated_at=clock.now())
    recurring.make_due_instances(by=world.operator)
    proposed(world, "3.1.1")
    services.cancel(debt("3.1"), by=world.secretary, reason="دیگر لازم نیست")
    with ledger.change("tests.less", by=world.operator) as change:
        row = debt("3.1.1")
        row.take_up_again()
        row.proposed_at = None
        change.touch(row, "state", "proposed_at")
    services.cancel(debt("3.1.1"), by=world.secretary, reason="دو بار ثبت شده بود")
    assert decide(world, "3.1", by_resolution, Act.REOPEN) == ["3.1"]
    assert debt("3.1.1").state == State.CANCELLED


def test_what_has_no_deadline_by_its_nature_is_not_extended_and_ends_with_its_instances(
    world: Personas, by_resolution: Resolution
) -> None:
    with ledger.change("tests.kinds", by=world.operator) as change:
        change.update(debt("3.1"), due_kind="recurrence", due_day=None, due_text="هر ماه", communicated_at=clock.now())
        change.update(debt("2.2"), due_kind="always")
    for code in ("3.1", "2.2"):
        with pytest.raises(Invalid):
            decide(world, code, by_resolution, Act.EXTEND, day=LATER)
    (made,) = recurring.make_due_instances(by=world.operator)
    request = asked(world, "3.1.1")
    assert decide(world, "3.1", by_resolution, Act.CANCEL) == ["3.1", made.code.removeprefix("hq-1398-11/")]
    request.refresh_from_db()
    assert request.state == "withdrawn" and debt("3.1.1").state == State.CANCELLED
    assert list(ledger.audit()) == []


@pytest.mark.parametrize(
    ("code", "act", "more"),
    [
        ("3.1", Act.REOPEN, {}),
        ("3.1", Act.EXTEND, {}),
        ("4.1", Act.REFUSE, {}),
        ("7.1", Act.REFUSE, {}),
        ("3.1", Act.EXTEND, {"day": date(2019, 10, 20)}),
        ("2.2", Act.EXTEND, {"day": MET - timedelta(days=1)}),
        ("4.1", Act.CLOSE, {}),
        ("3.1", Act.MERGE, {}),
        ("3.1", Act.MERGE, {"into": "3.1"}),
        ("2.1", Act.MERGE, {"into": "2.1-1"}),
    ],
)
def test_what_cannot_be_decided_so_changes_nothing(
    world: Personas, by_resolution: Resolution, code: str, act: Act, more: dict[str, object]
) -> None:
    if "into" in more:
        more = {"into": debt(str(more["into"]))}
    before = ledger.head()
    with pytest.raises(Invalid):
        decide(world, code, by_resolution, act, **more)
    assert ledger.head() == before


def test_a_body_decides_on_its_own_debts_and_not_before_they_are_made(
    world: Personas, by_resolution: Resolution
) -> None:
    others = builders.held(
        world, kept_by=world.bodies["committee"], bodies=[("committee", 3)], code="committee-1398-3", date=MET
    )
    early = builders.held(world, code="hq-1398-10", bodies=[("hq", 10)], date=builders.SESSION_11 - timedelta(days=7))
    for meeting in (others, early):
        made = resolution(world, meeting, 1)
        with pytest.raises(Invalid):
            decide(world, "3.1", made, Act.CLOSE)
    assert debt("3.1").state == State.OPEN


def test_a_group_is_over_when_its_last_member_is_cancelled_without_a_resolution(
    world: Personas, by_resolution: Resolution
) -> None:
    """What waits for the whole of it waits no longer."""
    decide(world, "2.1-1", by_resolution, Act.CLOSE)
    assert debt("2.1").state == State.OPEN
    services.cancel(debt("2.1-2"), by=world.secretary, reason="تکراری")
    assert (debt("2.1").state, debt("2.1").closed_at) == (State.CLOSED, debt("2.1-1").closed_at)
    assert list(ledger.audit()) == []


def test_what_was_closed_later_is_not_opened_again_by_an_older_paper(
    world: Personas, by_resolution: Resolution
) -> None:
    decide(world, "3.1", by_resolution, Act.CLOSE)
    older = builders.held(world, code="hq-1398-19", bodies=[("hq", 19)], date=MET - timedelta(days=3))
    line = resolution(world, older, 1)
    before = ledger.head()
    with pytest.raises(Invalid, match=r"3\.1"):
        decide(world, "3.1", line, Act.REOPEN)
    assert debt("3.1").state == State.CLOSED and ledger.head() == before


def test_cancelling_without_a_resolution_is_a_decision_too(world: Personas) -> None:
    builders.meeting(world)
    request = asked(world, "3.1")
    services.cancel(debt("3.1"), by=world.secretary, reason="تکراری")
    request.refresh_from_db()
    assert request.state == "withdrawn"  # nobody is to answer it
    assert [(one.act, one.resolution, one.text) for one in Decision.objects.all()] == [("cancel", None, "تکراری")]
