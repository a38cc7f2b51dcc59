from __future__ import annotations

from django.test import Client, RequestFactory

from dabir.desk.addresses import came_from
from dabir.directory import services
from dabir.directory.models import Person, Post
from tests.desk.conftest import SignIn
from tests.personas import SINCE, Personas


def test_the_language_switch_turns_the_page_and_leads_back(client: Client, db: None) -> None:
    response = client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert response.headers["Location"] == "/sign-in/"
    assert '<html lang="en"' in client.get("/").content.decode()


def test_an_unknown_language_changes_nothing(client: Client, db: None) -> None:
    client.post("/language/", {"language": "xx"})
    assert '<html lang="fa"' in client.get("/").content.decode()


def test_the_theme_is_kept_until_it_is_the_systems_again(client: Client, db: None) -> None:
    client.post("/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.post("/theme/", {"theme": ""})
    assert "data-theme" not in client.get("/").content.decode()


def test_a_switch_never_leads_to_another_site(client: Client, db: None) -> None:
    for address in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        assert client.post("/theme/", {"theme": "dark", "next": address}).headers["Location"] == "/"


def test_the_way_back_to_a_page_with_two_strokes_stays_here() -> None:
    """«http://ours//other/» is ours; its path alone, «//other/», is not."""
    request = RequestFactory().post("/x/", headers={"Referer": "http://testserver//example.org/a?b=1"})
    assert came_from(request) == "/%2Fexample.org/a?b=1"


def test_switches_need_a_post(client: Client, db: None) -> None:
    assert client.get("/language/").status_code == client.get("/theme/").status_code == 405


def test_one_acts_in_another_of_ones_posts(world: Personas, sign_in: SignIn) -> None:
    auditor = Post.objects.get(party__code="post-auditor")
    person = Person.objects.get(user=world.users["officer"])
    services.appoint(by=world.operator, person=person, post=auditor, starts=SINCE, kind="substitute")
    client = sign_in("officer")
    assert client.post("/post/", {"post": auditor.pk}).status_code == 302
    assert '<p class="over">سمت auditor</p>' in client.get("/worklist/").content.decode()


def test_nobody_acts_in_a_post_that_is_not_theirs(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("officer")
    assert client.post("/post/", {"post": world.secretary.post_id}).status_code == 404
    assert client.post("/post/", {"post": "x"}).status_code == 404
    assert '<p class="over">سمت officer</p>' in client.get("/").content.decode()
