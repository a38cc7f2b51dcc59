"""The stamp of a document: which meeting, which version, and the beginning of its hash; the QR code in its footer says
it as the address of the page that authenticates it.

The address is short and ASCII: `https://dabir.example/authenticate/zanjan-hq-1398-11/1/3f5a9c01b2d4/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PATH = "authenticate"
SHORT = 12
"""Hexadecimal digits of the hash that a stamp carries: nobody finds another text with the same ones by chance."""
LONGEST = 400
"""Letters of a text that is looked at; no address of a stamp comes near."""

_STAMP = re.compile(
    rf"/{PATH}/([A-Za-z0-9][A-Za-z0-9._-]{{0,59}})/([1-9][0-9]{{0,3}})/([0-9a-f]{{{SHORT}}})(?![0-9a-z])"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """`version` is counted from 1; `short` are the first `SHORT` digits of the version's SHA-256, in small letters."""

    code: str
    version: int
    short: str

    @classmethod
    def of(cls, code: str, version: int, sha256: str) -> Stamp:
        return cls(code, version, sha256[:SHORT])

    def address(self, base: str) -> str:
        """Where a document with this stamp is authenticated; `base` is where Dabir is reached."""
        return f"{base.rstrip('/')}/{PATH}/{self.code}/{self.version}/{self.short}/"


def parse(text: str) -> Stamp | None:
    """The stamp in what a QR code says, whatever the host; None for anything else."""
    found = _STAMP.search(text[:LONGEST])
    return Stamp(found[1], int(found[2]), found[3]) if found else None
