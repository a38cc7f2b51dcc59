"""Numbers of letters: many at once, all or nothing, each with its event; taken back; receipts; withdrawal."""

from __future__ import annotations

from datetime import date

import pytest

from dabir.cycle import communicating, inviting
from dabir.cycle.inviting import Guest
from dabir.foundation import files, ledger
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import Event
from dabir.letters.models import Letter, LetterState, Recipient, Way
from dabir.letters.numbering import Faults, Numbered, doubts_of
from dabir.letters.receipts import Receipt
from dabir.persian.jalali import to_gregorian
from tests.personas import Personas

DAY = to_gregorian(1398, 7, 19)
NEXT = to_gregorian(1398, 7, 20)


def give(world: Personas, *rows: tuple[Letter, str, date | None]) -> list[Letter]:
    return communicating.number_letters([Numbered(*row) for row in rows], by=world.staff, way=Way.COURIER)


def events(verb: str) -> list[str]:
    return list(Event.objects.filter(verb=verb).order_by("number").values_list("subject", flat=True))


def test_many_letters_get_their_numbers_dates_and_way_together(world: Personas, waiting: list[Letter]) -> None:
    rows = (waiting[0], " ۱۲۳/الف ", DAY), (waiting[1], "١٢٤", DAY), (waiting[2], "5", NEXT)
    first, second, third = give(world, *rows)
    assert (first.state, first.number, first.dated, first.way) == (LetterState.NUMBERED, "123/الف", DAY, Way.COURIER)
    assert (second.number, third.dated) == ("124", NEXT)
    assert events("letters.number_letter") == [f"letters.letter:{letter.pk}" for letter in waiting]
    assert not list(ledger.audit())


def test_one_row_at_fault_leaves_all_letters_waiting_and_names_each_fault(
    world: Personas, waiting: list[Letter]
) -> None:
    with pytest.raises(Faults) as refused:
        give(world, (waiting[0], "1", DAY), (waiting[1], "", DAY), (waiting[2], "2", None))
    assert sorted(refused.value.faults) == [1, 2]
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.AWAITING}
    assert events("letters.number_letter") == []


def test_a_number_and_date_are_one_letters(world: Personas, waiting: list[Letter]) -> None:
    with pytest.raises(Faults):  # within what is given
        give(world, (waiting[0], "۷", DAY), (waiting[1], "7", DAY))
    with pytest.raises(Faults):  # one letter twice
        give(world, (waiting[0], "7", DAY), (waiting[0], "8", DAY))
    give(world, (waiting[0], "7", DAY))
    with pytest.raises(Faults):  # already another one's
        give(world, (waiting[1], "۷", DAY))
    with pytest.raises(Faults):  # it does not wait any more
        give(world, (waiting[0], "9", DAY))
    again = Numbered(waiting[1], "7", NEXT)
    assert list(doubts_of([again])) == [0]
    give(world, (waiting[1], "7", NEXT))


@pytest.mark.parametrize(("number", "day"), [
    ("", DAY), ("  ", DAY), ("/", DAY), ("1" * 41, DAY), ("1", to_gregorian(1398, 7, 21)), ("1", date(1398, 7, 1)),
    ("1", None),
])  # fmt: skip
def test_a_missing_or_impossible_number_or_day_is_refused(
    world: Personas, waiting: list[Letter], number: str, day: date | None
) -> None:
    with pytest.raises(Invalid):
        give(world, (waiting[0], number, day))


def test_a_number_is_taken_back_while_nothing_has_followed(world: Personas, waiting: list[Letter]) -> None:
    (letter,) = give(world, (waiting[0], "7", DAY))
    with pytest.raises(Invalid):
        communicating.take_numbers_back([letter], by=world.staff, reason=" ")
    (back,) = communicating.take_numbers_back([letter], by=world.staff, reason="شماره نامه دیگری بود")
    assert (back.state, back.number, back.dated, back.way) == (LetterState.AWAITING, "", None, "")
    event = Event.objects.get(verb="letters.take_number_back")
    assert event.data["facts"] == {"reason": "شماره نامه دیگری بود", "number": "7", "dated": "2019-10-11"}
    (letter,) = give(world, (back, "8", DAY))
    communicating.record_receipts([Receipt(letter.recipients.get(), NEXT)], by=world.staff)
    with pytest.raises(Conflict):
        communicating.take_numbers_back([letter], by=world.staff, reason="اشتباه")
    assert not list(ledger.audit())


def test_a_receipt_has_day_name_number_and_scan_and_is_corrected_by_another_event(
    world: Personas, waiting: list[Letter]
) -> None:
    (letter,) = give(world, (waiting[0], "7", DAY))
    row = Receipt(letter.recipients.get(), DAY, "  متصدی  دبیرخانه ", "۹۰/ب", "رسید".encode())
    (got,) = communicating.record_receipts([row], by=world.staff)
    assert (got.received_on, got.received_by, got.registered_as) == (DAY, "متصدی دبیرخانه", "90/ب")
    assert got.scan and files.get(got.scan).decode() == "رسید"
    (got,) = communicating.record_receipts([Receipt(got, NEXT, "دیگری")], by=world.staff)
    assert (got.received_on, got.received_by, got.registered_as) == (NEXT, "دیگری", "") and got.scan
    assert len(events("letters.record_receipt")) == len(events("letters.correct_receipt")) == 1
    got = communicating.take_receipt_back(got, by=world.staff, reason="رسید نامه دیگری بود")
    assert (got.received_on, got.received_by, got.scan) == (None, "", None)
    with pytest.raises(Conflict):
        communicating.take_receipt_back(got, by=world.staff, reason="باز هم")
    assert not list(ledger.audit())


def test_receipts_are_recorded_together_or_not_at_all(world: Personas, waiting: list[Letter]) -> None:
    numbered = give(world, (waiting[0], "1", DAY), (waiting[1], "2", NEXT))
    rows = [Receipt(letter.recipients.get(), DAY) for letter in numbered]
    with pytest.raises(Faults) as refused:  # the second arrived before its date
        communicating.record_receipts(rows, by=world.staff)
    assert list(refused.value.faults) == [1] and not Recipient.objects.exclude(received_on=None).exists()
    with pytest.raises(Faults):  # the third waits for its number
        communicating.record_receipts([Receipt(waiting[2].recipients.get(), NEXT)], by=world.staff)


def test_a_letter_is_withdrawn_while_it_waits_and_a_covering_letter_goes_with_its_code(
    world: Personas, waiting: list[Letter]
) -> None:
    (letter,) = communicating.withdraw_letters([waiting[0]], by=world.staff, reason="تکراری")
    assert letter.state == LetterState.WITHDRAWN
    (numbered,) = give(world, (waiting[1], "1", DAY))
    with pytest.raises(Conflict):
        communicating.withdraw_letters([waiting[2], numbered], by=world.staff, reason="تکراری")
    assert Letter.objects.get(pk=waiting[2].pk).state == LetterState.AWAITING
    guests = [Guest(world.parties["housing"], "09121110001")]
    (made,) = inviting.invite(guests, by=world.secretary, body=world.bodies["hq"])
    with pytest.raises(Invalid):
        communicating.withdraw_letters([made.letter], by=world.staff, reason="تکراری")
