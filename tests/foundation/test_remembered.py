"""What is remembered stands until the next event of the ledger, whoever wrote it, and for nobody longer."""

from __future__ import annotations

import gc
import weakref
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, isolate_apps

from dabir.directory import services, tenures
from dabir.directory.models import Party, Tenure
from dabir.foundation.models import User
from dabir.foundation.remembered import one_view, until_the_next_event
from dabir.persian import clock
from tests import personas

pytestmark = pytest.mark.django_db(transaction=True)


class Asked:
    def __init__(self) -> None:
        self.times = 0
        self.count = until_the_next_event(self._count)

    def _count(self, kind: str) -> int:
        self.times += 1
        return Party.objects.filter(kind=kind).count()


def test_answer_stands_until_the_next_event() -> None:
    world, asked = personas.build(), Asked()
    before = asked.count("firm")
    assert asked.count("firm") == before and asked.times == 1
    assert asked.count("unit") and asked.times == 2
    services.create_party(by=world.operator, kind="firm", code="new", name="شرکت تازه")
    assert asked.count("firm") == before + 1


def test_what_is_seen_within_a_transaction_is_remembered_by_nobody() -> None:
    world, asked = personas.build(), Asked()
    before = asked.count("firm")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.create_party(by=world.operator, kind="firm", code="new", name="شرکت تازه")
        assert asked.count("firm") == before + 1
        raise ZeroDivisionError
    assert asked.count("firm") == before


def test_nothing_is_remembered_before_the_first_event() -> None:
    asked = Asked()
    assert asked.count("firm") == 0
    Party.objects.create(kind="firm", code="new", name="شرکت", sort_key="")
    assert asked.count("firm") == 1


def test_next_day_asks_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    personas.build()
    asked = Asked()
    asked.count("firm")
    monkeypatch.setattr(clock, "today", lambda: date(2030, 1, 1))
    asked.count("firm")
    assert asked.times == 2


def test_what_was_remembered_before_the_newest_event_is_let_go() -> None:
    """Else each event would add what all pages ask for to the memory of every worker."""
    world = personas.build()

    class Answer:
        pass

    asked = until_the_next_event(Answer)
    gone = weakref.ref(asked())
    assert gone() is asked()
    services.create_party(by=world.operator, kind="firm", code="new", name="شرکت تازه")
    asked()
    gc.collect()
    assert gone() is None


def test_one_view_finds_the_newest_event_once() -> None:
    personas.build()
    asked = Asked()
    with CaptureQueriesContext(connection) as statements, one_view():
        asked.count("firm"), asked.count("unit"), asked.count("firm")
    assert sum("foundation_event" in one["sql"] for one in statements) == 1 and asked.times == 2


def test_clock_stands_still_within_a_view() -> None:
    with one_view():
        moment = clock.now()
        assert clock.now() == moment and clock.today() == moment.date()
    assert clock.now() > moment


def test_event_that_is_written_within_a_view_is_seen_there_and_afterwards() -> None:
    world, asked = personas.build(), Asked()
    with one_view():
        before = asked.count("firm")
        services.create_party(by=world.operator, kind="firm", code="new", name="شرکت تازه")
        assert asked.count("firm") == before + 1
    assert asked.count("firm") == before + 1


def test_next_view_sees_what_was_written_elsewhere_meanwhile() -> None:
    world, asked = personas.build(), Asked()
    with one_view():
        before = asked.count("firm")
    services.create_party(by=world.operator, kind="firm", code="new", name="شرکت تازه")
    with one_view():
        assert asked.count("firm") == before + 1


def test_ended_tenure_ends_the_rights_with_the_next_request() -> None:
    world = personas.build()
    client = Client()
    client.force_login(world.users["secretary"])
    assert client.get("/papers/").status_code == 200
    tenure = Tenure.objects.get(post=world.secretary.post_id)
    services.end_tenure(by=world.operator, tenure=tenure, ends=clock.today() - timedelta(days=1))
    assert client.get("/papers/").status_code == 404


@isolate_apps("dabir.foundation")
def test_what_is_remembered_keeps_no_request_alive() -> None:
    """Answers are kept for long; with the user of a request they would keep all that hangs on it."""
    world = personas.build()

    class Held(User):
        class Meta:
            proxy = True
            app_label = "foundation"

    user = Held.objects.get(pk=world.users["secretary"].pk)
    assert not tenures.acting_for(user).is_stranger and tenures.posts_of(user, clock.today())
    gone = weakref.ref(user)
    del user
    gc.collect()
    assert gone() is None
