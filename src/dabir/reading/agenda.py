"""The agenda: under its title, or in a sentence («دستور جلسه عبارت بود از: …»)."""

from __future__ import annotations

import re

from dabir.reading.items import group
from dabir.reading.lines import Line, Passage
from dabir.reading.minutes import AgendaItem, SectionKind
from dabir.reading.sections import Block
from dabir.reading.wording import rx

_TOLD = rx(r"دستور ?(?:کار )?جلسه (?:عبارت (?:بود|است|بودند) از|به (?:این|شرح)[^:]{0,20})\s*:?\s*(?P<list>[^.]{5,600})")
_PART = rx(r"(?:^|[؛;،])\s*(?P<number>یکم|اول|دوم|سوم|چهارم|پنجم|ششم|\d{1,2})\s*[،,:\-–)]\s*")


def agenda_of(blocks: list[Block], lines: list[Line]) -> list[AgendaItem]:
    """The items of the agenda in order."""
    items = [
        AgendaItem(item.passage.text, item.passage.lines(), item.label)
        for block in blocks
        if block.kind is SectionKind.AGENDA
        for item in group(block.lines)
    ]
    return items or _told(lines)


def _told(lines: list[Line]) -> list[AgendaItem]:
    for line in lines[:80]:
        match = _TOLD.search(line.folded)
        if match is None:
            continue
        passage = Passage.of([(line.number, line.words[match.start("list") : match.end("list")])])
        parts = list(_PART.finditer(passage.folded))
        bounds = [part.start() for part in parts[1:]] + [len(passage.text)]
        cuts = [(part["number"], passage.cut(part.end(), end)) for part, end in zip(parts, bounds, strict=False)]
        if not cuts:
            pieces = re.split(r"[؛;]", passage.text)
            return [AgendaItem(piece.strip(), passage.lines()) for piece in pieces if piece.strip()]
        return [AgendaItem(cut.text.strip(" ؛،"), cut.lines(), number) for number, cut in cuts]
    return []
