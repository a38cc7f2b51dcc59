"""How the grammar's patterns are written: in plain Persian, matched on folded text in which ZWNJ are spaces or lost."""

from __future__ import annotations

import re
from typing import Any, cast

from dabir.persian.letters import FILLER, same_length_fold

# Character classes, word ends, repeated letters, escapes, single characters.
_PARTS = re.compile(r"\[(?:\\.|[^\]\\])*\]|\(\?!\\w\)|\\w[+*{]|\\.|.", re.DOTALL)
_SPACE = rf"[\s{FILLER}]"
_LETTER = rf"[^\W{FILLER}]"
_LINE_BREAK = re.compile(r"\n\s*")


class _Lazy:
    """A pattern that is compiled when it is first asked for something: a paper needs few of the grammar's patterns, and
    compiling all of them would be most of the time in which a short one is read."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __getattr__(self, name: str) -> Any:  # only what is not there yet: later calls go straight to the pattern
        compiled = re.compile(_translated(self.source))
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def rx(source: str) -> re.Pattern[str]:
    """The pattern `source`, its letters folded; a space or a ZWNJ in it matches any white space, or none.

    Line breaks in it, with what they indent, are layout. A mark that folding has turned into filler («فوراً», «جلسهٔ»)
    counts as white space and ends a word; no repeated letter (`\\w+`, `[^\\W\\d]{2,9}`) takes it.
    """
    return cast("re.Pattern[str]", _Lazy(source))


def _translated(source: str) -> str:
    folded = "".join(char if char.isascii() else same_length_fold(char) for char in _LINE_BREAK.sub("", source))
    return "".join(map(_lenient, _PARTS.findall(folded)))


def _lenient(part: str) -> str:
    if part in (" ", r"\s"):
        return _SPACE + "*" * (part == " ")
    if part == r"(?!\w)":
        return f"(?!{_LETTER})"
    if part.startswith(r"\w") and len(part) > 2:
        return _LETTER + part[2]
    if part.startswith("["):  # what is white space is no letter: else a run of it could be parted in every way
        return part.replace(r"\s", r"\s" + FILLER).replace(r"[^\W", r"[^\W" + FILLER)
    return part


def folded_words(text: str) -> tuple[str, ...]:
    """The words of `text`, folded: what a text must hold one of before a pattern is worth trying (`has_one`)."""
    return tuple(same_length_fold(text).split())


def has_one(folded: str, any_of_these: tuple[str, ...]) -> bool:
    """True where the folded text holds one of these, anywhere."""
    return any(word in folded for word in any_of_these)


def words(*alternatives: str) -> re.Pattern[str]:
    """Any of the alternatives (patterns as for `rx`) as whole words."""
    return rx(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")


def any_of(text: str) -> str:
    """A group of the alternatives that stand in `text` between bars (outside brackets) or on lines, longest first."""
    stripped = dict.fromkeys(_LINE_BREAK.sub("", part).strip() for part in _alternatives(text))
    return "(?:" + "|".join(sorted(filter(None, stripped), key=len, reverse=True)) + ")"


def _alternatives(text: str) -> list[str]:
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth == 0 and char in "|\n":
            parts.append("")
        else:
            parts[-1] += char
    return parts


_BEGINNING = 3  # letters


def beginnings(*groups: str) -> frozenset[str]:
    """The first letters of whatever `groups` match, each a group as `any_of` makes it: words that begin with none of
    them need not be matched (`begins_like`)."""
    found: set[str] = set()
    for group in groups:
        for part in _alternatives(group.removeprefix("(?:").removesuffix(")")):
            if part.startswith("(?:"):  # «(?:چند|یک) نفر از»
                found |= beginnings(part[: part.index(")") + 1])
            else:
                letters = re.match(r"[^\W\d_]+", same_length_fold(part))
                assert letters, part
                found.add(letters[0][:_BEGINNING])
    return frozenset(found)


def begins_like(folded: str, start: int, letters: frozenset[str]) -> bool:
    """True where the folded text has one of these first letters at `start`."""
    return folded[start : start + _BEGINNING] in letters or folded[start : start + 2] in letters
