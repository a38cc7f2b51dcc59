"""Entries of attendance out of the words that name somebody."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.letters import same_length_fold
from dabir.persian.remembering import remembered
from dabir.reading.minutes import Attendance, Lines
from dabir.reading.names import split_names
from dabir.reading.wording import rx

_NOTE = rx(
    r"""\s*\(\s*(?:(?:بدون|با|در)(?!\w)|به علت|به دلیل|مرخصی|ماموریت|غایب|حاضر|عذر|موجه|غیرموجه|غیر موجه
        |امضا)[^()]{0,60}\)
        |\s*[-–:]?\s*(?<!\w)(?:غایب|حاضر|امضا(?:ء)?)\s*\Z"""
)
_NOBODY = rx(r"(?:ندارد|ندارند|نداشت|نداشتند|هیچ کس|هیچکدام|هیچ کدام|\d{1,3} نفر)")
_EDGES = " \t\n،؛.:-–—*•/"


def entry_of(text: str, lines: Lines, present: bool, capacity: str | None) -> Attendance | None:
    """The entry of one name, without a note on its signature; None where the words hold no name."""
    name = _name(text)
    return Attendance(name, present, lines, capacity) if name else None


@remembered
def _name(text: str) -> str | None:
    name = _NOTE.sub("", same_length_fold(text))
    kept = text[: len(name)] if same_length_fold(text).startswith(name) else text
    kept = kept.strip(_EDGES)
    if _NOBODY.fullmatch(same_length_fold(kept)):
        return None
    if sum(char.isalpha() for char in kept) < 2:
        return None
    return kept


def names_in(text: str, lines: Lines, present: bool) -> Iterator[Attendance]:
    """The entries of the names in a piece of a sentence."""
    for piece in split_names(text, prose=True):
        if entry := entry_of(piece, lines, present, None):
            yield entry
