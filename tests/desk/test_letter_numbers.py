"""The page on which many letters get their numbers: pasted, paired, looked over, stored."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from dabir.letters.models import Letter, LetterState, Way
from tests import drafts
from tests.desk.conftest import SignIn
from tests.personas import Personas

PAGE = "/letters/numbers/"


def form(letters: list[Letter], **more: str) -> dict[str, object]:
    """The page's form as it is sent, every letter taken."""
    return {"letter": [letter.pk for letter in letters], **{f"take-{letter.pk}": "1" for letter in letters}, **more}


def fields(html: str) -> dict[str, object]:
    """What the page's table would send."""
    sent: dict[str, object] = {"letter": [int(key) for key in re.findall(r'name="letter" value="(\d+)"', html)]}
    for tag in re.findall(r'<input[^>]*name="(?:take|number|day)-\d+"[^>]*>', html):
        attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attrs.get("type") != "checkbox" or " checked" in tag:
            sent[attrs["name"]] = attrs["value"]
    return sent


def values(client: Client, letters: list[Letter], table: str, **more: str) -> tuple[dict[str, object], str]:
    """What the page fills in for a pasted table: the form to send next, and the page."""
    answer = client.post(PAGE, form(letters, table=table, do="paste", **more))
    assert answer.status_code == 200
    html = answer.content.decode()
    return fields(html) | {"do": "give", **more}, html


def listed(client: Client, address: str) -> list[int]:
    """The letters on a page of the list."""
    return [int(key) for key in re.findall(r'href="/letters/(\d+)/"', client.get(address).content.decode())]


def test_a_pasted_column_numbers_the_letters_in_their_order(sign_in: SignIn, waiting: list[Letter]) -> None:
    client = sign_in("staff")
    assert fields(client.get(PAGE).content.decode())["letter"] == [letter.pk for letter in waiting]
    table = "شماره\tتاریخ\n۷۱\t۱۳۹۸/۰۷/۱۹\n۷۲\n۷۳\t1398/7/20"
    sent, _html = values(client, waiting, table, day="1398/07/18", way="courier")
    answer = client.post(PAGE, sent)
    assert answer.status_code == 302 and answer["Location"].startswith("/letters/?of=")
    numbered = Letter.objects.order_by("pk").values_list("number", "dated__day")
    assert list(numbered) == [("71", 11), ("72", 10), ("73", 12)]
    assert set(Letter.objects.values_list("state", "way")) == {(LetterState.NUMBERED, Way.COURIER)}
    assert listed(client, answer["Location"]) == [letter.pk for letter in waiting[::-1]]


def test_numbers_of_a_communication_lead_back_to_its_meeting(
    sign_in: SignIn, world: Personas, waiting: list[Letter]
) -> None:
    meeting, client = drafts.held(world), sign_in("secretary")
    for of, leads in ((meeting.code, f"/m/{meeting.code}/communicate/"), ("no/such", "/letters/?of=")):
        sent = form(waiting[:1], way="courier", do="give", day="1398/07/18") | {f"number-{waiting[0].pk}": leads[-9:]}
        answer = client.post(f"{PAGE}?{urlencode({'meeting': of, 'kind': 'communication'})}", sent)
        assert answer.status_code == 302 and answer["Location"].startswith(leads)
        waiting.pop(0)


def test_lines_that_are_too_few_are_said_and_the_rest_goes_on_waiting(sign_in: SignIn, waiting: list[Letter]) -> None:
    client = sign_in("secretary")
    sent, html = values(client, waiting[::-1], "71\n\n", day="1398/07/19")
    assert "۱ خط برای ۳ نامه" in html
    client.post(PAGE, sent)
    assert [letter.number for letter in Letter.objects.order_by("pk")] == ["", "", "71"]  # as the rows were moved


def test_a_doubled_number_is_shown_before_and_refused_after(sign_in: SignIn, waiting: list[Letter]) -> None:
    client = sign_in("secretary")
    sent, html = values(client, waiting, "71\n71\n73", day="1398/07/19")
    assert "ردیف ۱ هم همین شماره و تاریخ را دارد" in html
    answer = client.post(PAGE, sent)
    assert answer.status_code == 422 and "ردیف ۱" in answer.content.decode()
    assert not Letter.objects.exclude(number="").exists()


@pytest.mark.parametrize("table", ["", "متن بی شماره"])
def test_a_table_without_numbers_is_refused_beside_its_field(
    sign_in: SignIn, waiting: list[Letter], table: str
) -> None:
    answer = sign_in("secretary").post(PAGE, form(waiting, table=table, do="paste"))
    assert answer.status_code == 422 and "شماره‌ای نیست" in answer.content.decode()


def test_numbers_are_taken_back_together_from_the_list(sign_in: SignIn, waiting: list[Letter]) -> None:
    client = sign_in("secretary")
    client.post(PAGE, values(client, waiting, "1\n2\n3", day="1398/07/19")[0])
    keys = [letter.pk for letter in waiting]
    client.post("/letters/take-back/", {"letter": keys, "reason": "ستون دیگری بود", "next": "/letters/"})
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.AWAITING}


def test_letters_are_found_by_number_name_and_state(sign_in: SignIn, waiting: list[Letter]) -> None:
    client = sign_in("secretary")
    client.post(PAGE, values(client, waiting, "71/الف", day="1398/07/19")[0])

    def found(query: str) -> list[int]:
        return listed(client, f"/letters/?{query}")

    assert found("words=۷۱ الف") == [waiting[0].pk] == found("show=sent") == found("since=1398/07/19")
    assert found("words=راه وشهرسازی") == [waiting[2].pk]
    assert found("show=awaiting&kind=reminder&body=hq") == [waiting[2].pk, waiting[1].pk]
    for nothing in ("kind=call", "show=in", "meeting=zanjan-hq-1398-11", "until=1398/07/18", "of=0"):
        assert found(nothing) == []
    assert listed(sign_in("officer"), "/letters/") == []
