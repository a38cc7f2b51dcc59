"""The reader's side of a child process: what goes in and comes out are bytes, made of JSON and the paper itself.

The child reads the paper once. When it knows the meeting's day it asks the parent for what is known on that day. Where
a record stands inside the file, it asks first whether the register knows that one.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Protocol

from dabir.reading import sources
from dabir.reading.context import Context, Division, KnownParty
from dabir.reading.minutes import Minutes
from dabir.reading.reader import read_source
from dabir.reading.sources import Unreadable
from dabir.reading.sources.forms import form_of
from dabir.reading.sources.own import hash_of

STEPS = ("converting", "reading", "proofreading")
"""What the child says that it does, in this order; "converting" of what is no plain text."""


class Parent(Protocol):
    """The process that started this one."""

    def step(self, name: str) -> None: ...

    def ask(self, question: bytes) -> bytes: ...


def request(data: bytes, name: str) -> bytes:
    """What `read_paper` takes: the file's name as one line of JSON, then its bytes as they are."""
    return json.dumps({"name": name}).encode() + b"\n" + data


def read_paper(requested: bytes, parent: Parent) -> bytes:
    """Read in the child. The answer is `{"minutes": …}`, `{"own": hash}` for a record of the register itself, or
    `{"unreadable": cause}`."""
    head, _, data = requested.partition(b"\n")
    answer: dict[str, Any]
    try:
        if form_of(data) != "text":
            parent.step("converting")
        source = sources.read(data, json.loads(head)["name"])
        if source.own is not None:
            sha256 = hash_of(source.own)
            if json.loads(parent.ask(json.dumps({"own": sha256}).encode())):
                return json.dumps({"own": sha256}).encode()
        source = source.visible
        parent.step("reading")

        def known(day: date | None) -> Context:
            return _context(json.loads(parent.ask(json.dumps(day.isoformat() if day else None).encode())))

        minutes = read_source(source, known, proofreading=lambda: parent.step("proofreading"))
        answer = {"minutes": minutes.as_json()}
    except Unreadable as error:
        answer = {"unreadable": error.cause}
    return json.dumps(answer, ensure_ascii=False).encode()


def asked_own(question: bytes) -> str | None:
    """The hash of the record inside the file, where the child asks whether it is the register's."""
    asked = json.loads(question)
    return str(asked["own"]) if isinstance(asked, dict) else None


def reply_own(known: bool) -> bytes:
    """What the child takes as the answer to that."""
    return json.dumps(known).encode()


def asked_day(question: bytes) -> date | None:
    """The day of the meeting, by which the child asks for the directory; None where the paper does not tell it."""
    iso = json.loads(question)
    return date.fromisoformat(iso) if iso else None


def reply(context: Context) -> bytes:
    """What the child takes as the answer to that."""
    return json.dumps(_context_json(context), ensure_ascii=True).encode()


def own_of(answer: bytes) -> str | None:
    """The hash of the register's own record, where the file holds one."""
    own = json.loads(answer).get("own")
    return str(own) if own else None


def minutes_of(answer: bytes) -> Minutes:
    """The minutes that the child has answered; `Unreadable` where it found the file to be so."""
    value = json.loads(answer)
    if "unreadable" in value:
        raise Unreadable(value["unreadable"])
    return Minutes.from_json(value["minutes"])


def _context_json(context: Context) -> dict[str, Any]:
    return {
        "parties": [[p.key, p.name, list(p.aliases), p.kind, p.members_of] for p in context.parties],
        "places": sorted(context.places),
        "divisions": [[d.kind, d.name, d.counties, d.districts, d.rural_districts] for d in context.divisions],
        "closures": {day.isoformat(): closed for day, closed in context.closures.items()},
        "holiday_names": {day.isoformat(): name for day, name in context.holiday_names.items()},
        "thursdays": [[day.isoformat(), works] for day, works in context.thursdays],
        "session_date": context.session_date.isoformat() if context.session_date else None,
    }


def _context(value: dict[str, Any]) -> Context:
    return Context(
        parties=tuple(KnownParty(key, name, tuple(aliases), *more) for key, name, aliases, *more in value["parties"]),
        places=frozenset(value["places"]),
        divisions=tuple(Division(*fields) for fields in value["divisions"]),
        closures={date.fromisoformat(day): closed for day, closed in value["closures"].items()},
        holiday_names={date.fromisoformat(day): name for day, name in value["holiday_names"].items()},
        thursdays=tuple((date.fromisoformat(day), works) for day, works in value["thursdays"]),
        session_date=date.fromisoformat(value["session_date"]) if value["session_date"] else None,
    )
