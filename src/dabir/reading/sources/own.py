"""Documents of ours: the record that stands inside them, which whoever knows the register may believe by its hash.

Anybody can put anything inside a file: without a register that knows the hash, the page that people see is what counts.
"""

from __future__ import annotations

from hashlib import sha256

from dabir.reading.minutes import EMBEDDED, Remark

WORD_PART = f"dabir/{EMBEDDED}"
"""The part of a Word package that holds the record."""

UNKNOWN = Remark(
    "source.own-unknown",
    "در این پرونده متن ساختاریافته‌ای از «دبیر» هست که این دفتر آن را نمی‌شناسد؛ آنچه بر صفحه دیده می‌شود خوانده شد.",
    (1, 1),
)
"""What is said where a record stands inside that nobody has vouched for."""


def hash_of(own: bytes) -> str:
    """The SHA-256 by which a register knows a record of its own."""
    return sha256(own).hexdigest()


def in_word(data: bytes) -> bytes | None:
    """The record inside a .docx file, or None; `Unreadable` where it unfolds without end."""
    from dabir.reading.sources.docx.package import Package, names_in  # noqa: PLC0415  (text needs none of it)

    return Package(data).content(WORD_PART) if WORD_PART in names_in(data) else None
