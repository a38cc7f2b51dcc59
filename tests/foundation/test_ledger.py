"""The ledger: what it writes, and that nothing can be done behind its back without showing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dabir.foundation import accounts, ledger, services
from dabir.foundation.acting import Acting
from dabir.foundation.models import Event, StoredFile, User
from tests.at_once import at_once

BY = Acting.host_operator()
pytestmark = pytest.mark.django_db


def make_user(name: str) -> User:
    return accounts.create_user(by=BY, username=name)


@pytest.fixture
def five() -> list[User]:
    return [make_user(f"user-{number}") for number in range(1, 6)]


def faults() -> list[tuple[int | None, str]]:
    return [(fault.number, fault.message) for fault in ledger.audit()]


def forge(sql: str, *parameters: str | int) -> None:
    """Write to the tables as another program would."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_an_empty_ledger_is_whole() -> None:
    assert ledger.head() == ledger.Head(0, "") and faults() == []


def test_a_change_is_one_event_with_its_rows(five: list[User]) -> None:
    event = Event.objects.get(number=2)
    assert (event.verb, event.actor, event.subject) == (
        "foundation.create_user",
        BY.name,
        f"foundation.user:{five[1].pk}",
    )
    assert event.label == "user-2"
    assert event.data["rows"][0]["fields"]["username"] == "user-2"
    assert event.previous == Event.objects.get(number=1).hash
    assert faults() == []


def test_the_actor_and_the_post_are_kept_as_they_were() -> None:
    by = Acting(name="مریم", user_id=7, post_id=9, post="دبیر")
    with ledger.change("test", by=by) as change:
        change.create(User(username="user"))
    event = Event.objects.get()
    assert (event.actor, event.user_id, event.post, event.post_id) == ("مریم", 7, "دبیر", 9)


def test_secrets_are_not_written_when_a_row_is_made(five: list[User]) -> None:
    accounts.issue_link(five[0], by=BY)
    written = [set(row["fields"]) for event in Event.objects.all() for row in event.data["rows"]]
    assert not any({"password", "last_login", "digest"} & names for names in written)


def test_a_new_passwords_hash_is_not_written(five: list[User]) -> None:
    accounts.redeem_link(accounts.issue_link(five[0], by=BY), "a-long-enough-pass-phrase")
    assert "password" not in Event.objects.latest("number").data["rows"][-1]["fields"]


def test_a_failed_change_leaves_neither_row_nor_event() -> None:
    with pytest.raises(RuntimeError), ledger.change("test", by=BY) as change:
        change.create(User(username="user"))
        raise RuntimeError
    assert not User.objects.exists() and not Event.objects.exists()


def test_changes_within_one_are_one_transaction_with_one_lock_and_an_event_each() -> None:
    with CaptureQueriesContext(connection) as alone:
        make_user("alone")
    with CaptureQueriesContext(connection) as caught, ledger.standstill():
        for number in range(20):
            make_user(f"user-{number}")
    told = [sum(word in query["sql"] for query in caught.captured_queries) for word in ("SAVEPOINT", "pg_advisory")]
    assert told == [sum(w in q["sql"] for q in alone.captured_queries) for w in ("SAVEPOINT", "pg_advisory")]
    assert Event.objects.count() == 21 and faults() == []


def test_a_change_that_fails_within_another_takes_it_along_unless_it_has_a_savepoint() -> None:
    with pytest.raises(transaction.TransactionManagementError), ledger.standstill():
        with pytest.raises(ZeroDivisionError), ledger.change("test", by=BY) as change:
            change.create(User(username="lost"))
            raise ZeroDivisionError
        make_user("taken-along")
    with ledger.standstill():
        with pytest.raises(ZeroDivisionError), transaction.atomic(), ledger.change("test", by=BY) as change:
            change.create(User(username="lost"))
            raise ZeroDivisionError
        make_user("kept")
    assert [user.username for user in User.objects.all()] == ["kept"] and faults() == []


def test_what_was_rolled_back_to_a_savepoint_is_no_link_of_the_chain() -> None:
    with ledger.standstill():
        with pytest.raises(ZeroDivisionError), transaction.atomic(), ledger.change("test", by=BY, none=1):
            raise ZeroDivisionError
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            with ledger.change("test", by=BY, n=1):
                pass
            raise ZeroDivisionError
        for n in (2, 3):
            with ledger.change("test", by=BY, n=n):
                pass
    assert [event.data["facts"] for event in Event.objects.all()] == [{"n": 2}, {"n": 3}] and faults() == []


def test_an_update_that_changes_nothing_leaves_no_event(five: list[User]) -> None:
    head = ledger.head()
    with ledger.change("test", by=BY) as change:
        assert not change.update(five[0], username="user-1")
    assert ledger.head() == head


def test_an_update_writes_the_changed_fields_alone(five: list[User]) -> None:
    with ledger.change("test", by=BY, on=five[0]) as change:
        assert change.update(five[0], username="user-1", is_active=False)
    assert Event.objects.latest("number").data["rows"][0]["fields"] == {"is_active": False}
    assert faults() == []


def test_a_deleted_row_is_no_fault(five: list[User]) -> None:
    with ledger.change("test", by=BY, on=five[0]) as change:
        change.delete(five[0])
    assert faults() == []


def test_a_long_value_is_kept_as_its_hash_and_still_guarded() -> None:
    with ledger.change("test", by=BY, text="ن" * ledger.LONGEST_VALUE):
        pass
    facts = Event.objects.get().data["facts"]
    assert set(facts) == {"sha256"}


def test_many_rows_are_one_event() -> None:
    with ledger.change("test", by=BY) as change:
        change.create_many([User(username=f"many-{number}") for number in range(700)])
    assert len(Event.objects.get().data["rows"]) == User.objects.count() == 700
    assert faults() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "'somebody else'"),
        ("verb", "'other'"),
        ("label", "'other'"),
        ("post", "'other'"),
        ("subject", "'foundation.user:1'"),
        ("user_id", "99"),
        ("post_id", "99"),
        ("data", """'{"rows": [], "facts": {}}'"""),
        ("previous", "'0'"),
        ("hash", "'0'"),
    ],
)
def test_an_edited_event_is_named(five: list[User], column: str, value: str) -> None:
    forge(f"UPDATE foundation_event SET {column} = {value} WHERE number = 3")
    assert [number for number, _ in faults()] == [3]


def test_an_event_with_another_hour_is_named(five: list[User]) -> None:
    event = Event.objects.get(number=3)
    Event.objects.filter(number=3).update(at=event.at + timedelta(seconds=1))
    assert [number for number, _ in faults()] == [3]


def test_an_edited_event_with_a_fitting_hash_breaks_the_next_link(five: list[User]) -> None:
    event = Event.objects.get(number=3)
    event.actor = "somebody else"
    forge("UPDATE foundation_event SET actor = %s, hash = %s WHERE number = 3", event.actor, ledger.digest(event))
    assert [number for number, _ in faults()] == [4]


def test_a_deleted_event_is_named(five: list[User]) -> None:
    forge("DELETE FROM foundation_event WHERE number = 3")
    ((number, message),) = faults()
    assert number == 3 and "missing" in message


def test_reordered_events_are_named(five: list[User]) -> None:
    for before, after in ((2, 99), (3, 2), (99, 3)):
        forge("UPDATE foundation_event SET number = %s WHERE number = %s", after, before)
    assert [number for number, _ in faults()] == [2]


def test_a_cut_off_tail_shows_against_a_remembered_head(five: list[User]) -> None:
    remembered = ledger.head()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_event WHERE number = 5")
        cursor.execute("DELETE FROM foundation_user WHERE username = 'user-5'")
    assert faults() == []  # the chain alone cannot tell
    assert ledger.head() != remembered and ledger.head().number == 4


def test_a_row_edited_behind_the_ledger_is_named(five: list[User]) -> None:
    forge("UPDATE foundation_user SET username = 'thief' WHERE username = 'user-2'")
    ((_, message),) = faults()
    assert f"foundation.user:{five[1].pk}.username" in message
    assert "thief" not in message  # whoever audits may not be allowed to read the row


def test_a_row_added_behind_the_ledger_is_named(five: list[User]) -> None:
    forge("INSERT INTO foundation_storedfile (sha256, size) VALUES ('0', 1)")
    ((_, message),) = faults()
    assert f"foundation.storedfile:{StoredFile.objects.get().pk}" in message


def test_a_row_deleted_behind_the_ledger_is_named(five: list[User]) -> None:
    forge("DELETE FROM foundation_user WHERE username = 'user-2'")
    ((_, message),) = faults()
    assert f"foundation.user:{five[1].pk}" in message and "missing" in message


def test_what_is_written_during_an_audit_is_no_fault(five: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    replay = ledger.audit

    def audit_beside_a_writer() -> Iterator[ledger.Fault]:
        monkeypatch.setattr(ledger, "audit", replay)
        yield ledger.Fault("foundation.user:6 is in the table, but no event made it")

    monkeypatch.setattr(ledger, "audit", audit_beside_a_writer)
    assert services.audit(by=BY) == []


@pytest.mark.django_db(transaction=True)
def test_twenty_threads_lose_nothing_and_keep_the_chain() -> None:
    numbers = count()

    def work() -> None:
        thread = next(numbers)
        for number in range(3):
            make_user(f"thread-{thread}-{number}")

    at_once(work, 20)
    assert ledger.head().number == User.objects.count() == 60
    assert faults() == []
