"""The page «تقویم من», and the address that it gives."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from dabir.desk import feeds
from dabir.directory.models import Feed
from dabir.meetings.models import Meeting
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client: Client, world: Personas) -> Client:
    client.force_login(world.users["secretary"])
    return client


def address_in(html: bytes) -> str:
    found = re.search(r"http://testserver(/feeds/[\w-]+\.ics)", html.decode())
    assert found
    return found[1]


def test_an_address_is_shown_once_and_answers_whoever_is_signed_out(secretary: Client, world: Personas) -> None:
    meeting: Meeting = builders.meeting(world)
    made = secretary.post(reverse("my-calendar-make"), {"of": "hq"})
    assert made["Referrer-Policy"] == "no-referrer" and "no-store" in made["Cache-Control"]
    address = address_in(made.content)
    assert address.encode() not in secretary.get(reverse("my-calendar")).content
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:{meeting.code}@dabir".encode() in answer.content
    assert f"http://testserver/m/{meeting.code}/".encode() in answer.content.replace(b"\r\n ", b"")
    assert answer["Referrer-Policy"] == "no-referrer" and not answer.cookies
    assert "no-cache" in answer["Cache-Control"] and "private" in answer["Cache-Control"]


def test_what_has_not_changed_is_not_sent_again(secretary: Client, world: Personas) -> None:
    address = address_in(secretary.post(reverse("my-calendar-make"), {"of": "hq"}).content)
    program = Client()
    first = program.get(address)
    assert program.get(address).content == first.content
    again = program.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and again.content == b"" and again["ETag"] == first["ETag"]
    asked = program.head(address)
    assert asked.status_code == 200 and asked.content == b"" and asked["ETag"] == first["ETag"]
    builders.meeting(world)
    changed = program.get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_a_lost_address_is_renewed_and_one_that_is_taken_back_is_gone(secretary: Client, world: Personas) -> None:
    first = address_in(secretary.post(reverse("my-calendar-make"), {"of": "own"}).content)
    feed = Feed.objects.get()
    second = address_in(secretary.post(reverse("my-calendar-renew", args=[feed.pk])).content)
    assert Client().get(first).status_code == 404 and Client().get(second).status_code == 200
    secretary.post(reverse("my-calendar-end", args=[feed.pk]))
    gone = Client().get(second)
    assert gone.status_code == 404 and gone.content == b""


def test_a_form_that_says_no_party_comes_back_with_the_sentence_at_its_field(secretary: Client) -> None:
    page = reverse("my-calendar")
    answer = secretary.post(
        reverse("my-calendar-make"), {"of": "party", "party": ""}, headers={"referer": f"http://testserver{page}"}
    )
    assert answer.status_code == 422 and "بگویید تقویمِ کدام طرف باشد" in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()


def test_whoever_guesses_or_asks_too_often_has_to_wait(
    secretary: Client, world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address_in(secretary.post(reverse("my-calendar-make"), {"of": "own"}).content)
    monkeypatch.setattr(feeds, "MOST_WRONG", 3)
    monkeypatch.setattr(feeds, "MOST_OF_TOKEN", 2)
    wrong = [Client().get(f"/feeds/wrong{n}.ics").status_code for n in range(5)]
    assert wrong == [404, 404, 404, 429, 429]
    often = [Client().get(address) for _ in range(3)]
    assert [answer.status_code for answer in often] == [200, 200, 429] and often[-1]["Retry-After"] == "600"


def test_an_address_takes_no_other_method(world: Personas) -> None:
    assert Client().post("/feeds/x.ics").status_code == 405
