"""Words that are not what was meant."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Severity
from dabir.reading.slips import find_slips


@rule("text.slip", Severity.WARNING, "A slip of the pen or of text recognition")
def slips(paper: Paper) -> Iterator[Said]:
    for number, line in enumerate(paper.minutes.lines, 1):
        for slip in find_slips(line):
            written = quote(line[slip.start : slip.end])
            yield Said(f"{written} گویا {quote(slip.right)} است.", (number, number), slip.right)


RULES = (slips,)
