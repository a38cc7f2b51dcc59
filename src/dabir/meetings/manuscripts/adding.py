"""Further resolutions in a text that somebody writes: behind those that are there, numbered on."""

from __future__ import annotations

from collections.abc import Sequence

from dabir.persian.digits import parse_int, to_persian
from dabir.reading.minutes import Minutes, SectionKind

TITLE = "ج - مصوبات جلسه:"


def with_resolutions(minutes: Minutes, texts: Sequence[str]) -> str:
    """The text with each of these as one more resolution, in a section of their own where it has none."""
    lines = [*minutes.lines]
    first = _next_number(minutes)
    written = [f"{to_persian(str(number))}- {text}" for number, text in enumerate(texts, first)]
    spans = [section.lines for section in minutes.sections if section.kind is SectionKind.RESOLUTIONS]
    if not spans:
        return "\n".join(lines).rstrip("\n") + "\n\n" + "\n".join([TITLE, "", *written]) + "\n"
    start, end = spans[-1]
    while end > start and not lines[end - 1].strip():
        end -= 1
    before, behind = lines[:end], lines[end:]
    gap = [""] if end == start else []
    between = [""] if behind and behind[0].strip() else []
    return "\n".join([*before, *gap, *written, *between, *behind])


def _next_number(minutes: Minutes) -> int:
    numbers = [parse_int(one.number or "") for one in minutes.resolutions]
    return max((number for number in numbers if number), default=len(minutes.resolutions)) + 1
