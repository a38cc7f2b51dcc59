"""Figures and laws that speakers quote («نرخ بیکاری ۵٫۲ درصد», «ماده ۲۷ قانون برنامه ششم»), with whoever said them.

A figure is a number with the unit it is measured in, or with the things that it counts («۱۷ بخش»). What only orders the
paper (days, hours, numbers of items, letters and meetings, years) is none, and neither is what was decided: that binds,
and is in the resolutions. Of what a figure is, and whose it is, stays empty where the sentence does not plainly say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.figures import Figure, figures_in, may_hold_figure
from dabir.reading.items import sentences
from dabir.reading.laws import laws_in, may_hold_law
from dabir.reading.lines import Passage
from dabir.reading.minutes import Claim, ClaimKind, Lines, Minutes, Point, Statement
from dabir.reading.quoted_sources import source_in

_LONGEST_POINT = 20_000  # letters; what stands behind them is kept as text alone
_MOST = 500  # claims of one paper


def claims_of(minutes: Minutes) -> list[Claim]:
    """The claims of the discussion in their order, with ids («c1»)."""
    claims: list[Claim] = []
    for statement in minutes.discussion:
        for point in statement.points:
            if len(claims) < _MOST:
                claims += _in_point(minutes, statement, point)
    del claims[_MOST:]
    for count, claim in enumerate(claims, 1):
        claim.id = f"c{count}"
    return claims


def _in_point(minutes: Minutes, statement: Statement, point: Point) -> Iterator[Claim]:
    text = point.text[:_LONGEST_POINT]
    if not (may_hold_figure(text) or may_hold_law(text)):
        return
    for sentence in sentences(Passage.of([(point.lines[0], _without_decisions(minutes, point, text))])):
        found: list[tuple[int, Claim]] = []
        for figure in figures_in(sentence):
            found.append((figure.start, _figure(figure, source_in(sentence, figure.start))))
        for start, words in laws_in(sentence):
            found.append((start, Claim(ClaimKind.LAW, words, point.lines, law=words)))
        for _, claim in sorted(found, key=lambda one: one[0]):
            claim.lines = _lines_with(minutes, point.lines, claim.text)
            claim.statement, claim.point = statement.id, point.id
            claim.speakers = [speaker.name for speaker in statement.speakers]
            yield claim


def _figure(figure: Figure, source: str | None) -> Claim:
    return Claim(
        ClaimKind.FIGURE,
        figure.text,
        (0, 0),
        subject=figure.subject,
        value=figure.value,
        unit=figure.unit,
        source=source,
    )


def _without_decisions(minutes: Minutes, point: Point, text: str) -> str:
    """The point's text, blanks in the place of what was decided in it."""
    for resolution in minutes.resolutions:
        if point.lines[0] <= resolution.lines[0] and resolution.lines[1] <= point.lines[1]:
            text = text.replace(resolution.text, " " * len(resolution.text))
    return text


def _lines_with(minutes: Minutes, within: Lines, words: str) -> Lines:
    """The line among those of the point on which the words stand; all of them where they go over a line's end."""
    first, last = within
    for number in range(first, last + 1) if last > first > 0 else ():
        if words in minutes.lines[number - 1]:
            return number, number
    return within
