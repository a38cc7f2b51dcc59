"""Two people's changes to one text put together, by lines. What only one of them touched is taken from that one; what
both did differently is told, with both. No line of either is dropped."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_SMALL = 60
"""Lines that are compared each with each; larger stretches without a line of their own count as rewritten."""

Lines = Sequence[str]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the merged text; `clash` where it is not known yet: what each of the two has there."""

    lines: tuple[str, ...]
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    parts: tuple[Part, ...]

    @property
    def clashes(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.clash)

    @property
    def text(self) -> str:
        """The merged text; ValueError where both have changed the same lines."""
        if self.clashes:
            raise ValueError("the two texts clash")
        return "\n".join(line for part in self.parts for line in part.lines)

    def decided(self, chosen: Sequence[Lines]) -> str:
        """The text with these lines in the place of its clashes, in their order."""
        left = iter(chosen)
        return "\n".join(line for part in self.parts for line in (next(left) if part.clash else part.lines))


def merge(base: str, mine: str, theirs: str) -> Merged:
    """What comes of two texts that were both made from `base`."""
    old, own, other = base.split("\n"), mine.split("\n"), theirs.split("\n")
    parts: list[Part] = []
    for was, left, right in _stretches(old, own, other):
        if right in (left, was):
            parts.append(Part(left))
        elif left == was:
            parts.append(Part(right))
        else:
            parts += _clash(left, right)
    return Merged(tuple(part for part in parts if part.lines or part.clash))


def differences(old: str, new: str) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What was done to a text, in its order: («equal», «changed»), the lines before and after."""
    was, now = old.split("\n"), new.split("\n")
    at_old = at_new = 0
    for i, j, size in _runs(matches(was, now)):
        if i > at_old or j > at_new:
            yield "changed", tuple(was[at_old:i]), tuple(now[at_new:j])
        yield "equal", tuple(was[i : i + size]), tuple(now[j : j + size])
        at_old, at_new = i + size, j + size
    if at_old < len(was) or at_new < len(now):
        yield "changed", tuple(was[at_old:]), tuple(now[at_new:])


def matches(a: Lines, b: Lines) -> list[Pair]:
    """Places of lines that are the same in both, in order. Lines that stand once in each are the anchors; between them
    little is compared. The time grows with the texts, not with their product."""
    found: list[Pair] = []
    waiting = [(0, len(a), 0, len(b))]
    while waiting:
        i, end_a, j, end_b = waiting.pop()
        while i < end_a and j < end_b and a[i] == b[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < end_a and j < end_b and a[end_a - 1] == b[end_b - 1]:
            end_a, end_b = end_a - 1, end_b - 1
            found.append((end_a, end_b))
        if i == end_a or j == end_b:
            continue
        if anchors := _anchors(a, b, (i, end_a, j, end_b)):
            bounds = [(i, j), *((x + 1, y + 1) for x, y in anchors)]
            waiting += [
                (begin_a, x, begin_b, y)
                for (begin_a, begin_b), (x, y) in zip(bounds, [*anchors, (end_a, end_b)], strict=True)
            ]
            found += anchors
        elif end_a - i <= _SMALL and end_b - j <= _SMALL:
            blocks = SequenceMatcher(None, a[i:end_a], b[j:end_b], autojunk=False).get_matching_blocks()
            found += [(i + x + n, j + y + n) for x, y, size in blocks for n in range(size)]
    return sorted(found)


def _anchors(a: Lines, b: Lines, within: tuple[int, int, int, int]) -> list[Pair]:
    """Lines that stand once in each, as many as are in the same order."""
    begin_a, end_a, begin_b, end_b = within
    counts_a, counts_b = Counter(a[begin_a:end_a]), Counter(b[begin_b:end_b])
    place = {line: n for n, line in enumerate(b[begin_b:end_b], begin_b) if counts_b[line] == 1}
    pairs = [(n, place[a[n]]) for n in range(begin_a, end_a) if counts_a[a[n]] == 1 and a[n] in place]
    return _rising(pairs)


def _rising(pairs: list[Pair]) -> list[Pair]:
    """The longest run of pairs whose second numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, y) in enumerate(pairs):
        at = bisect_left(ends, y)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [y]
        last[at : at + 1] = [n]
    run: list[Pair] = []
    n = last[-1] if last else -1
    while n >= 0:
        run.append(pairs[n])
        n = before[n]
    return run[::-1]


def _runs(pairs: list[Pair]) -> Iterator[tuple[int, int, int]]:
    """Pairs that follow each other in both, as one: where it begins in each, and how long it is."""
    start = 0
    for n in range(1, len(pairs) + 1):
        follows = n < len(pairs) and pairs[n] == (pairs[n - 1][0] + 1, pairs[n - 1][1] + 1)
        if not follows:
            yield (*pairs[start], n - start)
            start = n


def _stretches(old: Lines, own: Lines, other: Lines) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The three texts cut at the lines that all of them have: each stretch as it is in the three."""
    mine, theirs = dict(matches(old, own)), dict(matches(old, other))
    a = b = c = 0
    for n in range(len(old)):
        if n in mine and n in theirs:
            yield tuple(old[a:n]), tuple(own[b : mine[n]]), tuple(other[c : theirs[n]])
            yield (old[n],), (own[mine[n]],), (other[theirs[n]],)
            a, b, c = n + 1, mine[n] + 1, theirs[n] + 1
    yield tuple(old[a:]), tuple(own[b:]), tuple(other[c:])


def _clash(left: tuple[str, ...], right: tuple[str, ...]) -> Iterator[Part]:
    """Both sides, without what they begin and end with alike."""
    head = 0
    while head < min(len(left), len(right)) and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(left), len(right)) - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    yield Part(left[:head])
    yield Part((), left[head : len(left) - tail], right[head : len(right) - tail], clash=True)
    yield Part(left[len(left) - tail :])
