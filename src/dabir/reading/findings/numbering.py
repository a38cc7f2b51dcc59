"""Numbers of items: none left out, none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from dabir.persian.digits import parse_int, to_persian
from dabir.reading.findings.frame import Paper, Said, once, quote, rule
from dabir.reading.lines import Line
from dabir.reading.minutes import SectionKind, Severity

_NUMBERED = (SectionKind.AGENDA, SectionKind.DISCUSSION, SectionKind.RESOLUTIONS, SectionKind.OTHER)
_SHORTEST_RUN = 3  # items; fewer are no list
_WIDEST_GAP = 3  # numbers; what leaves out more is another list
_DEEPEST = 4  # lists within lists

Numbered = tuple[int, int]  # an item's number and its line


@rule("number.gap", Severity.WARNING, "A number is left out of a list")
def left_out(paper: Paper) -> Iterator[Said]:
    for run in _runs(paper):
        for (before, _), (after, line) in pairwise(run):
            for missing in range(before + 1, after):
                neighbours = to_persian(f"شماره {missing} میان {before} و {after}")
                yield Said(f"{neighbours} از قلم افتاده است.", (line, line))


@rule("number.repeated", Severity.WARNING, "A number or letter is used twice")
def used_twice(paper: Paper) -> Iterator[Said]:
    for run in _runs(paper):
        for (before, _), (after, line) in pairwise(run):
            if before == after:
                yield Said(to_persian(f"شماره {after} در این فهرست دو بار آمده است."), (line, line))
    letters = Counter(section.letter for section in paper.minutes.sections if section.letter)
    for section in paper.minutes.sections:
        if section.letter and letters[section.letter] > 1:
            letters[section.letter] = 0
            yield Said(f"بیش از یک بخش با حرف {quote(section.letter)} شماره خورده است.", section.lines)


@once
def _runs(paper: Paper) -> list[list[Numbered]]:
    """The numbered lists of each section, as the lines bear their numbers; a list within an item is one of its own."""
    sections = [section.lines for section in paper.minutes.sections if section.kind in _NUMBERED]
    runs = [run for first, last in sections for run in _lists(paper.lines[first - 1 : last])]
    return [run for run in runs if len(run) >= _SHORTEST_RUN]


def _lists(lines: list[Line]) -> list[list[Numbered]]:
    closed: list[list[Numbered]] = []
    open_lists: list[list[Numbered]] = []
    for line in lines:
        number = item_number(line)
        if number is None:
            continue
        # A number goes on with the innermost list that it follows; otherwise it may be a fault in the innermost.
        follows = next(
            (depth for depth in reversed(range(len(open_lists))) if open_lists[depth][-1][0] + 1 == number), None
        )
        if follows is not None:
            closed += open_lists[follows + 1 :]
            del open_lists[follows + 1 :]
        elif number == 1 or not open_lists or not 0 <= number - open_lists[-1][-1][0] <= _WIDEST_GAP:
            open_lists.append([])
        open_lists[-1].append((number, line.number))
        if len(open_lists) > _DEEPEST:
            closed.append(open_lists.pop(0))
    return closed + open_lists


def item_number(line: Line) -> int | None:
    """The number that an item or a table's row begins with, or None."""
    if line.mark and line.mark.style == "number" and line.mark.label:
        return parse_int(line.mark.label)
    if not line.text.lstrip(" |\t")[:1].isdigit():
        return None
    cells = line.cells
    return parse_int(cells[0]) if len(cells) > 1 else None


RULES = (
    left_out,
    used_twice,
)
