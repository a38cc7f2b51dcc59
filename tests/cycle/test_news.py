"""What happens is told to the posts whose turn it is and that may see it, once, soon, and without its text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dabir.cycle import saying
from dabir.cycle.calling import call_meeting, call_off, move_meeting
from dabir.cycle.deciding import decide_by_resolution
from dabir.cycle.escalating import look
from dabir.cycle.merging import merge_parties
from dabir.cycle.models import Notice, NoticeKind
from dabir.cycle.news import tell_news
from dabir.cycle.notices import mark_all_read, notices_visible_to, tell, unread
from dabir.directory import services as directory
from dabir.directory.models import Post
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, LetterKind
from dabir.letters.notices import WAITING
from dabir.letters.parts import Addressee, write_letter
from dabir.letters.wordings import Words
from dabir.meetings import services as meetings
from dabir.meetings.models import Meeting, Resolution
from dabir.meetings.services.planning import Plan
from dabir.obligations import extending
from dabir.obligations import services as obligations
from dabir.obligations.deciding import Decided
from dabir.obligations.models import Act, Involved, Obligation, ReportState, Role
from dabir.obligations.reporting import services as reporting
from dabir.obligations.reporting.values import Found, Signed
from dabir.obligations.services import release
from dabir.persian import clock
from tests import builders, kept, personas
from tests.at_once import at_once
from tests.cycle.test_calling import LATER, with_agenda
from tests.cycle.test_escalating import DUE, at, chased
from tests.personas import Personas
from tests.reported import communicated, day, owed, progress

SIGNED = Signed("مدیر کل", "۱۲/۳۴", day("1398/07/15"), b"%PDF-1")


def begin(world: Personas) -> None:
    """What was before is old."""
    tell_news(by=world.operator)


def told(world: Personas) -> list[tuple[str, str]]:
    """What is told by what was done since: to whom, of which kind."""
    before = set(Notice.objects.values_list("pk", flat=True))
    tell_news(by=world.operator)
    assert tell_news(by=world.operator) == 0
    names = {getattr(world, name).post_id: name for name in personas.POSTS}
    rows = Notice.objects.exclude(pk__in=before).values_list("post", "kind")
    return sorted((names[post], kind) for post, kind in rows)


def test_each_step_of_a_report_is_told_to_whose_turn_it_is(world: Personas) -> None:
    debt = owed(world, endorser="roads")
    begin(world)
    report = reporting.report(debt, progress(), by=world.officer)
    assert told(world) == [("head", "reported")]
    reporting.confirm(report, by=world.head)
    assert told(world) == [("outsider", "endorse")]
    reporting.endorse(report, by=world.outsider)
    assert told(world) == [("secretary", "confirmed"), ("staff", "confirmed")]
    reporting.return_report(report, "عکس ندارد", by=world.secretary)
    assert told(world) == [("head", "returned"), ("officer", "returned")]
    again = reporting.report(debt, progress(), by=world.head)
    assert told(world) == [("outsider", "endorse")], "what the head reports is confirmed with that"
    reporting.endorse(again, by=world.outsider)
    told(world)
    reporting.verify(again, Found(40), by=world.secretary)
    assert told(world) == [("head", "verified"), ("officer", "verified")]
    assert not list(ledger.audit())


def test_endorser_who_is_named_later_is_told_of_the_report_that_waits_for_them(world: Personas) -> None:
    debt = owed(world, endorser="county-office")
    report = reporting.report(debt, progress(), by=world.head)
    begin(world)
    both = [world.parties["county-office"], world.parties["roads"]]
    reporting.set_endorsers(debt, by=world.secretary, parties=both)
    assert told(world) == [("outsider", "endorse")]
    reporting.set_endorsers(debt, by=world.secretary, parties=both)
    assert told(world) == []
    reporting.endorse(report, by=world.outsider)
    reporting.verify(reporting.endorse(report, SIGNED, by=world.secretary), Found(40), by=world.secretary)
    told(world)
    reporting.set_endorsers(debt, by=world.secretary, parties=both[:1])
    reporting.set_endorsers(debt, by=world.secretary, parties=both)
    assert told(world) == [], "what is verified waits for nobody"


def test_secretariat_is_told_again_once_the_endorser_who_was_named_later_has_consented(world: Personas) -> None:
    debt = owed(world, endorser="roads")
    begin(world)
    report = reporting.endorse(reporting.report(debt, progress(), by=world.head), by=world.outsider)
    assert told(world) == [("secretary", "confirmed"), ("staff", "confirmed")]
    both = [world.parties["roads"], world.parties["county-office"]]
    reporting.set_endorsers(debt, by=world.secretary, parties=both)
    told(world)
    reporting.endorse(report, SIGNED, by=world.secretary)
    assert told(world) == [("secretary", "confirmed"), ("staff", "confirmed")]


def test_secretariat_is_told_of_a_report_when_the_last_endorser_to_be_heard_is_asked_no_more(world: Personas) -> None:
    debt = owed(world, endorser="roads county-office")
    report = reporting.endorse(reporting.report(debt, progress(), by=world.head), by=world.outsider)
    begin(world)
    reporting.set_endorsers(debt, by=world.secretary, parties=[world.parties["roads"]])
    assert told(world) == [("secretary", "confirmed"), ("staff", "confirmed")]
    report.refresh_from_db()
    assert report.state == ReportState.ENDORSED


def test_whoever_has_consented_is_not_asked_again_under_another_name(world: Personas) -> None:
    world.parties["roads-2"] = directory.create_party(
        by=world.operator, kind="organization", code="roads-2", name="راه زنجان"
    )
    debt = owed(world, endorser="roads-2 county-office")
    with ledger.change("tests.words", by=world.operator) as change:
        words = change.create(Involved(obligation=debt, role=Role.ENDORSER, text="اداره آب"))
    report = reporting.report(debt, progress(), by=world.head)
    for one in (Involved.objects.get(party=world.parties["roads-2"]), words):
        reporting.endorse(report, SIGNED, by=world.secretary, whose=one)
    begin(world)
    merge_parties(world.parties["roads-2"], by=world.operator, into=world.parties["roads"])
    assert told(world) == []
    named = [world.parties[code] for code in ("roads", "county-office", "agriculture")]
    reporting.set_endorsers(debt, by=world.secretary, parties=named)
    assert told(world) == []


def test_nobody_is_asked_for_consent_on_a_debt_that_has_ended(world: Personas) -> None:
    twin = directory.create_party(by=world.operator, kind="organization", code="roads-2", name="راه زنجان")
    world.parties["roads-2"] = twin
    debt = owed(world, endorser="roads-2")
    reporting.report(debt, progress(), by=world.head)
    obligations.cancel(debt, by=world.secretary, reason="آزمون")
    begin(world)
    merge_parties(twin, by=world.operator, into=world.parties["roads"])
    assert told(world) == []


def test_county_secretariat_is_told_of_a_report_that_it_is_to_confirm(world: Personas) -> None:
    builders.meeting(world)
    debt = communicated(world, Obligation.objects.get(lead__code="secretariat"))
    begin(world)
    reporting.report(debt, progress(said_by="بخشدار"), by=world.staff)
    assert told(world) == [("county", "reported")]


def test_extension_is_told_to_who_decides_and_then_to_who_asked(world: Personas) -> None:
    debt = owed(world)
    with ledger.change("tests.due", by=world.operator) as change:
        change.update(debt, due_kind="day", due_day=day("1398/08/05"))
    begin(world)
    asked = extending.ask_extension(debt, by=world.officer, wanted=day("1398/09/05"), reason="بارش")
    assert told(world) == [("secretary", "extension-asked")]
    extending.refuse_extension(asked, by=world.secretary, answer="نه")
    assert told(world) == [("head", "extension-decided"), ("officer", "extension-decided")]


def test_notice_of_a_deadline_that_was_moved_waits_for_no_reader(
    world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does that of a report that has come: the bell counts neither."""
    debt = chased(world, report_months=1)
    begin(world)
    look(at(monkeypatch, DUE), by=world.operator)
    assert unread(world.officer) == 2
    reporting.report(debt, progress(ends="1398/07/30"), by=world.officer)
    tell_news(by=world.operator)
    assert list(notices_visible_to(world.officer).filter(read_at=None).values_list("kind", flat=True)) == ["due"]
    asked = extending.ask_extension(debt, by=world.officer, wanted=day("1398/09/05"), reason="بارش")
    extending.grant_extension(asked, by=world.secretary)
    tell_news(by=world.operator)
    waiting = notices_visible_to(world.officer).filter(read_at=None)
    assert list(waiting.values_list("kind", flat=True)) == ["extension-decided"]
    assert unread(world.officer) == 1
    assert not list(ledger.audit())


def test_whoever_owes_it_in_anothers_place_hears_once_that_its_day_is_near(
    world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    debt = chased(world)
    near = DUE - timedelta(days=2)
    look(at(monkeypatch, near), by=world.operator)
    begin(world)
    merge_parties(world.parties["county-agriculture"], by=world.operator, into=world.parties["county-office"])
    for today in (near, near + timedelta(days=1)):
        tell_news(by=world.operator)
        look(at(monkeypatch, today), by=world.operator)
    assert list(Notice.objects.filter(post=world.county.post_id, obligation=debt).values_list("kind", flat=True)) == [
        "near"
    ]
    look(at(monkeypatch, DUE), by=world.operator)
    assert Notice.objects.filter(post=world.county.post_id, kind="due").count() == 1
    assert not list(ledger.audit())


def test_letter_is_told_when_it_has_its_number_and_of_a_classified_one_no_word(world: Personas) -> None:
    begin(world)
    for secrecy, to in ((SecrecyClass.NORMAL, ["head", "officer"]), (SecrecyClass.CONFIDENTIAL, ["head"])):
        letter = write_letter(
            Words("یادآوری نهانی", "متن نهانی"),
            by=world.secretary,
            body=world.bodies["hq"],
            kind=LetterKind.REMINDER,
            to=[Addressee(world.parties["agriculture"])],
            secrecy=secrecy,
        )
        assert told(world) == []
        builders.numbered(world, letter, f"{letter.pk}")
        assert told(world) == [(name, "letter") for name in to]
        notice = Notice.objects.select_related(*saying.WITH).filter(letter=letter)[0]
        assert ("نهانی" in str(saying.say(notice))) is (secrecy == SecrecyClass.NORMAL)
    assert str(saying.say(notice)) == WAITING


def test_closing_and_a_new_holder_are_told(world: Personas) -> None:
    debt = owed(world)
    begin(world)
    person = directory.create_person(by=world.operator, name="جانشین تازه", username="successor")
    post = Post.objects.get(party__code="post-officer")
    directory.end_tenure(by=world.operator, tenure=post.tenures.get(), ends=clock.today() - timedelta(days=1))
    directory.appoint(by=world.operator, person=person, post=post, starts=clock.today())
    assert told(world) == [("officer", "successor")]
    resolution = Resolution.objects.filter(meeting=debt.meeting_id).first()
    assert resolution is not None
    decide_by_resolution(debt, Decided(Act.CLOSE), by=world.secretary, resolution=resolution)
    assert told(world) == [("head", "closed"), ("officer", "closed")]


def decided(world: Personas, debt: Obligation, decides: Decided, number: int = 0) -> list[tuple[str, str]]:
    resolution = Resolution.objects.filter(meeting=debt.meeting_id)[number]
    decide_by_resolution(Obligation.objects.get(pk=debt.pk), decides, by=world.secretary, resolution=resolution)
    return told(world)


@pytest.fixture
def debt(world: Personas) -> Obligation:
    """The agency's, with a helper and an endorser, due on a day."""
    debt = owed(world, endorser="roads")
    with ledger.change("tests.due", by=world.operator) as change:
        change.update(debt, due_kind="day", due_day=day("1398/08/05"))
        change.create(Involved(obligation=debt, role=Role.HELPER, party=world.parties["consultants"]))
    begin(world)
    return debt


LEAD = ("head", "officer")


@pytest.mark.parametrize(
    ("decides", "kind", "beside"),
    [
        (Decided(Act.EXTEND, day=day("1398/09/05")), "extended", ("consultant",)),
        (Decided(Act.AMEND, text="سه‌ماهه"), "amended", ("consultant", "outsider")),
        (Decided(Act.CANCEL), "cancelled", ("consultant", "outsider")),
        (Decided(Act.SUPERSEDE), "superseded", ("consultant", "outsider")),
        (Decided(Act.CLOSE), "closed", ("consultant", "outsider")),
        (Decided(Act.REFUSE), "extension-decided", ()),
    ],
)
def test_what_a_body_decides_unasked_is_told_to_whom_it_matters(
    world: Personas, debt: Obligation, decides: Decided, kind: str, beside: tuple[str, ...]
) -> None:
    assert decided(world, debt, decides) == [(name, kind) for name in sorted((*LEAD, *beside))]
    assert not list(ledger.audit())


def test_merging_is_told_to_both_leads_and_opening_again_as_well(world: Personas, debt: Obligation) -> None:
    into = Obligation.objects.get(code="hq-1398-11/3.1")
    release([into], by=world.secretary)
    begin(world)
    both = [(name, "merged") for name in ("consultant", *LEAD, "outsider")]
    assert decided(world, debt, Decided(Act.MERGE, into=into)) == both
    again = [(name, "reopened") for name in ("consultant", *LEAD, "outsider")]
    assert decided(world, debt, Decided(Act.REOPEN), 1) == again


def test_request_that_the_body_answers_is_told_once_to_who_asked_and_the_new_day_to_helpers(
    world: Personas, debt: Obligation
) -> None:
    later = day("1398/09/05")
    for number, act in enumerate((Act.EXTEND, Act.REFUSE)):
        wanted = later + timedelta(days=30 * number)
        extending.ask_extension(debt, by=world.officer, wanted=wanted, reason="بارش")
        told(world)
        helpers = [("consultant", "extended")] if act == Act.EXTEND else []
        decides = Decided(act, wanted if act == Act.EXTEND else None)
        assert decided(world, debt, decides, number) == [*helpers, *((name, "extension-decided") for name in LEAD)]
        debt = Obligation.objects.get(pk=debt.pk)


@pytest.mark.parametrize("values", [{"asleep": True}, {"released_at": None}])
def test_what_is_decided_on_sleeping_or_unreleased_debts_is_told_to_nobody(
    world: Personas, debt: Obligation, values: dict[str, object]
) -> None:
    Obligation.objects.filter(pk=debt.pk).update(**values)
    assert decided(world, debt, Decided(Act.CANCEL)) == []


def test_group_is_told_of_with_its_members_and_their_helper_once(world: Personas) -> None:
    builders.meeting(world)
    group = Obligation.objects.get(code="hq-1398-11/2.1")
    rows = [group, *group.children.order_by("id")]
    release(rows[:1], by=world.secretary)
    with ledger.change("tests.helps", by=world.operator) as change:
        change.create_many(
            Involved(obligation=row, role=Role.HELPER, party=world.parties["consultants"]) for row in rows
        )
    begin(world)
    said = decided(world, group, Decided(Act.EXTEND, day=day("1398/12/05")))
    assert said.count(("consultant", "extended")) == 1
    assert [one for one in said if one[0] in LEAD] == [(name, "extended") for name in LEAD]


def test_of_a_classified_debt_only_its_readers_hear_and_only_that_something_waits(
    world: Personas, debt: Obligation
) -> None:
    Meeting.objects.filter(obligations=debt).update(secrecy=SecrecyClass.CONFIDENTIAL)
    assert decided(world, debt, Decided(Act.AMEND, text="نهانی")) == []
    posts = list(Post.objects.filter(party__code__in=["post-secretary", "post-head"]))
    made = tell(posts, NoticeKind.AMENDED, "x", by=world.operator, obligation=debt)
    assert [one.post_id for one in made] == [world.secretary.post_id]
    notice = Notice.objects.select_related(*saying.WITH).get(pk=made[0].pk)
    assert str(saying.say(notice)) == WAITING


@pytest.mark.parametrize("secrecy", [SecrecyClass.NORMAL, SecrecyClass.CONFIDENTIAL])
def test_meeting_that_is_moved_or_cancelled_without_a_letter_is_told_to_those_called(
    world: Personas, secrecy: SecrecyClass
) -> None:
    meeting = called(world, secrecy=secrecy)
    to = ["governor", "head", "officer"] if secrecy == SecrecyClass.NORMAL else ["governor", "head"]
    assert moved(world, meeting, LATER, tell=False) == [(name, "moved") for name in to]
    assert moved(world, meeting, replace(LATER, venue="سالن"), tell=False) == [(name, "moved") for name in to]
    notice = Notice.objects.select_related(*saying.WITH).filter(kind="moved")[0]
    assert ("۱۳۹۸/۰۸/۰۱" in str(saying.say(notice))) is (secrecy == SecrecyClass.NORMAL)
    call_off(Meeting.objects.get(pk=meeting.pk), by=world.secretary, reason="برف", tell=False)
    assert told(world) == [(name, "called-off") for name in to]


def test_letter_that_tells_of_it_is_enough_and_whoever_was_not_called_hears_nothing(world: Personas) -> None:
    meeting = called(world)
    assert moved(world, meeting, LATER, tell=True) == []
    builders.numbered(world, Letter.objects.get(kind=LetterKind.MOVED), "۷۳")
    to = ["governor", "head", "officer"]
    assert told(world) == [(name, "meeting") for name in to]
    call_off(Meeting.objects.get(pk=meeting.pk), by=world.secretary, reason="برف")
    assert told(world) == []
    other = with_agenda(world)
    meetings.change_meeting(other, LATER, by=world.secretary)
    call_off(other, by=world.secretary, reason="برف")
    assert told(world) == []


def called(world: Personas, **values: object) -> Meeting:
    meeting = with_agenda(world, **values)
    (letter,) = call_meeting(meeting, by=world.secretary)
    builders.numbered(world, letter, "۷۲")
    begin(world)
    return meeting


def moved(world: Personas, meeting: Meeting, plan: Plan, *, tell: bool) -> list[tuple[str, str]]:
    move_meeting(Meeting.objects.get(pk=meeting.pk), plan, by=world.secretary, tell=tell)
    return told(world)


def test_thing_is_told_once_and_to_nobody_who_may_not_see_it(world: Personas) -> None:
    debt = owed(world)
    posts = list(Post.objects.filter(pk__in=[world.officer.post_id, world.outsider.post_id, world.admin.post_id]))
    made = tell(posts, NoticeKind.NEAR, "near:1", by=world.operator, obligation=debt)
    assert [one.post_id for one in made] == [world.officer.post_id]
    assert tell(posts, NoticeKind.DUE, "near:1", by=world.operator, obligation=debt) == []
    assert notices_visible_to(world.head).count() == 0
    assert mark_all_read(by=world.officer) == 1 and mark_all_read(by=world.officer) == 0


def test_two_readers_at_once_tell_everything_once(transactional_db: None) -> None:
    world = kept.once("world", personas.build)
    begin(world)
    for letter in builders.reminders(world, ["agriculture", "roads"]):
        builders.numbered(world, letter, str(letter.pk))
    at_once(lambda: tell_news(by=Acting.host_operator()))
    assert Notice.objects.count() == 3
    assert not list(ledger.audit())


def test_event_that_cannot_be_understood_stops_nothing(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(world)
    with ledger.change("tests.odd", by=world.operator) as change:
        change.rows.append({"act": "update", "model": "letters.letter", "pk": "?", "fields": {"state": "numbered"}})
    (letter,) = builders.reminders(world, ["roads"])
    builders.numbered(world, letter)
    assert told(world) == [("outsider", "letter")]
    assert Obligation.objects.count() == 0
