"""The proofreader's frame: what a rule is, and the helpers that the rules' messages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dabir.persian.calendar import Calendar
from dabir.persian.letters import canonical, squash
from dabir.reading.context import Context
from dabir.reading.dates import find_dues
from dabir.reading.lines import Line, number_lines
from dabir.reading.minutes import Due, Lines, Minutes, Severity

LONGEST_QUOTE = 60
_EMPHASIS = re.compile(r"\*\*|__")


@dataclass(frozen=True)
class Paper:
    """What the rules look at: the minutes as read, the working days, and the day of the meeting if it is known."""

    minutes: Minutes
    calendar: Calendar
    session: date | None

    @classmethod
    def of(cls, minutes: Minutes, context: Context) -> Paper:
        own = minutes.header.date
        return cls(minutes, Calendar(context.closures), date.fromisoformat(own.iso) if own else context.session_date)

    @cached_property
    def lines(self) -> list[Line]:
        """The source lines with their marks; line 1 is at index 0."""
        return number_lines("\n".join(self.minutes.lines))

    @cached_property
    def limits(self) -> list[tuple[Due, Lines]]:
        """Every time limit of the resolutions with its line, those of conditions too; each day of one comes once."""
        limits = []
        for resolution in self.minutes.resolutions:
            owed = [(duty.due, duty.lines) for duty in resolution.obligations if duty.due]
            told = [(found.due, resolution.lines) for found in find_dues(resolution.text, self.session)]
            once = {due.jalali or due.text: (due, lines) for due, lines in reversed(owed + told)}
            limits += [(due, self.line_of(due.text, lines)) for due, lines in reversed(once.values())]
        return limits

    def line_of(self, words: str, within: Lines) -> Lines:
        """The line of `within` on which `words` stand, or `within` where no single line has them all."""
        key = squash(words)
        for number in range(within[0], min(within[1], len(self.minutes.lines)) + 1):
            if key in squash(self.minutes.lines[number - 1]):
                return number, number
        return within


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says in one place; `severity` where it differs from the rule's own."""

    message: str
    lines: Lines
    suggestion: str | None = None
    severity: Severity | None = None


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
    words = canonical(_EMPHASIS.sub("", text))
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"«{words}»"
