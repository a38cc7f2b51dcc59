"""How the grammar's patterns are written: in plain Persian, matched on folded text in which ZWNJ are spaces or lost."""

from __future__ import annotations

import re

from dabir.persian.letters import same_length_fold


_BAR = re.compile(r"\|(?![^(]*\))")  # the grammar's brackets are never nested


def rx(source: str) -> re.Pattern[str]:
    """The pattern `source`, its letters folded; a space or a ZWNJ in it matches any white space, or none."""
    folded = "".join(char if char.isascii() else same_length_fold(char) for char in source)
    return re.compile(folded.replace(" ", r"\s*"))


def words(*alternatives: str) -> re.Pattern[str]:
    """Any of the alternatives (patterns as for `rx`) as whole words."""
    return rx(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")


def any_of(text: str) -> str:
    """A group of the alternatives that stand in `text` between bars (outside brackets), longest first."""
    parts = {part.strip() for part in _BAR.split(text.replace("\n", " "))}
    return "(?:" + "|".join(sorted(filter(None, parts), key=len, reverse=True)) + ")"
