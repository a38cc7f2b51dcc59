"""What stands on the paper twice."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.digits import to_persian
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Resolution, Severity

# Words that carry no sense of their own: two resolutions that differ in these alone are one.
_EMPTY = frozenset(
    word + mark
    for word in (
        "و که با به از در را تا مقرر مصوب شد گردید گردد شود نمود نماید نمایند کند کنند گیرد است محترم لازم نسبت جهت "
        "برای این آن موضوع خصوص مورد ها های ی"
    ).split()
    for mark in ("", ".", "،", "؛", ":")
)
_FEWEST = 4  # words with a sense of their own; «موافقت شد» may well be said twice


@rule("resolution.duplicate", Severity.WARNING, "A resolution is on the paper twice")
def twice(paper: Paper) -> Iterator[Said]:
    seen: dict[frozenset[str], Resolution] = {}
    for resolution in paper.minutes.resolutions:
        key = _key(resolution.text)
        if len(key) < _FEWEST:
            continue
        first = seen.setdefault(key, resolution)
        if first is not resolution and first.lines != resolution.lines:
            where = to_persian(f"شماره {first.number}" if first.number else f"سطر {first.lines[0]}")
            yield Said(f"مصوبه {quote(resolution.text)} تکرار {where} است.", resolution.lines)


def _key(text: str) -> frozenset[str]:
    """The words that say something, whatever their order; numbers among them."""
    return frozenset(text.rstrip(" .؛").split()) - _EMPTY


RULES = (twice,)
