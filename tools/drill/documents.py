"""A Word document is damaged, its zip or the XML in it, and read; it may only be refused with a cause."""

from __future__ import annotations

import random
import time

from dabir.reading.sources import Unreadable, read
from tests.reading.sources.word import parts_of, zipped


def read_broken_documents(*, times: int, seed: int) -> float:
    """Read `times` damaged documents; returns the seconds that the slowest took. Raises on the first that fails."""
    from tests.reading.sources.test_hostile import SAMPLE

    chance = random.Random(seed)
    parts = parts_of(SAMPLE)
    slowest = 0.0
    for count in range(times):
        if count % 3:
            name = chance.choice(list(parts))
            data = zipped({**parts, name: _damaged(parts[name], chance)}, compressed=False)
        else:
            data = _damaged(SAMPLE, chance)
        began = time.perf_counter()
        try:
            read(data, "minutes.docx")
        except Unreadable:
            pass
        except Exception as error:
            raise AssertionError(f"document {count} of seed {seed} is neither read nor refused") from error
        slowest = max(slowest, time.perf_counter() - began)
    return slowest


_PIECES = (b"<", b">", b'"', b"&", b"\0", b"\xff", b"1", b"-1", b"4294967296", b"</w:p>", b"<w:p>", b"<w:tbl>", b"w:")


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """`data` with a few places overwritten, cut out, doubled, exchanged or filled with something else."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        start = chance.randrange(len(found) + 1)
        end = min(len(found), start + chance.choice((1, 2, 8, 40, 400)))
        other = chance.randrange(len(found) + 1)
        piece = (
            bytes([chance.randrange(256)]),
            b"",
            bytes(found[start:end]) * 2,
            bytes(found[other : other + end - start]),
            chance.choice(_PIECES),
        )
        found[start:end] = chance.choice(piece)
    return bytes(found)
