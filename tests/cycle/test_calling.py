"""Letters call to a meeting and follow it: moved, cancelled, revived; the record says their number when it is there."""

from __future__ import annotations

from datetime import date, time

import pytest

from dabir.cycle.calling import call_meeting, call_off, move_meeting, to_be_called
from dabir.cycle.communicating import number_letters
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, LetterKind, LetterState, Way
from dabir.letters.numbering import Numbered
from dabir.letters.wordings import Words
from dabir.meetings import services
from dabir.meetings.calls import attachments_visible_to, calls_visible_to, invitation_of
from dabir.meetings.models import Meeting, MeetingState
from dabir.meetings.queries import meetings_visible_to
from dabir.meetings.services.planning import Plan
from dabir.persian.jalali import to_gregorian
from tests.meetings.test_planning import DAY, PLAN, now, planned
from tests.personas import Personas

pytestmark = pytest.mark.django_db
SENT = date(2019, 10, 12)
LATER = Plan(to_gregorian(1398, 8, 1), time(9), None, "فرمانداری ایجرود")


def with_agenda(world: Personas, **values: object) -> Meeting:
    meeting = planned(world, **values)  # type: ignore[arg-type]
    services.add_item(meeting, by=world.secretary, text="گزارش", presenter=world.parties["housing"], minutes=20)
    services.add_item(meeting, by=world.secretary, text="اعتبار")
    return meeting


def numbered(letter: Letter, world: Personas, number: str = "۳۸۵/۹") -> Letter:
    return number_letters([Numbered(letter, number, SENT)], by=world.secretary, way=Way.AUTOMATION)[0]


def test_circular_calls_all_but_the_secretariat_itself(world: Personas) -> None:
    meeting = with_agenda(world)
    services.attach_file(meeting, b"1", by=world.secretary, name="گزارش.pdf")
    services.invite_party(meeting, world.parties["roads"], by=world.secretary)
    services.invite_party(meeting, "بخشدار حلب", by=world.secretary)
    (letter,) = call_meeting(meeting, by=world.secretary)
    assert now(meeting).state == MeetingState.CALLED
    to = [one.party.code for one in letter.recipients.all()]
    assert to == ["governor-office", "agriculture", "housing", "roads"]
    assert letter.recipients.get(party__code="agriculture").name == "سمت head"
    assert letter.subject == f"دعوت به {meeting.title}"
    lines = letter.text.splitlines()
    assert "روز سه‌شنبه ۳۰ مهر ۱۳۹۸ ساعت ۱۰:۰۰ تا ۱۲:۰۰ در سالن اجتماعات" in lines[1]
    assert lines[-2:] == [f"۱- گزارش (ارائه: {world.parties['housing'].name}، ۲۰ دقیقه)", "۲- اعتبار"]
    assert "{" not in letter.text
    assert [one.text for one in letter.enclosures.all()] == ["گزارش.pdf"]
    assert not list(ledger.audit())


def test_one_letter_for_each_with_words_of_its_own(world: Personas) -> None:
    made = call_meeting(with_agenda(world), by=world.secretary, one_each=True, words=Words("دعوت {دستگاه}", "بیایید"))
    assert [letter.subject for letter in made][1] == f"دعوت {world.parties['agriculture'].name}"
    assert {letter.recipients.count() for letter in made} == {1}
    with pytest.raises(Invalid):
        call_meeting(with_agenda(world), by=world.secretary, words=Words("دعوت {نامعلوم}", "بیایید"))


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(DAY, None, None, "سالن"), "starts_at"),
        (Plan(DAY, time(10)), "venue"),
        (Plan(to_gregorian(1398, 7, 1), time(10), None, "سالن"), "day"),
    ],
)
def test_call_that_would_leave_something_out_is_refused(world: Personas, plan: Plan, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        call_meeting(with_agenda(world, plan=plan), by=world.secretary)
    assert refusal.value.field == field
    with pytest.raises(Invalid):
        call_meeting(planned(world), by=world.secretary)
    assert not Letter.objects.exists()


def test_only_the_secretary_calls(world: Personas) -> None:
    for persona in (world.staff, world.governor, world.county):
        with pytest.raises(Refused):
            call_meeting(with_agenda(world), by=persona)


def test_who_is_named_later_is_called_later(world: Personas) -> None:
    meeting = with_agenda(world)
    call_meeting(meeting, by=world.secretary)
    with pytest.raises(Conflict):
        call_meeting(meeting, by=world.secretary)
    services.invite_party(meeting, world.parties["roads"], by=world.secretary)
    (letter,) = call_meeting(meeting, by=world.secretary)
    assert [one.party.code for one in letter.recipients.all()] == ["roads"]


def test_invitation_shows_number_and_day_once_its_letter_has_them(world: Personas) -> None:
    meeting = with_agenda(world)
    (letter,) = call_meeting(meeting, by=world.secretary)
    assert invitation_of(meeting).number == ""
    numbered(letter, world)
    assert (invitation_of(meeting).number, invitation_of(meeting).day) == ("385/9", SENT)


def test_move_is_told_behind_what_was_sent_and_instead_of_what_was_not(world: Personas) -> None:
    meeting = with_agenda(world)
    (waiting,) = call_meeting(meeting, by=world.secretary)
    (anew,) = move_meeting(meeting, LATER, by=world.secretary)
    waiting.refresh_from_db()
    assert (waiting.state, anew.kind) == (LetterState.WITHDRAWN, LetterKind.CALL)
    assert "پنجشنبه" not in anew.text and "فرمانداری ایجرود" in anew.text
    numbered(anew, world)
    (moved,) = move_meeting(meeting, PLAN, by=world.secretary)
    assert moved.kind == LetterKind.MOVED and "شماره ۳۸۵/۹ مورخ ۱۳۹۸/۰۷/۲۰" in moved.text
    assert "سه‌شنبه ۳۰ مهر" in moved.text
    assert {one.party for one in moved.recipients.all()} == {one.party for one in anew.recipients.all()}
    assert move_meeting(meeting, PLAN, by=world.secretary) == []
    assert move_meeting(meeting, LATER, by=world.secretary, tell=False) == []
    with pytest.raises(Refused):
        move_meeting(meeting, PLAN, by=world.staff)


def test_cancellation_tells_whom_an_invitation_was_sent_to(world: Personas) -> None:
    meeting = with_agenda(world)
    title = meeting.title
    (letter,) = call_meeting(meeting, by=world.secretary)
    numbered(letter, world)
    (told,) = call_off(meeting, by=world.secretary, reason="سفر استاندار")
    assert calls_visible_to(world.officer).exists()  # that it is cancelled
    assert told.kind == LetterKind.CALLED_OFF and title in told.text and "سفر" not in told.text
    assert now(meeting).state == MeetingState.CANCELLED
    services.revive_meeting(meeting, by=world.secretary)
    assert len(to_be_called(now(meeting))) == 3
    (again,) = call_meeting(now(meeting), by=world.secretary)
    assert again.kind == LetterKind.CALL
    assert not calls_visible_to(world.officer).exists()  # the new letter waits
    assert call_off(meeting, by=world.secretary, reason="سفر") == []
    again.refresh_from_db()
    assert again.state == LetterState.WITHDRAWN
    assert not list(ledger.audit())


def test_those_called_see_the_call_and_never_the_record(world: Personas) -> None:
    meeting = with_agenda(world)
    services.invite_party(meeting, world.parties["roads"], by=world.secretary)
    services.attach_file(meeting, b"1", by=world.secretary, name="a.pdf")
    secret = services.attach_file(meeting, b"2", by=world.secretary, name="b.pdf", secrecy=SecrecyClass.CONFIDENTIAL)
    called = (world.officer, world.head, world.outsider)
    for persona in called:
        assert not calls_visible_to(persona).exists()
    (letter,) = call_meeting(meeting, by=world.secretary)
    for persona in called:
        assert not calls_visible_to(persona).exists()
    numbered(letter, world)
    for persona in called:
        assert calls_visible_to(persona).get() == meeting
        assert not meetings_visible_to(persona).exists()
        assert [one.name for one in attachments_visible_to(persona)] == ["a.pdf"]
    for persona in (world.consultant, world.county, world.stranger, world.admin):
        assert not calls_visible_to(persona).exists()
    assert attachments_visible_to(world.secretary).filter(pk=secret.pk).exists()


def test_classified_call_is_seen_by_the_head_alone(world: Personas) -> None:
    meeting = with_agenda(world, secrecy=SecrecyClass.CONFIDENTIAL)
    (letter,) = call_meeting(meeting, by=world.secretary)
    assert letter.secrecy == SecrecyClass.CONFIDENTIAL
    numbered(letter, world)
    assert calls_visible_to(world.head).exists()
    assert not calls_visible_to(world.officer).exists()
