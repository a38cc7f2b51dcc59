"""The second factor through the pages, with codes worked out as a telephone's app does; sessions; leave to read."""

from __future__ import annotations

import re
import time
from contextlib import nullcontext
from datetime import timedelta

import pytest
import time_machine
from allauth.account.internal.flows.login import record_authentication
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client, RequestFactory
from pytest_django import Settings

from dabir.directory import services
from dabir.directory.models import ContentAccess
from dabir.foundation import accounts, second_factor
from dabir.foundation.errors import Refused, SecondFactorAsked
from dabir.foundation.models import Event
from dabir.meetings.models import Meeting
from dabir.persian import clock
from tests.personas import Personas

PASSWORD = "کلید-دشوار-۱۳۹۸"
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0"


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def came_in(world: Personas, persona: str) -> Client:
    """Signed in by a link and the password that they set on it."""
    user, client = world.users[persona], Client(headers={"user-agent": FIREFOX})
    token = accounts.issue_link(user, by=world.operator)
    assert client.post(f"/link/{token}/", {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    return client


def shown_by_the_app(secret: str, *, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def set_up(client: Client) -> tuple[str, list[str]]:
    """The secret, and the codes on paper."""
    asked = client.get("/second-factor/set-up/", follow=True)
    page = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    key = re.search(r'class="code key" dir="ltr">([A-Z2-7 ]+)<', text(page))
    assert key
    secret = key[1].replace(" ", "")
    typed = shown_by_the_app(secret).translate(PERSIAN)
    page = client.post("/second-factor/set-up/", {"code": typed}, follow=True)
    return secret, [code.replace(" ", "") for code in re.findall(r'class="code" dir="ltr">(\d{4} \d{4})<', text(page))]


def test_the_second_step_takes_the_apps_code_in_persian_digits_and_each_paper_code_once(world: Personas) -> None:
    client = came_in(world, "secretary")
    assert 'href="/second-factor/set-up/"' in text(client.get("/second-factor/"))
    secret, papers = set_up(client)
    assert len(papers) == 10
    on = text(client.get("/second-factor/"))
    assert "/second-factor/turn-off/" in on and "۱۰ رمز کاغذی" in on
    stored = Authenticator.objects.get(user=world.users["secretary"], type="totp").data["secret"]
    assert secret not in stored and len(stored) > 80
    # Neither the password nor a link opens the desk alone.
    again = Client()
    answer = again.post("/sign-in/", {"login": "secretary", "password": PASSWORD})
    assert answer.headers["Location"].startswith("/second-factor/code/")
    assert again.get("/register/").status_code == 302
    assert "typed-code" in text(again.get("/second-factor/code/"))
    assert again.post("/second-factor/code/", {"code": "۱۲۳"}).status_code == 200
    typed = shown_by_the_app(secret, steps=1).translate(PERSIAN)
    assert again.post("/second-factor/code/", {"code": typed}).headers["Location"] == "/"
    assert again.get("/register/").status_code == 200
    for allowed in (True, False):
        by_paper = came_in(world, "secretary")
        by_paper.post("/second-factor/code/", {"code": f"{papers[0][:4]} {papers[0][4:]}".translate(PERSIAN)})
        assert (by_paper.get("/register/").status_code == 200) is allowed
    verbs = set(Event.objects.filter(actor="secretary").values_list("verb", flat=True))
    assert "foundation.set_up_second_factor" in verbs


@pytest.mark.parametrize("word", ["required", "Required"])
def test_where_it_is_required_a_verb_is_refused_with_the_way_to_set_it_up_and_reading_is_not(
    world: Personas, settings: Settings, word: str
) -> None:
    settings.SECOND_FACTOR = word
    client = came_in(world, "admin")
    assert "/second-factor/" in text(client.get("/"))
    assert client.get("/people/").status_code == 200
    refused = client.post("/backups/now/")
    assert refused.status_code == 403 and 'href="/second-factor/"' in text(refused)
    set_up(client)
    assert client.post("/backups/now/").status_code == 302
    # Turned off, it is asked for again, in the same session; the password was typed a moment ago.
    assert client.post("/second-factor/turn-off/").status_code == 302
    assert not Authenticator.objects.exists()
    assert client.post("/backups/now/").status_code == 403


def test_a_lost_second_factor_is_forgotten_for_a_reason_and_its_owner_is_told_until_there_is_another(
    world: Personas,
) -> None:
    old = came_in(world, "officer")
    set_up(old)
    officer, keeper = world.users["officer"], Client()
    keeper.force_login(world.users["secretary"], backend="dabir.foundation.accounts.NameOrMobileBackend")
    address = f"/people/{officer.person.pk}/second-factor/forget/"
    assert keeper.post(address, {"reason": " "}).status_code == 422
    assert keeper.post(address, {"reason": "گوشی گم شد؛ حضوری شناختم"}).status_code == 302
    assert old.get("/register/").status_code == 302  # signed out wherever they were
    client = Client()
    assert client.post("/sign-in/", {"login": "officer", "password": PASSWORD}).headers["Location"] == "/"
    for page in ("/", "/second-factor/"):
        assert "گوشی گم شد" in text(client.get(page))
    set_up(client)
    assert "گوشی گم شد" not in text(client.get("/"))
    with pytest.raises(Refused):
        services.forget_second_factor(by=world.head, user=officer, reason="گوشی گم شد")


def test_a_second_factor_stays_where_its_sessions_cannot_be_ended(
    world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(came_in(world, "officer"))
    officer = world.users["officer"]
    monkeypatch.setattr(UserSession, "end", lambda _session: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.forget_second_factor(by=world.operator, user=officer, reason="گوشی گم شد")
    assert second_factor.has_one(officer) and second_factor.forgotten(officer) is None


def test_where_it_is_required_the_password_alone_sets_no_second_factor_up(world: Personas, settings: Settings) -> None:
    settings.SECOND_FACTOR = "required"
    linked = came_in(world, "secretary")
    stranger = Client()
    stranger.post("/sign-in/", {"login": "secretary", "password": PASSWORD})
    asked = stranger.get("/second-factor/set-up/")
    assert asked.status_code == 403 and "پیوند یک‌بارمصرف" in text(asked)
    page = text(stranger.get("/second-factor/"))
    assert "/second-factor/set-up/" not in page and "پیوند یک‌بارمصرف" in page
    # No door around it: neither the form of a page that was open before, nor paper codes alone.
    for address in ("/second-factor/set-up/", "/second-factor/paper/new/"):
        assert stranger.post(address, {"code": "123456"}).status_code == 403
    assert not Authenticator.objects.exists()
    with time_machine.travel(clock.machine_now() + second_factor.VOUCHED + timedelta(minutes=1)):
        assert linked.get("/second-factor/set-up/").status_code == 403
    secret, _papers = set_up(linked)
    # Whoever was in by the password before sees no codes and takes nothing away by the password.
    for address in ("/second-factor/paper/", "/second-factor/paper/new/", "/second-factor/turn-off/"):
        answer = stranger.post(address, {"password": PASSWORD})
        assert answer.headers["Location"].startswith("/second-factor/again/"), address
    assert Authenticator.objects.filter(type="totp").count() == 1
    stranger.post("/second-factor/again/", {"code": shown_by_the_app(secret, steps=1)})
    assert stranger.get("/second-factor/paper/").status_code == 200


def test_no_request_makes_a_second_factor_that_rests_on_the_password_whatever_its_door(
    world: Personas, settings: Settings, rf: RequestFactory
) -> None:
    settings.SECOND_FACTOR = "required"
    request = rf.post("/")
    request.session, request.user = SessionStore(), world.users["secretary"]
    for link in (False, True):
        record_authentication(request, request.user, "password", link=link or None)
        with request_context(request), pytest.raises(SecondFactorAsked) if not link else nullcontext():
            TOTP.activate(request.user, generate_totp_secret())
    assert Authenticator.objects.count() == 1


def test_a_code_that_was_taken_is_not_taken_again_as_long_as_it_is_right(world: Personas) -> None:
    secret, _papers = set_up(came_in(world, "secretary"))
    now = clock.machine_now() + timedelta(minutes=10)
    with time_machine.travel(now, tick=False) as time_then:

        def tried(code: str) -> int:
            client = Client()
            client.post("/sign-in/", {"login": "secretary", "password": PASSWORD})
            client.post("/second-factor/code/", {"code": code})
            return client.get("/register/").status_code

        # A telephone that is one step ahead, and one that is one behind, but no two.
        for steps, status in ((2, 302), (-2, 302), (1, 200), (-1, 200)):
            assert tried(shown_by_the_app(secret, steps=steps)) == status, steps
        code = shown_by_the_app(secret, steps=1)
        for seconds in (0, 29, 31, 45, 59):
            time_then.move_to(now + timedelta(seconds=seconds))
            assert tried(code) == 302, seconds
        assert tried(shown_by_the_app(secret, steps=1)) == 200


def test_the_first_code_of_a_telephone_opens_nothing_more(world: Personas) -> None:
    with time_machine.travel(clock.machine_now(), tick=False):
        secret, _papers = set_up(came_in(world, "secretary"))
        client = Client()
        client.post("/sign-in/", {"login": "secretary", "password": PASSWORD})
        client.post("/second-factor/code/", {"code": shown_by_the_app(secret)})
        assert client.get("/register/").status_code == 302


def test_a_second_factor_counts_for_half_a_day_and_is_given_again_in_the_same_session(
    world: Personas, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "required"
    client = came_in(world, "admin")
    secret, _papers = set_up(client)
    assert client.post("/backups/now/").status_code == 302
    with time_machine.travel(clock.machine_now() + second_factor.FRESH + timedelta(minutes=1), tick=False):
        refused = client.post("/leave-to-read/take/", {"reason": "خطا", "hours": "1"})
        assert refused.status_code == 403 and 'href="/second-factor/"' in text(refused)
        assert "/second-factor/again/" in text(client.get("/second-factor/"))
        client.post("/second-factor/again/", {"code": shown_by_the_app(secret)})
        assert client.post("/leave-to-read/take/", {"reason": "خطا", "hours": "1"}).status_code == 302


def test_whoever_has_a_passkey_alone_gives_it_again_in_the_same_session(world: Personas, settings: Settings) -> None:
    settings.SECOND_FACTOR, settings.MFA_SUPPORTED_TYPES = "required", ["totp", "recovery_codes", "webauthn"]
    client = came_in(world, "secretary")
    assert 'href="/second-factor/set-up/"' in text(client.get("/second-factor/"))
    Authenticator.objects.create(user=world.users["secretary"], type="webauthn", data={"name": "کلید"})
    page = text(client.get("/second-factor/"))
    assert 'href="/second-factor/passkeys/again/?next=/second-factor/"' in page
    assert "/second-factor/set-up/" not in page and "پیوند یک‌بارمصرف" not in page


def test_who_has_a_second_factor_is_offered_no_way_around_it(world: Personas) -> None:
    client = came_in(world, "secretary")
    set_up(client)
    page = client.get("/second-factor/again/", {"next": "/second-factor/turn-off/"})
    assert page.status_code == 200 and "/password/again/" not in text(page)


def test_a_second_factor_under_another_key_is_refused_and_says_so(world: Personas, settings: Settings) -> None:
    secret, _papers = set_up(came_in(world, "officer"))
    settings.SECRET_KEY = "another"
    client = Client()
    client.post("/sign-in/", {"login": "officer", "password": PASSWORD})
    answer = client.post("/second-factor/code/", {"code": shown_by_the_app(secret, steps=1)})
    assert answer.status_code == 200 and "مدیر سامانه" in text(answer)


def test_wrong_passwords_are_counted_in_the_database_for_all_processes(world: Personas) -> None:
    accounts.redeem_link(accounts.issue_link(world.users["officer"], by=world.operator), PASSWORD)
    assert isinstance(caches["default"], DatabaseCache)
    for _ in range(5):
        Client().post("/sign-in/", {"login": "officer", "password": "wrong"})
    assert Client().post("/sign-in/", {"login": "officer", "password": PASSWORD}).status_code == 200
    cache.clear()
    assert Client().post("/sign-in/", {"login": "officer", "password": PASSWORD}).status_code == 302


def test_sessions_are_listed_and_ended_one_by_one_or_all_others(world: Personas) -> None:
    here, there, third = (came_in(world, "officer"), Client(), Client())
    for other in (there, third):
        other.post("/sign-in/", {"login": "officer", "password": PASSWORD})
    page = text(here.get("/sessions/"))
    assert page.count("127.0.0.1") + page.count("۱۲۷.۰.۰.۱") == 3 and "Firefox 115" in page
    one = UserSession.objects.get(session_key=there.session.session_key)
    with time_machine.travel(one.created_at + timedelta(hours=1)):
        there.get("/register/")
    one.refresh_from_db()
    assert one.last_seen_at - one.created_at >= timedelta(hours=1)
    here.post("/sessions/end/", {"session": one.pk})
    assert there.get("/register/").status_code == 302 and third.get("/register/").status_code == 200
    stranger = UserSession.objects.get(session_key=came_in(world, "head").session.session_key)
    here.post("/sessions/end/", {"session": stranger.pk})
    assert UserSession.objects.filter(pk=stranger.pk).exists()
    here.post("/sessions/end/", {"session": "others"})
    assert third.get("/register/").status_code == 302 and here.get("/register/").status_code == 200
    form = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}!", "password2": f"{PASSWORD}!"}
    third.post("/sign-in/", {"login": "officer", "password": PASSWORD})
    assert here.post("/password/", form).status_code == 302
    assert third.get("/register/").status_code == 302 and here.get("/register/").status_code == 200
    services.end_sessions(by=world.secretary, user=world.users["officer"])
    assert here.get("/register/").status_code == 302


def test_an_administrator_reads_by_leave_for_its_hours_with_a_banner_and_on_record(
    world: Personas, meeting: Meeting
) -> None:
    client = Client()
    client.force_login(world.users["admin"], backend="dabir.foundation.accounts.NameOrMobileBackend")
    address = f"/m/{meeting.code}/"
    assert client.get(address).status_code == 404
    for form in ({"reason": "", "hours": "1"}, {"reason": "خطا", "hours": "5"}):
        assert client.post("/leave-to-read/take/", form).status_code == 422
    client.post("/leave-to-read/take/", {"reason": "خطای نمایش صورتجلسه", "hours": "۲"})
    page = client.get(address)
    assert page.status_code == 200 and 'action="/leave-to-read/end/"' in text(page)
    secretary = Client()
    secretary.force_login(world.users["secretary"], backend="dabir.foundation.accounts.NameOrMobileBackend")
    assert "خطای نمایش صورتجلسه" in text(secretary.get("/leave-to-read/"))
    with time_machine.travel(ContentAccess.objects.get().ends_at + timedelta(seconds=1)):
        assert client.get(address).status_code == 404
    client.post("/leave-to-read/end/")
    assert client.get(address).status_code == 404
    events = Event.objects.filter(verb__contains="content").order_by("number")
    assert [event.verb for event in events] == ["directory.open_content", "directory.close_content"]


pytestmark = pytest.mark.django_db
