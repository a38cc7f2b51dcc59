"""What was said, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.digits import to_persian
from dabir.reading.findings.frame import Paper, Said, rule
from dabir.reading.minutes import Severity

_FEWEST = 3  # points that make a list


@rule("discussion.unattributed", Severity.NOTE, "Several speakers, and nobody knows who said what")
def who_said_what(paper: Paper) -> Iterator[Said]:
    # seed ب: 24 numbered comments of seven officials
    for statement in paper.minutes.discussion:
        numbered = [point for point in statement.points if point.number]
        if len(statement.speakers) > 1 and len(numbered) >= _FEWEST:
            counts = to_persian(f"{len(numbered)} نکته از {len(statement.speakers)} نفر")
            yield Said(f"{counts} آمده است و معلوم نیست هر یک را چه کسی گفته است.", statement.lines)


RULES = (who_said_what,)
