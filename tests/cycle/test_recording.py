"""One resolution written by hand: of a meeting that is on record, or of one that is made with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.cycle.deciding import decide_by_resolution, unrecorded
from dabir.cycle.recording import record_resolution
from dabir.cycle.sealing import seal_minutes
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.models import Event
from dabir.meetings.models import Meeting, Resolution
from dabir.obligations.making import Due, Duty
from dabir.obligations.models import Obligation
from tests import builders, drafts
from tests.personas import Personas

DAY = date(2019, 10, 1)


def test_the_meeting_is_made_with_its_first_resolution(world: Personas) -> None:
    duty = Duty("گزارش دهد", world.parties["agriculture"], due=Due.on(date(2019, 11, 6)))
    resolution, debts = record_resolution(
        by=world.secretary, body=world.bodies["hq"], number=40, day=DAY, text="گزارش تهیه شود", item="۴", duties=[duty]
    )
    meeting = Meeting.objects.get()
    assert (meeting.date, meeting.bodies.get().number, meeting.kept_by) == (DAY, 40, world.bodies["hq"])
    assert resolution.code == f"{meeting.code}/4" and debts[0].lead == world.parties["agriculture"]
    assert debts[0].state == "open" and debts[0].meeting == meeting and debts[0].released_at is None
    assert not list(ledger.audit())


def test_the_next_one_goes_into_the_same_meeting(world: Personas) -> None:
    for item in ("۱", "۲"):
        record_resolution(by=world.secretary, body=world.bodies["hq"], number=40, day=DAY, text="متن", item=item)
    assert Meeting.objects.count() == 1
    assert list(Resolution.objects.values_list("order", flat=True)) == [1, 2]


def test_a_meeting_on_record_takes_one_more(world: Personas) -> None:
    meeting = builders.meeting(world)
    before = meeting.resolutions.count()
    resolution, debts = record_resolution(
        by=world.secretary, body=world.bodies["hq"], number=11, day=builders.SESSION_11, text="گزارش تهیه شود"
    )
    assert meeting.resolutions.count() == before + 1 and resolution.code == f"{meeting.code}/n{before + 1}"
    assert debts[0].state == "unsettled" and debts[0].action == "گزارش تهیه شود"


def test_line_that_decides_on_a_debt_makes_none_and_is_offered_not_applied(world: Personas) -> None:
    builders.meeting(world)
    later = builders.SESSION_11 + timedelta(days=2)
    lines = {
        "تکلیف hq-1398-11/3.1 مختومه شد.": (0, ["close"]),
        "مهلت تکلیف hq-1398-11/2.2 تا ۱۳۹۸/۱۲/۰۱ تمدید شد و گزارش آن به استانداری ارسال شود.": (1, ["extend"]),
        "تکلیف hq-1398-11/4.1 مختومه شد.": (0, []),  # nobody owes it yet
        "تکلیف committee-1398-1/1.1 مختومه شد.": (0, []),
        "گزارش تهیه شود": (1, []),
    }
    for text, (made, offered) in lines.items():
        resolution, debts = record_resolution(
            by=world.secretary, body=world.bodies["hq"], number=12, day=later, text=text
        )
        assert len(debts) == made
        assert [one.decided.act for one in unrecorded(resolution, world.secretary)] == offered
        assert unrecorded(resolution, world.staff) == unrecorded(resolution, world.officer) == []
        assert not resolution.decisions.exists()
        for one in unrecorded(resolution, world.secretary):
            assert one.debt
            decide_by_resolution(one.debt, one.decided, resolution, by=world.secretary)
        assert unrecorded(resolution, world.secretary) == []
    assert Obligation.objects.get(code="hq-1398-11/3.1").state == "closed"
    assert not list(ledger.audit())


def test_a_number_that_was_on_another_day_is_refused(world: Personas) -> None:
    builders.meeting(world)
    with pytest.raises(Conflict):
        record_resolution(by=world.secretary, body=world.bodies["hq"], number=11, day=DAY, text="متن")


def test_a_resolution_with_a_number_that_is_taken_is_refused_whole(world: Personas) -> None:
    meeting = builders.meeting(world)
    events = Event.objects.count()
    with pytest.raises(Conflict):
        record_resolution(
            by=world.secretary, body=world.bodies["hq"], number=11, day=builders.SESSION_11, text="متن", item="3"
        )
    assert Event.objects.count() == events and meeting.resolutions.filter(text="متن").count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 30_000}, "text"),
        ({"number": 0}, "number"),
        ({"number": 99_999}, "number"),
        ({"item": "۱" * 21}, "item"),
        ({"day": date(2019, 12, 1)}, "day"),
        ({"duties": [Duty("کار", due=Due.on(date(2019, 9, 1)))]}, "1-day"),
        ({"duties": [Duty("کار"), Duty(" ")]}, "2-action"),
    ],
)
def test_what_cannot_be_names_its_field_and_leaves_nothing(
    world: Personas, change: dict[str, object], field: str
) -> None:
    given = {"body": world.bodies["hq"], "number": 40, "day": DAY, "text": "متن"} | change
    events = Event.objects.count()
    with pytest.raises(Invalid) as refused:
        record_resolution(by=world.secretary, **given)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert Event.objects.count() == events and not Meeting.objects.exists() and not Obligation.objects.exists()


def test_others_record_none(world: Personas) -> None:
    for by in (world.staff, world.governor, world.other_secretary):
        with pytest.raises(Refused):
            record_resolution(by=by, body=world.bodies["hq"], number=40, day=DAY, text="متن")
    assert not Meeting.objects.exists()


def test_sealed_minutes_take_no_resolution_by_hand(world: Personas) -> None:
    draft = drafts.manuscript(world)
    seal_minutes(draft, revision=2, by=world.secretary)
    events = Event.objects.count()
    with pytest.raises(Invalid):
        record_resolution(by=world.secretary, body=world.bodies["hq"], number=11, day=builders.SESSION_11, text="متن")
    assert (draft.meeting.resolutions.count(), Event.objects.count()) == (3, events)
