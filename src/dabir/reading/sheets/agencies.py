"""The agencies of one cell, taken apart: «جهاد کشاورزی - دامپزشکی» are two, «جهاد کشاورزی و منابع طبیعی» may be one.

A name that is known whole is never divided. Strokes, dashes, semicolons and line breaks divide; a comma does outside
the names that hold one («صنعت، معدن و تجارت»); «و» only beside a name that is known, since nobody can tell otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dabir.persian.letters import same_length_fold
from dabir.reading.offices import FIELDS
from dabir.reading.wording import rx

MOST = 40
"""Names of one cell; what comes behind them stays in the last."""
LONGEST = 200
"""Letters of a name."""

Knows = Callable[[str], bool]
"""Whether a name is one party's alone."""

_FIELD = rx(rf"(?<!\w)(?:{FIELDS})(?!\w)")
_BRACKETS = re.compile(r"\([^()]{0,400}\)")
_HIDDEN = re.compile(r"[،,؛;\-–—/\\|+\n]|(?<=\s)و(?=\s)")
_STRONG = r"\s*[؛;/\\|+\n•●▪*]\s*|\s*[-–—]+\s*|\s+ـ+\s+|\s+\bبا (?:همکاری|مشارکت)\b\s+"
_SEPARATOR = re.compile(rf"(?P<strong>{_STRONG})|(?P<comma>\s*[،,]\s*)|(?P<and>\s+و\s+)")
_SPACES = re.compile(r"\s{2,}")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}\s*[.)\-–]\s*|[*•●▪]\s*)", re.MULTILINE)
_LISTED = re.compile(r"\s*[1۱١]\s*[.)\-–]")
_NEXT = re.compile(r"(?<![\d/.])\d{1,2}[.)\-–]\s*(?=[^\W\d_])")  # inside a line, where the line began a numbered list
_WITH = rx(r"(?:\A|\s|،|\()با (?:همکاری|مشارکت|یاوری)(?!\w)")
_NOBODY = rx(r"\W*(?:ندارد|نامشخص|هیچ ?کدام|مشخص نیست|-)?\W*\Z")
_EDGES = " \t\n،؛,;.:-–—ـ*•/\\|+"


def split_agencies(text: str, knows: Knows) -> list[str]:
    """The names of a cell, each once, as written."""
    if _NOBODY.match(same_length_fold(text)):
        return []
    # Else each of many spaces would be tried as the beginning of a separator: seconds for one cell.
    text = _SPACES.sub(lambda found: "\n" if "\n" in found[0] else " ", text[:4_000])
    listed = _LISTED.match(text)
    text = _NUMBER.sub(lambda number: "\n" if number.start() else "", text)
    if listed:
        text = _NEXT.sub("\n", text)
    if knows(text):
        return [text.strip(_EDGES)]
    pieces, separators = _pieces(text)
    names: list[str] = []
    at = 0
    while at < len(pieces):
        last = _whole(text, pieces, at, knows)
        if last is None:
            last = at
            while (
                last + 1 < len(pieces) and separators[last] == "and" and _whole(text, pieces, last + 1, knows) is None
            ):
                last += 1
        names.append(text[pieces[at][0] : pieces[last][1]].strip(_EDGES)[:LONGEST])
        at = last + 1
    return list(dict.fromkeys(name for name in names if any(map(str.isalpha, name))))


def parted_helpers(text: str) -> tuple[str, str]:
    """A lead's cell and what it says of helpers: «جهاد کشاورزی با همکاری دامپزشکی»."""
    found = _WITH.search(same_length_fold(text))
    if found is None:
        return text, ""
    return text[: found.start()].rstrip(" (،"), text[found.end() :].strip(" )")


def _pieces(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Where the parts lie that no further separator divides, and the kind of separator behind each but the last."""
    masked = _BRACKETS.sub(_hide, _FIELD.sub(_hide, same_length_fold(text)))
    pieces: list[tuple[int, int]] = []
    kinds: list[str] = []
    start = 0
    for match in _SEPARATOR.finditer(masked):
        if len(pieces) == MOST - 1:
            break
        if match.start() > start:
            pieces.append((start, match.start()))
            kinds.append(str(match.lastgroup))
        start = match.end()
    if start < len(text):
        pieces.append((start, len(text)))
    return pieces, kinds


def _hide(part: re.Match[str]) -> str:
    return _HIDDEN.sub("·", part[0])


def _whole(text: str, pieces: list[tuple[int, int]], at: int, knows: Knows) -> int | None:
    """The last part of the longest known name that begins with this part."""
    for last in range(min(len(pieces), at + 8) - 1, at - 1, -1):
        if knows(text[pieces[at][0] : pieces[last][1]]):
            return last
    return None
