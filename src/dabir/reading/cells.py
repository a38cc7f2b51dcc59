"""The parties that a table's cell or a label names."""

from __future__ import annotations

import re

from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.minutes import Party

EDGES = " \t\n،؛.:-–—"
_WITH = re.compile(r"\s*(?:\bبا (?:همکاری|هماهنگی|مشارکت)\b)\s*")


def parties_in_cell(text: str) -> list[Party]:
    """The parties that a cell or a label names, between separators; a name with a comma of its own stays one."""
    named: list[Party] = []
    for piece in _WITH.sub("، ", text).split("\n"):
        passage = Passage.of([(1, piece)])
        at = 0
        while at < len(passage.text):
            spans, end = names_from(passage, at, len(passage.text), loose=True)
            if not spans:
                rest = passage.text[at:].strip(EDGES)
                named += [Party(rest)] if rest else []
                break
            named += [Party(passage.text[start:stop].strip(EDGES)) for start, stop in spans]
            at = end
            while at < len(passage.text) and (passage.text[at] in EDGES + "/()" or passage.folded[at : at + 2] == "و "):
                at += 1
    return [one for one in named if one.text]
