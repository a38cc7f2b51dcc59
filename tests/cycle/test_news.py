"""What happens is told to the posts whose turn it is and that may see it, once, soon, and without its text."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dabir.cycle import saying
from dabir.cycle.deciding import decide_by_resolution
from dabir.cycle.models import Notice, NoticeKind
from dabir.cycle.news import tell_news
from dabir.cycle.notices import mark_all_read, notices_visible_to, tell
from dabir.directory import services as directory
from dabir.directory.models import Post
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import LetterKind
from dabir.letters.notices import WAITING
from dabir.letters.parts import Addressee, write_letter
from dabir.letters.wordings import Words
from dabir.meetings.models import Resolution
from dabir.obligations import extending
from dabir.obligations.deciding import Decided
from dabir.obligations.models import Act, Obligation
from dabir.obligations.reporting import services as reporting
from dabir.obligations.reporting.values import Found
from dabir.persian import clock
from tests import builders, kept, personas
from tests.at_once import at_once
from tests.personas import Personas
from tests.reported import communicated, day, owed, progress


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
