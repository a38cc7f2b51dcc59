"""Resolutions come to those who owe them, and the debts follow what becomes of the letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from django.utils.translation import gettext as _

from dabir.cycle.classifying import classify_meeting
from dabir.cycle.communicating import number_letters, record_receipts, take_numbers_back, take_receipt_back
from dabir.cycle.debtors import reach, standing_of
from dabir.cycle.extracts import Form, communicable, communicate, communicate_order
from dabir.cycle.recording import promote_point
from dabir.directory.models import CalendarEntry, EntryKind
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid, Missing, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import parts as letters
from dabir.letters.composing import Written, mark_of
from dabir.letters.documents import sheets_of
from dabir.letters.models import Letter, LetterState, Urgency, Way
from dabir.letters.numbering import Faults, Numbered
from dabir.letters.parts import Addressee
from dabir.letters.receipts import Receipt
from dabir.letters.services import edit_letter
from dabir.meetings.models import Meeting, Point
from dabir.meetings.services import classify_statement
from dabir.obligations import services
from dabir.obligations.making import Duty
from dabir.obligations.models import ClockStart, DueKind, Obligation, OrderWay
from dabir.obligations.parts import put_into_letter
from dabir.obligations.recurring import make_due_instances, set_rhythm
from dabir.obligations.waiting import add_wait
from dabir.persian.jalali import to_gregorian
from dabir.reading.minutes import Due, Resolution, ResolutionKind
from dabir.reading.minutes import DueKind as PaperKind
from dabir.reading.minutes import Obligation as PaperObligation
from dabir.writing.letters_pdf import to_pdf
from tests import builders
from tests.personas import Personas

SENT = to_gregorian(1398, 7, 18)
GOLDEN = Path(__file__).parent.parent / "golden" / "letters" / "extract.txt"
WEEK = Due("ظرف یک هفته پس از ابلاغ", PaperKind.DURATION, trigger="ابلاغ")


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    """Session 11, with one more resolution whose limit runs from its communication."""
    read = builders.minutes(world)
    owed = PaperObligation("نماینده خود را معرفی کند", (1, 1), builders.picked(world, "agriculture"), due=WEEK)
    owed.id = "r8o1"
    read.resolutions.append(
        Resolution("جهاد نماینده خود را معرفی کند", (1, 1), ResolutionKind.OBLIGATION, "۸", [owed], id="r8")
    )
    return builders.meeting(world, read)


def of(number: int) -> Obligation:
    return Obligation.objects.get(resolution__code=f"hq-1398-11/{number}", parent=None)


def send(letter: Letter, *, by: Acting, day: date = SENT, received: date | None = None) -> None:
    """Number, date and way of a letter, where it has none yet, and its receipt."""
    letter.refresh_from_db()
    if letter.state == LetterState.AWAITING:
        number_letters([Numbered(letter, str(letter.pk), day)], by=by, way=Way.COURIER)
    if received:
        record_receipts([Receipt(x, received, "متصدی") for x in letter.recipients.filter(is_copy=False)], by=by)


def to_agriculture(made: list[Letter], world: Personas) -> Letter:
    return next(x for x in made if x.recipients.filter(party=world.parties["agriculture"], is_copy=False).exists())


def test_each_debtor_gets_one_letter_with_all_that_it_owes(world: Personas, meeting: Meeting) -> None:
    made = communicate(meeting, by=world.secretary)
    to = {letter.recipients.get(is_copy=False).party.code: letter for letter in made}
    assert set(to) == {"county-agriculture", "county-housing", "secretariat", "consultants", "planning", "agriculture"}
    told = {code: sorted(x.obligation.code for x in letter.extracts.all()) for code, letter in to.items()}
    assert told["consultants"] == ["hq-1398-11/3.1"] and told["county-housing"] == ["hq-1398-11/2.1-1"]
    letter = Letter.objects.get(pk=to["consultants"].pk)
    assert "«مشاور پیش‌نویس دوم را ارائه نماید»" in letter.text and world.parties["consultants"].name in letter.text
    assert letter.table["rows"] == [
        [
            "hq-1398-11/3.1",
            "پیش‌نویس دوم را ارائه نماید",
            "۱۳۹۸/۰۸/۰۵",
            f"تأییدکننده: تیم نظارت؛ پس از مصوبه ۲ ({world.parties['secretariat'].name})",
            "بنیاد مسکن انقلاب اسلامی استان زنجان",
        ]
    ]
    copies = letter.recipients.filter(is_copy=True).values_list("party__code", flat=True)
    assert list(copies) == ["housing"]
    assert str(to["agriculture"].recipients.get()) == "سمت head"  # its only head
    assert not Obligation.objects.exclude(communicated_at=None).exists() and not list(ledger.audit())


def test_an_extract_says_on_paper_what_is_expected(world: Personas, meeting: Meeting) -> None:
    """`tests/golden/letters/extract.txt` is what a program copies out of the PDF."""
    letter = to_agriculture(communicate(meeting, by=world.secretary, urgency=Urgency.URGENT), world)
    document = pypdfium2.PdfDocument(to_pdf(sheets_of([letter])))
    text = "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "\n")
    assert text.strip() == GOLDEN.read_text(encoding="utf-8").strip()


def test_one_circular_goes_to_all_debtors(world: Personas, meeting: Meeting) -> None:
    (letter,) = communicate(meeting, by=world.secretary, form=Form.CIRCULAR, copies=False, urgency=Urgency.IMMEDIATE)
    assert letter.recipients.count() == 6 and not letter.recipients.filter(is_copy=True).exists()
    assert letter.urgency == Urgency.IMMEDIATE and "مجری" in letter.table["heads"]
    assert len(letter.table["rows"]) == letter.extracts.count() == 6
    assert "{" not in letter.subject + letter.text
    codes = [row[0].removeprefix("hq-1398-11/") for row in letter.table["rows"]]
    assert codes == ["2.1-1", "2.1-2", "2.2", "3.1", "7.1", "8.1"]


def test_who_may_not_is_refused(world: Personas, meeting: Meeting) -> None:
    for by in (world.staff, world.officer, world.other_secretary, world.governor, world.auditor):
        with pytest.raises(Refused):
            communicate(meeting, by=by)
    with pytest.raises(Missing):
        communicate(meeting, by=world.stranger)


def test_an_unsettled_debt_is_not_communicated(world: Personas, meeting: Meeting) -> None:
    gap = of(4)
    with pytest.raises(Invalid):
        communicate(meeting, by=world.secretary, debts=[gap.pk, of(3).pk])
    assert not Letter.objects.exists()
    communicate(meeting, by=world.secretary)
    assert not gap.extracts.exists()


def test_what_is_in_a_letter_is_not_put_into_another_unless_asked(world: Personas, meeting: Meeting) -> None:
    first = communicate(meeting, by=world.secretary)
    with pytest.raises(Conflict):
        communicate(meeting, by=world.secretary)
    waiting, sent = to_agriculture(first, world), first[0]
    send(sent, by=world.staff)
    again = communicate(meeting, by=world.secretary, again=True)
    waiting.refresh_from_db()
    sent.refresh_from_db()
    assert (waiting.state, sent.state) == (LetterState.WITHDRAWN, LetterState.NUMBERED)
    assert len(again) == 6 and not list(ledger.audit())


def test_withdrawing_a_waiting_circular_takes_all_that_it_tells_of_into_the_new_letters(
    world: Personas, meeting: Meeting
) -> None:
    communicate(meeting, by=world.secretary, form=Form.CIRCULAR)
    again = communicate(meeting, by=world.secretary, debts=[of(3).pk], again=True)
    assert sum(letter.extracts.count() for letter in again) == 6


def test_a_classified_meeting_hands_its_class_on(world: Personas) -> None:
    secret = builders.meeting(world, secrecy=SecrecyClass.CONFIDENTIAL)
    with pytest.raises(Invalid):
        communicate(secret, by=world.secretary, secrecy=SecrecyClass.NORMAL)
    assert {x.secrecy for x in communicate(secret, by=world.secretary)} == {SecrecyClass.CONFIDENTIAL}


def test_a_letter_has_the_class_of_the_statement_that_it_quotes(world: Personas, meeting: Meeting) -> None:
    point = Point.objects.filter(meeting=meeting).earliest("pk")
    debt = promote_point(point, by=world.secretary, duty=Duty(action="گزارش دهد", lead=world.parties["roads"]))
    plain = Obligation.objects.filter(meeting=meeting, resolution__isnull=False, lead__isnull=False).earliest("pk")
    classify_statement(point.statement, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    made = communicate(meeting, by=world.secretary, debts=[debt.pk, plain.pk])
    classes = {letter.recipients.earliest("pk").party_id: letter.secrecy for letter in made}
    assert classes == {debt.lead_id: SecrecyClass.CONFIDENTIAL, plain.lead_id: SecrecyClass.NORMAL}


def test_a_letter_does_not_tell_of_what_a_classified_meeting_decided(world: Personas, meeting: Meeting) -> None:
    """Neither which of its resolutions comes first, nor who owes that."""
    duty = [Duty("پل را بازگشایی کند", world.parties["roads"])]
    made = services.record_order(
        by=world.secretary, body=world.bodies["hq"], way=OrderWay.TRIP, day=SENT, text="در سفر به ایجرود", duties=duty
    )[0]
    assert made.order
    add_wait(made, by=world.secretary, waits_for=of(3))
    first = communicate_order(made.order, by=world.secretary)[0]
    assert "پس از مصوبه" in str(first.table)
    letters.withdraw_letters([first], by=world.secretary, reason="نوشته از نو")
    classify_meeting(meeting, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    again = communicate_order(made.order, by=world.secretary)[0]
    assert "پس از مصوبه" not in str(again.table) and again.secrecy == SecrecyClass.NORMAL


def test_number_date_and_way_communicate_and_release(world: Personas, meeting: Meeting) -> None:
    letter = to_agriculture(communicate(meeting, by=world.secretary), world)
    assert of(8).communicated_at is None
    send(letter, by=world.staff)
    debt = of(8)
    assert debt.communicated_at is not None and debt.communicated_at.date() <= SENT and debt.released_at is not None
    with pytest.raises(Invalid):
        services.withdraw([debt], by=world.secretary)
    assert of(3).communicated_at is None


def test_a_limit_runs_from_the_letter_then_from_the_receipt_and_keeps_its_first_day(
    world: Personas, meeting: Meeting
) -> None:
    letter = to_agriculture(communicate(meeting, by=world.secretary), world)
    send(letter, by=world.staff)
    debt = of(8)
    assert (debt.due_kind, debt.due_day, debt.first_due_day) == (DueKind.DAY, *[to_gregorian(1398, 7, 25)] * 2)
    assert (debt.clock_day, debt.clock_start, debt.trigger) == (SENT, ClockStart.LETTER, "ابلاغ")
    send(letter, by=world.staff, received=to_gregorian(1398, 7, 20))
    debt = of(8)
    assert (debt.due_day, debt.first_due_day) == (to_gregorian(1398, 7, 27), to_gregorian(1398, 7, 25))
    assert (debt.clock_day, debt.clock_start) == (to_gregorian(1398, 7, 20), ClockStart.RECEIPT)
    assert not list(ledger.audit())


def test_a_second_letter_moves_nothing_and_a_receipt_of_it_starts_the_limit(world: Personas, meeting: Meeting) -> None:
    send(to_agriculture(communicate(meeting, by=world.secretary), world), by=world.staff)
    (second,) = communicate(meeting, by=world.secretary, debts=[of(8).pk], again=True)
    send(second, by=world.staff, day=to_gregorian(1398, 7, 19))
    assert of(8).clock_day == SENT
    send(second, by=world.staff, received=to_gregorian(1398, 7, 20))
    assert (of(8).clock_day, of(8).clock_start) == (to_gregorian(1398, 7, 20), ClockStart.RECEIPT)


def test_a_day_given_by_hand_is_not_moved(world: Personas, meeting: Meeting) -> None:
    letter = to_agriculture(communicate(meeting, by=world.secretary), world)
    services.set_due(of(8), by=world.secretary, day=to_gregorian(1398, 8, 20))
    send(letter, by=world.staff, received=SENT)
    assert (of(8).due_day, of(8).clock_day) == (to_gregorian(1398, 8, 20), None)


def test_a_holiday_announced_meanwhile_does_not_hold_a_limit_at_the_letters_date(
    world: Personas, meeting: Meeting
) -> None:
    Obligation.objects.filter(pk=of(8).pk).update(due_text="ظرف سه روز کاری پس از ابلاغ")
    letter = to_agriculture(communicate(meeting, by=world.secretary), world)
    send(letter, by=world.staff)
    assert of(8).due_day == to_gregorian(1398, 7, 22)
    closed = CalendarEntry(kind=EntryKind.CLOSED, day=to_gregorian(1398, 7, 21), reason="برف", announced_by="استانداری")
    with ledger.change("tests.announce", by=world.operator) as change:
        change.create(closed)
    send(letter, by=world.staff, received=to_gregorian(1398, 7, 20))
    assert (of(8).clock_start, of(8).due_day) == (ClockStart.RECEIPT, to_gregorian(1398, 7, 24))
    take_receipt_back(letter.recipients.get(is_copy=False), by=world.staff, reason="رسید دیگری بود")
    take_numbers_back([letter], by=world.staff, reason="شماره دیگری بود")
    assert (of(8).clock_day, of(8).due_day) == (None, None)


def test_other_limits_stay_as_they_are(world: Personas, meeting: Meeting) -> None:
    before = {debt.pk: (debt.due_day, debt.trigger) for debt in Obligation.objects.exclude(pk=of(8).pk)}
    for letter in communicate(meeting, by=world.secretary):
        send(letter, by=world.staff, received=SENT)
    assert before == {debt.pk: (debt.due_day, debt.trigger) for debt in Obligation.objects.exclude(pk=of(8).pk)}


def test_taking_back_a_receipt_or_a_number_takes_back_what_followed(world: Personas, meeting: Meeting) -> None:
    letter = to_agriculture(communicate(meeting, by=world.secretary), world)
    send(letter, by=world.staff, received=to_gregorian(1398, 7, 20))
    take_receipt_back(letter.recipients.get(is_copy=False), by=world.staff, reason="رسید دیگری بود")
    assert (of(8).clock_day, of(8).clock_start) == (SENT, ClockStart.LETTER)
    take_numbers_back([letter], by=world.staff, reason="شماره دیگری بود")
    debt = of(8)
    assert (debt.communicated_at, debt.clock_day, debt.due_day, debt.due_kind) == (None, None, None, DueKind.TRIGGER)
    assert debt.first_due_day == to_gregorian(1398, 7, 25) and not list(ledger.audit())


def test_an_instance_is_told_with_its_duty_and_by_no_letter_of_its_own(world: Personas, meeting: Meeting) -> None:
    duty = Obligation.objects.get(code="hq-1398-11/7.1")
    (letter,) = communicate(meeting, by=world.secretary, debts=[duty.pk])
    send(letter, by=world.staff)
    set_rhythm(duty, by=world.secretary, unit="month", every=1, first=to_gregorian(1398, 8, 10))
    (made,) = make_due_instances(SENT, by=world.operator)
    assert made.communicated_at is not None
    assert made.pk not in {debt.pk for debt in communicable(meeting)}
    assert made.pk not in {one.debt.pk for one in standing_of(meeting, world.secretary).owed}
    assert reach(meeting, world.secretary)["communicated"] == 1
    with pytest.raises(Invalid):
        communicate(meeting, by=world.secretary, debts=[made.pk])
    take_numbers_back([letter], by=world.staff, reason="شماره دیگری بود")
    told = Obligation.objects.filter(code__startswith=duty.code).values_list("communicated_at", flat=True)
    assert set(told) == {None}
    send(letter, by=world.staff)
    assert set(told.all()) == {made.communicated_at} and not list(ledger.audit())


def test_a_letter_of_an_instance_alone_takes_nothing_back_with_its_number(world: Personas, meeting: Meeting) -> None:
    duty = Obligation.objects.get(code="hq-1398-11/7.1")
    (letter,) = communicate(meeting, by=world.secretary, debts=[duty.pk])
    send(letter, by=world.staff)
    set_rhythm(duty, by=world.secretary, unit="month", every=1, first=to_gregorian(1398, 8, 10))
    (made,) = make_due_instances(SENT, by=world.operator)
    (other,) = communicate(meeting, by=world.secretary, debts=[of(8).pk])
    put_into_letter(other, [made], by=world.secretary)  # as it was done once
    number_letters([Numbered(other, "72", SENT)], by=world.staff, way=Way.COURIER)
    take_numbers_back([other], by=world.staff, reason="شماره دیگری بود")
    assert Obligation.objects.get(pk=made.pk).communicated_at == made.communicated_at


def test_forty_numbers_at_once_communicate_all_or_nothing(world: Personas, meeting: Meeting) -> None:
    made = communicate(meeting, by=world.secretary)
    rows = [Numbered(letter, str(n), SENT) for n, letter in enumerate(made, 1)]
    with pytest.raises(Faults):
        number_letters([*rows[:-1], Numbered(made[-1], "1", SENT)], by=world.staff, way=Way.AUTOMATION)
    assert not Obligation.objects.exclude(communicated_at=None).exists()
    number_letters(rows, by=world.staff, way=Way.AUTOMATION)
    assert Obligation.objects.exclude(communicated_at=None).count() == 6


def test_the_class_of_a_communication_is_raised_by_hand_and_never_lowered(world: Personas, meeting: Meeting) -> None:
    classify_meeting(meeting, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    letter = communicate(meeting, by=world.secretary)[0]
    to = [Addressee(one.party, one.post, is_copy=one.is_copy) for one in letter.recipients.all()]

    def put(secrecy: SecrecyClass) -> None:
        written = Written(letter.subject, letter.text, to, secrecy=secrecy)
        edit_letter(letter, written, by=world.secretary, mark=mark_of(Letter.objects.get(pk=letter.pk)))

    put(SecrecyClass.SECRET)
    with pytest.raises(Invalid) as refusal:
        put(SecrecyClass.NORMAL)
    assert refusal.value.field == "secrecy"
    assert Letter.objects.get(pk=letter.pk).secrecy == SecrecyClass.SECRET


def test_of_a_letter_above_their_class_staff_know_that_it_is_there_and_nothing_else(
    world: Personas, meeting: Meeting, client: Client
) -> None:
    (hidden,) = communicate(meeting, by=world.secretary, debts=[of(3).pk], secrecy=SecrecyClass.CONFIDENTIAL)
    (waiting,) = communicate(meeting, by=world.secretary, debts=[of(8).pk], secrecy=SecrecyClass.CONFIDENTIAL)
    (shown,) = communicate(meeting, by=world.secretary, debts=[of(7).pk])
    assert standing_of(meeting, world.staff).counts() == standing_of(meeting, world.secretary).counts()
    for letter in (hidden, shown):
        send(letter, by=world.secretary, received=SENT)
    whole, seen = (standing_of(meeting, by) for by in (world.secretary, world.staff))
    assert (whole.letters, seen.letters) == ([hidden, waiting, shown], [shown])
    assert whole.counts() == {"all": 6, "fresh": 3, "waiting": 1, "communicated": 2, "received": 2, "acknowledged": 0}
    assert seen.counts() == whole.counts() | {"received": 1}
    assert [reach(meeting, by)["received"] for by in (world.secretary, world.staff, world.auditor)] == [2, 1, 1]
    assert reach(meeting, world.staff) == reach(meeting, world.secretary) | {"received": 1}
    pages = {}
    for persona in ("secretary", "staff", "auditor"):
        client.force_login(world.users[persona])
        pages[persona] = client.get(f"/m/{meeting.code}/communicate/").content.decode()
        of_letters = [f"/letters/{letter.pk}/" in pages[persona] for letter in (hidden, waiting, shown)]
        assert of_letters == ([True] * 3 if persona == "secretary" else [False, False, True])
    above = str(_("a letter above your class"))
    assert [text.count(above) for text in pages.values()] == [0, 2, 2]
