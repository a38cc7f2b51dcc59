"""The proofreader's frame: what a rule is, and the helpers that the rules' messages share."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, TypeVar

from dabir.persian.calendar import Calendar
from dabir.persian.honorifics import strip_honorifics
from dabir.persian.letters import canonical, same_length_fold, squash
from dabir.reading.context import Context
from dabir.reading.dates import find_dues
from dabir.reading.lines import Line, number_lines
from dabir.reading.minutes import Day, Due, DueKind, Fix, Lines, Minutes, Obligation, Resolution, Severity

LONGEST_QUOTE = 60
_QUOTED = re.compile(r"«[^«»]*»")
_EMPHASIS = re.compile(r"\*\*|__")
_LIKE_A_DAY = re.compile(r"\d/\d|مهر|آبان|آذر|بهمن|اسفند|فروردین|اردیبهشت|خرداد|مرداد|شهریور")


@dataclass(frozen=True)
class Paper:
    """What the rules look at: the minutes as read, what is known besides, the working days, the day of the meeting if
    it is known, and the source lines with their marks (line 1 is at index 0)."""

    minutes: Minutes
    context: Context
    calendar: Calendar
    session: date | None
    lines: list[Line]
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, minutes: Minutes, context: Context, lines: list[Line] | None = None) -> Paper:
        own = minutes.header.date
        session = date.fromisoformat(own.iso) if own else context.session_date
        if lines is None:
            lines = number_lines("\n".join(minutes.lines))
        if any(one.acts for one in minutes.resolutions):
            minutes, lines = _without_words_of_debts(minutes, lines)
        return cls(minutes, context, context.calendar, session, lines)

    @cached_property
    def text(self) -> str:
        """The words of all lines, without the marks before them; a line break stands between two lines."""
        return "\n".join([line.words for line in self.lines])

    @cached_property
    def folded(self) -> str:
        """`text` folded, of the same length: a rule asks it for its words before it looks at any line."""
        return "\n".join([line.folded for line in self.lines])

    @cached_property
    def names(self) -> set[str]:
        """The folded words of which the names of people, parties and places on the paper and in the directory are
        made."""
        minutes, context = self.minutes, self.context
        people = [minutes.header.chair, minutes.header.secretary]
        people += [speaker for statement in minutes.discussion for speaker in statement.speakers]
        names = [person.name for person in people if person] + [entry.text for entry in minutes.attendance]
        names += [name for party in context.parties for name in (party.name, *party.aliases)]
        return set(same_length_fold(" ".join([*names, *context.places])).split())

    def has(self, *words: str) -> bool:
        """Whether one of the folded words stands anywhere in the text."""
        folded = self.folded
        return any(word in folded for word in words)

    def lines_with(self, *words: str) -> Iterator[tuple[int, Line]]:
        """The lines in which one of the folded words stands, with their numbers."""
        folded, numbers = self.folded, set()
        for word in words:
            at = folded.find(word)
            while at >= 0:
                number = self.line_at(at)
                numbers.add(number)
                at = folded.find(word, self._ends[number - 1])
        return ((number, self.lines[number - 1]) for number in sorted(numbers))

    def line_at(self, at: int) -> int:
        """The number of the line on which the letter at `at` of `text` stands."""
        return bisect_right(self._ends, at) + 1

    @cached_property
    def _ends(self) -> list[int]:
        """Where each line of `text` ends, its line break included."""
        return list(accumulate(len(line.words) + 1 for line in self.lines))

    @cached_property
    def duties(self) -> list[tuple[Resolution, Obligation]]:
        """Every obligation with the resolution that makes it; what a proposal names binds no one."""
        return [(one, duty) for one in self.minutes.resolutions if one.binds for duty in one.obligations]

    @cached_property
    def limits(self) -> list[tuple[Due, Lines]]:
        """Every time limit of the resolutions with its line, the days of conditions too; each day of one comes once."""
        limits = []
        for resolution in self.minutes.resolutions:
            owed = [(duty.due, duty.lines) for duty in resolution.obligations if duty.due]
            owed += [(_until(act.day), act.lines) for act in resolution.acts if act.day]
            if (
                not resolution.obligations
                and not resolution.acts
                and resolution.binds
                and _LIKE_A_DAY.search(resolution.text)
            ):
                found = find_dues(resolution.text, self.session, self.minutes.header.starts_at, self.calendar)
                owed = [(one.due, resolution.lines) for one in found]
            if not owed:
                continue
            once = {due.jalali or due.text: (due, lines) for due, lines in reversed(owed)}
            limits += [(due, self.line_of(due.text, lines)) for due, lines in reversed(once.values())]
        return limits

    def line_of(self, words: str, within: Lines) -> Lines:
        """The line of `within` on which `words` stand, or `within` where no single line has them all."""
        if within[0] == within[1]:
            return within
        key = squash(words)
        for number in range(within[0], min(within[1], len(self.minutes.lines)) + 1):
            if key in squash(self.minutes.lines[number - 1]):
                return number, number
        return within


def _until(day: Day) -> Due:
    return Due(day.text, DueKind.DATE, jalali=day.jalali, iso=day.iso)


def _without_words_of_debts(minutes: Minutes, lines: list[Line]) -> tuple[Minutes, list[Line]]:
    """What a decision on a debt quotes is that debt's own words, which were proofread where it was made."""
    at = {number for one in minutes.resolutions for act in one.acts for number in range(act.lines[0], act.lines[1] + 1)}
    resolutions = [replace(one, text=_QUOTED.sub("«…»", one.text)) if one.acts else one for one in minutes.resolutions]
    return replace(minutes, resolutions=resolutions), [
        replace(line, words=_QUOTED.sub("«…»", line.words), folded=_QUOTED.sub("«…»", line.folded))
        if line.number in at
        else line
        for line in lines
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says in one place; `severity` where it differs from the rule's own. `suggestion` is for people to
    read; `fixes` are words to put in the place of others, where that can be done as it is."""

    message: str
    lines: Lines
    suggestion: str | None = None
    severity: Severity | None = None
    fixes: tuple[Fix, ...] = ()


T = TypeVar("T")


def once(function: Callable[[Paper], T]) -> Callable[[Paper], T]:
    """Let what several rules need of a paper be worked out once."""

    def remembered(paper: Paper) -> T:
        if function not in paper.memo:
            paper.memo[function] = function(paper)
        value: T = paper.memo[function]
        return value

    return remembered


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """What tells that two names are one: their letters, honorifics aside."""
    return squash(strip_honorifics(name))


Check = Callable[[Paper], Iterator[Said]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its stable id, severity, English title, and the function that applies it."""

    id: str
    severity: Severity
    title: str
    check: Check


def rule(id: str, severity: Severity, title: str) -> Callable[[Check], Rule]:
    """Make the decorated function a rule."""
    return lambda check: Rule(id, severity, title, check)


def quote(text: str) -> str:
    """`text` in guillemets: one line, no emphasis or invisible signs, cut at a word by `LONGEST_QUOTE` letters."""
    words = canonical(_EMPHASIS.sub("", text[: LONGEST_QUOTE + LONGEST_QUOTE // 2]))
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"«{words}»"
