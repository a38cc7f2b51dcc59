"""Text as the patterns see it: folded, without marks and tatweel, with the way back to the original's offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dabir.persian.letters import FILLER, same_length_fold
from dabir.reading.minutes import DueKind


@dataclass(frozen=True, slots=True)
class Scan:
    """`folded` is what patterns run on; `original` the author's text."""

    original: str
    folded: str
    offsets: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Scan:
        folded = same_length_fold(text)
        if FILLER not in folded:
            return cls(text, folded, range(len(text) + 1))
        kept = [(at, char) for at, char in enumerate(folded) if char != FILLER]
        return cls(text, "".join(char for _, char in kept), (*(at for at, _ in kept), len(text)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets of the folded text from `start` to `end`, which is not empty."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """The author's words there."""
        first, last = self.span(start, end)
        return self.original[first:last].strip()


@dataclass(frozen=True, slots=True)
class Limit:
    """Words at folded offsets that limit a duty in time; `trigger` are the offsets of the event that starts the clock.

    `kind` None: no limit by itself («از تاریخ ابلاغ»).
    `chained` is True where the clock of a following duration starts with this event («پس از تأیید … ظرف ۲۰ روز»).
    """

    start: int
    end: int
    kind: DueKind | None
    last: date | None = None
    time: str | None = None
    trigger: tuple[int, int] | None = None
    chained: bool = False
