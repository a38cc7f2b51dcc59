"""Pages as a browser asks for them: a client for each persona, over a recorded meeting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client

from dabir.letters.models import Letter
from dabir.meetings.models import Meeting
from tests import builders
from tests.personas import Personas


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    """Keys of rows come again in the next test."""
    caches["process"].clear()


SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(world: Personas) -> SignIn:
    """A client signed in as a persona."""

    def client(persona: str) -> Client:
        made = Client()
        made.force_login(world.users[persona], backend="dabir.foundation.accounts.NameOrMobileBackend")
        return made

    return client


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    """Session 11 of the headquarters, recorded; nothing released."""
    return builders.meeting(world)


@pytest.fixture
def waiting(world: Personas) -> list[Letter]:
    """Three reminders, to one agency each: housing, agriculture, roads."""
    return builders.reminders(world)
