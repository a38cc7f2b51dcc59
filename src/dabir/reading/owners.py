"""Who owes in a clause, and where its first words are over."""

from __future__ import annotations

from dataclasses import dataclass

from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.wording import rx

Span = tuple[int, int]

_OPENING = rx(
    r"""[\s،؛:.,\-–—ـ*•]*(?:(?:و|که|لذا|ضمنا|ضمن آنکه|همچنین|در ضمن|بنابراین|سپس|نهایتا|در نهایت|در پایان|علاوه بر این
        |از این رو|براین اساس|بر این اساس|در همین راستا|در این راستا|در این خصوص|در این رابطه|در همین ارتباط|متعاقبا
        |مضافا|اولا|ثانیا|ثالثا)(?!\w)[\s،,:]*)*"""
)
_OBJECT = rx(r"\s*(?:خود\s+)?را(?!\w)")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes: the spans of the joined names, the first of which leads, or the place of a pronoun."""

    spans: tuple[Span, ...] = ()
    anaphor: int | None = None


def opening_end(folded: str, start: int, end: int) -> int:
    """Where the conjunctions and adverbs with which a clause begins are over."""
    opening = _OPENING.match(folded, start, end)
    return opening.end() if opening else start


def owner_at(passage: Passage, at: int, limit: int) -> Owner | None:
    """Those whose names begin at `at`; None where none does, or where what begins there is an object."""
    spans, end = names_from(passage, at, limit)
    return Owner(tuple(spans)) if spans and not is_object(passage.folded, end) else None


def is_object(folded: str, end: int) -> bool:
    """True where «را» follows the name that ends at `end`."""
    return bool(_OBJECT.match(folded, end))
