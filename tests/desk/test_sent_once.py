"""A form that is sent twice has one effect: one after the other, at the same time, with a lost answer, after a kill."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from dabir.foundation import ledger, once
from dabir.foundation.models import Event, Once
from dabir.meetings.models import Meeting, Point
from dabir.obligations.models import Obligation, Sheet
from dabir.persian import clock
from tests import builders
from tests.at_once import at_once
from tests.desk.conftest import SignIn
from tests.forms import hidden_fields
from tests.personas import Personas


def form_of(client: Client, meeting: Meeting) -> tuple[str, dict[str, str]]:
    """The form that makes a debt of a point: sent twice it would make two."""
    point = Point.objects.get(meeting=meeting, number="۸")
    address = f"/points/{point.pk}/promote/"
    page = client.get(f"/m/{meeting.code}/?promote={point.pk}").content.decode()
    return address, hidden_fields(page, address) | {"action": "گزارش دهد"}


def made() -> int:
    return Obligation.objects.filter(point__isnull=False).count()


def test_the_second_arrival_is_answered_as_the_first(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    address, form = form_of(client, meeting)
    answers = [client.post(address, form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert made() == 1 and Event.objects.filter(verb="obligations.promote_point").count() == 1
    assert not list(ledger.audit())


def test_something_else_from_the_same_page_is_no_second_arrival(sign_in: SignIn, meeting: Meeting) -> None:
    """Back, another text, sent again."""
    client = sign_in("secretary")
    address, form = form_of(client, meeting)
    client.post(address, form)
    client.post(address, form | {"action": "گزارش دیگری دهد"})
    assert made() == 2


def test_each_form_of_each_page_has_a_token_of_its_own(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    first, second = (form_of(client, meeting) for _ in range(2))
    assert first[1]["once"] != second[1]["once"]
    client.post(*first)
    client.post(*second)
    assert made() == 2  # the page was opened twice, and the form sent from each


def test_a_corrected_file_of_the_same_size_is_no_second_arrival(sign_in: SignIn, world: Personas) -> None:
    """Back, the same sheet with a digit corrected, sent again."""
    client = sign_in("secretary")
    form = hidden_fields(client.get("/registers/").content.decode(), "/registers/") | {"body": world.bodies["hq"].pk}
    for day in ("1398/07/17", "1398/07/18"):
        data = f"شماره جلسه,تاریخ جلسه,شرح مصوبه\n11,{day},گزارش دهد\n".encode()
        client.post("/registers/", form | {"file": SimpleUploadedFile("register.csv", data)})
    assert Sheet.objects.count() == 2


def test_an_answer_too_long_to_be_kept_is_not_cut_off(sign_in: SignIn, meeting: Meeting) -> None:
    """It would lead to other rows than the first arrival's."""
    once.begin("digest")
    try:
        with ledger.standstill():
            once.answered("/registers/sleeping/?woken=" + ",".join(["123456"] * 100))
    finally:
        once.end()
    assert Once.objects.get(digest="digest").answer == ""


def test_a_refused_form_has_had_no_effect(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    address, form = form_of(client, meeting)
    assert client.post(address, form | {"action": " "}).status_code == 422
    assert not Once.objects.exists()
    assert client.post(address, form).status_code == 302 and made() == 1


def test_another_one_with_the_same_token_is_another_arrival(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    address, form = form_of(client, meeting)
    client.post(address, form)
    assert sign_in("auditor").post(address, form).status_code == 403
    assert made() == 1


def test_a_lost_answer_leads_back_with_a_word(
    sign_in: SignIn, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.1)
    client = sign_in("secretary")
    address, form = form_of(client, meeting)
    client.post(address, form)
    Once.objects.update(answer=None)
    answer = client.post(address, form, follow=True)
    assert answer.redirect_chain[-1][0] == f"/m/{meeting.code}/" and made() == 1
    assert "این فرم پیش‌تر رسیده" in answer.content.decode()


def test_old_arrivals_are_swept_away(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.post(*form_of(client, meeting))
    once.sweep()
    assert Once.objects.count() == 1
    Once.objects.update(at=clock.now() - timedelta(days=once.DAYS_KEPT + 1))
    once.sweep()
    assert not Once.objects.exists()


@pytest.mark.parametrize("token", ["", "x" * 500, "\x00", "'"])
def test_a_strange_token_breaks_nothing(sign_in: SignIn, meeting: Meeting, token: str) -> None:
    client = sign_in("secretary")
    address, form = form_of(client, meeting)
    assert client.post(address, form | {"once": token}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_time_have_one_effect(live_server: LiveServer, world: Personas) -> None:
    """On the live server, each by its own connection."""
    meeting = builders.meeting(world)
    client = Client()
    client.force_login(world.users["secretary"], backend="dabir.foundation.accounts.NameOrMobileBackend")
    address, form = form_of(client, meeting)
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}

    def send() -> tuple[int, str | None]:
        with closing(http.client.HTTPConnection(urlsplit(live_server.url).netloc, timeout=60)) as line:
            line.request("POST", address, urlencode(form), headers)
            answer = line.getresponse()
            return answer.status, answer.headers["Location"]

    assert at_once(send, 4) == [(302, f"/m/{meeting.code}/")] * 4
    assert made() == 1 and not list(ledger.audit())


KILLED = """
import json, os, signal, sys
import django
django.setup()
from django.test import Client
from dabir.foundation import ledger, once
from dabir.foundation.models import User

def kill(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

asked = json.load(sys.stdin)
setattr({"once": once, "ledger": ledger}[asked["room"]], asked["name"], kill)
client = Client(SERVER_NAME="localhost")
client.force_login(User.objects.get(pk=asked["user"]), backend="dabir.foundation.accounts.NameOrMobileBackend")
client.post(asked["address"], asked["form"])
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("room", "name", "there"),
    [("once", "answered", 1), ("ledger", "_append", 0)],
    ids=["after the effect, before the answer", "before the effect is stored"],
)
def test_after_a_kill_the_form_can_be_sent_again(
    world: Personas, monkeypatch: pytest.MonkeyPatch, room: str, name: str, there: int
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.1)
    meeting = builders.meeting(world)
    client = Client()
    client.force_login(world.users["secretary"], backend="dabir.foundation.accounts.NameOrMobileBackend")
    address, form = form_of(client, meeting)
    asked = {"room": room, "name": name, "user": world.users["secretary"].pk, "address": address, "form": form}
    connections.close_all()
    named = connection.settings_dict
    database = f"sqlite:///{named['NAME']}"
    if connection.vendor == "postgresql":
        database = f"postgres://{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}/{named['NAME']}"
    env = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "dabir.config.settings"}
    command = [sys.executable, "-c", KILLED]
    ended = subprocess.run(command, check=False, input=json.dumps(asked), env=env, text=True, timeout=60)
    assert ended.returncode == -9
    assert made() == there
    assert client.post(address, form).status_code == 302
    assert made() == 1 and not list(ledger.audit())
