"""Users, one-time links, and signing in by name or mobile number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import BasePasswordHasher, get_hasher

from dabir.foundation import accounts
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid, Missing
from dabir.foundation.models import SignInLink, User
from dabir.persian import clock

BY = Acting.host_operator()
PASSWORD = "a-long-enough-pass-phrase"
pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return accounts.create_user(by=BY, username="maryam", mobile="09120000001")


@pytest.fixture
def with_password(user: User) -> User:
    return accounts.redeem_link(accounts.issue_link(user, by=BY), PASSWORD)


def test_a_new_user_has_no_password(user: User) -> None:
    assert not user.has_usable_password()
    assert authenticate(username="maryam", password="") is None


@pytest.mark.parametrize("name", ["", "a", "1abc", "مریم", "a b", "a" * 41, "a/b"])
def test_a_user_name_is_plain_latin(name: str) -> None:
    with pytest.raises(Invalid):
        accounts.create_user(by=BY, username=name)


@pytest.mark.parametrize("mobile", ["0912", "02433333333", "091200000012", "0912000000a"])
def test_a_mobile_number_has_its_form(mobile: str) -> None:
    with pytest.raises(Invalid):
        accounts.create_user(by=BY, username="maryam", mobile=mobile)


@pytest.mark.parametrize(("username", "mobile"), [("MARYAM", ""), ("other", "۰۹۱۲۰۰۰۰۰۰۱"), ("other", "+989120000001")])
def test_a_taken_name_or_number_is_refused_in_any_writing(user: User, username: str, mobile: str) -> None:
    with pytest.raises(Conflict):
        accounts.create_user(by=BY, username=username, mobile=mobile)


def test_users_without_a_mobile_number_do_not_collide(user: User) -> None:
    accounts.create_user(by=BY, username="first")
    accounts.create_user(by=BY, username="second")


def test_a_link_sets_the_password_once(user: User) -> None:
    token = accounts.issue_link(user, by=BY)
    assert accounts.redeem_link(token, PASSWORD) == user
    assert authenticate(username="maryam", password=PASSWORD) == user
    with pytest.raises(Missing):
        accounts.redeem_link(token, PASSWORD)


def test_only_the_links_hash_is_kept(user: User) -> None:
    token = accounts.issue_link(user, by=BY)
    assert token not in SignInLink.objects.get().digest


def test_a_link_ends_after_its_days(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token, now = accounts.issue_link(user, by=BY), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + accounts.LINK_LIFE - timedelta(minutes=1))
    accounts.find_link(token)
    monkeypatch.setattr(clock, "now", lambda: now + accounts.LINK_LIFE)
    with pytest.raises(Missing):
        accounts.redeem_link(token, PASSWORD)


def test_a_new_link_ends_the_older_one(user: User) -> None:
    old, new = accounts.issue_link(user, by=BY), accounts.issue_link(user, by=BY)
    with pytest.raises(Missing):
        accounts.find_link(old)
    assert accounts.find_link(new).user == user


@pytest.mark.parametrize("token", ["", "x", "\u202e" * 500])
def test_a_made_up_link_opens_nothing(user: User, token: str) -> None:
    with pytest.raises(Missing):
        accounts.find_link(token)


@pytest.mark.parametrize("password", ["short", "password123", "maryam1234"])
def test_a_weak_password_is_refused_and_the_link_stays(user: User, password: str) -> None:
    token = accounts.issue_link(user, by=BY)
    with pytest.raises(Invalid):
        accounts.redeem_link(token, password)
    assert accounts.find_link(token)


@pytest.mark.parametrize(
    "name",
    ["maryam", " Maryam ", "09120000001", "۰۹۱۲۰۰۰۰۰۰۱", "٠٩١٢٠٠٠٠٠٠١", "+989120000001", "۰۰۹۸۹۱۲۰۰۰۰۰۰۱"],
)
def test_one_signs_in_by_name_or_mobile_number_in_any_digits(with_password: User, name: str) -> None:
    assert authenticate(username=name, password=PASSWORD) == with_password
    assert authenticate(username=name, password=PASSWORD + "x") is None


@pytest.mark.parametrize("name", ["", "nobody", "0912"])
def test_who_is_not_there_does_not_sign_in(with_password: User, name: str) -> None:
    assert authenticate(username=name, password=PASSWORD) is None


def test_who_was_blocked_does_not_sign_in(with_password: User) -> None:
    User.objects.update(is_active=False)
    assert authenticate(username="maryam", password=PASSWORD) is None


def test_an_unknown_name_costs_the_work_of_a_known_one(with_password: User, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[str] = []
    hasher = type(get_hasher())
    encode = hasher.encode

    def counted(self: BasePasswordHasher, password: str, *rest: str) -> str:
        worked.append(password)
        return encode(self, password, *rest)

    monkeypatch.setattr(hasher, "encode", counted)
    for name in ("maryam", "nobody"):
        authenticate(username=name, password="wrong")
    assert worked == ["wrong", "wrong"]
