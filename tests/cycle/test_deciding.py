"""A later meeting closes, extends and opens debts again by lines of its minutes, sealed here or signed on paper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.cycle.accepting import accept_reading
from dabir.cycle.classifying import classify_meeting
from dabir.cycle.deciding import decide_by_resolution, findings_beside
from dabir.cycle.finishing import finish_meeting
from dabir.cycle.sealing import preview_sealing, seal_minutes
from dabir.foundation import ledger
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.models import Event
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.corrections import apply_all
from dabir.meetings.models import Manuscript, MeetingBody, Resolution
from dabir.obligations.deciding import Decided
from dabir.obligations.decisions import decisions_of
from dabir.obligations.extending import ask_extension
from dabir.obligations.models import Act, Obligation, OrderWay
from dabir.obligations.queries import Filters, register_page
from dabir.obligations.services import cancel, record_order, release
from dabir.reading.minutes import Minutes
from tests import builders, drafts
from tests.personas import Personas

pytestmark = pytest.mark.django_db
REOPENED = Decided(Act.REOPEN)
MET = builders.SESSION_11 + timedelta(days=30)
HEAD = """صورتجلسه ستاد فرماندهی اقتصاد مقاومتی استان زنجان
تاریخ جلسه: ۱۳۹۸/۰۸/۱۷\tشماره جلسه: ۱۲

ج - مصوبات جلسه:

"""
LINES = """۱- تکلیف «پیش‌نویس دوم را ارائه نماید» به شماره hq-1398-11/3.1 مختومه اعلام شد.
۲- مهلت تکلیف hq-۱۳۹۸-۱۱/۲.۱ تا تاریخ ۱۳۹۸/۰۹/۱۶ تمدید شد.
۳- این مصوبه جایگزین تکلیف hq-1398-11/2.2 شد و سازمان جهاد کشاورزی استان زنجان موظف است گزارش را تا ۱۳۹۸/۰۹/۲۰ بفرستد.
۴- تکلیف hq-1398-9/1.1 مختومه شد.
۵- تکلیف committee-1398-3/1.1 مختومه شد.
"""


@pytest.fixture
def before(world: Personas) -> None:
    builders.meeting(world)


def states() -> dict[str, str]:
    return {code.removeprefix("hq-1398-"): state for code, state in Obligation.objects.values_list("code", "state")}


def manuscript(world: Personas, lines: str = LINES) -> Manuscript:
    return drafts.manuscript(world, HEAD + lines, number=12, date=MET, title="جلسه ۱۲ ستاد")


def seal(world: Personas, draft: Manuscript) -> None:
    seal_minutes(draft, revision=drafts.newest(draft), by=world.secretary)


@pytest.mark.usefixtures("before")
def test_sealing_decides_on_exactly_the_debts_that_its_lines_name(world: Personas) -> None:
    was = states()
    draft = manuscript(world)
    seen = preview_sealing(draft, by=world.secretary)
    assert seen.ready.can_be_sealed
    assert [(one.number, one.decided.act, one.said.debt, bool(one.problem)) for one in seen.deciding] == [
        ("1", "close", "hq-1398-11/3.1", False),
        ("2", "extend", "hq-1398-11/2.1", False),
        ("3", "supersede", "hq-1398-11/2.2", False),
        ("4", "close", "hq-1398-9/1.1", True),
        ("5", "close", "committee-1398-3/1.1", True),
    ]
    assert [duty.lead and duty.lead.text for duty in seen.owed] == ["سازمان جهاد کشاورزی استان زنجان"]
    seal(world, draft)
    new = {"11/3.1": "closed", "11/2.2": "superseded", "12/3.1": "open"}
    assert states() == was | new
    extended = Obligation.objects.filter(due_day=date(2019, 12, 7), extensions=1).values_list("code", flat=True)
    assert set(extended) == {"hq-1398-11/2.1", "hq-1398-11/2.1-1", "hq-1398-11/2.1-2"}
    superseded = Obligation.objects.get(code="hq-1398-11/2.2")
    assert superseded.superseded_by and superseded.superseded_by.code == "hq-1398-12/3.1"
    decided = Resolution.objects.get(code="hq-1398-12/1").decisions.get()
    assert (decided.obligation.code, decided.act) == ("hq-1398-11/3.1", "close")
    sealed = Event.objects.get(verb="cycle.seal_minutes")
    assert sealed.data["facts"]["decided"] == {
        "hq-1398-11/3.1": "close",
        "hq-1398-11/2.1": "extend",
        "hq-1398-11/2.2": "supersede",
    }
    assert list(ledger.audit()) == []


AMENDING = """۱- تکلیف «پیش‌نویس» به شماره hq-1398-11/3.1 به شرح زیر اصلاح شد: «ویرایش سوم را بفرستد. نسخه‌ای هم.».
۲- تکلیف hq-1398-11/2.2 اصلاح شد.
"""


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("secrecy", ["normal", "confidential"])
def test_an_amended_debt_has_the_words_that_bind_now_and_shows_those_before(world: Personas, secrecy: str) -> None:
    """Not where those who see the debt may not read the meeting's words."""
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    release([debt], by=world.secretary)
    was, vague, first = debt.action, Obligation.objects.get(code="hq-1398-11/2.2").action, debt.first_due_day
    draft = manuscript(world, AMENDING)
    if secrecy != "normal":
        classify_meeting(draft.meeting, SecrecyClass(secrecy), by=world.secretary)
    seal(world, draft)
    now = Obligation.objects.get(pk=debt.pk)
    (told,) = decisions_of([now], world.consultant)[now.pk]
    plain = secrecy == "normal"
    assert now.action == ("ویرایش سوم را بفرستد. نسخه‌ای هم." if plain else was)
    assert (told.act, told.before, bool(told.text)) == (Act.AMEND, was if plain else "", plain)
    assert (now.first_due_day, now.state) == (first, debt.state)
    assert Obligation.objects.get(code="hq-1398-11/2.2").action == vague  # it says not how
    found = register_page(world.secretary, Filters(words="ویرایش سوم")).rows
    assert [row.pk for row in found] == ([now.pk] if plain else [])
    assert list(ledger.audit()) == []


@pytest.mark.usefixtures("before")
def test_what_cannot_be_decided_stands_in_the_way_until_it_is_let_pass(world: Personas) -> None:
    draft = manuscript(
        world,
        """۱- تکلیف hq-1398-11/4.1 مختومه شد.
۲- تکلیف hq-1398-11/3.1 مختومه شد.
۳- مهلت تکلیف hq-1398-11/3.1 تا تاریخ ۱۳۹۸/۰۹/۱۶ تمدید شد.
""",
    )
    ready = preview_sealing(draft, by=world.secretary).ready
    assert [one.finding.rule for one in ready.blocking] == ["decides.refused", "decides.refused"]
    with pytest.raises(Invalid):
        seal(world, draft)
    for one in ready.blocking:
        services.override_finding(
            draft,
            by=world.secretary,
            rule=one.finding.rule,
            words=one.words,
            reason="در جلسه چنین گفته شد",
            beside=findings_beside,
        )
    was = states()
    seal(world, draft)
    assert states() == was | {"11/3.1": "closed"}
    assert Obligation.objects.get(code="hq-1398-11/3.1").extensions == 0


@pytest.mark.usefixtures("before")
def test_a_line_that_refuses_more_time_answers_the_request_with_its_reason(world: Personas) -> None:
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    assert debt.due_day
    release([debt], by=world.secretary)
    asked = ask_extension(debt, by=world.secretary, wanted=date(2020, 1, 5), reason="بارش", number="۱", dated=MET)
    lines = """۱- با توجه به پایان فصل کار با تمدید مهلت تکلیف hq-1398-11/3.1 موافقت نشد.
۲- با تمدید مهلت بند ۶ جلسه ۱۱ موافقت نشد.
"""
    draft = manuscript(world, lines)
    seen = preview_sealing(draft, by=world.secretary)
    assert [(one.number, one.decided.act, one.decided.text, one.problem) for one in seen.deciding] == [
        ("1", "refuse", "پایان فصل کار", "")
    ]
    seal(world, draft)
    asked.refresh_from_db()
    assert (asked.state, asked.resolution and asked.resolution.code) == ("refused", "hq-1398-12/1")
    (known,) = decisions_of([debt], world.consultant)[debt.pk]
    assert (known.act, known.text) == ("refuse", "پایان فصل کار")
    assert Obligation.objects.get(pk=debt.pk).due_day == debt.due_day
    assert list(ledger.audit()) == []


@pytest.mark.usefixtures("before")
def test_what_ends_in_these_minutes_takes_no_debts_place_nor_does_another_bodys(world: Personas) -> None:
    (other,) = record_order(
        by=world.county, body=world.bodies["committee"], way=OrderWay.NOTE, day=builders.SESSION_11, text="گزارش"
    )
    lines = f"""۱- تکلیف hq-1398-11/2.2 در تکلیف hq-1398-11/3.1 ادغام شد.
۲- تکلیف hq-1398-11/3.1 مختومه شد.
۳- این مصوبه جایگزین تکلیف {other.code} شد و سازمان جهاد کشاورزی استان زنجان موظف است گزارش را تا ۱۳۹۸/۰۹/۲۰ بفرستد.
"""
    draft = manuscript(world, lines)
    with ledger.change("tests.joint", by=world.operator) as change:
        change.create(MeetingBody(meeting=draft.meeting, body=world.bodies["committee"], year=1398, number=4))
    seen = preview_sealing(draft, by=world.secretary)
    assert [bool(one.problem) for one in seen.deciding] == [True, False, False]
    (refused,) = seen.ready.blocking
    services.override_finding(
        draft,
        by=world.secretary,
        rule=refused.finding.rule,
        words=refused.words,
        reason="چنین شد",
        beside=findings_beside,
    )
    seal(world, draft)
    assert states()["11/2.2"] == "open" and states()["11/3.1"] == "closed"
    other.refresh_from_db()
    assert (other.state, other.superseded_by) == ("superseded", None)  # each body's debts stay its own


@pytest.mark.usefixtures("before")
def test_accepting_a_paper_decides_what_it_says_and_what_a_person_has_stated(world: Personas) -> None:
    read = builders.minutes(world, number=12, session="1398/08/17")
    read.resolutions = read.resolutions[:3]
    read = apply_all(
        read,
        [
            {"op": "edit_resolution", "id": "r1", "text": "تکلیف hq-1398-11/3.1 مختومه شد."},
            {"op": "add_act", "id": "r2", "debt": "hq-۱۳۹۸-۱۱/۲.۱-۱", "act": "extend", "day": "۱۳۹۸/۰۹/۱۶"},
            {"op": "add_act", "id": "r2", "debt": "hq-1398-11/2.1-2", "act": "close"},
            {"op": "add_act", "id": "r3", "debt": "hq-1398-11/4.1", "act": "close"},
            {"op": "add_act", "id": "r3", "debt": "hq-1398-11/2.2", "act": "merge", "into": "hq-1398-11/5.1"},
            {"op": "remove_act", "id": "r2", "index": 1},
        ],
    )
    assert Minutes.from_json(read.as_json()) == read
    was = states()
    paper = builders.draft(world, read)
    accept_reading(paper, by=world.secretary, version=paper.version)
    now = {code: state for code, state in states().items() if code in was}
    assert now == was | {"11/3.1": "closed", "11/2.2": "superseded"}  # the unsettled one cannot be closed
    assert Obligation.objects.get(code="hq-1398-11/2.1-1").due_day == date(2019, 12, 7)
    assert list(ledger.audit()) == []


@pytest.mark.parametrize(
    "correction",
    [
        {"op": "add_act", "id": "r1", "debt": "مصوبه ۴", "act": "close"},
        {"op": "add_act", "id": "r1", "debt": "hq-1398-11/3.1", "act": "extend"},
        {"op": "add_act", "id": "r1", "debt": "hq-1398-11/3.1", "act": "merge"},
        {"op": "add_act", "id": "r1", "debt": "hq-1398-11/3.1", "act": "forget"},
        {"op": "remove_act", "id": "r1", "index": 0},
    ],
)
def test_what_states_no_decision_is_refused(world: Personas, correction: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        apply_all(builders.minutes(world), [correction])


@pytest.mark.usefixtures("before")
def test_the_secretary_records_what_a_resolution_on_record_has_decided(world: Personas) -> None:
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    resolution = Resolution.objects.get(code="hq-1398-11/6")
    for by in (world.staff, world.governor, world.officer, world.other_secretary):
        with pytest.raises(Refused):
            decide_by_resolution(debt, Decided(Act.CLOSE), resolution, by=by)
    assert decide_by_resolution(debt, Decided(Act.AMEND, text="سه‌ماهه"), resolution, by=world.secretary)
    release([debt], by=world.secretary)
    for number, secrecy, told in ((20, "normal", ("hq-1398-11/6", "سه‌ماهه")), (21, "secret", ("", ""))):
        later = drafts.held(world, number=number, date=MET, secrecy=secrecy)
        Resolution.objects.filter(pk=resolution.pk).update(meeting=later)
        (seen,) = decisions_of([debt], world.consultant)[debt.pk]
        assert ((seen.code, seen.text), seen.linked) == (told, False)
        (whole,) = decisions_of([debt], world.secretary)[debt.pk]
        assert (whole.code, whole.linked) == ("hq-1398-11/6", True)
    Resolution.objects.filter(pk=resolution.pk).update(meeting=debt.meeting)
    assert decide_by_resolution(debt, Decided(Act.CLOSE), resolution, by=world.secretary)
    unsealed = drafts.held(world, number=22, code="hq-1398-12", date=MET)
    with ledger.change("tests.resolution", by=world.operator) as change:
        waiting = change.create(Resolution(meeting=unsealed, order=1, code="hq-1398-12/1", kind="approval"))
    with pytest.raises(Invalid):
        decide_by_resolution(debt, Decided(Act.REOPEN), waiting, by=world.secretary)


def test_a_finished_meeting_is_open_again_when_a_debt_that_nobody_was_told_of_is(world: Personas) -> None:
    meeting = builders.meeting(world)
    for debt in meeting.obligations.filter(parent=None):
        cancel(debt, by=world.secretary, reason="آزمون")
    finish_meeting(meeting, by=world.secretary)
    resolution = meeting.resolutions.get(number="۶")
    decide_by_resolution(meeting.obligations.get(code="hq-1398-11/3.1"), REOPENED, resolution, by=world.secretary)
    meeting.refresh_from_db()
    assert meeting.finished_at is None
    assert list(ledger.audit()) == []
