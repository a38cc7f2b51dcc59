from __future__ import annotations

import re

import pytest
from django.test import Client

from dabir.directory.models import Party, Person, Post, Tenure
from dabir.meetings.models import Meeting
from tests.desk.conftest import SignIn
from tests.personas import Personas


def test_parties_are_found_by_any_of_their_names(world: Personas, sign_in: SignIn) -> None:
    page = sign_in("officer").get("/parties/?words=جهاد").content.decode()
    assert "سازمان جهاد کشاورزی" in page and "راه و شهرسازی" not in page
    assert 'class="empty"' in sign_in("officer").get("/parties/?words=هیچکس").content.decode()


@pytest.mark.parametrize("code", ["agriculture", "hq", "members", "post-secretary", "monitoring"])
def test_each_kind_of_party_has_a_page(sign_in: SignIn, meeting: Meeting, code: str) -> None:
    party = Party.objects.get(code=code)
    assert party.name in sign_in("secretary").get(f"/parties/{code}/").content.decode()


def test_a_party_page_shows_only_debts_that_one_may_see(sign_in: SignIn, meeting: Meeting) -> None:
    action = "پیش‌نویس دوم را ارائه نماید"
    assert action in sign_in("secretary").get("/parties/consultants/").content.decode()
    assert action not in sign_in("outsider").get("/parties/consultants/").content.decode()


def test_the_administrator_enters_a_person_gives_a_post_and_hands_a_link(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("admin")
    response = client.post("/people/add/", {"name": "سارا نمونه", "username": "sara", "mobile": "۰۹۱۲۰۰۰۰۰۰۱"})
    person = Person.objects.get(name="سارا نمونه")
    assert response.headers["Location"] == f"/people/{person.pk}/"
    post = Post.objects.get(party__code="post-auditor")
    client.post(f"/people/{person.pk}/appoint/", {"post": post.pk, "kind": "substitute", "starts": "+0"})
    assert Tenure.objects.filter(person=person, post=post).exists()
    page = client.post(f"/people/{person.pk}/link/").content.decode()
    found = re.search(r"http://testserver(/link/[\w-]+/)", page)
    assert found and Client().get(found[1]).status_code == 200
    assert found[1] not in client.get(f"/people/{person.pk}/").content.decode()


def test_the_administrator_ends_a_tenure_and_enters_a_post(world: Personas, sign_in: SignIn) -> None:
    client, tenure = sign_in("admin"), Tenure.objects.get(person__user=world.users["outsider"])
    client.post(f"/people/tenures/{tenure.pk}/end/", {"ends": "۱۳۹۸/۰۷/۱۹"})
    tenure.refresh_from_db()
    assert str(tenure.ends) == "2019-10-11"
    fields = {"name": "کارشناس", "code": "expert", "organization": world.parties["roads"].pk, "function": "officer"}
    assert client.get("/people/posts/new/").status_code == 200
    assert client.post("/people/posts/new/", fields).status_code == 302
    assert Post.objects.filter(party__code="expert").exists()


@pytest.mark.parametrize("persona", ["secretary", "governor", "auditor", "officer"])
def test_people_are_the_administrators_alone(world: Personas, sign_in: SignIn, persona: str) -> None:
    client, person = sign_in(persona), Person.objects.get(user=world.users["officer"])
    assert client.get("/people/").status_code == 403
    assert client.get("/people/posts/new/").status_code == 403
    assert client.get(f"/people/{person.pk}/").status_code == 404
    assert client.post(f"/people/{person.pk}/link/").status_code == 404
    assert client.post("/people/add/", {"name": "کسی"}).status_code == 403
    assert not Person.objects.filter(name="کسی").exists()
