"""A line on a debt goes into the draft of the next minutes by one click; sealing those decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.cycle.classifying import classify_meeting
from dabir.cycle.next_minutes import add_to_next_minutes, coming_meetings
from dabir.cycle.sealing import seal_minutes
from dabir.foundation import ledger
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.compiling import compiled, text_of
from dabir.meetings.manuscripts.services import open_manuscript, save_text
from dabir.meetings.models import Manuscript, Meeting, MeetingBody
from dabir.obligations.deciding import Decided
from dabir.obligations.models import Act, Obligation
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


def test_no_words_of_a_classified_debt_go_into_a_draft_of_a_lower_class(world: Personas, next_one: Meeting) -> None:
    (debt,) = debts("3.1")
    assert debt.meeting
    classify_meeting(debt.meeting, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    with pytest.raises(Invalid):
        add_to_next_minutes(debts("3.1"), Decided(Act.CLOSE), by=world.secretary)
    assert not Manuscript.objects.exists()
    classify_meeting(next_one, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    assert add_to_next_minutes(debts("3.1"), Decided(Act.CLOSE), by=world.secretary).added == 1


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
        (debts("3.1", "4.1"), Decided(Act.CLOSE)),
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
