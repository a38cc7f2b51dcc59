"""An old register comes in as its preview said, all or nothing; the same file twice changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dabir.cycle.import_plan import Outcome, Plan
from dabir.cycle.importing import apply_sheet, import_register, preview
from dabir.cycle.sealing import seal_minutes
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.models import Event, StoredFile
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting, Resolution
from dabir.obligations import counting, queries
from dabir.obligations import services as obligations
from dabir.obligations.models import DueKind, KnownName, Obligation, Role, Sheet, SheetRow, State
from dabir.obligations.sheets import parts
from dabir.obligations.sheets.services import bring_sheet, map_columns, say_who
from dabir.persian.jalali import to_gregorian
from dabir.reading.sheets.table import read_tables
from tests import builders, drafts
from tests.personas import Personas
from tests.sheets import register, row

pytestmark = pytest.mark.django_db


def bring(world: Personas, *rows: list[object]) -> Plan:
    return import_register(register(*rows), name="دفتر.xlsx", body=world.bodies["hq"], by=world.secretary)


def outcomes(plan: Plan) -> list[str]:
    return [str(one.outcome) for one in plan.rows]


def reasons(plan: Plan) -> list[str]:
    return [one.reason.cause if one.reason else "" for one in plan.rows]


def test_a_row_becomes_a_meeting_without_minutes_its_resolution_and_its_debt(world: Personas) -> None:
    plan = bring(world, row(2, due="1398/08/15", helper="بنیاد مسکن", state="در حال اقدام"))
    assert outcomes(plan) == ["new"]
    meeting = Meeting.objects.get(code="hq-1398-5")
    assert (meeting.date, meeting.kept_by, meeting.versions.count()) == (date(2019, 8, 1), world.bodies["hq"], 0)
    resolution = meeting.resolutions.get()
    assert (resolution.code, resolution.number, resolution.text) == ("hq-1398-5/2", "2", "گزارش بنویسد")
    debt = Obligation.objects.get()
    assert (debt.code, debt.lead, debt.state) == ("hq-1398-5/2.1", world.parties["agriculture"], State.OPEN)
    assert (debt.due_day, debt.first_due_day) == (to_gregorian(1398, 8, 15), to_gregorian(1398, 8, 15))
    assert debt.involved.get(role=Role.HELPER).party == world.parties["housing"]
    assert debt.sheet_row is not None
    assert (debt.sheet_row.number, debt.sheet_row.sheet.name) == (2, "دفتر.xlsx")
    assert list(ledger.audit()) == []


def test_what_comes_in_is_known_from_paper_and_sleeps(world: Personas) -> None:
    bring(world, row(state="در حال اقدام"))
    debt = Obligation.objects.get()
    assert (debt.on_paper, debt.asleep, debt.communicated_at, debt.old_state) == (True, True, None, "در حال اقدام")
    assert debt in queries.visible_to(world.officer)
    counts = counting.counts(world.secretary)
    assert (counts["unreleased"], counts["asleep"], counts["closed_before"]) == (0, 1, 0)


def test_done_is_closed_per_the_old_register_and_counted_apart(world: Personas) -> None:
    bring(world, row(1, state="انجام شد"), row(2, state="انجام نشد"), row(3, lead="دامپزشکی", state="خاتمه یافته"))
    one, two, three = Obligation.objects.order_by("code")
    assert (one.state, one.closed_before, one.old_state, one.asleep) == (State.CLOSED, True, "انجام شد", False)
    assert (two.state, two.closed_before) == (State.OPEN, False)
    assert (three.state, three.closed_before, three.lead_text) == (State.CLOSED, True, "دامپزشکی")
    assert counting.counts(world.secretary)["closed_before"] == 2


def test_each_of_several_agencies_owes_it(world: Personas) -> None:
    bring(world, row(lead="جهاد کشاورزی - راه و شهرسازی"))
    leads = [(debt.code, debt.lead) for debt in Obligation.objects.order_by("id")]
    assert leads == [("hq-1398-5/1.1", world.parties["agriculture"]), ("hq-1398-5/1.2", world.parties["roads"])]


def test_deadlines_are_days_recurrences_events_or_words(world: Personas) -> None:
    bring(world, row(1, due="مستمر"), row(2, due="پس از تأمین اعتبار"), row(3, due="1398/02/32"), row(4, due="فوری"))
    told = [(d.due_kind, d.due_text, d.due_day) for d in Obligation.objects.order_by("code")]
    assert told == [
        (DueKind.RECURRENCE, "مستمر", None),
        (DueKind.TRIGGER, "پس از تأمین اعتبار", None),
        (DueKind.NONE, "1398/02/32", None),
        (DueKind.NONE, "فوری", None),
    ]


def test_an_unknown_agency_is_asked_for_once_and_its_debts_wait(world: Personas) -> None:
    plan = bring(world, row(1, lead="دامپزشکی"), row(2, lead="دام پزشکی - جهاد کشاورزی"), row(3, helper="دامپزشکی"))
    assert [(asked.text, asked.rows) for asked in plan.questions] == [("دامپزشکی", [2, 3, 4])]
    waiting = Obligation.objects.filter(state=State.UNSETTLED)
    assert {(debt.lead_text, debt.released_at) for debt in waiting} == {("دامپزشکی", None), ("دام پزشکی", None)}


def test_an_answer_settles_the_debts_that_wait_and_is_remembered(world: Personas) -> None:
    bring(world, row(1, lead="دامپزشکی"), row(2, helper="دامپزشکی"))
    say_who("دامپزشکی", [world.parties["housing"]], body=world.bodies["hq"], by=world.secretary)
    debt = Obligation.objects.get(code="hq-1398-5/1.1")
    assert (debt.lead, debt.state, debt.on_paper, debt.asleep) == (world.parties["housing"], State.OPEN, True, True)
    assert Obligation.objects.get(code="hq-1398-5/2.1").involved.get().party == world.parties["housing"]
    plan = bring(world, row(7, lead="دام‌پزشکی"))
    assert plan.questions == []
    assert Obligation.objects.get(code="hq-1398-5/7.1").lead == world.parties["housing"]
    assert list(ledger.audit()) == []


def test_an_answer_may_be_several_parties_a_group_or_that_words_remain(world: Personas) -> None:
    hq = world.bodies["hq"]
    bring(world, row(1, lead="دو اداره"), row(2, lead="اعضا"), row(3, lead="همه"))
    say_who("دو اداره", [world.parties["roads"], world.parties["housing"]], body=hq, by=world.secretary)
    say_who("اعضا", [world.parties["members"]], body=hq, by=world.secretary)
    say_who("همه", [], body=hq, by=world.secretary)
    first = Obligation.objects.filter(resolution__number="1").order_by("id")
    assert [debt.lead for debt in first] == [world.parties["roads"], world.parties["housing"]]
    group = Obligation.objects.get(resolution__number="2", parent=None)
    children = {(child.lead, child.asleep, child.on_paper) for child in group.children.all()}
    members = {world.parties["county-agriculture"], world.parties["county-housing"]}
    assert (group.is_group, group.state) == (True, State.OPEN)
    assert children == {(member, True, True) for member in members}
    assert Obligation.objects.get(resolution__number="3").state == State.UNSETTLED
    plan = bring(world, row(1, lead="دو اداره"), row(2, lead="اعضا"), row(3, lead="همه"))
    assert (outcomes(plan), plan.questions) == (["same"] * 3, [])
    assert list(ledger.audit()) == []


def test_the_same_file_twice_changes_nothing(world: Personas) -> None:
    rows = [
        row(1),
        row(2, lead="دامپزشکی - بنیاد مسکن"),
        row(2, lead="راه و شهرسازی", text="گزارش بنویسد"),
        row(3, None),
    ]
    first = bring(world, *rows)
    head = ledger.head()
    second = bring(world, *rows)
    assert outcomes(first) == ["new", "new", "new", "refused"]
    assert outcomes(second) == ["same", "same", "same", "refused"]
    assert ledger.head() == head


def test_a_dry_run_stores_nothing(world: Personas) -> None:
    head, files = ledger.head(), StoredFile.objects.count()
    plan = import_register(register(row()), name="x", body=world.bodies["hq"], by=world.secretary, dry_run=True)
    assert outcomes(plan) == ["new"]
    assert (ledger.head(), StoredFile.objects.count(), Sheet.objects.count()) == (head, files, 0)


def test_rows_of_a_meeting_in_the_register_attach_to_it(world: Personas) -> None:
    meeting = builders.meeting(world)
    said = meeting.resolutions.get(number="۱").text
    plan = bring(
        world,
        row("۱", said, number=11, day="1398/07/17", state="انجام شد"),
        row(1, "متن دیگری", number=11, day="1398/07/17"),
        row(90, said, number=11, day="1398/07/17"),
        row(91, "مصوبه‌ای که در صورتجلسه نیست", number=11, day="1398/07/17"),
        row(1, number=11, day="1398/07/18"),
    )
    assert outcomes(plan) == ["same", "refused", "same", "new", "refused"]
    assert reasons(plan) == ["of-minutes", "other-text", "of-minutes", "", "other-day"]
    assert plan.rows[0].state == ""  # no sheet closes a debt of minutes
    assert plan.rows[0].leads[0].parties == (world.parties["agriculture"].pk,)
    added = Resolution.objects.get(number="91")
    assert (added.meeting, added.code, added.order) == (meeting, "hq-1398-11/91", 8)


def test_what_is_sealed_is_not_changed_by_a_sheet(world: Personas) -> None:
    draft = drafts.manuscript(world)
    said = "سازمان جهاد کشاورزی استان زنجان موظف است گزارش خود را به دبیرخانه ارسال نماید."
    bring(world, row("۲", said, number=11, day="1398/07/17"))
    code = Obligation.objects.get().code
    seal_minutes(draft, revision=2, by=world.secretary)
    sealed = list(Resolution.objects.values_list("code", "text"))
    plan = bring(
        world,
        row("۲", "متن دیگری", number=11, day="1398/07/17", code=code),
        row(91, "مصوبه‌ای که در صورتجلسه نیست", number=11, day="1398/07/17"),
    )
    assert reasons(plan) == ["minutes-hold", "sealed"] and outcomes(plan) == ["refused", "refused"]
    assert list(Resolution.objects.values_list("code", "text")) == sealed


def test_rows_that_contradict_each_other_are_refused(world: Personas) -> None:
    plan = bring(world, row(1), row(1), row(1, "متن دیگری"), row(2, day="1398/05/11"), row(2, day="1397/05/11"))
    assert outcomes(plan) == ["new", "same", "refused", "refused", "new"]
    assert reasons(plan) == ["", "repeats", "twice", "other-day", ""]


def test_one_resolution_may_take_several_rows(world: Personas) -> None:
    bring(world, row(1), row(1, lead="راه و شهرسازی", due="1398/09/01"))
    debts = Obligation.objects.order_by("id")
    assert [debt.code for debt in debts] == ["hq-1398-5/1.1", "hq-1398-5/1.2"]
    assert Resolution.objects.count() == 1


def test_a_corrected_file_updates_by_its_code(world: Personas) -> None:
    bring(world, row(due="1398/08/15", state="در حال اقدام"))
    code = Obligation.objects.get().code
    corrected = row(
        text="گزارش کامل بنویسد",
        lead="راه و شهرسازی",
        due="1398/09/01",
        state="انجام شد",
        helper="بنیاد مسکن",
        code=code,
    )
    assert outcomes(bring(world, corrected)) == ["updated"]
    debt = Obligation.objects.get()
    assert (debt.lead, debt.action, debt.state) == (world.parties["roads"], "گزارش کامل بنویسد", State.CLOSED)
    assert (debt.due_day, debt.first_due_day) == (to_gregorian(1398, 9, 1), to_gregorian(1398, 8, 15))
    assert debt.involved.get().party == world.parties["housing"]
    assert Resolution.objects.get().text == "گزارش کامل بنویسد"
    assert outcomes(bring(world, corrected)) == ["same"]
    assert outcomes(bring(world, [*corrected[:7], "در حال اقدام", code])) == ["updated"]
    debt = Obligation.objects.get()
    assert (debt.state, debt.closed_before, debt.asleep) == (State.OPEN, False, True)
    assert list(ledger.audit()) == []


def test_without_a_code_the_meeting_and_the_row_identify(world: Personas) -> None:
    bring(world, row(due="1398/08/15"))
    assert outcomes(bring(world, row(due="1398/09/01"))) == ["updated"]
    plan = bring(world, row(text="متن دیگری"))
    assert (outcomes(plan), reasons(plan)) == (["refused"], ["other-text"])
    assert Obligation.objects.get().due_day == to_gregorian(1398, 9, 1)


def test_what_was_changed_here_is_not_overwritten(world: Personas) -> None:
    bring(world, row(1), row(2, lead="دامپزشکی"))
    one, two = Obligation.objects.order_by("code")
    obligations.set_due(one, by=world.secretary, day=to_gregorian(1398, 10, 1))
    obligations.settle(two, by=world.secretary, lead=world.parties["roads"])
    assert outcomes(bring(world, row(1), row(2, lead="دامپزشکی"))) == ["same", "same"]
    plan = bring(world, row(1, due="1398/08/15"), row(2, lead="بنیاد مسکن"))
    assert (outcomes(plan), reasons(plan)) == (["refused"] * 2, ["moved"] * 2)


def test_an_update_takes_no_debt_away_and_asks_before_it_names(world: Personas) -> None:
    bring(world, row(1, lead="جهاد کشاورزی - راه و شهرسازی"), row(2))
    plan = bring(world, row(1, lead="بنیاد مسکن"), row(2, lead="دامپزشکی"))
    assert reasons(plan) == ["lead-less", "ask-first"]
    assert [asked.text for asked in plan.questions] == ["دامپزشکی"]
    plan = bring(world, row(2, lead="بنیاد مسکن - راه و شهرسازی"))
    assert outcomes(plan) == ["updated"]
    debts = Obligation.objects.filter(resolution__number="2").order_by("id")
    assert [debt.lead for debt in debts] == [world.parties["housing"], world.parties["roads"]]
    assert list(ledger.audit()) == []


def test_codes_of_others_and_of_minutes_are_refused(world: Personas) -> None:
    meeting = builders.meeting(world)
    debt = Obligation.objects.get(resolution__number="۳")
    at: dict[str, Any] = {"number": 11, "day": "1398/07/17"}
    plan = bring(
        world,
        row(3, debt.resolution.text if debt.resolution else "", code=debt.code, **at),
        row(3, "متن دیگری", code=debt.code, **at),
        row(3, code=debt.code),
        row(4, code="other-1398-1/1.1"),
    )
    assert outcomes(plan) == ["same", "refused", "refused", "refused"]
    assert reasons(plan) == ["of-minutes", "minutes-hold", "other-meeting", "unknown-code"]
    assert meeting.code == "hq-1398-11"


def test_a_sheet_is_previewed_and_applied_as_it_was_seen(world: Personas) -> None:
    sheet = bring_sheet(register(row(lead="دامپزشکی")), name="x.xlsx", body=world.bodies["hq"], by=world.staff)
    seen = preview(sheet, by=world.staff)
    assert seen is not None
    say_who("دامپزشکی", [world.parties["roads"]], body=world.bodies["hq"], by=world.secretary)
    with pytest.raises(Conflict):
        apply_sheet(sheet, by=world.secretary, mark=seen.mark)
    now = preview(sheet, by=world.secretary)
    assert now is not None
    with pytest.raises(Refused):
        apply_sheet(sheet, by=world.staff, mark=now.mark)
    apply_sheet(sheet, by=world.secretary, mark=now.mark)
    sheet = Sheet.objects.get()
    assert (sheet.state, sheet.figures["new"]) == ("applied", 1)
    with pytest.raises(Invalid):
        apply_sheet(sheet, by=world.secretary, mark=now.mark)


def test_a_mapping_is_changed_and_remembered(world: Personas) -> None:
    hq = world.bodies["hq"]
    data = register(row(helper="بنیاد مسکن"))
    sheet = bring_sheet(data, name="x.xlsx", body=hq, by=world.staff)
    columns = [*sheet.layout["columns"]]
    columns[5] = ""
    map_columns(sheet, {**sheet.layout, "columns": columns}, by=world.staff)
    other = bring_sheet(register(row(2, helper="بنیاد مسکن")), name="y.xlsx", body=hq, by=world.staff)
    assert other.layout["columns"] == columns
    with pytest.raises(Invalid):
        map_columns(sheet, {**sheet.layout, "columns": ["item"] * len(columns)}, by=world.staff)
    with pytest.raises(Invalid):
        map_columns(sheet, {**sheet.layout, "header": [40, 40]}, by=world.staff)


def test_a_sheet_without_a_header_is_refused_by_the_command_and_waits_on_the_page(world: Personas) -> None:
    data = register([1, "الف"], heads=["نام", "تلفن"])
    with pytest.raises(Invalid):
        import_register(data, name="x", body=world.bodies["hq"], by=world.secretary)
    sheet = bring_sheet(data, name="x", body=world.bodies["hq"], by=world.secretary)
    assert preview(sheet, by=world.secretary) is None


def test_a_fault_in_the_middle_leaves_nothing(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a kill would: the last of the writes does not come about."""
    head = ledger.head()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(parts, "end_sheet", fail)
    with pytest.raises(RuntimeError):
        bring(world, row(1), row(2))
    counts = [model.objects.count() for model in (Meeting, Resolution, Obligation, Sheet, SheetRow, KnownName)]
    assert (counts, ledger.head()) == ([0] * 6, head)


def test_others_bring_nothing_in(world: Personas) -> None:
    for by in (world.other_secretary, world.officer, world.staff, world.governor, world.admin):
        with pytest.raises(Refused):
            import_register(register(row()), name="x", body=world.bodies["hq"], by=by)
    assert not Event.objects.filter(verb__startswith="sheets.").exists()


def test_reminders_of_a_chosen_set_are_woken_and_put_to_sleep(world: Personas) -> None:
    bring(world, row(1), row(2), row(3, state="انجام شد"))
    one, two, three = Obligation.objects.order_by("code")
    assert obligations.wake([one, three], by=world.secretary) == 1
    assert [debt.asleep for debt in Obligation.objects.order_by("code")] == [False, True, False]
    assert obligations.let_sleep([one, two, three], by=world.secretary) == 1
    with pytest.raises(Refused):
        obligations.wake([two], by=world.staff)


def test_a_group_that_is_named_on_the_desk_sleeps_as_the_debt_did(world: Personas) -> None:
    bring(world, row(1, lead="همه", due="1398/06/10"), row(2, lead="همه"))
    one, two = Obligation.objects.order_by("code")
    obligations.wake([two], by=world.secretary)
    for debt in (one, two):
        obligations.settle(debt, by=world.secretary, lead=world.parties["members"])
    asleep, awake = ([*debt.children.all()] for debt in (one, two))
    assert {(child.asleep, child.on_paper, child.sheet_row) for child in asleep} == {(True, True, one.sheet_row)}
    assert {(child.asleep, child.on_paper, child.sheet_row) for child in awake} == {(False, True, two.sheet_row)}
    counts = counting.counts(world.secretary)
    assert (counts["overdue"], counts["untold"], counts["asleep"]) == (0, 0, len(asleep))
    assert obligations.let_sleep([two], by=world.secretary) == len(awake)
    assert obligations.wake([one], by=world.secretary) == len(asleep)
    assert list(ledger.audit()) == []


def test_whoever_is_named_for_a_debt_that_was_woken_is_reminded_as_it_was(world: Personas) -> None:
    bring(world, row(1, lead="همه"), row(2, lead="دو اداره"))
    obligations.wake(Obligation.objects.all(), by=world.secretary)
    say_who("همه", [world.parties["members"]], body=world.bodies["hq"], by=world.secretary)
    say_who("دو اداره", [world.parties["roads"], world.parties["housing"]], body=world.bodies["hq"], by=world.secretary)
    assert {debt.asleep for debt in Obligation.objects.all()} == {False}
    assert Obligation.objects.filter(is_group=False).count() == 4


TEXTS = st.sampled_from(["گزارش بنویسد", "برنامه بدهد", "", "فهرست را بفرستد"])
LEADS = st.sampled_from([None, "جهاد کشاورزی", "دامپزشکی", "جهاد کشاورزی - راه و شهرسازی", "بنیاد مسکن و دامپزشکی"])
DUES = st.sampled_from([None, "مستمر", "1398/09/01", 43784, "پس از ابلاغ", "x"])
ROWS = st.builds(
    lambda item, text, lead, number, due, state: row(item, text, lead, number=number, due=due, state=state),
    st.sampled_from([1, 2, "۳", None]),
    TEXTS,
    LEADS,
    st.sampled_from([5, 6, "x", None]),
    DUES,
    st.sampled_from([None, "انجام شد", "در حال اقدام"]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=12))
def test_whatever_came_in_is_the_same_the_second_time(world: Personas, rows: list[list[object]]) -> None:
    with transaction.atomic():
        first = bring_here(world, rows)
        rows_stored, debts = SheetRow.objects.count(), Obligation.objects.count()
        second = bring_here(world, rows)
        assert outcomes(second) == ["refused" if one == Outcome.REFUSED else "same" for one in outcomes(first)]
        assert (SheetRow.objects.count(), Obligation.objects.count()) == (rows_stored, debts)
        transaction.set_rollback(True)


def bring_here(world: Personas, rows: list[list[object]]) -> Plan:
    """The same as on the page, but read in this process: a child for each example takes its time."""
    data, hq, by = register(*rows), world.bodies["hq"], world.secretary
    sheet = bring_sheet(data, name="x.xlsx", body=hq, by=by, tables=read_tables(data))
    seen = preview(sheet, by=by)
    assert seen is not None
    return apply_sheet(sheet, by=by, mark=seen.mark)


def test_a_sheet_is_told_nothing_of_a_meeting_above_the_normal_class(world: Personas) -> None:
    """The staff, who prepares sheets, may know neither its day nor its codes."""
    secret = builders.meeting(
        world, builders.minutes(world, number=5, session="1398/05/10"), secrecy=SecrecyClass.CONFIDENTIAL
    )
    code = secret.obligations.order_by("id")[0].code
    plan = bring(world, row(2, day="1398/05/11"), row(3, code=code), row(4))
    assert set(outcomes(plan)) == {"refused"} and set(reasons(plan)) == {"classified"}
    shown = [(str(one.reason), one.meeting, one.key) for one in plan.rows]
    assert not any("1398" in reason or meeting or key for reason, meeting, key in shown)
