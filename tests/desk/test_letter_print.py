"""Letters printed for sending, and how they look."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from dabir.cycle import inviting
from dabir.cycle.inviting import Guest
from dabir.letters.models import Letter, Letterhead, Wording
from tests.desk.conftest import SignIn
from tests.personas import Personas


def content(answer: object) -> bytes:
    return answer.content  # type: ignore[attr-defined,no-any-return]


def test_the_chosen_letters_are_one_print_file_in_their_order_and_marked(
    sign_in: SignIn, waiting: list[Letter]
) -> None:
    client = sign_in("staff")
    keys = [letter.pk for letter in waiting]
    for _again in range(2):  # the same form brings the file each time
        answer = client.post("/letters/print/", {"letter": keys, "form": "pdf", "once": "abc.1"})
        texts = [page.get_textpage().get_text_range() for page in PdfDocument(content(answer))]
        assert ["گزارش ۱" in texts[0], "گزارش ۲" in texts[1], "گزارش ۳" in texts[2], len(texts)] == [
            True,
            True,
            True,
            3,
        ]
    assert not Letter.objects.filter(printed_at=None).exists()
    assert "چاپ شد" in client.get("/letters/?show=awaiting").content.decode()
    word = Document(io.BytesIO(content(client.post("/letters/print/", {"letter": keys, "form": "docx"}))))
    assert len(word.sections) == 3


@pytest.mark.parametrize(("form", "start"), [("pdf.zip", b"%PDF"), ("docx.zip", b"PK")])
def test_the_chosen_letters_are_one_archive_with_a_file_each(
    sign_in: SignIn, waiting: list[Letter], form: str, start: bytes
) -> None:
    answer = sign_in("secretary").post("/letters/print/", {"letter": [letter.pk for letter in waiting], "form": form})
    with zipfile.ZipFile(io.BytesIO(content(answer))) as package:
        assert [name[:2] for name in package.namelist()] == ["1-", "2-", "3-"]
        assert all(package.read(name).startswith(start) for name in package.namelist())


def test_printing_tells_nobody_that_a_letter_exists(sign_in: SignIn, world: Personas, waiting: list[Letter]) -> None:
    guests = [Guest(world.parties["housing"], "09121110001")]
    (made,) = inviting.invite(guests, by=world.secretary, body=world.bodies["hq"])
    for persona in ("officer", "other_secretary", "county"):
        client = sign_in(persona)
        for key in (waiting[0].pk, 999_999):
            assert client.post("/letters/print/", {"letter": key, "form": "pdf"}).status_code == 404
        for key in (made.letter.pk, 999_999):
            sent = {"letter": key, f"code-{key}": "AAAA-AAAA", "address": "http://dabir/join"}
            assert client.post("/invitations/print/", sent).status_code == 404


@pytest.mark.parametrize("sent", [{"form": "pdf"}, {"form": "exe"}])
def test_nothing_chosen_or_another_form_is_refused(
    sign_in: SignIn, waiting: list[Letter], sent: dict[str, object]
) -> None:
    more = {} if sent["form"] == "pdf" else {"letter": waiting[0].pk}
    assert sign_in("secretary").post("/letters/print/", sent | more).status_code == 422


def test_a_letterhead_is_set_and_shown_before(sign_in: SignIn, world: Personas) -> None:
    client = sign_in("secretary")
    values = {"body": "hq", "heading": "استانداری نمونه", "footer": "نشانی"}
    assert client.get("/letterhead/preview.png", values).content.startswith(b"\x89PNG")
    assert client.get("/letterhead/preview.png", values | {"font": "<b>"}).status_code == 422
    assert not Letterhead.objects.exists()
    assert client.post("/letterhead/", values).status_code == 302
    assert "استانداری نمونه" in client.get("/letterhead/").content.decode()
    refused = client.post("/letterhead/", values | {"heading": "س" * 400})
    assert refused.status_code == 422 and "۳۰۰" in refused.content.decode()


def test_a_body_words_each_kind_of_its_letters_and_sees_how_they_read(sign_in: SignIn, world: Personas) -> None:
    client = sign_in("secretary")
    for kind, text, shown in (
        ("covering", "به {سمت}", "به رابط پیگیری"),
        ("call", "در {محل}", "در سالن جلسات"),
        ("called-off", "پیرو {نامه پیشین}", "پیرو شماره ۱۲۳۴"),
    ):
        assert client.post("/letters/words/", {"kind": kind, "subject": "موضوع", "text": text}).status_code == 302
        assert shown in client.get("/letters/words/", {"kind": kind}).content.decode()
    wrong = client.post("/letters/words/", {"kind": "call", "subject": "دعوت", "text": "تا {مهلت}"})  # of another kind
    assert wrong.status_code == 422 and "{مهلت}" in wrong.content.decode()
    words = {own.kind: own.text for own in Wording.objects.filter(body=world.bodies["hq"])}
    assert words == {"covering": "به {سمت}", "call": "در {محل}", "called-off": "پیرو {نامه پیشین}"}
