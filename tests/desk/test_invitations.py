"""The pages on which agencies are invited and come in."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from docx import Document

from dabir.cycle import inviting, joining
from dabir.cycle.inviting import Guest
from dabir.desk.guests import read_table
from dabir.directory import codes
from dabir.directory import services as directory
from dabir.directory.models import Invitation
from dabir.foundation.acting import Acting
from dabir.foundation.models import User
from dabir.letters.models import Letter
from tests.desk.conftest import SignIn
from tests.personas import Personas

MOBILE, SECOND = "09121110001", "09121110002"
PASSWORD = "کلید-دشوار-۱۳۹۸"
SHOWN = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


def text(response: Any) -> str:
    return str(response.content.decode())


def row(world: Personas, code: str, mobile: str, name: str = "") -> dict[str, Any]:
    key = world.parties[code].pk
    return {"agency": [key], "row": [key], f"mobile-{key}": mobile, f"name-{key}": name, f"post-{key}": ""}


def form(*rows: dict[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {"do": "invite", "body": "hq", "title": "رابط پیگیری", "agency": [], "row": []}
    for one in rows:
        merged |= one | {name: merged[name] + one[name] for name in ("agency", "row")}
    return merged


def code_for(world: Personas) -> str:
    guests = [Guest(world.parties["housing"], MOBILE)]
    return inviting.invite(guests, by=world.secretary, body=world.bodies["hq"])[0].code


def test_the_page_lists_the_agencies_of_the_body_and_not_its_own_secretariat(sign_in: SignIn, world: Personas) -> None:
    page = text(sign_in("secretary").get("/invitations/new/"))
    assert world.parties["housing"].name in page and world.parties["agriculture"].name in page
    assert world.parties["roads"].name not in page and f'value="{world.parties["planning"].pk}"' not in page


def test_letters_are_made_and_their_codes_shown_once(sign_in: SignIn, world: Personas) -> None:
    client = sign_in("secretary")
    rows = row(world, "housing", "۰۹۱۲۱۱۱۰۰۰۱", "احمد نمونه"), row(world, "agriculture", SECOND)
    response = client.post("/invitations/new/", form(*rows))
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    assert len(set(SHOWN.findall(text(response)))) == 2 == Letter.objects.count()
    listed = text(client.get("/invitations/"))
    assert "احمد نمونه" in listed and not SHOWN.findall(listed)


def test_a_wrong_row_is_told_beside_it_and_what_was_typed_stays(sign_in: SignIn, world: Personas) -> None:
    rows = row(world, "housing", "12", "احمد نمونه"), row(world, "agriculture", SECOND)
    response = sign_in("secretary").post("/invitations/new/", form(*rows))
    assert response.status_code == 422 and not Invitation.objects.exists()
    page = text(response)
    assert f'id="fault-{world.parties["housing"].pk}"' in page and "احمد نمونه" in page and "۰۹۱۲۱۱۱۰۰۰۲" in page
    assert f'id="fault-{world.parties["agriculture"].pk}"' not in page


def test_the_print_file_has_a_letter_for_each_with_its_code(sign_in: SignIn, world: Personas) -> None:
    client = sign_in("secretary")
    code = code_for(world)
    letter = Letter.objects.get()
    fields = {"letter": letter.pk, f"code-{letter.pk}": code, "address": "http://dabir.local/join"}
    response = client.post("/invitations/print/", fields | {"format": "docx"})
    assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    document = Document(io.BytesIO(response.content))
    box = "\n".join(p.text for p in document.tables[1].cell(0, 0).paragraphs)
    assert codes.shown(code) in box and "http://dabir.local/join" in box and "مختوم به ۰۰۰۱" in box
    assert "۱۳۹۸/۰۸/۲۰" in box and MOBILE not in box
    assert client.post("/invitations/print/", fields | {"format": "pdf"}).content.startswith(b"%PDF")


@pytest.mark.parametrize("change", ["code", "address", "revoked", "nothing"])
def test_nothing_is_printed_that_would_open_nothing(sign_in: SignIn, world: Personas, change: str) -> None:
    code = code_for(world)
    letter = Letter.objects.get()
    fields = {"letter": letter.pk, f"code-{letter.pk}": code, "address": "http://dabir.local/join"}
    if change == "code":
        fields[f"code-{letter.pk}"] = "AAAA-AAAA"
    elif change == "address":
        fields["address"] = "javascript:alert(1)"
    elif change == "revoked":
        inviting.revoke_invitation(Invitation.objects.get(), by=world.secretary)
    else:
        del fields["letter"]
    assert sign_in("secretary").post("/invitations/print/", fields).status_code == 422


@pytest.mark.parametrize("key", ["9" * 21, "9" * 5_000, "²", "-1"])
def test_keys_that_no_row_has_are_passed_over(sign_in: SignIn, world: Personas, key: str) -> None:
    client = sign_in("secretary")
    for address, name in (("print", "letter"), ("new-codes", "invitation")):
        sent = {name: key, "address": "http://dabir.example"}
        assert client.post(f"/invitations/{address}/", sent).status_code == 422
    assert client.post("/debts/release/", {"debt": key}).status_code == 302


def test_a_secretariat_prints_nothing_of_another_one(sign_in: SignIn, world: Personas) -> None:
    code = code_for(world)
    letter = Letter.objects.get()
    fields = {"letter": letter.pk, f"code-{letter.pk}": code, "address": "http://dabir.local/join"}
    assert sign_in("other_secretary").post("/invitations/print/", fields).status_code == 404


def test_new_codes_are_made_for_the_chosen_ones(sign_in: SignIn, world: Personas) -> None:
    old = code_for(world)
    client = sign_in("secretary")
    response = client.post("/invitations/new-codes/", {"invitation": Invitation.objects.get().pk})
    (shown,) = set(SHOWN.findall(text(response)))
    assert shown != codes.shown(old)
    assert client.post("/invitations/new-codes/", {}).status_code == 422


def test_a_body_that_is_not_ones_own_is_passed_over(sign_in: SignIn, world: Personas) -> None:
    page = text(sign_in("secretary").get("/invitations/new/", {"body": "other"}))
    assert world.bodies["hq"].party.name in page and world.bodies["other"].party.name not in page


def read(world: Personas, table: str, by: Acting | None = None) -> tuple[dict[str, tuple[str, str]], list[int]]:
    rows, lines = read_table(table, by or world.secretary)
    names = {party.pk: code for code, party in world.parties.items()}
    return {names[key]: (r.mobile, r.name) for key, r in rows.items()}, [line.number for line in lines]


@pytest.mark.parametrize("table", [
    "دستگاه\tنام\tشماره همراه\nبنیاد مسکن\tاحمد نمونه\t۰۹۱۲۱۱۱۰۰۰۱",
    "09121110001\tبنیاد مسکن\tاحمد نمونه",
    "بنیاد مسکن؛ احمد نمونه؛ +98 912 111 0001",
    "1\tبنیاد مسکن\tاحمد نمونه\t9121110001\r\n\r\n",
    '"بنیاد مسکن","احمد نمونه","0912-111-0001"',
])  # fmt: skip
def test_a_table_is_read_in_whatever_order_and_form(world: Personas, table: str) -> None:
    assert read(world, table) == ({"housing": (MOBILE, "احمد نمونه")}, [])


def test_what_is_not_known_or_not_certain_is_asked(world: Personas) -> None:
    table = f"بنیاد مسکن\t{MOBILE}\nاداره ناشناس\t{SECOND}\nاستان زنجان\t{SECOND}\nجهاد کشاورزی\tبی‌شماره\n\t{SECOND}"
    assert read(world, table) == ({"housing": (MOBILE, "")}, [2, 3, 4, 5])


def test_hostile_tables_do_no_harm(world: Personas) -> None:
    for table in ("\0" * 50, "\t" * 5_000, "۰" * 100_000, "<script>\t09121110001", "\u202e\u2066\n" * 500):
        rows, _lines = read_table(table, world.secretary)
        assert not rows


def test_a_pasted_table_fills_the_rows_and_sends_nothing(sign_in: SignIn, world: Personas) -> None:
    posted = form() | {"do": "paste", "table": f"بنیاد مسکن\tاحمد نمونه\t{MOBILE}\nناشناس\t{SECOND}"}
    response = sign_in("secretary").post("/invitations/new/", posted)
    page = text(response)
    assert response.status_code == 200 and "احمد نمونه" in page and "ناشناس" in page
    assert not Invitation.objects.exists()


def come_in(client: Client, code: str, mobile: str = MOBILE) -> Any:
    return client.post("/join/", {"mobile": mobile, "code": code})


def test_whoever_has_the_letter_comes_in(client: Client, world: Personas) -> None:
    code = code_for(world)
    assert come_in(client, code.lower()).headers["Location"] == "/join/password/"
    page = text(client.get("/join/password/"))
    assert world.parties["housing"].name in page
    weak = client.post("/join/password/", {"name": "احمد نمونه", "password": "12345", "again": "12345"})
    assert weak.status_code == 422 and "احمد نمونه" in text(weak)
    differ = client.post("/join/password/", {"name": "احمد نمونه", "password": PASSWORD, "again": PASSWORD + "x"})
    at_fault = re.findall(r'<input id="(f-[a-z]+)"[^>]*aria-invalid', differ.content.decode())
    assert differ.status_code == 422 and at_fault == ["f-again"]
    done = client.post("/join/password/", {"name": "احمد نمونه", "password": PASSWORD, "again": PASSWORD})
    assert done.status_code == 302 and done.headers["Location"] == "/"
    assert "احمد نمونه" in text(client.get("/"))
    again = Client()
    assert again.post("/sign-in/", {"login": MOBILE, "password": PASSWORD}).status_code == 302


def test_the_password_is_asked_from_those_alone_who_gave_the_code(client: Client, world: Personas) -> None:
    code_for(world)
    for response in (client.get("/join/password/"), client.post("/join/password/", {"password": PASSWORD})):
        assert response.status_code == 302 and response.headers["Location"] == "/join/"
    assert not User.objects.filter(mobile=MOBILE).exists()


def test_whoever_waits_too_long_gives_the_code_again(
    client: Client, world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_in(client, code_for(world))
    monkeypatch.setattr("dabir.desk.joining.PATIENCE", -1)
    assert client.get("/join/password/").headers["Location"] == "/join/"


def test_a_wrong_code_is_told_and_guessing_stopped(client: Client, world: Personas) -> None:
    code = code_for(world)
    for _attempt in range(joining.MOST_OF_NUMBER):
        response = come_in(client, "AAAA-AAAA")
        assert response.status_code == 422 and 'role="alert"' in text(response)
    assert come_in(client, code).status_code == 429


def test_the_session_changes_when_the_code_was_right(client: Client, world: Personas) -> None:
    client.get("/join/")
    come_in(client, code_for(world))
    before = client.cookies["sessionid"].value
    client.post("/join/password/", {"name": "احمد", "password": PASSWORD, "again": PASSWORD})
    assert client.cookies["sessionid"].value != before


def test_a_signed_in_user_is_not_signed_in_as_somebody_else(sign_in: SignIn, world: Personas) -> None:
    client = sign_in("officer")
    assert come_in(client, code_for(world)).headers["Location"] == "/"


def test_the_sign_in_page_leads_to_the_code(client: Client, db: None) -> None:
    assert 'href="/join/"' in text(client.get("/"))


def test_letters_are_listed_and_numbered(sign_in: SignIn, world: Personas) -> None:
    code_for(world)
    letter = Letter.objects.get()
    client = sign_in("staff")
    assert f"/letters/{letter.pk}/" in text(client.get("/letters/"))
    client.post(f"/letters/{letter.pk}/number/", {"number": "۱۲/ب", "day": "1398/07/19"})
    assert "۱۲/ب" in text(client.get(f"/letters/{letter.pk}/"))
    assert "۱۲/ب" not in text(client.get("/letters/?show=awaiting"))
    assert text(sign_in("officer").get("/letters/")).count(letter.subject) == 0


def test_an_agency_reads_the_letter_that_came_to_it(sign_in: SignIn, world: Personas) -> None:
    guests = [Guest(world.parties["agriculture"], SECOND)]
    (made,) = inviting.invite(guests, by=world.secretary, body=world.bodies["hq"])
    address = f"/letters/{made.letter.pk}/"
    assert sign_in("officer").get(address).status_code == 404
    sign_in("secretary").post(f"{address}number/", {"number": "7", "day": "1398/07/20"})
    assert sign_in("officer").get(address).status_code == 200


def test_the_administrator_sees_every_bodys_invitations(sign_in: SignIn, world: Personas) -> None:
    code_for(world)
    assert MOBILE[-4:].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in text(
        sign_in("admin").get("/invitations/", {"body": "hq"})
    )


def test_an_agency_that_came_in_is_counted(sign_in: SignIn, world: Personas) -> None:
    page = text(sign_in("secretary").get("/invitations/"))
    directory.create_party(by=world.operator, kind="organization", code="x", name="دیگر")  # none of the body's
    assert 'class="came sheet"' in page and 'class="in"' in page


def test_a_number_that_stands_in_a_template_has_the_digits_of_each_page(client: Client, world: Personas) -> None:
    come_in(client, code_for(world))
    assert "۱۰ نویسه" in text(client.get("/join/password/"))
    client.cookies["language"] = "en"
    assert "At least 10 characters" in text(client.get("/join/password/"))
