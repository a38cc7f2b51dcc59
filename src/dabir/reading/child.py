"""The reader's side of a child process: what goes in and comes out are bytes, made of JSON and the paper itself."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from dabir.reading.context import Context, KnownParty
from dabir.reading.minutes import Minutes
from dabir.reading.reader import read
from dabir.reading.source import Unreadable


def request(data: bytes, context: Context) -> bytes:
    """What `read_paper` takes: the context as one line of JSON, then the file's bytes as they are."""
    return json.dumps(_context_json(context), ensure_ascii=True).encode() + b"\n" + data


def read_paper(requested: bytes) -> bytes:
    """Read in the child. The answer is `{"minutes": …}`, or `{"unreadable": cause}`."""
    head, _, data = requested.partition(b"\n")
    answer: dict[str, Any]
    try:
        answer = {"minutes": read(data, _context(json.loads(head))).as_json()}
    except Unreadable as error:
        answer = {"unreadable": error.cause}
    return json.dumps(answer, ensure_ascii=False).encode()


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
        "closures": {day.isoformat(): closed for day, closed in context.closures.items()},
        "session_date": context.session_date.isoformat() if context.session_date else None,
    }


def _context(value: dict[str, Any]) -> Context:
    return Context(
        parties=tuple(KnownParty(key, name, tuple(aliases), *more) for key, name, aliases, *more in value["parties"]),
        places=frozenset(value["places"]),
        closures={date.fromisoformat(day): closed for day, closed in value["closures"].items()},
        session_date=date.fromisoformat(value["session_date"]) if value["session_date"] else None,
    )
