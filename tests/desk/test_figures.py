"""Persian pages write Persian digits, but in codes, which are ASCII and stand left to right."""

from __future__ import annotations

import re

import pytest

from dabir.directory.models import Person
from dabir.meetings.models import Meeting
from tests.desk.conftest import SignIn
from tests.personas import Personas

CODES = re.compile(r'<(bdi|code) class="[^"]*" dir="ltr">.*?</\1>', re.DOTALL)


@pytest.mark.parametrize(
    ("persona", "path"),
    [
        ("secretary", "/"),
        ("secretary", "/register/"),
        ("secretary", "/meetings/"),
        ("secretary", "/m/{code}/"),
        ("secretary", "/r/{code}/2/"),
        ("secretary", "/parties/hq/"),
        ("secretary", "/nowhere/"),
        ("admin", "/people/"),
        ("admin", "/people/{person}/"),
    ],
)
def test_persian_pages_hold_no_latin_digit(
    world: Personas, sign_in: SignIn, meeting: Meeting, persona: str, path: str
) -> None:
    person = Person.objects.get(user=world.users["officer"])
    page = sign_in(persona).get(path.format(code=meeting.code, person=person.pk)).content.decode()
    shown = re.sub(r"<[^>]+>", " ", CODES.sub("", page[page.index("<body") :]))
    assert not re.search(r"[0-9]", shown), re.findall(r".{0,30}[0-9].{0,30}", shown)


def test_english_pages_show_the_same_figures_in_latin_digits(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.cookies["language"] = "en"
    assert "1398/08/05" in client.get("/register/").content.decode()
