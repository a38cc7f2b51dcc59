"""The letters about a meeting follow its class upwards, and downwards where that is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from dabir.cycle.calling import call_meeting, call_off
from dabir.cycle.classifying import classify_meeting
from dabir.cycle.communicating import take_numbers_back
from dabir.cycle.extracts import communicate
from dabir.cycle.models import Escalation, Rung
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.composing import Came
from dabir.letters.documents import marks_of
from dabir.letters.models import Letter, LetterState
from dabir.letters.queries import visible_to
from dabir.letters.services import mark_printed, register_letter
from dabir.meetings.calls import Invitation, invitation_of
from dabir.persian import clock
from tests import builders
from tests.cycle.test_calling import numbered, with_agenda
from tests.personas import Personas

NORMAL, CONFIDENTIAL, SECRET = SecrecyClass
KEPT = ("محرمانه",)


def now(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def sees(by: Acting, letter: Letter) -> bool:
    return visible_to(by).filter(pk=letter.pk).exists()


def test_letters_go_up_with_their_meeting_and_what_was_sent_keeps_its_paper(world: Personas) -> None:
    by, meeting = world.secretary, with_agenda(world)
    (sent,) = call_meeting(meeting, by=by)
    numbered(sent, world)
    (waiting,) = call_off(meeting, by=by, reason="سفر")
    mark_printed([waiting], by=by)
    came = register_letter(Came("پاسخ", "جهاد کشاورزی", date(2019, 10, 12), answers=sent), by=by, body=meeting.kept_by)
    of_others = numbered(builders.reminders(world, ["agriculture"])[0], world, "۳۸۶")
    everybody = (world.staff, world.auditor, world.officer)
    assert all(sees(persona, sent) for persona in everybody)
    with pytest.raises(Refused):
        classify_meeting(meeting, CONFIDENTIAL, by=world.staff)

    changed = classify_meeting(meeting, CONFIDENTIAL, by=by)
    assert {one.pk for one in changed} == {sent.pk, waiting.pk, came.pk}
    for letter in (sent, waiting, came):
        assert now(letter).secrecy == CONFIDENTIAL and not any(sees(persona, letter) for persona in everybody)
    assert sees(world.head, sent) and sees(world.governor, waiting)
    assert (marks_of(now(sent)), marks_of(now(waiting))) == ((), (*KEPT, "فوری"))
    assert now(waiting).printed_at is None  # to be printed anew
    assert all(sees(persona, of_others) for persona in everybody)
    assert classify_meeting(meeting, CONFIDENTIAL, by=by) == []
    with pytest.raises(Invalid) as refusal:
        register_letter(Came("پاسخ", "راه", date(2019, 10, 12), answers=now(sent)), by=by, body=meeting.kept_by)
    assert refusal.value.field == "secrecy"

    assert classify_meeting(meeting, NORMAL, by=by) == [] and now(sent).secrecy == CONFIDENTIAL
    classify_meeting(meeting, SECRET, by=by)
    assert {one.pk for one in classify_meeting(meeting, NORMAL, by=by, lowers_letters=True)} == {
        sent.pk,
        waiting.pk,
        came.pk,
    }
    assert (now(sent).secrecy, now(sent).printed_as, now(waiting).secrecy) == (NORMAL, "", NORMAL)
    assert all(sees(persona, sent) for persona in everybody)
    assert not list(ledger.audit())


def test_a_letter_sent_above_its_meeting_comes_never_below_its_paper(world: Personas) -> None:
    by, recorded = world.secretary, builders.meeting(world)
    sent, waiting = communicate(recorded, by=by, secrecy=CONFIDENTIAL)[:2]
    numbered(sent, world)
    assert {now(one).secrecy for one in (sent, waiting)} == {CONFIDENTIAL}
    (reminder,) = builders.reminders(world, ["agriculture"])
    with ledger.change("tests.escalate", by=by) as change:
        debt, rung = recorded.obligations.all()[0], Rung.REMINDER
        at, due = clock.now(), clock.today()
        change.create(Escalation(obligation=debt, rung=rung, days=3, due_day=due, at=at, letter=reminder))
    assert len(classify_meeting(recorded, SECRET, by=by)) == Letter.objects.count()
    assert (now(sent).printed_as, marks_of(now(sent)), marks_of(now(waiting))) == (
        CONFIDENTIAL,
        KEPT,
        ("خیلی محرمانه",),
    )
    classify_meeting(recorded, NORMAL, by=by, lowers_letters=True)
    assert (now(sent).secrecy, now(waiting).secrecy) == (CONFIDENTIAL, NORMAL)

    classify_meeting(recorded, SECRET, by=by)
    take_numbers_back([now(sent)], by=by, reason="شماره نامه دیگری بود")
    assert (now(sent).state, marks_of(now(sent))) == (LetterState.AWAITING, ("خیلی محرمانه",))
    assert not list(ledger.audit())


def test_a_classified_paper_raises_the_letters_of_the_meeting_that_it_becomes(world: Personas) -> None:
    meeting = with_agenda(world)
    (letter,) = call_meeting(meeting, by=world.secretary)
    numbered(letter, world)
    number = meeting.bodies.get().number
    assert number
    read = builders.minutes(world, number=number, session="1398/07/30")
    assert builders.meeting(world, read, secrecy=SECRET, by=world.secretary) == meeting
    assert now(letter).secrecy == SECRET and not sees(world.staff, letter)


def test_number_and_day_of_a_call_that_stayed_above_its_meeting_are_for_whoever_may_read_it(world: Personas) -> None:
    meeting = with_agenda(world)
    (letter,) = call_meeting(meeting, by=world.secretary)
    numbered(letter, world)
    of_letter = invitation_of(meeting)
    assert of_letter.number and invitation_of(meeting, world.staff) == of_letter
    classify_meeting(meeting, SECRET, by=world.secretary)
    classify_meeting(meeting, NORMAL, by=world.secretary)
    assert invitation_of(meeting, world.secretary) == of_letter and invitation_of(meeting, world.staff) == Invitation()
    meeting.invitation_number = "۷/ص"  # what its minutes say stands in the record
    assert invitation_of(meeting, world.staff).number == "۷/ص"
