"""The meeting that writes its own agenda: which lines, why, in which order, and what comes of those that are ticked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.cycle.agenda_words import BLANK
from dabir.cycle.classifying import classify_meeting
from dabir.cycle.next_agenda import Agenda, Line, agenda_of, put_on_agenda
from dabir.cycle.worst import MOST, weighed, worst
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services as meetings
from dabir.meetings.calls import called_to
from dabir.meetings.compiling import compiled
from dabir.meetings.models import Meeting, Resolution
from dabir.meetings.services.planning import Plan
from dabir.obligations import extending
from dabir.obligations.models import Obligation, Wait
from dabir.obligations.queries import UNCLASSIFIED, followed_by
from dabir.obligations.reporting.periods import periods_due
from dabir.persian import clock
from dabir.persian.calendar import FRIDAY
from dabir.reading.acts import acts_in
from dabir.reading.lines import Passage
from tests import builders, drafts
from tests import crowd as crowds
from tests.conftest import TODAY
from tests.crowd import DEBTS
from tests.personas import Personas

RUNNING = ("open", "proposed", "unsettled")


def by_hand(world: Personas, today: date) -> list[tuple[str, int]]:
    """The same lines from plain rows, debt by debt, by the table of docs/follow-up.md."""
    found: list[tuple[int, date, str, int]] = []
    seen = set(followed_by(world.secretary).values_list("pk", flat=True))
    for debt in Obligation.objects.filter(body=world.bodies["hq"], asleep=False, state__in=RUNNING):
        if debt.state != "unsettled" and (debt.is_group or debt.instances_made):
            continue
        score = sum(points for holds, points in _own(debt, today, seen) if holds)
        more = sum(points for holds, points in _adds(debt, today, seen) if holds)
        if score:
            kin = debt.parent_id or debt.recurs_from_id or debt.pk
            found.append((-score - more, debt.due_day or date.max, debt.code, kin))
    lines: dict[int, tuple[str, int]] = {}
    for minus, _due, code, kin in sorted(found):
        lines.setdefault(kin, (code, -minus))
    return list(lines.values())[:10]


def _own(debt: Obligation, today: date, seen: set[int]) -> list[tuple[object, int]]:
    open_, source = debt.state == "open", debt.meeting or debt.order
    assert source
    due = debt.due_day if open_ else None
    plan = [(one.percent if one.day <= today else 0) for one in debt.milestones.all()]
    done = debt.verified_percent if debt.verified_percent is not None else (debt.reported_percent or 0)
    lag = max(plan, default=0) - done
    soon = due and today <= due <= today + timedelta(days=14)
    unsaid = not plan and debt.reported_percent is None and debt.verified_percent is None
    told = debt.communicated_at
    long_told = told and told.astimezone(clock.TEHRAN).date() + timedelta(days=30) <= today
    triggered = open_ and debt.due_kind == "trigger"
    asked = open_ and debt.extension_requests.filter(state="asked").exists()
    bodys = debt.extensions >= debt.body.extensions_by_secretary
    late = (today - due).days if due else 0
    return [
        (debt.state == "unsettled", 30 + min(15, max(0, (today - source.date).days) // 5)),
        (debt.state == "proposed", 12),
        (late > 0, 30 + min(30, late // 5)),
        (open_ and lag >= 10, lag // 5),
        (soon and debt.recurs_from, 10),
        (soon and not debt.recurs_from and (lag >= 10 or unsaid), 20),
        (triggered and debt.clock_day, 22),
        (triggered and not debt.clock_day and long_told, 10),
        (open_ and debt.due_kind == "recurrence", 8),
        (asked, 26 if bodys else 8),
        (any(one.asks == "decision" and one.ended_at is None for one in debt.obstacles.all()), 28),
        (due and due >= today and _is_held_up(debt, due, today, seen, {debt.pk}), 18),
    ]


def _is_held_up(debt: Obligation, due: date, today: date, seen: set[int], reached: set[int]) -> bool:
    for first in (wait.waits_for for wait in debt.waits_for.all()):
        if first.pk not in seen - reached or first.asleep or first.state not in RUNNING:
            continue
        reached.add(first.pk)
        members = [one for one in first.children.all() if not one.asleep and one.state in RUNNING]
        owed = members if first.is_group else [first]
        late = any(one.due_day and one.due_day < today and one.state == "open" for one in owed)
        days = [one.due_day for one in owed if one.due_day]
        if late or (owed and len(days) == len(owed) and max(days) >= due):
            return True
        if len(days) < len(owed) and _is_held_up(first, due, today, seen, reached):
            return True
    return False


def _adds(debt: Obligation, today: date, seen: set[int]) -> list[tuple[object, int]]:
    open_ = debt.state == "open"
    waits = [wait for one in (debt, debt.parent) if one for wait in one.awaited_by.all()]
    waiting = [one.obligation for one in waits if one.obligation_id in seen]
    waiting = [one for one in waiting if one.state in RUNNING and not one.asleep]
    unfounded = debt.verified_percent is not None and (debt.reported_percent or 0) - debt.verified_percent >= 20
    silent = any(last > (debt.reported_on or date.min) for _first, last in periods_due(debt, today))
    climbed = any(one.rung == "agenda" and one.due_day == debt.due_day for one in debt.escalations.all())
    return [
        (open_ and climbed, 10),
        (True, min(9, 3 * debt.extensions)),
        (open_, min(12, 4 * len(waiting))),
        (open_ and silent, 5),
        (open_ and unfounded, 6),
    ]


def told(agenda: Agenda) -> list[tuple[str, int]]:
    return [(line.code, line.score) for line in agenda.lines]


@pytest.fixture
def crowd(db: None) -> Personas:
    return crowds.crowd()


@pytest.mark.parametrize("later", [-90, -30, 0, 30, 90])
def test_the_lines_are_those_that_a_count_by_hand_gives(crowd: Personas, later: int) -> None:
    today = TODAY + timedelta(days=later)
    agenda = agenda_of(crowd.bodies["hq"], by=crowd.secretary, today=today)
    assert len(agenda.lines) == MOST
    assert told(agenda) == by_hand(crowd, today)
    for line in agenda.lines:
        assert line.score == sum(part.points for part in line.parts)
        assert all(f"({part.points} " in part.told.translate(LATIN) for part in line.parts)
        assert len(set(line.candidates)) == 2
        for text in line.candidates:
            filled = text.replace(f"تا تاریخ {BLANK}", "تا تاریخ ۱۴۰۰/۱۲/۰۱")
            named = [act.debt for act in _acts(filled).certain] or [o.named.code for o in _acts(filled).candidates]
            assert line.about.code in named
            assert "تمدید شد" not in filled or [act.act for act in _acts(filled).certain] == ["extend"]
            assert filled == text or not _acts(text).certain
        assert all(line.about.code in text for text in (*line.candidates, line.item))


LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def _acts(text: str):  # type: ignore[no-untyped-def]
    return acts_in(Passage.of([(1, text)]), TODAY)


def test_as_many_queries_whatever_the_number_of_debts(crowd: Personas) -> None:
    hq, by = crowd.bodies["hq"], crowd.secretary

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            agenda_of(hq, by=by)
        return len(asked)

    queries()
    many = queries()
    with ledger.change("tests.sleep", by=crowd.operator) as change:
        for debt in Obligation.objects.filter(body=hq).order_by("-pk")[: DEBTS - 3]:
            change.update(debt, asleep=True)
    agenda = agenda_of(hq, by=by)
    assert 0 < len(agenda.lines) < MOST
    assert queries() <= many <= 14


def test_ticked_lines_go_into_the_next_agenda_once_and_call_their_owners(world: Personas) -> None:
    builders.meeting(world)
    hq, by, today = world.bodies["hq"], world.staff, TODAY + timedelta(days=40)
    codes = [line.code for line in agenda_of(hq, by=by, today=today).lines]
    with pytest.raises(Invalid, match="در پیش"):
        put_on_agenda(hq, codes[:1], by=by)
    hidden = meetings.plan_meeting(Plan(today), by=world.secretary, kept_by=hq, bodies=[(hq, None)])
    later = meetings.plan_meeting(Plan(today), by=world.secretary, kept_by=hq, bodies=[(hq, None)])
    agenda = agenda_of(hq, by=by)
    line = next(line for line in agenda.lines if line.about.lead)
    assert line.owners
    chosen, new = put_on_agenda(hq, [line.code], by=by)
    assert (chosen, new) == (hidden, 1)
    item = hidden.agenda.get()
    assert item.text == line.item and line.code in item.text and item.presenter == line.debt.lead
    assert put_on_agenda(hq, [line.code], by=by) == (hidden, 0)
    assert put_on_agenda(hq, [line.code], by=by, meeting=later, invite=False) == (later, 1)
    assert {party.pk for _role, party in line.owners} <= {one.party.pk for one in called_to(hidden) if one.party}
    assert not later.attendance.exists()
    with pytest.raises(Invalid, match="دیگر"):
        put_on_agenda(hq, ["hq-1398-11/99.1"], by=by)
    with pytest.raises(Invalid, match="انتخاب"):
        put_on_agenda(hq, [], by=by)
    assert list(ledger.audit()) == []


def test_the_reader_makes_of_each_decision_what_it_says_and_nothing_of_the_debts_own_words(world: Personas) -> None:
    builders.meeting(world)
    with ledger.change("tests.words", by=world.operator) as change:
        debt = Obligation.objects.get(code="hq-1398-11/3.1")
        words = "بنیاد مسکن انقلاب اسلامی استان زنجان موظف است نقشه را تا ۱۳۹۸/۰۹/۱۵ تهیه و به دبیرخانه ارسال نماید"
        change.update(debt, action=words, released_at=clock.now())
    today, hq = TODAY + timedelta(days=60), world.bodies["hq"]
    coming = drafts.held(world, number=12, date=today, title="جلسه ۱۲ ستاد")

    def decisions() -> list[tuple[list[str], list[tuple[str, str]]]]:
        line = next(line for line in agenda_of(hq, by=world.secretary, today=today).lines if line.code == debt.code)
        text = drafts.TEXT.replace("۱- متن", f"۱- {line.candidates[0]}\n۲- {line.candidates[1]}\n۳- متن")
        return [
            ([act.act for act in one.acts], [(o.lead.text, o.due.text) for o in one.obligations if o.lead and o.due])
            for one in compiled(coming, text).resolutions[:2]
        ]

    asks = [(world.parties["consultants"].name, "در جلسه آینده")]
    assert decisions() == [([], []), ([], asks)]  # nobody has said until when it is extended
    due = Obligation.objects.get(pk=debt.pk).due_day
    assert due
    asked = extending.ask_extension(debt, by=world.consultant, wanted=date(2020, 1, 17), reason="برف")
    assert decisions() == [(["extend"], []), (["refuse"], [])]  # a Friday
    assert "۱۳۹۸/۱۰/۲۸" in agenda_of(hq, by=world.secretary, today=today).lines[0].candidates[0]
    assert asked.wanted.weekday() == FRIDAY


def test_whose_meeting_is_classified_stays_off_what_others_read(world: Personas) -> None:
    secret = builders.meeting(
        world, builders.minutes(world, number=10, session="1398/07/10"), secrecy=SecrecyClass.CONFIDENTIAL
    )
    hq = world.bodies["hq"]
    lines = agenda_of(hq, by=world.secretary).lines
    assert {line.debt.meeting_id for line in lines} == {secret.pk}
    assert lines[0].debt.secrecy == SecrecyClass.CONFIDENTIAL
    assert agenda_of(hq, by=world.staff).lines == agenda_of(hq, by=world.auditor).lines == ()
    assert told(agenda_of(hq, by=world.governor)) == told(agenda_of(hq, by=world.secretary))
    open_one = meetings.plan_meeting(Plan(TODAY), by=world.secretary, kept_by=hq, bodies=[(hq, None)])
    with pytest.raises(Invalid, match="طبقه"):
        put_on_agenda(hq, [lines[0].code], by=world.secretary)
    assert not open_one.agenda.exists()


def test_a_group_is_one_line_and_those_who_own_it_are_to_come(world: Personas) -> None:
    meeting: Meeting = builders.meeting(world)
    agenda = agenda_of(world.bodies["hq"], by=world.governor, today=TODAY + timedelta(days=60))
    lines = {line.code.split("/")[1]: line for line in agenda.lines}
    members = Obligation.objects.filter(meeting=meeting, parent__isnull=False)
    (group,) = [line for line in agenda.lines if line.debt.parent_id]
    assert group.more == members.count() - 1 > 0
    endorsed = lines["3.1"]
    assert [(role, party.code) for role, party in endorsed.owners] == [
        ("lead", "consultants"),
        ("helper", "housing"),
        ("endorser", "monitoring"),
    ]
    guests = {guest.party.code: guest for guest in agenda.invite}
    assert (guests["housing"].capacity, guests["consultants"].capacity) == ("invitee", "")
    assert guests["housing"].roles == ["helper"] and guests["housing"].codes == [endorsed.code]
    committee = agenda_of(world.bodies["committee"], by=world.county)
    assert (committee.lines, committee.invite) == ((), ())


def line_of(world: Personas, group: Obligation, today: date) -> Line:
    """That of the group's members."""
    lines = agenda_of(world.bodies["hq"], by=world.secretary, today=today).lines
    (line,) = [line for line in lines if line.debt.parent_id == group.pk]
    return line


def test_a_line_for_all_members_names_the_group_and_calls_each_of_them(world: Personas) -> None:
    builders.meeting(world)
    today, hq = TODAY + timedelta(days=60), world.bodies["hq"]
    group = Obligation.objects.get(is_group=True)
    members = list(group.children.order_by("pk"))
    line = line_of(world, group, today)
    assert (line.about, line.more, line.debt in members) == (group, len(members) - 1, True)
    leads = [party for role, party in line.owners if role == "lead"]
    assert {party.pk for party in leads} == {member.lead_id for member in members} and len(leads) == len(members)
    invited = {guest.party.pk: guest.codes for guest in agenda_of(hq, by=world.secretary, today=today).invite}
    assert all(line.code in invited[party.pk] for party in leads)
    assert group.group and group.group.name in line.candidates[1] and line.code not in " ".join(line.candidates)
    coming = meetings.plan_meeting(Plan(clock.today()), by=world.secretary, kept_by=hq, bodies=[(hq, None)])
    with ledger.change("tests.late", by=world.operator) as change:
        for row in (group, *members):
            change.update(row, due_day=clock.today() - timedelta(days=9), first_due_day=row.first_due_day)
    code = line_of(world, group, clock.today()).code
    assert [put_on_agenda(hq, [code], by=world.secretary) for _ in range(2)] == [(coming, 1), (coming, 0)]
    assert {party.pk for party in leads} <= {one.party.pk for one in called_to(coming) if one.party}


def test_what_the_reader_makes_of_a_groups_decisions_is_for_all_its_members(world: Personas) -> None:
    builders.meeting(world)
    today = TODAY + timedelta(days=60)
    group = Obligation.objects.get(is_group=True)
    extends, asks = line_of(world, group, today).candidates
    coming = drafts.held(world, number=12, date=today, title="جلسه ۱۲ ستاد")
    filled = extends.replace(BLANK, "۱۳۹۹/۰۶/۰۱")
    text = drafts.TEXT.replace("۱- متن", f"۱- {filled}\n۲- {asks}\n۳- متن")
    (extended, asked) = compiled(coming, text).resolutions[:2]
    assert [(act.debt, act.act) for act in extended.acts] == [(group.code, "extend")]
    assert group.group and [(o.lead.known, o.due.text) for o in asked.obligations if o.lead and o.due] == [
        (group.group_id, "در جلسه آینده")
    ]


def test_what_is_not_for_all_members_says_so(world: Personas) -> None:
    """One who is not late, or asks for more time, is decided on alone."""
    builders.meeting(world)
    today = TODAY + timedelta(days=60)
    group = Obligation.objects.get(is_group=True)
    first, second = group.children.order_by("pk")
    with ledger.change("tests.later", by=world.operator) as change:
        change.update(first, due_day=today + timedelta(days=5))
    line = line_of(world, group, today)
    assert (line.debt, line.about, line.more) == (second, second, 1) and second.code in line.others
    assert all(second.code in text for text in (*line.candidates, line.item))
    assert {party.pk for role, party in line.owners if role == "lead"} == {first.lead_id, second.lead_id}
    with ledger.change("tests.later", by=world.operator) as change:
        change.update(first, due_day=today + timedelta(days=50))
    line = line_of(world, group, today)
    assert (line.debt, line.about, line.more, line.others) == (second, second, 0, "")
    assert {party.pk for role, party in line.owners if role == "lead"} == {second.lead_id}


def test_the_worst_on_the_sheet_are_those_of_the_agenda(crowd: Personas) -> None:
    """With the same reasons in the same order; a person without the bodies' follow-up has none."""
    for body in ("hq", "committee"):
        lines = agenda_of(crowd.bodies[body], by=crowd.governor).lines
        told = [(one.row.code, [str(why) for why in one.reasons], one.kin) for one in worst(crowd.governor, body)]
        assert told == [(line.code, [str(part.why) for part in line.parts], line.more) for line in lines]
    both = {one.row.code for body in ("hq", "committee") for one in worst(crowd.governor, body)}
    assert len(worst(crowd.governor)) == MOST and {one.row.code for one in worst(crowd.governor)} <= both
    assert worst(crowd.stranger) == () == worst(crowd.admin)


def test_what_one_may_not_read_adds_no_points(crowd: Personas) -> None:
    """Debts of a classified meeting count neither among what waits nor as what is waited for."""
    hq = crowd.bodies["hq"]
    late = next(line.debt for line in agenda_of(hq, by=crowd.secretary).lines if line.late)
    soon = Obligation.objects.filter(body=hq, state="open", due_day__gt=TODAY, is_group=False).first()
    meeting = builders.held(crowd, code="hq-1398-90", bodies=[("hq", 90)], date=TODAY - timedelta(days=3))
    assert soon and soon.due_day
    with ledger.change("tests.secret", by=crowd.operator) as change:
        resolution = change.create(Resolution(meeting=meeting, order=1, code="hq-1398-90/1", kind="approval"))
        hidden = change.create(
            Obligation(
                code="hq-1398-90/1.1", body=hq, meeting=meeting, resolution=resolution, lead=late.lead or soon.lead,
                action="x", due_kind="day", due_day=soon.due_day, first_due_day=soon.due_day,
            )
        )  # fmt: skip
        change.create_many([Wait(obligation=hidden, waits_for=late), Wait(obligation=soon, waits_for=hidden)])

    def seen(by: Acting) -> tuple[int, bool]:
        found = {one.facts.pk: one for one in weighed([hq], by, TODAY, most=500)}
        return found[late.pk].facts.waiting, soon.pk in found and "chain" in found[soon.pk].points

    before = seen(crowd.staff)
    assert before == seen(crowd.secretary) and before[1]
    classify_meeting(meeting, SecrecyClass.CONFIDENTIAL, by=crowd.secretary)
    assert seen(crowd.secretary) == before
    assert seen(crowd.staff) == (before[0] - 1, False)
    plain = {
        one.facts.pk: one.facts.waiting for one in weighed([hq], crowd.secretary, TODAY, most=500, only=UNCLASSIFIED)
    }
    assert plain[late.pk] == before[0] - 1  # a paper that is handed round
