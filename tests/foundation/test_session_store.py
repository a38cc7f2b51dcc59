"""Whoever comes with a session, and the user whom it names, are looked up as Django does it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dabir.foundation.models import User
from dabir.foundation.session_store import SessionStore
from tests.personas import Personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> str:
    session = SessionStore()
    session["post"] = 7
    session.save()
    assert session.session_key
    return session.session_key


def test_a_session_is_found_by_its_key_in_one_statement(stored: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert SessionStore(stored)["post"] == 7
    assert len(asked) == 1


def test_a_session_that_has_expired_is_empty_and_loses_its_key(stored: str) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    session = SessionStore(stored)
    assert session.get("post") is None and session.session_key is None


def test_a_key_that_nobody_gave_out_opens_nothing(stored: str) -> None:
    session = SessionStore(stored[:-1] + ("a" if stored[-1] != "a" else "b"))
    assert session.get("post") is None and session.session_key is None


def test_whoever_may_no_longer_sign_in_is_signed_out_with_the_next_page(world: Personas) -> None:
    assert world.officer.user_id
    user = User.objects.get(pk=world.officer.user_id)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    assert client.get("/register/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/register/").status_code == 302
