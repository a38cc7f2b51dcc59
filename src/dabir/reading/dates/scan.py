"""Text as the patterns see it: folded, without marks and tatweel, with the way back to the original's offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dabir.persian.letters import FILLER, TATWEEL, same_length_fold
from dabir.reading.minutes import DueKind
from dabir.reading.wording import rx

_GLUED = rx(
    r"(?<![^\W\d])(?:در|از|تا)(?=(?:اولین|نخستین|آخرین|جلسه|نشست|روز|روز های|تاریخ|هفته|ماه|سال|پایان|آخر|مدت|طول"
    r"|ابتدای|نیمه|اسرع)(?![^\W\d]))"
)
_STROKE = re.compile(rf"(?<=\d){FILLER}+(?=\d)")


@dataclass(frozen=True, slots=True)
class Scan:
    """`folded` is what patterns run on; `original` the author's text."""

    original: str
    folded: str
    offsets: Sequence[int]

    @classmethod
    def of(cls, text: str, folded: str | None = None) -> Scan:
        """The scan of `text`; `folded`, where the caller has it, is `same_length_fold(text)`."""
        folded = same_length_fold(text) if folded is None else folded
        if FILLER not in folded:
            return cls(text, folded, range(len(text) + 1))
        # «98ـ8ـ5»: a tatweel between digits is a stroke, and must not join them.
        for run in _STROKE.finditer(folded):
            if TATWEEL in text[run.start() : run.end()]:
                folded = f"{folded[: run.start()]}-{folded[run.start() + 1 :]}"
        kept = [(at, char) for at, char in enumerate(folded) if char != FILLER]
        return cls(text, "".join(char for _, char in kept), (*(at for at, _ in kept), len(text)))

    def parted(self) -> Scan:
        """The scan with a space behind a preposition that lost its own («دراولین جلسه»)."""
        offsets: list[int] = []
        parts: list[str] = []
        at = 0
        for match in _GLUED.finditer(self.folded):
            parts += [self.folded[at : match.end()], " "]
            offsets += [*self.offsets[at : match.end()], self.offsets[match.end() - 1]]
            at = match.end()
        return Scan(self.original, "".join([*parts, self.folded[at:]]), (*offsets, *self.offsets[at:]))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets of the folded text from `start` to `end`, which is not empty, with its last marks."""
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return first, last

    def words(self, start: int, end: int) -> str:
        """The author's words there."""
        first, last = self.span(start, end)
        return self.original[first:last].strip()


@dataclass(frozen=True, slots=True)
class Named:
    """Words at folded offsets that name a day or a stretch of time, which the words around make a limit or not.

    `last` is its last day, `eve` the last day before it («قبل از آذر»); None where the paper leaves them open.
    `adverb`: no preposition is needed («فردا», «هفته آینده»). `time` is an hour that the words hold.
    """

    start: int
    end: int
    kind: DueKind
    last: date | None
    eve: date | None = None
    adverb: bool = False
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """Words at folded offsets that limit a duty in time; `trigger` are the offsets of the event that starts the clock.

    `kind` None: no limit by itself («از تاریخ ابلاغ»).
    `chained`: the clock of a following duration starts with this event («پس از تأیید … ظرف ۲۰ روز»).
    `loose`: a term, a limit only where an event starts its clock («از تاریخ ابلاغ به مدت یک ماه»).
    """

    start: int
    end: int
    kind: DueKind | None
    last: date | None = None
    time: str | None = None
    trigger: tuple[int, int] | None = None
    chained: bool = False
    loose: bool = False


def occurrences(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """The matches that do not begin inside a word. Quicker than a look-behind at the pattern's head, which would keep
    `re` from skipping to the first letters that can begin one."""
    match = pattern.search(folded)
    while match:
        start = match.start()
        if start and folded[start].isalpha() and folded[start - 1].isalpha():
            match = pattern.search(folded, start + 1)
        else:
            yield match
            match = pattern.search(folded, max(match.end(), start + 1))


def word_before(folded: str, at: int) -> str:
    """The last word, number or mark before `at`, up to the space before it; the cheap test before a pattern there."""
    words = folded[max(0, at - 16) : at].split()
    return words[-1] if words else ""
