"""How the file became lines: what `reading.sources` has remarked, said as findings."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.findings.frame import Paper, Rule, Said
from dabir.reading.minutes import Severity

_TITLES = {
    "source.tracked-changes": "Tracked changes were read as accepted",
    "source.left-out": "The file holds what is no text",
    "source.footnotes": "Footnotes stand at the end",
    "source.converted": "The document was converted by LibreOffice",
    "source.own-unknown": "A record stands inside that this register does not know",
    "source.name": "The file's name says another form",
}


def _rule(id: str, title: str) -> Rule:
    def remarked(paper: Paper) -> Iterator[Said]:
        return (Said(one.message, one.lines) for one in paper.minutes.source if one.rule == id)

    return Rule(id, Severity.NOTE, title, remarked)


RULES = tuple(_rule(id, title) for id, title in _TITLES.items())
