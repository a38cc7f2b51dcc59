"""A report goes from its officer by its head and its endorser to the secretary, and each may return it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dabir.cycle.merging import merge_parties, unmerge_party
from dabir.directory import services as directory
from dabir.directory.models import Party
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.obligations import services as obligations
from dabir.obligations.models import Asks, Involved, Obligation, ReportState, State, StepKind
from dabir.obligations.queries import followed_among, visible_to
from dabir.obligations.reporting import queries, services
from dabir.obligations.reporting.endorsing import waiting_for
from dabir.obligations.reporting.values import Found, Hindrance, Signed, Visit
from tests import builders
from tests.personas import Personas
from tests.reported import PNG, day, owed, progress

LETTER = Signed("مدیر کل", "۱۲/۳۴", day("1398/07/15"), b"%PDF-1")


def test_a_done_report_ends_as_a_proposal_and_a_lower_finding_takes_it_back(world: Personas) -> None:
    debt = owed(world)
    report = services.report(debt, progress(done=True), by=world.officer, files=[PNG])
    report = services.confirm(report, by=world.head)
    visit = Visit(day("1398/07/18"), "کارشناس دبیرخانه", "آب در همه مزارع جاری است")
    report = services.verify(report, Found(100, visit=visit), by=world.secretary, files=[("۲.jpg", b"\xff\xd8\xff1")])
    debt.refresh_from_db()
    assert (debt.state, debt.reported_percent, debt.verified_percent) == (State.PROPOSED, 100, 100)
    assert debt.proposed_at and debt.verified_on == day("1398/06/31")
    steps = list(report.steps.all())
    assert [s.kind for s in steps] == [StepKind.CONFIRMED, StepKind.VERIFIED]
    assert [s.said_by for s in steps] == [world.head.name, world.secretary.name]
    assert [e.step_id for e in report.evidence.all()] == [None, steps[1].pk]

    services.verify(report, Found(60, "بازدید دوم"), by=world.secretary)
    again = Obligation.objects.get(pk=debt.pk)
    assert (again.state, again.proposed_at, again.verified_percent) == (State.OPEN, None, 60)
    assert not list(ledger.audit())


def test_what_the_head_says_is_confirmed_and_a_letter_says_who_signed(world: Personas) -> None:
    debt = owed(world)
    own = services.report(debt, progress(), by=world.head)
    assert own.state == ReportState.CONFIRMED and own.steps.get().said_by == world.head.name

    ours = Obligation.objects.get(code="hq-1398-11/7.1")
    obligations.release([ours], by=world.secretary)
    ours.refresh_from_db()
    assert services.report(ours, progress(), by=world.secretary).state == ReportState.CONFIRMED
    assert services.report(ours, progress(starts="1398/07/01", ends="1398/07/02"), by=world.staff).state == "reported"

    told = progress(50, starts="1398/07/01", ends="1398/07/20", said_by="رابط اداره")
    entered = services.report(debt, told, by=world.staff)
    with pytest.raises(Invalid) as without:
        services.confirm(entered, by=world.staff)
    assert without.value.field in ("said_by", "number")
    services.confirm(entered, LETTER, by=world.staff)
    step = entered.steps.get()
    assert (step.said_by, step.recorded_by, step.number) == ("مدیر کل", world.staff.name, "12/34")
    assert step.scan and step.dated == day("1398/07/15")


def test_an_officer_shows_the_letter_of_their_head_and_the_secretariat_holds_it(world: Personas) -> None:
    report, unseen = services.report(owed(world), progress(), by=world.officer), replace(LETTER, scan=b"")
    with pytest.raises(Invalid) as refused:
        services.confirm(report, unseen, by=world.officer)
    assert refused.value.field == "scan"
    assert services.confirm(report, unseen, by=world.staff).state == ReportState.CONFIRMED


def test_nothing_is_verified_before_its_endorser_has_consented(world: Personas) -> None:
    debt = owed(world, endorser="roads")
    report = services.report(debt, progress(), by=world.officer)
    with pytest.raises(Invalid):
        services.verify(report, Found(40), by=world.secretary)
    with pytest.raises(Invalid):
        services.endorse(report, by=world.outsider)
    report = services.confirm(report, by=world.head)
    with pytest.raises(Invalid):
        services.verify(report, Found(40), by=world.secretary)
    assert not queries.to_verify(world.secretary).exists() and queries.to_endorse(world.outsider).get() == report
    report = services.endorse(report, by=world.outsider)
    assert queries.to_verify(world.secretary).get() == report
    assert services.verify(report, Found(40), by=world.secretary).state == ReportState.VERIFIED


def test_each_of_several_endorsers_is_heard_before_a_report_goes_on(world: Personas) -> None:
    debt = owed(world, endorser="roads agriculture")
    first, second = debt.involved.filter(role="endorser").order_by("id")
    report = services.confirm(services.report(debt, progress(), by=world.officer), by=world.head)
    waits = [queries.to_endorse(by).exists() for by in (world.outsider, world.head, world.county)]
    assert waits == [True, True, False]
    report = services.endorse(report, by=world.outsider)
    assert report.state == ReportState.CONFIRMED and [row.pk for row in waiting_for(report)] == [second.pk]
    assert not queries.to_endorse(world.outsider).exists() and queries.to_endorse(world.head).get() == report
    assert not queries.to_verify(world.secretary).exists()
    with pytest.raises(Invalid) as unheard:
        services.verify(report, Found(40), by=world.secretary)
    assert "سازمان جهاد کشاورزی" in str(unheard.value) and "راه و شهرسازی" not in str(unheard.value)
    with pytest.raises(Invalid):  # once is enough
        services.endorse(report, by=world.outsider)
    with pytest.raises(Refused):  # another's consent is not theirs to give, by a letter neither
        services.endorse(report, LETTER, by=world.outsider, whose=second)
    with pytest.raises(Invalid):  # nor does it count twice on paper
        services.endorse(report, LETTER, by=world.staff, whose=first)
    report = services.endorse(report, LETTER, by=world.staff, whose=second)
    assert report.state == ReportState.ENDORSED and queries.to_verify(world.secretary).get() == report
    steps = report.steps.filter(kind=StepKind.ENDORSED)
    assert [(step.party_id, step.recorded_by, step.number) for step in steps] == [
        (first.party_id, world.outsider.name, ""),
        (second.party_id, world.staff.name, "12/34"),
    ]
    assert not list(ledger.audit())


def test_a_letter_says_whose_consent_it_is_where_several_are_waited_for(world: Personas) -> None:
    debt = owed(world, endorser="roads")
    with ledger.change("tests.words", by=world.operator) as change:
        words = change.create(Involved(obligation=debt, role="endorser", text="تیم نظارت"))
    report = services.report(debt, progress(), by=world.head)
    with pytest.raises(Invalid) as unsaid:
        services.endorse(report, LETTER, by=world.staff)
    assert unsaid.value.field == "whose"
    with pytest.raises(Invalid):
        services.endorse(report, by=world.secretary, whose=words)  # without a letter nobody speaks for another
    lists = [queries.to_endorse(by).exists() for by in (world.secretary, world.staff, world.outsider)]
    assert lists == [True, True, True]  # of the words nobody reads here but those who get the letter
    assert not any(queries.to_endorse(by).exists() for by in (world.other_secretary, world.head, world.governor))
    services.endorse(report, LETTER, by=world.staff, whose=words)
    assert not queries.to_endorse(world.secretary).exists()
    assert queries.to_endorse(world.outsider).get() == report and not queries.to_verify(world.secretary).exists()
    # Who is named in words is known later: what they consented to stands.
    services.set_endorsers(debt, by=world.secretary, parties=[world.parties[c] for c in ("roads", "county-office")])
    words.refresh_from_db()
    assert words.party == world.parties["county-office"]
    assert services.endorse(report, by=world.outsider).state == ReportState.ENDORSED


def test_an_endorser_who_is_no_longer_asked_holds_nothing_up(world: Personas) -> None:
    debt = owed(world, endorser="roads agriculture")
    report = services.endorse(services.report(debt, progress(), by=world.head), by=world.outsider)
    services.set_endorsers(debt, by=world.secretary, parties=[world.parties["roads"]])
    assert queries.to_verify(world.secretary).get() == report
    assert services.verify(report, Found(40), by=world.secretary).state == ReportState.VERIFIED
    with pytest.raises(Invalid) as own:
        services.set_endorsers(debt, by=world.secretary, parties=[world.parties["county-agriculture"]])
    assert own.value.field == "endorsers"


def test_an_endorsed_report_waits_for_whoever_is_named_now(world: Personas) -> None:
    debt = owed(world, endorser="roads")
    report = services.endorse(services.report(debt, progress(), by=world.head), by=world.outsider)
    assert report.state == ReportState.ENDORSED
    both = [world.parties["roads"], world.parties["county-office"]]
    services.set_endorsers(debt, by=world.secretary, parties=both)
    with pytest.raises(Invalid):
        services.verify(report, Found(40), by=world.secretary)
    assert [row.party for row in waiting_for(report)] == both[1:] and not queries.to_verify(world.secretary).exists()
    assert services.endorse(report, LETTER, by=world.secretary).state == ReportState.ENDORSED
    services.set_endorsers(debt, by=world.secretary, parties=both[:1])
    assert services.verify(report, Found(40), by=world.secretary).state == ReportState.VERIFIED
    assert not list(ledger.audit())


def test_an_endorser_that_turned_out_to_be_another_one_is_not_waited_for_twice(world: Personas) -> None:
    twin = directory.create_party(by=world.operator, kind="organization", code="roads-2", name="راه زنجان")
    world.parties["roads-2"] = twin
    debt = owed(world, endorser="roads roads-2")
    report = services.report(debt, progress(), by=world.head)
    merge_parties(twin, by=world.operator, into=world.parties["roads"])
    assert [row.party for row in waiting_for(report)] == [world.parties["roads"]]
    assert services.endorse(report, by=world.outsider).state == ReportState.ENDORSED
    assert queries.to_verify(world.secretary).get() == report


def test_a_merge_that_is_taken_back_asks_the_other_one_again(world: Personas) -> None:
    twin = directory.create_party(by=world.operator, kind="organization", code="roads-2", name="راه زنجان")
    world.parties["roads-2"] = twin
    debt = owed(world, endorser="roads roads-2")
    report = services.report(debt, progress(), by=world.head)
    merge_parties(twin, by=world.operator, into=world.parties["roads"])
    assert services.endorse(report, by=world.outsider).state == ReportState.ENDORSED
    unmerge_party(twin, by=world.operator)
    assert [row.party for row in waiting_for(report)] == [twin]
    with pytest.raises(Invalid):
        services.verify(report, Found(40), by=world.secretary)
    merge_parties(Party.objects.get(pk=twin.pk), by=world.operator, into=world.parties["roads"])
    assert services.verify(report, Found(40), by=world.secretary).state == ReportState.VERIFIED


def test_what_an_endorser_consented_to_stands_when_it_turns_out_to_be_another_one(world: Personas) -> None:
    twin = directory.create_party(by=world.operator, kind="organization", code="roads-2", name="راه زنجان")
    world.parties["roads-2"] = twin
    debt = owed(world, endorser="roads-2 agriculture")
    report = services.report(debt, progress(), by=world.head)
    services.endorse(report, LETTER, by=world.staff, whose=debt.involved.get(party=twin))
    merge_parties(twin, by=world.operator, into=world.parties["roads"])
    assert [row.party for row in waiting_for(report)] == [world.parties["agriculture"]]
    assert not queries.to_endorse(world.outsider).exists() and queries.to_endorse(world.head).get() == report


def test_an_endorser_that_turned_out_to_be_the_debtor_holds_nothing_up(world: Personas) -> None:
    twin = directory.create_party(by=world.operator, kind="organization", code="agri-2", name="جهاد ایجرود")
    world.parties["agri-2"] = twin
    debt = owed(world, endorser="agri-2")
    report = services.report(debt, progress(), by=world.head)
    merge_parties(twin, by=world.operator, into=world.parties["county-agriculture"])
    assert queries.to_verify(world.secretary).get() == report
    assert services.verify(report, Found(40), by=world.secretary).state == ReportState.VERIFIED


def test_no_member_of_a_group_endorses_what_it_owes_itself(world: Personas) -> None:
    builders.meeting(world)
    group = Obligation.objects.get(is_group=True)
    member = group.children.exclude(lead=None).earliest("pk")
    assert member.lead
    with pytest.raises(Invalid) as own:
        services.set_endorsers(group, by=world.secretary, parties=[member.lead])
    assert own.value.field == "endorsers"
    assert not Involved.objects.filter(role="endorser", party=member.lead).exists()


def test_a_returned_report_makes_room_for_its_correction(world: Personas) -> None:
    debt = owed(world)
    first = services.report(debt, progress(70), by=world.officer)
    with pytest.raises(Conflict):
        services.report(debt, progress(40), by=world.officer)
    services.return_report(first, "پیوست ندارد", by=world.head)
    debt.refresh_from_db()
    assert (debt.reported_on, debt.reported_percent, debt.last_words) == (None, None, "")
    second = services.report(debt, progress(40), by=world.officer)
    services.confirm(second, by=world.head)
    with pytest.raises(Refused):
        services.return_report(second, "دیر شد", by=world.officer)
    with pytest.raises(Invalid):
        services.confirm(second, by=world.head)
    debt.refresh_from_db()
    assert (debt.reported_percent, debt.last_words) == (40, "آبیاری نیمی از زمین‌ها نو شد")
    assert not list(ledger.audit())


def test_nothing_counts_as_done_without_a_file_where_one_is_demanded(world: Personas) -> None:
    debt = owed(world)
    before = services.report(debt, progress(done=True), by=world.head)
    services.set_reporting(debt, by=world.secretary, months=1, demands_evidence=True)
    with pytest.raises(Invalid) as bare:
        services.verify(before, Found(100), by=world.secretary)
    assert bare.value.field == "files"
    services.verify(before, Found(100), by=world.secretary, files=[PNG])
    now = progress(starts="1398/07/01", ends="1398/07/10", done=True)
    debt.refresh_from_db()
    for sent in ([], [("x.png", b"")], [("x.exe", b"MZ1")], [("x.zip", b"PK\x03\x04")]):
        with pytest.raises(Invalid) as refused:
            services.report(debt, now, by=world.officer, files=sent)
        assert refused.value.field == "files"
    services.report(debt, now, by=world.officer, files=[("گزارش.docx", b"PK\x03\x04")])


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"percent": 101}, "percent"),
        ({"narrative": " "}, "narrative"),
        ({"ends": "1398/07/21"}, "ends"),
        ({"ends": "1398/04/01"}, "ends"),
    ],
)
def test_progress_that_cannot_be_names_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        progress(**more).checked()
    assert refused.value.field == field


def test_a_debt_that_does_not_run_is_not_reported_on(world: Personas) -> None:
    debt = owed(world)
    assert debt.parent
    for row in (debt.parent, Obligation.objects.get(code="hq-1398-11/7.1")):
        with pytest.raises(Invalid):
            services.report(row, progress(said_by="کسی"), by=world.secretary)
    obligations.cancel(debt, by=world.secretary, reason="تکراری")
    with pytest.raises(Invalid):
        services.report(debt, progress(), by=world.officer)


def test_less_than_was_reported_needs_a_word_and_leaves_the_debt_open(world: Personas) -> None:
    debt = owed(world)
    report = services.report(debt, progress(done=True), by=world.head)
    with pytest.raises(Invalid) as unsaid:
        services.verify(report, Found(90), by=world.secretary)
    assert unsaid.value.field == "text"
    services.verify(report, Found(90, "یک روستا مانده است"), by=world.secretary)
    debt.refresh_from_db()
    assert (debt.state, debt.reported_percent, debt.verified_percent) == (State.OPEN, 100, 90)


def test_an_obstacle_says_what_it_needs_and_ends_with_an_outcome(world: Personas) -> None:
    debt = owed(world)
    needs = Hindrance("اعتبار نرسیده است", Asks.DECISION, "تخصیص از محل ماده ۱۸۰")
    report = services.report(debt, progress(), by=world.officer, obstacle=needs)
    obstacle = report.obstacles.get()
    assert queries.obstacles_visible_to(world.governor).get() == obstacle
    bad: list[tuple[Callable[[], Hindrance], str]] = [
        (lambda: Hindrance("x", Asks.DECISION).checked(), "wanted"),
        (lambda: Hindrance("x", Asks.CAPITAL).checked(), "asked_of"),
        (lambda: Hindrance(" ").checked(), "hindrance"),
    ]
    for check, field in bad:
        with pytest.raises(Invalid) as refused:
            check()
        assert refused.value.field == field
    capital = Hindrance("مجوز ملی", Asks.CAPITAL, "مجوز", "استاندار", "وزیر نیرو", "۵", None, "نماینده", "تا مهر")
    assert services.raise_obstacle(debt, capital, by=world.staff).promise == "تا مهر"
    services.end_obstacle(obstacle, by=world.officer, outcome="اعتبار رسید")
    with pytest.raises(Conflict):
        services.end_obstacle(obstacle, by=world.officer, outcome="دوباره")
    assert not list(ledger.audit())


def test_reports_are_seen_by_who_has_to_do_with_them(world: Personas) -> None:
    debt = owed(world, endorser="roads")
    report = services.report(debt, progress(), by=world.head, files=[PNG])
    all_eyes = (world.officer, world.head, world.outsider, world.secretary, world.staff, world.governor, world.auditor)
    for by in all_eyes:
        assert queries.reports_visible_to(by).get() == report and queries.evidence_visible_to(by).exists(), by.post
    others = (world.county, world.consultant, world.other_secretary, world.admin, world.stranger)
    for by in others:
        assert not queries.reports_visible_to(by).exists() and not queries.evidence_visible_to(by).exists(), by.post
    services.endorse(report, LETTER, by=world.secretary)
    services.verify(report, Found(40), by=world.secretary)
    assert queries.reports_visible_to(world.county).get() == report  # it receives what comes of it
    assert not queries.obstacles_visible_to(world.county).exists()


def test_what_is_said_of_one_debt_is_what_its_reader_may_see(world: Personas) -> None:
    debt = owed(world, endorser="roads")
    first = services.report(debt, progress(), by=world.head, files=[PNG])
    services.endorse(first, LETTER, by=world.secretary)
    services.verify(first, Found(40), by=world.secretary)
    services.report(debt, progress(starts="1398/07/01", ends="1398/07/20"), by=world.head)
    services.raise_obstacle(debt, Hindrance("اعتبار نرسیده است"), by=world.head)
    everybody = [by for name in Personas.__slots__ if isinstance(by := getattr(world, name), Acting)]
    readers = [by for by in everybody if visible_to(by).filter(pk=debt.pk).exists()]
    seen = set()
    for by in readers:
        follows = bool(followed_among(by, [debt.pk]))
        reports, obstacles = queries.reports_on(debt, whole=follows), queries.obstacles_on(debt, whole=follows)
        assert reports == list(queries.reports_visible_to(by).order_by("-ends")), by.post
        assert obstacles == list(queries.obstacles_visible_to(by)), by.post
        seen.add((len(reports), len(obstacles)))
    assert seen == {(1, 0), (2, 1)}
