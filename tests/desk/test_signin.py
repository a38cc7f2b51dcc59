from __future__ import annotations

import pytest
from django.test import Client

from dabir.directory import services
from dabir.directory.models import Tenure
from dabir.foundation import accounts
from dabir.meetings.models import Meeting
from dabir.persian import clock
from tests.desk.conftest import SignIn
from tests.personas import Personas

PASSWORD = "کلید-دشوار-۱۳۹۸"


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_the_front_door_of_a_stranger_is_the_sign_in_page_in_persian(client: Client, db: None) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert '<html lang="fa"' in text(response) and 'dir="rtl"' in text(response)
    assert 'action="/sign-in/"' in text(response)


@pytest.mark.parametrize("path", ["/register/", "/m/no-such/", "/r/no-such/1/", "/parties/", "/people/"])
def test_a_stranger_is_asked_to_sign_in_whether_the_thing_exists_or_not(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302 and response.headers["Location"] == f"/sign-in/?next={path}"


def test_a_stranger_gets_404_where_there_is_no_page(client: Client, db: None) -> None:
    assert client.get("/nowhere/").status_code == 404


def test_whoever_has_no_tenure_is_told_so_and_sees_nothing_else(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    tenure = Tenure.objects.get(person__user=world.users["secretary"])
    services.end_tenure(by=world.operator, tenure=tenure, ends=tenure.starts)
    client = sign_in("secretary")
    response = client.get("/")
    assert response.status_code == 200 and "/register/" not in text(response)
    for path in ("/register/", f"/m/{meeting.code}/", "/parties/"):
        assert client.get(path).status_code == 404


def test_sign_in_works_by_user_name_and_by_mobile_number_in_persian_digits(client: Client, world: Personas) -> None:
    user = world.users["officer"]
    accounts.redeem_link(accounts.issue_link(user, by=world.operator), PASSWORD)
    assert user.mobile
    persian = user.mobile.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    for name in (user.username, persian):
        response = Client().post("/sign-in/", {"login": name, "password": PASSWORD})
        assert response.status_code == 302 and response.headers["Location"] == "/"


def test_tries_at_a_password_are_counted_by_whose_it_is_however_the_name_is_written(
    client: Client, world: Personas
) -> None:
    user = world.users["officer"]
    accounts.redeem_link(accounts.issue_link(user, by=world.operator), PASSWORD)
    number = user.mobile or ""
    spelt = [number, number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")), f"+98{number[1:]}", number[1:]]
    for n, name in enumerate([*spelt, user.username.upper()]):
        answer = client.post("/sign-in/", {"login": name, "password": "wrong"}, REMOTE_ADDR=f"10.0.0.{n}")
        assert answer.status_code == 200
    for name in (number, user.username):
        right = {"login": name, "password": PASSWORD}
        assert client.post("/sign-in/", right, REMOTE_ADDR="10.0.1.1").status_code == 200  # for five minutes
    other = world.users["head"]
    accounts.redeem_link(accounts.issue_link(other, by=world.operator), PASSWORD)
    right = {"login": other.username, "password": PASSWORD}
    assert client.post("/sign-in/", right, REMOTE_ADDR="10.0.1.1").status_code == 302


def test_a_wrong_password_is_said_on_the_page(client: Client, world: Personas) -> None:
    response = client.post("/sign-in/", {"login": "officer", "password": "wrong"})
    assert response.status_code == 200 and 'role="alert"' in text(response)


def test_a_link_sets_the_password_once_and_signs_in(client: Client, world: Personas) -> None:
    token = accounts.issue_link(world.users["officer"], by=world.operator)
    assert "officer" in text(client.get(f"/link/{token}/"))
    response = client.post(f"/link/{token}/", {"password": PASSWORD, "again": PASSWORD})
    assert response.status_code == 302
    assert client.get("/register/").status_code == 200
    assert Client().get(f"/link/{token}/").status_code == 404


def test_a_link_refuses_two_different_passwords_and_a_weak_one(client: Client, world: Personas) -> None:
    token = accounts.issue_link(world.users["officer"], by=world.operator)
    for password, again in ((PASSWORD, "another"), ("12345", "12345")):
        response = client.post(f"/link/{token}/", {"password": password, "again": again})
        assert response.status_code == 422 and 'role="alert"' in text(response)
    assert client.get(f"/link/{token}/").status_code == 200


def test_signing_out_needs_a_post(sign_in: SignIn) -> None:
    client = sign_in("officer")
    client.get("/sign-out/")
    assert client.get("/register/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/register/").status_code == 302


def test_what_the_libraries_say_is_in_our_words_and_digits(sign_in: SignIn, world: Personas) -> None:
    token = accounts.issue_link(world.users["officer"], by=world.operator)
    for weak in ("12345", "1234567890"):
        page = text(Client().post(f"/link/{token}/", {"password": weak, "again": weak}))
        fault = page.split('role="alert">')[1].split("</p>")[0]
        assert "گذرواژه" in fault and not any(sign in fault for sign in ("رمز", "10", "%"))
    assert "از سامانه خارج شدید" in text(sign_in("officer").post("/sign-out/", follow=True))


def test_sign_up_is_not_there(client: Client, db: None) -> None:
    for path in ("/signup/", "/accounts/signup/", "/sign-up/"):
        assert client.get(path).status_code == 404


def test_a_form_without_its_token_is_refused_in_our_look(world: Personas) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/theme/", {"theme": "dark"})
    assert response.status_code == 403 and "desk.css" in text(response)


def test_the_day_is_said_when_it_is_fixed(client: Client, db: None) -> None:
    assert clock.fixed() is not None
    assert "fixed-day" in text(client.get("/"))


def test_a_form_sent_too_late_leads_back_to_its_page_after_signing_in(client: Client) -> None:
    answer = client.post("/debts/1/settle/", {"lead": "x", "next": "/r/some/1/"})
    assert answer.headers["Location"] == "/sign-in/?next=/r/some/1/"
    assert client.post("/debts/1/settle/", {"next": "//elsewhere"}).headers["Location"] == "/sign-in/?next=/"


def test_whoever_has_no_password_yet_is_told_how_to_get_one(client: Client, world: Personas) -> None:
    client.force_login(world.users["officer"])
    response = client.get("/password/")
    assert response.status_code == 409 and "هنوز گذرواژه ندارید" in text(response)
