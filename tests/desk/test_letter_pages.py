"""Letters written by hand, changed, received and registered; what a class keeps from whom."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dabir.cycle.communicating import number_letters, record_receipts, take_receipt_back
from dabir.foundation import ledger
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Enclosure, Letter, LetterState, Recipient, Way
from dabir.letters.notices import WAITING, notice_of
from dabir.letters.numbering import Numbered
from dabir.letters.receipts import Receipt
from dabir.persian.jalali import to_gregorian
from tests.desk.conftest import SignIn
from tests.personas import Personas

DAY = to_gregorian(1398, 7, 18)
SECRET = "پرونده ویژه ایجرود"


def write(client: Client, world: Personas, **more: object) -> object:
    sent = {
        "to-is": [world.parties["agriculture"].pk],
        "copies-is": [world.parties["roads"].pk],
        "subject": "یادآوری برنامه",
        "text": "با سلام،\nگزارش را بفرستید.",
        "do": "store",
    }
    return client.post("/letters/new/", sent | more)


def give_number(world: Personas, letter: Letter, number: str = "۷۱") -> Letter:
    return number_letters([Numbered(letter, number, DAY)], by=world.secretary, way=Way.COURIER)[0]


def test_a_letter_is_written_looked_at_changed_and_numbered(sign_in: SignIn, world: Personas) -> None:
    client = sign_in("staff")
    preview = write(client, world, do="preview").content.decode()  # type: ignore[attr-defined]
    assert "گزارش را بفرستید" in preview and "None" not in preview and not Letter.objects.exists()
    upload = SimpleUploadedFile("صورتجلسه.pdf", b"%PDF-1.7")
    write(client, world, enclosures="نمودار\n", file=upload, urgency="urgent", kind="reminder")
    letter = Letter.objects.get()
    assert (letter.state, letter.urgency, letter.kind) == (LetterState.AWAITING, "urgent", "reminder")
    assert list(letter.recipients.values_list("party__code", "is_copy")) == [("agriculture", False), ("roads", True)]
    assert list(letter.enclosures.values_list("text", flat=True)) == ["نمودار", "صورتجلسه.pdf"]
    form = client.get(f"/letters/{letter.pk}/edit/").content.decode()
    mark = re.search(r'name="mark" value="(\w+)"', form)
    assert mark
    sent = {"mark": mark[1], "subject": "یادآوری دوم", "text": "متن", "to-is": world.parties["roads"].pk, "do": "store"}
    full = client.post(f"/letters/{letter.pk}/edit/", sent | {"enclosures": "پیوست\n" * 19})  # 21 with its own two
    assert full.status_code == 422 and "۲۱" in full.content.decode() and letter.enclosures.count() == 2
    sent |= {"drop": [letter.enclosures.get(text="نمودار").pk, "9" * 40]}
    assert client.post(f"/letters/{letter.pk}/edit/", sent).status_code == 302
    letter.refresh_from_db()
    assert (letter.subject, letter.text) == ("یادآوری دوم", "متن")
    assert [(one.party.code, one.is_copy) for one in letter.recipients.all()] == [("roads", False)]
    assert client.post(f"/letters/{letter.pk}/edit/", sent).status_code == 409  # the mark is an older one
    give_number(world, letter)
    assert client.post(f"/letters/{letter.pk}/edit/", sent).status_code == 409
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert "۷۱" in page and "متن تغییر کرد" in page and "None" not in page
    enclosed = Enclosure.objects.get()
    assert client.get(f"/letters/enclosures/{enclosed.pk}/").content == b"%PDF-1.7"
    assert sign_in("officer").get(f"/letters/enclosures/{enclosed.pk}/").status_code == 404
    assert not list(ledger.audit())


@pytest.mark.parametrize("more", [
    {"to-is": []}, {"subject": " "}, {"text": ""}, {"to": "نام ناشناس"}, {"subject": "س" * 301}, {"secrecy": "x"},
    {"enclosures": "پیوست\n" * 21}, {"text": "م" * 20_001},
])  # fmt: skip
def test_what_no_letter_can_say_is_refused_and_the_form_comes_back(
    sign_in: SignIn, world: Personas, more: dict[str, object]
) -> None:
    answer = write(sign_in("secretary"), world, **more)
    assert answer.status_code == 422 and 'name="subject"' in answer.content.decode()  # type: ignore[attr-defined]
    assert not Letter.objects.exists()


def test_the_class_of_a_letter_decides_who_sees_it_anywhere(sign_in: SignIn, world: Personas) -> None:
    assert write(sign_in("staff"), world, secrecy="confidential").status_code == 403  # type: ignore[attr-defined]
    write(sign_in("secretary"), world, secrecy="confidential", subject=SECRET)
    letter = give_number(world, Letter.objects.get())
    assert notice_of(letter) == WAITING
    letter.secrecy = SecrecyClass.NORMAL
    assert notice_of(letter) == SECRET
    for persona, sees in [("secretary", True), ("head", True), ("governor", True), ("staff", False), ("officer", False),
                          ("auditor", False), ("other_secretary", False), ("admin", False)]:  # fmt: skip
        client = sign_in(persona)
        for address in ("/letters/", "/letters/?words=پرونده", "/letters.csv", f"/letters/?of={letter.pk}", "/"):
            body = client.get(address).content.decode()
            assert (SECRET in body) is (sees and address != "/"), (persona, address)
        assert client.get(f"/letters/{letter.pk}/").status_code == (200 if sees else 404)
        assert client.post("/letters/print/", {"letter": letter.pk}).status_code == (200 if sees else 404)


def test_receipts_of_a_pile_are_recorded_on_one_page(sign_in: SignIn, world: Personas, waiting: list[Letter]) -> None:
    letters = [give_number(world, letter, str(n)) for n, letter in enumerate(waiting, 71)]
    client, keys = sign_in("staff"), [letter.pk for letter in letters]
    assert client.get(f"/letters/receipts/?of={keys[0]}").status_code == 200
    rows = list(Recipient.objects.order_by("letter_id"))
    shown = {f"shown-{row.pk}": "1" for row in rows} | {f"take-{row.pk}": "1" for row in rows}
    table = "روز\n1398/07/19\tمتصدی دبیرخانه\t۹۰/ب\n\n۱۳۹۸/۷/۲۰"
    page = client.post("/letters/receipts/", {"letter": keys, "do": "paste", "table": table, **shown})
    html = page.content.decode()
    assert "متصدی دبیرخانه" in html and html.count("checked") == 2
    scan = SimpleUploadedFile("رسید.pdf", b"%PDF-1.4")
    sent: dict[str, object] = {"letter": keys, "do": "record", "day": "1398/07/20", **shown}
    sent |= {f"day-{rows[0].pk}": "1398/07/19"}
    sent |= {f"name-{rows[0].pk}": "متصدی", f"registered-{rows[0].pk}": "۹۰/ب", f"scan-{rows[0].pk}": scan}
    assert client.post("/letters/receipts/", sent).status_code == 302
    got = list(Recipient.objects.order_by("letter_id").values_list("received_on__day", "received_by", "registered_as"))
    assert got == [(11, "متصدی", "90/ب"), (12, "", ""), (12, "", "")]
    assert client.get(f"/letters/receipts/{rows[0].pk}/scan/").content == b"%PDF-1.4"
    assert sign_in("officer").get(f"/letters/receipts/{rows[0].pk}/scan/").status_code == 404
    assert client.get("/letters/?show=open").content.decode().count('name="letter"') == 0
    why = {"reason": "رسید نامه دیگری بود", "next": "/letters/"}
    assert client.post(f"/letters/receipts/{rows[1].pk}/take-back/", why).status_code == 302
    assert Recipient.objects.get(pk=rows[1].pk).received_on is None
    early = {"letter": keys, "do": "record", "day": "1398/07/01", **shown}
    answer = client.post("/letters/receipts/", early)
    assert answer.status_code == 422 and "پیش از تاریخ نامه" in answer.content.decode()


def test_a_recipient_does_not_see_the_receipts_of_others(
    sign_in: SignIn, world: Personas, waiting: list[Letter]
) -> None:
    letter = give_number(world, waiting[1])
    assert "هنوز" not in sign_in("officer").get(f"/letters/{letter.pk}/").content.decode()
    assert "/letters/receipts/" not in sign_in("officer").get(f"/letters/{letter.pk}/").content.decode()
    assert sign_in("officer").get(f"/letters/receipts/?of={letter.pk}").status_code == 403
    recipient = letter.recipients.get()
    record_receipts([Receipt(recipient, letter.dated, "متصدی")], by=world.staff)
    take_receipt_back(recipient, by=world.staff, reason="رسید دستگاه دیگری بود")
    assert "دستگاه دیگری بود" in sign_in("staff").get(f"/letters/{letter.pk}/").content.decode()
    assert "دستگاه دیگری بود" not in sign_in("officer").get(f"/letters/{letter.pk}/").content.decode()


def test_a_letter_that_came_is_registered_with_its_scan_and_what_it_answers(
    sign_in: SignIn, world: Personas, waiting: list[Letter]
) -> None:
    ours = give_number(world, waiting[0])
    client = sign_in("staff")
    sent = {
        "sender-is": world.parties["housing"].pk, "sender": world.parties["housing"].name, "number": "۹۰/ب",
        "day": "1398/07/19", "registered": "۱۲", "registered_on": "1398/07/20", "subject": "پاسخ یادآوری",
        "answers": "۷۱",
    }  # fmt: skip
    scan = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    assert client.post("/letters/register/", sent | {"scan": scan}).status_code == 302
    letter = Letter.objects.get(state=LetterState.RECEIVED)
    assert (letter.number, letter.registered_as, letter.answers_id, letter.came_in) == ("90/ب", "12", ours.pk, True)
    assert client.get(f"/letters/{letter.pk}/scan/").content == b"%PDF-1.4"
    assert "پاسخ یادآوری" in client.get(f"/letters/{ours.pk}/").content.decode()
    assert "پاسخ یادآوری" in client.get("/letters/?show=in&words=بنیاد مسکن").content.decode()
    assert client.post("/letters/register/", sent).status_code == 422  # once
    for wrong in (
        {"answers": "۹۹"},
        {"day": "1398/07/21"},
        {"sender": "", "sender-is": ""},
        {"registered_on": "1398/07/01"},
    ):
        assert client.post("/letters/register/", sent | {"number": "9"} | wrong).status_code == 422
    assert client.post(f"/letters/{letter.pk}/withdraw/", {"reason": "دو بار ثبت شد"}).status_code == 302
    assert not list(ledger.audit())


def test_the_list_leaves_as_a_sheet_as_it_is_narrowed(sign_in: SignIn, world: Personas, waiting: list[Letter]) -> None:
    give_number(world, waiting[0], "۷۱/الف")
    data = sign_in("secretary").get("/letters.xlsx?show=sent").content
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 2 and "71/الف" in rows[1] and world.parties["housing"].name in rows[1]
