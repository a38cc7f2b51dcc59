"""Persian pages write Persian digits, but in codes (ASCII, left to right) and in words that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from dabir.meetings.models import Meeting
from tests.desk.conftest import SignIn
from tests.test_rights import PAGES, PERSONAS, Things, things  # noqa: F401  (the fixture)

CODES = re.compile(r'<(bdi|code)\b[^>]* dir="ltr"[^>]*>.*?</\1>', re.DOTALL)
WORDS = re.compile(r'<bdi dir="auto">.*?</bdi>', re.DOTALL)
"""What people wrote keeps their letters: names of files, and what a paper says."""
UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1>", re.DOTALL)
SAID_ALOUD = re.compile(r'(?:placeholder|title|aria-label|alt)="([^"]*)"')
"""Attributes that people see or hear."""


def _latin(page: str) -> list[str]:
    """What stands around each Latin digit that a reader of the page meets."""
    body = WORDS.sub("", CODES.sub("", UNSEEN.sub("", page[page.index("<body") :])))
    shown = re.sub(r"<[^>]+>", " ", body)
    return [found for text in (shown, *SAID_ALOUD.findall(body)) for found in re.findall(r".{0,30}[0-9].{0,30}", text)]


def _pages(things: Things) -> Iterator[tuple[str, Any]]:  # noqa: F811
    """Each address that is opened, for one of each kind of person who may: they see different things there."""
    for name, (may, method, parts, _form) in PAGES.items():
        if method == "get":
            for persona in sorted(may & {"secretary", "officer", "admin", "governor"} or set(may) & set(PERSONAS))[:2]:
                client = Client()
                client.force_login(things.world.users[persona])
                with transaction.atomic():  # what is made to be seen is made for each of them
                    yield f"{name} ({persona})", client.get(reverse(name, kwargs=parts(things)))
                    transaction.set_rollback(True)


@pytest.mark.once
@pytest.mark.django_db
def test_persian_pages_hold_no_latin_digit(things: Things) -> None:  # noqa: F811
    faults = {}
    seen = 0
    for name, answer in _pages(things):
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and b"<body" in answer.content:
            seen += 1
            if found := _latin(answer.content.decode()):
                faults[name] = found[:3]
    assert seen > 15 and not faults, faults


def test_page_that_is_not_there_holds_no_latin_digit(sign_in: SignIn, meeting: Meeting) -> None:
    assert not _latin(sign_in("secretary").get("/nowhere/").content.decode())


def test_english_pages_show_the_same_figures_in_latin_digits(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.cookies["language"] = "en"
    assert "1398/08/05" in client.get("/register/").content.decode()
