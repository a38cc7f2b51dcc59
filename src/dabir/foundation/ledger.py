"""The ledger: whatever happens to a record is an append-only, hash-chained event, written with the row.

`change` is the only way to write a `Ledgered` row (a test reads the source to make sure):

    with ledger.change("meetings.release", by=by, on=meeting) as change:
        change.update(obligation, released_at=clock.now())

The rows and one `Event` are written in one transaction. The event holds, for each row, the fields as they were stored;
long values (over 2 kB) are kept as their SHA-256. Its hash covers every column and the hash before it, so that an
edited, lost or reordered event breaks the chain. A cut-off tail does not: therefore the head (number and hash) is
written down elsewhere, in documents and backups. `audit` replays all events and compares the outcome with the tables.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from dabir.foundation import once, stored
from dabir.foundation.acting import Acting
from dabir.foundation.models import Event, Ledgered
from dabir.foundation.remembered import moved_on
from dabir.persian import clock

LONGEST_VALUE = 2_000
SHORT = LONGEST_VALUE // 6 - 1
"""A text of fewer letters is not too long, however many of them JSON must write as `\\u0000`."""
ADVISORY_LOCK = 0xDAB1

_NEWEST = "SELECT number, hash FROM foundation_event ORDER BY number DESC LIMIT 1"

R = TypeVar("R", bound=Ledgered)
Rows = dict[tuple[str, int], dict[str, Any]]
"""What the ledger says of each row: its fields by table and key."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest event; number 0 and no hash before the first."""

    number: int
    hash: str


@dataclass(slots=True)
class _Standstill:
    newest: Head | None
    """The newest event, as long as none is written here: one that was may be rolled back to a savepoint."""


_still: ContextVar[_Standstill | None] = ContextVar("standstill", default=None)


@dataclass(slots=True)
class Change:
    """What one verb writes. Rows are written at once, the event when the block ends."""

    verb: str
    by: Acting
    subject: models.Model | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def create(self, row: R) -> R:
        """Insert a row; the first one created becomes the event's subject where there is none."""
        stored.insert(row)
        self._wrote("create", row, _field_names(type(row)))
        self.subject = self.subject or row
        return row

    def create_many(self, rows: Iterable[R]) -> list[R]:
        """Insert many rows of one table by few statements."""
        made = list(rows)
        if made:
            type(made[0])._default_manager.bulk_create(made, batch_size=500)
        for row in made:
            self._wrote("create", row, _field_names(type(row)))
        return made

    def update(self, row: Ledgered, **values: Any) -> bool:
        """Set these fields of a row; False, and nothing is written, when they had these values already."""
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, values[name])
        return self.touch(row, *changed)

    def touch(self, row: Ledgered, *names: str) -> bool:
        """Store fields that were set on the row already (a lifecycle's transition sets its own state)."""
        if names:
            stored.update(row, names)
            self._wrote("update", row, [row._meta.get_field(name).attname for name in names])  # type: ignore[union-attr]
        return bool(names)

    def delete(self, row: Ledgered) -> None:
        self.rows.append({"act": "delete", "model": row._meta.label_lower, "pk": row.pk})
        row.delete()

    def _wrote(self, act: str, row: Ledgered, names: Iterable[str]) -> None:
        fields = snapshot(row, (name for name in names if name not in row.unledgered))
        self.rows.append({"act": act, "model": row._meta.label_lower, "pk": row.pk, "fields": fields})


@contextmanager
def change(verb: str, *, by: Acting, on: models.Model | None = None, **facts: Any) -> Iterator[Change]:
    """One verb's writes and their event, in one transaction. A block that wrote nothing leaves no event."""
    with standstill():
        made = Change(verb, by, on, facts=facts)
        yield made
        if made.rows or made.facts:
            _append(made)


@contextmanager
def standstill() -> Iterator[None]:
    """A transaction in which nobody else writes, from before its first check to its commit.

    One within another is part of it: no savepoint is set, which would cost each of a hundred debts three statements.
    Whoever goes on after a verb that was refused there sets one themselves. `once.AlreadyDone` where the form that asks
    for it has had its effect.
    """
    if _still.get():
        with transaction.atomic(savepoint=False):
            yield
        return
    with transaction.atomic():  # SQLite's IMMEDIATE keeps other writers out by itself
        still = _Standstill(_lock())
        once.claim()
        token = _still.set(still)
        try:
            yield
        finally:
            _still.reset(token)


def head() -> Head:
    with connection.cursor() as cursor:  # bare, since each verb asks
        cursor.execute(_NEWEST)
        row = cursor.fetchone()
    return Head(*row) if row else Head(0, "")


def _lock() -> Head:
    """Keep all other writers out until the transaction ends; the newest event, now that nobody writes the next."""
    if connection.vendor != "postgresql":
        return head()
    with connection.cursor() as cursor:
        # Sent together, but two statements: one alone would look at the table as it was before the lock was free.
        cursor.execute(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK}); {_NEWEST}")
        cursor.nextset()
        row = cursor.fetchone()
    return Head(*row) if row else Head(0, "")


def snapshot(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The stored values of these fields as JSON; the same for a row in hand and a row read back."""
    stored = {}
    for name in names:
        value = row._meta.get_field(name).get_prep_value(getattr(row, name))  # type: ignore[union-attr]
        stored[name] = _jsonable(value.astimezone(UTC) if isinstance(value, datetime) else value)
    return stored


def ledgered_models() -> list[type[Ledgered]]:
    return [m for m in apps.get_models() if issubclass(m, Ledgered)]


def digest(event: Event) -> str:
    """SHA-256 over the event's columns and the hash before it."""
    columns = [f.attname for f in Event._meta.concrete_fields if f.attname != "hash"]
    return _sha256({name: getattr(event, name) for name in columns} | {"at": event.at.timestamp()})


@dataclass(frozen=True, slots=True)
class Fault:
    """A thing that the ledger and the tables disagree on; `number` is the event's, where it is one event's fault."""

    message: str
    number: int | None = None


def audit() -> Iterator[Fault]:
    """Replay the ledger: the first broken link, then each row that is not what its events say."""
    expected: Rows = {}
    last = Head(0, "")
    for event in Event.objects.order_by("number").iterator(chunk_size=500):
        if event.number != last.number + 1:
            missing = last.number + 1
            yield Fault(f"event {missing} is missing: the chain goes on with {event.number}", missing)
            return
        if event.previous != last.hash or event.hash != digest(event):
            yield Fault(
                f"event {event.number} ({event.verb}) is not what was written: its hash does not fit", event.number
            )
            return
        last = Head(event.number, event.hash)
        _replay(event, expected)
    for model in ledgered_models():
        yield from _compare(model, expected)
    for label, pk in expected:
        yield Fault(f"{label}:{pk} is missing from the table; the ledger made it")


def _replay(event: Event, expected: Rows) -> None:
    for row in event.data["rows"]:
        key = (row["model"], row["pk"])
        if row["act"] == "delete":
            expected.pop(key, None)
        else:
            expected.setdefault(key, {}).update(row["fields"])


def _compare(model: type[Ledgered], expected: Rows) -> Iterator[Fault]:
    """Faults of one table; takes what it has found out of `expected`."""
    label, names = model._meta.label_lower, _field_names(model)
    for row in model._default_manager.iterator(chunk_size=500):
        stored = expected.pop((label, row.pk), None)
        if stored is None:
            yield Fault(f"{label}:{row.pk} is in the table, but no event made it")
            continue
        now = snapshot(row, names)
        for name in names:
            if name in stored and stored[name] != now[name]:
                yield Fault(f"{label}:{row.pk}.{name} is not what the ledger says")


def _append(made: Change) -> None:
    still = _still.get()
    assert still is not None
    last, still.newest = still.newest or head(), None
    subject = made.subject
    event = Event(
        number=last.number + 1,
        at=clock.now(),
        verb=made.verb,
        actor=made.by.name,
        user_id=made.by.user_id,
        post=made.by.post,
        post_id=made.by.post_id,
        subject=f"{subject._meta.label_lower}:{subject.pk}" if subject else "",
        label=str(subject)[:250] if subject else "",
        data={"rows": made.rows, "facts": _jsonable(made.facts)},
        previous=last.hash,
    )
    event.hash = digest(event)
    stored.insert(event)
    moved_on()


def _field_names(model: type[Ledgered]) -> list[str]:
    return [
        f.attname
        for f in model._meta.concrete_fields
        if f.name not in model.unledgered and not isinstance(f, models.GeneratedField)
    ]


def _jsonable(value: Any) -> Any:
    if value is None or type(value) in (bool, int) or (type(value) is str and len(value) < SHORT):
        return value  # most are, and are what JSON would make of them
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    if len(text) > LONGEST_VALUE:
        return {"sha256": hashlib.sha256(text.encode()).hexdigest()}
    return json.loads(text)


def _sha256(value: Any) -> str:
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
