"""Strange texts: pieces of minutes in any order, examples that are damaged, bytes in odd encodings. Each is read or
refused as `Unreadable`; what is read points at lines that are there, and is the same again when it comes out of JSON.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from dabir.reading.context import Context, KnownParty
from dabir.reading.minutes import Minutes
from dabir.reading.reader import read
from dabir.reading.sources import Unreadable
from dabir.reading.summary import summary
from tools.drill.strange import examples, strange

MOST_SECONDS = 0.5  # for a kilobyte; the usual one takes a hundredth of it


@dataclass(frozen=True, slots=True)
class Report:
    """How many were read and refused; the slowest in seconds for a kilobyte, with the number that makes it again."""

    read: int
    refused: int
    slowest: float
    number: int
    seed: int

    def __str__(self) -> str:
        slowest = (
            f"the slowest took {self.slowest * 1000:.1f} ms for a kilobyte (text {self.number} of seed {self.seed})"
        )
        return f"strange texts: {self.read:,} read, {self.refused:,} refused; {slowest}"


def read_strange_texts(*, times: int, seed: int) -> Report:
    """Read `times` texts. Raises on the first that fails, with its number: `strange(number, seed)` makes it again."""
    for text in examples()[0]:
        read(text.encode(), CONTEXTS[1])  # patterns are compiled when they are first needed
    seen = [0, 0]
    slowest = (0.0, 0)
    for number in range(times):
        data = strange(number, seed)
        began = time.process_time()
        try:
            seen[_holds(data, CONTEXTS[number % len(CONTEXTS)])] += 1
            spent = (time.process_time() - began) / max(len(data) / 1000, 1)
            assert spent < MOST_SECONDS, f"{spent:.2f} s for a kilobyte"
        except Exception as error:
            raise AssertionError(f"text {number} of seed {seed} ({data[:60]!r}…) fails: {error!r}") from error
        slowest = max(slowest, (spent, number))
    return Report(seen[True], seen[False], *slowest, seed)


def _holds(data: bytes, context: Context) -> bool:
    """Whether it was read; raises where what was read does not hold."""
    try:
        minutes = read(data, context)
    except Unreadable:
        return False
    value = minutes.as_json()
    assert Minutes.from_json(json.loads(json.dumps(value, ensure_ascii=False).encode())) == minutes
    assert summary(minutes) is not None
    for place in _places(value):
        assert 1 <= place[0] <= place[1] <= len(minutes.lines), f"no such lines: {place}"
    return True


def _places(value: object) -> list[list[int]]:
    """All that is called `lines` in the reading, the paper's own lines apart."""
    if isinstance(value, list):
        return [place for one in value for place in _places(one)]
    if not isinstance(value, dict):
        return []
    own = value.get("lines")
    here = [own] if isinstance(own, list) and len(own) == 2 and isinstance(own[0], int) else []
    return here + [place for one in value.values() for place in _places(one)]


CONTEXTS = (
    Context(),
    Context(
        parties=tuple(
            KnownParty(number, name, (name.split()[-1],), "organization")
            for number, name in enumerate(("شهرداری ایجرود", "شرکت گاز استان", "دبیرخانه ستاد", "مهندسین مشاور"), 1)
        ),
        places=frozenset(("ایجرود", "زنجان", "مرکزی")),
    ),
)
