"""A correction of a text is words for words: the fewest that differ, with so many around them that they stand once."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECES = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Change:
    """`old` stands once in the text that it was made of; `new` takes its place."""

    old: str
    new: str


def stands_once(text: str, words: str) -> bool:
    """Whether the words stand in the text at one place alone; places that share letters are two."""
    return 0 <= text.find(words) == text.rfind(words)


def narrowed(text: str, line: int, new: str) -> Change | None:
    """The change that makes the line (counted from 1) read `new`; None where it does so already, or there is no such
    line."""
    lines = text.split("\n")
    if not 0 < line <= len(lines) or lines[line - 1] == new:
        return None
    before, after = _PIECES.findall(lines[line - 1]), _PIECES.findall(new)
    most = min(len(before), len(after))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    tail = next((n for n in range(most - head) if before[-1 - n] != after[-1 - n]), most - head)
    while True:
        old = "".join(before[head : len(before) - tail])
        if old.strip() and stands_once(text, old):
            return Change(old, "".join(after[head : len(after) - tail]))
        if head == tail == 0:
            return _with_lines_around(text, lines, line, new)
        head, tail = max(head - 1, 0), max(tail - 1, 0)


def _with_lines_around(text: str, lines: list[str], line: int, new: str) -> Change:
    """A line that stands several times, or is empty: with its neighbours it stands once."""
    first = last = line - 1
    while True:
        old = "\n".join(lines[first : last + 1])
        if (old.strip() and stands_once(text, old)) or (first == 0 and last == len(lines) - 1):
            return Change(old, "\n".join([*lines[first : line - 1], new, *lines[line : last + 1]]))
        first, last = max(first - 1, 0), min(last + 1, len(lines) - 1)


def put_in(text: str, change: Change) -> str | None:
    """The text with the change made; None where the old words do not stand there exactly once."""
    if not change.old or not stands_once(text, change.old):
        return None
    return text.replace(change.old, change.new)
