"""How the grammar's patterns are written: in plain Persian, matched on folded text in which ZWNJ are spaces or lost."""

from __future__ import annotations

import re

from dabir.persian.letters import FILLER, same_length_fold

# Character classes, word ends, escapes, single characters.
_PARTS = re.compile(r"\[(?:\\.|[^\]\\])*\]|\(\?!\\w\)|\\.|.", re.DOTALL)
_SPACE = rf"[\s{FILLER}]"
_AFTER_WORD = rf"(?![^\W{FILLER}])"
_LINE_BREAK = re.compile(r"\n\s*")


def rx(source: str) -> re.Pattern[str]:
    """The pattern `source`, its letters folded; a space or a ZWNJ in it matches any white space, or none.

    Line breaks in it, with what they indent, are layout. A mark that folding has turned into filler («فوراً», «جلسهٔ»)
    counts as white space and ends a word.
    """
    folded = "".join(char if char.isascii() else same_length_fold(char) for char in _LINE_BREAK.sub("", source))
    return re.compile("".join(map(_lenient, _PARTS.findall(folded))))


def _lenient(part: str) -> str:
    if part in (" ", r"\s"):
        return _SPACE + "*" * (part == " ")
    return part.replace(r"\s", r"\s" + FILLER) if part.startswith("[") else _AFTER_WORD if part == r"(?!\w)" else part


def words(*alternatives: str) -> re.Pattern[str]:
    """Any of the alternatives (patterns as for `rx`) as whole words."""
    return rx(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")


def any_of(text: str) -> str:
    """A group of the alternatives that stand in `text` between bars (outside brackets) or on lines, longest first."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth == 0 and char in "|\n":
            parts.append("")
        else:
            parts[-1] += char
    stripped = {_LINE_BREAK.sub("", part).strip() for part in parts}
    return "(?:" + "|".join(sorted(filter(None, stripped), key=len, reverse=True)) + ")"
