from __future__ import annotations

import re
from collections import defaultdict

import pytest
from django.test import Client
from pypdfium2 import PdfDocument

from dabir.desk import home
from dabir.foundation.acting import Acting
from dabir.meetings.models import Meeting
from tests import builders
from tests.desk.conftest import SignIn
from tests.personas import Personas


def tasks(client: Client) -> dict[str, str]:
    """The desk's counts by the address that each opens."""
    return dict(re.findall(r'<a href="([^"]+)"><b[^>]*>(.+?)</b>', client.get("/").content.decode()))


def test_counts_open_their_rows(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    found = tasks(client)
    assert len(found) == 6
    for address, count in found.items():
        heading = re.search(r"<h2>(\S+) ", client.get(address).content.decode())
        assert heading and heading[1] == count, address


def test_an_empty_desk_says_what_to_do_next(world: Personas, sign_in: SignIn) -> None:
    page = sign_in("secretary").get("/").content.decode()
    assert 'class="empty"' in page and 'href="/papers/"' in page


def test_papers_under_review_are_for_their_secretariat_alone(world: Personas, sign_in: SignIn) -> None:
    builders.draft(world)
    assert "minutes.txt" in sign_in("secretary").get("/").content.decode()
    for persona in ("officer", "other_secretary", "consultant"):
        assert "minutes.txt" not in sign_in(persona).get("/").content.decode()


def test_each_is_shown_what_only_they_can_do(world: Personas) -> None:
    def shown(by: Acting) -> set[str]:
        return {task.address for task in home.tasks(by, defaultdict(int))}

    for_all = {"/register/?overdue=1", "/register/?soon=1", "/register/?running=1"}
    unanswered = {"/register/?unacknowledged=1"}
    assert shown(world.officer) == shown(world.head) == for_all | unanswered
    assert shown(world.governor) == for_all
    assert shown(world.secretary) > for_all and not shown(world.secretary) & unanswered


def test_the_administrator_has_people_and_no_content(sign_in: SignIn, meeting: Meeting) -> None:
    page = sign_in("admin").get("/").content.decode()
    assert 'href="/people/"' in page and "/register/" not in page


@pytest.mark.parametrize(
    "persona", ["governor", "secretary", "staff", "county", "officer", "head", "consultant", "auditor"]
)
def test_each_persona_gets_a_desk(sign_in: SignIn, meeting: Meeting, persona: str) -> None:
    assert sign_in(persona).get("/").status_code == 200


def test_a_fragment_of_a_digit_is_latin_in_english_and_persian_in_persian(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    assert "۱۳۹۸" in client.get("/").content.decode()
    client.cookies["language"] = "en"
    page = client.get("/").content.decode()
    assert "1398/07/20 (2019-10-12)" in page


def test_governor_opens_on_the_sheet_and_each_figure_on_its_rows(
    sign_in: SignIn, world: Personas, meeting: Meeting
) -> None:
    client = sign_in("governor")
    page = client.get("/").content.decode()
    found = tasks(client)
    assert len(found) == 6 and "وضعیت مصوبات" in page
    for address, count in found.items():
        heading = re.search(r"<h2>(\S+) ", client.get(address).content.decode())
        assert heading and heading[1] == count, address
    assert client.get("/worklist/").status_code == 200 == sign_in("auditor").get("/governor/").status_code
    client.cookies["language"] = "en"  # the paper is Persian all the same
    for address, body in (("?form=pdf", "همه ستادها"), ("?form=pdf&body=hq", world.bodies["hq"].party.name)):
        (sheet,) = PdfDocument(client.get(f"/governor/{address}").content)
        said = sheet.get_textpage().get_text_range()
        assert body in said and "در تاریخ" in said
    client.cookies["language"] = "fa"
    assert sign_in("officer").get("/governor/").status_code == 404 == sign_in("admin").get("/figures/").status_code
    for strange in ("kept=x&age=9&quarter=1398-7", "closed_since=x", "lead=x", "quarter=99999999999999-1", "age=²"):
        assert client.get(f"/register/?{strange}").status_code == 200
    assert "وضعیت" in client.get("/governor/?body=x%00").content.decode()
