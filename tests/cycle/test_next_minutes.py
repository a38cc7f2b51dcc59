"""A line on a debt goes into the draft of the next minutes by one click; sealing those decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.cycle.classifying import classify_meeting
from dabir.cycle.next_minutes import add_to_next_minutes, coming_meetings, drafted
from dabir.cycle.sealing import seal_minutes
from dabir.directory import services as directory
from dabir.directory import tenures
from dabir.foundation import ledger
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.compiling import compiled, text_of
from dabir.meetings.manuscripts.services import open_manuscript, save_text
from dabir.meetings.models import Manuscript, Meeting, MeetingBody
from dabir.obligations.deciding import Decided
from dabir.obligations.making import Duty
from dabir.obligations.models import Act, Obligation, OrderWay
from dabir.obligations.services import record_order
from dabir.reading.acts import wording_of
from tests import builders, drafts
from tests.personas import Personas

pytestmark = pytest.mark.django_db
MET = builders.SESSION_11 + timedelta(days=30)
LATER = date(2019, 12, 1)


@pytest.fixture
def next_one(world: Personas) -> Meeting:
    builders.meeting(world)
    return drafts.held(world, number=12, date=MET, title="جلسه ۱۲ ستاد")


def debts(*codes: str) -> list[Obligation]:
    return [Obligation.objects.get(code=f"hq-1398-11/{code}") for code in codes]


def test_lines_go_into_a_draft_that_is_begun_and_sealing_it_closes_the_debts(
    world: Personas, next_one: Meeting
) -> None:
    added = add_to_next_minutes(debts("3.1", "2.2"), Decided(Act.CLOSE), by=world.staff)
    assert (added.meeting, added.added, added.there) == (next_one, 2, 0)
    again = add_to_next_minutes(debts("3.1", "7.1"), Decided(Act.CLOSE), by=world.staff)
    assert (again.added, again.there) == (1, 1)
    draft = Manuscript.objects.get(meeting=next_one)
    read = compiled(next_one, text_of(draft))
    assert [(one.number, one.acts[0].debt, len(one.obligations)) for one in read.resolutions] == [
        ("1", "hq-1398-11/3.1", 0),
        ("2", "hq-1398-11/2.2", 0),
        ("3", "hq-1398-11/7.1", 0),
    ]
    seal_minutes(draft, revision=drafts.newest(draft), by=world.secretary)
    closed = Obligation.objects.filter(state="closed").values_list("code", flat=True)
    assert set(closed) == {"hq-1398-11/3.1", "hq-1398-11/2.2", "hq-1398-11/7.1"}
    assert not Obligation.objects.filter(meeting=next_one).exists()
    assert list(ledger.audit()) == []


@pytest.mark.parametrize(("body", "readable"), [("60setad", True), ("60", False), ("60-setad", False)])
def test_a_body_whose_code_begins_with_a_digit_closes_its_debts_or_hears_why_not(
    world: Personas, body: str, readable: bool
) -> None:
    """What would not be read back is refused before a line is written: sealing it would make a debt of it."""
    made = world.bodies[body] = directory.create_body(by=world.operator, code=body, name="ستاد شصت روزه استان زنجان")
    seat = {"party": world.parties["planning"], "capacity": "member", "office": "secretary"}
    directory.give_seat(by=world.operator, body=made, **seat)  # type: ignore[arg-type]
    by = tenures.acting_for(world.users["secretary"])
    meeting = builders.meeting(world, body=body)
    debt = Obligation.objects.get(meeting=meeting, lead=world.parties["consultants"])
    coming = builders.held(world, date=MET, title="جلسه ۱۲", kept_by=made, bodies=[(body, 12)], code=f"{body}-1398-12")
    if not readable:
        with pytest.raises(Invalid, match="خوانده نمی"):
            add_to_next_minutes([debt], Decided(Act.CLOSE), by=by)
        assert not Manuscript.objects.exists()
        return
    assert [add_to_next_minutes([debt], Decided(Act.CLOSE), by=by).added for _ in range(2)] == [1, 0]
    draft = Manuscript.objects.get(meeting=coming)
    seal_minutes(draft, revision=drafts.newest(draft), by=by)
    debt.refresh_from_db()
    assert debt.state == "closed" and not Obligation.objects.filter(meeting=coming).exists()


def test_a_reason_that_would_be_read_as_another_decision_is_refused(world: Personas, next_one: Meeting) -> None:
    """The words that somebody types stand in the minutes, where a code and a verb decide."""
    for_that = Decided(Act.REFUSE, text="تکلیف hq-1398-11/7.1 لغو شد")
    with pytest.raises(Invalid, match=r"hq-1398-11/3\.1"):
        add_to_next_minutes(debts("3.1"), for_that, by=world.secretary)
    assert add_to_next_minutes(debts("3.1"), Decided(Act.REFUSE, text="کاری نشده است"), by=world.secretary).added == 1


def test_no_words_of_a_classified_debt_go_into_a_draft_of_a_lower_class(world: Personas, next_one: Meeting) -> None:
    (debt,) = debts("3.1")
    assert debt.meeting
    classify_meeting(debt.meeting, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    with pytest.raises(Invalid):
        add_to_next_minutes(debts("3.1"), Decided(Act.CLOSE), by=world.secretary)
    assert not Manuscript.objects.exists()
    classify_meeting(next_one, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    assert add_to_next_minutes(debts("3.1"), Decided(Act.CLOSE), by=world.secretary).added == 1


def test_what_the_meeting_cannot_decide_is_left_out_and_all_of_it_named(world: Personas, next_one: Meeting) -> None:
    later = debts("2.2", "7.1")
    assert later[0].meeting
    (order,) = record_order(
        by=world.secretary,
        body=world.bodies["hq"],
        way=OrderWay.NOTE,
        day=builders.SESSION_11,
        text="گزارش راه‌ها تهیه شود",
        duties=[Duty("گزارش راه‌ها", world.parties["roads"])],
    )
    classify_meeting(later[0].meeting, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    added = add_to_next_minutes([order, *later], Decided(Act.CLOSE), by=world.secretary)
    assert added.added == 1 and all(any(one.code in why for why in added.left) for one in later)
    with pytest.raises(Invalid) as refused:
        add_to_next_minutes(later, Decided(Act.CLOSE), by=world.secretary)
    assert all(one.code in str(refused.value) for one in later)


def test_draft_is_found_that_names_a_debt(world: Personas, next_one: Meeting) -> None:
    met = coming_meetings(world.bodies["hq"], world.secretary)
    assert drafted(["hq-1398-11/3.1"], met) == {}
    add_to_next_minutes(debts("3.1"), Decided(Act.CLOSE), by=world.staff)
    assert drafted(["hq-1398-11/3.1", "hq-1398-11/3", "hq-1398-11/2.2"], met) == {"hq-1398-11/3.1": next_one}


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (Act.CLOSE, {}),
        (Act.EXTEND, {"day": LATER}),
        (Act.CANCEL, {}),
        (Act.REFUSE, {}),
        (Act.REFUSE, {"text": "سند پس از جلسه قبل\nرسیده است."}),
        (Act.AMEND, {"text": "گزارش\nهر سه ماه"}),
        (Act.SUPERSEDE, {}),
        (Act.MERGE, {"into": "2.2"}),
    ],
)
def test_each_line_is_read_back_as_what_it_decides(
    world: Personas, next_one: Meeting, act: Act, more: dict[str, object]
) -> None:
    into = debts(str(more["into"]))[0] if "into" in more else None
    draft = open_manuscript(next_one, by=world.secretary)
    drafts.write(world, draft, drafts.TEXT)
    with ledger.change("tests.words", by=world.operator) as change:
        (debt,) = debts("3.1")
        change.update(debt, action="گزارش «نهایی» را لغو شد. تا ۱۳۹۸/۱۰/۰۱ تمدید شد؛ بفرستد " * 9)
    add_to_next_minutes([debt], Decided(act, **(more | ({"into": into} if into else {}))), by=world.secretary)  # type: ignore[arg-type]
    *before, last = compiled(next_one, text_of(draft)).resolutions
    assert [one.number for one in before] == ["1", "2", "3"]
    assert (last.number, [f"{one.debt} {one.act}" for one in last.acts], last.obligations) == (
        "4",
        [f"{debt.code} {act}"],
        [],
    )
    if act == Act.AMEND:
        assert wording_of(last.acts[0].text, last.text) == "گزارش هر سه ماه"
    assert (last.acts[0].day and last.acts[0].day.iso, last.acts[0].into) == (
        "2019-12-01" if act == Act.EXTEND else None,
        into and into.code,
    )
    text = text_of(draft)
    assert all(line in text for line in drafts.TEXT.splitlines())


def test_what_another_writes_meanwhile_is_kept(world: Personas, next_one: Meeting) -> None:
    draft = open_manuscript(next_one, by=world.secretary)
    base = drafts.write(world, draft, drafts.TEXT)
    add_to_next_minutes(debts("3.1"), Decided(Act.CLOSE), by=world.staff)
    saved = save_text(draft, drafts.TEXT.replace("فرمانداری", "استانداری"), base=base, by=world.secretary)
    assert "استانداری" in saved.now.text
    assert "hq-1398-11/3.1" in saved.now.text


def test_the_next_meeting_is_the_first_ahead_whose_minutes_are_open(
    world: Personas, next_one: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DABIR_TODAY", "1398/08/20")
    for number, days, state in ((13, 20, "called"), (14, 50, "planned"), (15, 10, "cancelled")):
        drafts.held(world, number=number, date=MET + timedelta(days=days), state=state)
    hq = world.bodies["hq"]
    assert [one.code for one in coming_meetings(hq, world.secretary)] == ["hq-1398-13", "hq-1398-14", "hq-1398-12"]
    assert coming_meetings(hq, world.other_secretary) == []
    chosen = add_to_next_minutes(debts("3.1"), Decided(Act.CLOSE), by=world.secretary, meeting=next_one)
    assert chosen.meeting == next_one


def test_who_may_not_and_what_cannot_be_adds_nothing(world: Personas, next_one: Meeting) -> None:
    for by in (world.county, world.governor, world.officer, world.other_secretary):
        with pytest.raises(Refused):
            add_to_next_minutes(debts("3.1"), Decided(Act.CLOSE), by=by)
    for wanted, decided in (
        ([], Decided(Act.CLOSE)),
        (debts("4.1"), Decided(Act.CLOSE)),
        (debts("3.1"), Decided(Act.EXTEND)),
        (debts("3.1"), Decided(Act.AMEND)),
        (debts("3.1"), Decided(Act.REOPEN)),
    ):
        with pytest.raises(Invalid):
            add_to_next_minutes(wanted, decided, by=world.secretary)
    MeetingBody.objects.filter(meeting=next_one).delete()
    Meeting.objects.filter(pk=next_one.pk).update(state="cancelled")
    with pytest.raises(Invalid, match="ستاد"):
        add_to_next_minutes(debts("3.1"), Decided(Act.CLOSE), by=world.secretary)
    assert not Manuscript.objects.exists()


def test_a_debt_with_a_deadline_or_a_rhythm_in_its_words_is_closed_and_nothing_is_made_of_them(
    world: Personas, next_one: Meeting
) -> None:
    late, recurring = debts("3.1", "7.1")
    with ledger.change("tests.words", by=world.operator) as change:
        change.update(late, action="گزارش خود را تا ۱۳۹۸/۰۸/۰۵ ارائه نماید")
        change.update(recurring, action="گزارش را هر سه ماه یک‌بار ارائه نماید", code=f"{recurring.code}.1")
    add_to_next_minutes([late, recurring], Decided(Act.CLOSE), by=world.secretary)
    draft = Manuscript.objects.get(meeting=next_one)
    read = compiled(next_one, text_of(draft))
    assert not [one for one in read.findings if one.rule.startswith("due.")]
    seal_minutes(draft, revision=drafts.newest(draft), by=world.secretary)
    assert set(Obligation.objects.filter(state="closed")) == {late, recurring}
    assert not Obligation.objects.filter(meeting=next_one).exists()
